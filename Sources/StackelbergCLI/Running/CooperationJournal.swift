import CaseFiles
import Disk
import Foundation
import Games
import Reports
import ResultFiles
import Studies

/// The messages of a negotiation on disk, each as it comes: `resume` goes on from there, and ends with the same bytes.
///
/// They stand in the result's folder and stay there; a card beside them, which says what was begun with copies of the
/// case's files, goes when the result is written.
final class CooperationJournal {
    /// All that is needed to begin a negotiation anew, or to go on.
    struct Card: Codable {
        struct Input: Codable {
            let path: String
            let content: Data
        }

        let caseFolder: String
        let variant: String?
        let inputs: [Input]
        let question: CooperationRun.Question
        let startedAt: Date
        var program = StudyRun.program
        var solver = StudyRun.solver

        init(_ source: Case, _ question: CooperationRun.Question, startedAt: Date) {
            caseFolder = source.folder.path
            variant = source.variant
            inputs = source.inputs.map { Input(path: $0.path, content: $0.content) }
            self.question = question
            self.startedAt = startedAt
        }

        /// The case as it was read.
        func source() throws(CaseFileError) -> Case {
            try CaseReader.read(
                copies: inputs.map { FileCopy(path: $0.path, content: $0.content) },
                from: URL(fileURLWithPath: caseFolder), variant: variant)
        }
    }

    let folder: ResultFolder
    let card: Card
    /// Questions with their answers, so far.
    private(set) var lines: [String] = []

    static let messagesFile = "messages.jsonl"

    /// Begins in a folder that is the run's own.
    init(in folder: ResultFolder, _ card: Card) throws {
        (self.folder, self.card) = (folder, card)
        try folder.lock.folder.write(JSONLines.line(card), to: ResultFolder.cooperationCard)
    }

    /// Goes on in a folder; nil where it holds no negotiation that is not done.
    ///
    /// - Throws: ``CooperationJournalError`` where it is damaged, `StudyStoreError` where another version began it,
    ///   `DiskError` where another process works on it.
    init?(in url: URL) throws {
        guard let opened = try? OpenFolder(url), try opened.read(ResultFolder.cooperationCard) != nil else {
            return nil
        }
        folder = try ResultFolder(goingOnAt: url)
        // It may have been finished before the folder was this run's own.
        guard let data = try folder.lock.folder.read(ResultFolder.cooperationCard) else { return nil }
        guard let card = try? JSONDecoder().decode(Card.self, from: data) else {
            throw CooperationJournalError.damagedCard(
                path: url.appendingPathComponent(ResultFolder.cooperationCard).relativePath)
        }
        guard (card.program, card.solver) == (StudyRun.program, StudyRun.solver) else {
            throw StudyStoreError.otherVersion(
                path: url.relativePath, found: "\(card.program) with \(card.solver)",
                wanted: "\(StudyRun.program) with \(StudyRun.solver)")
        }
        self.card = card
        do {
            let messages: [ExchangeMessage] = try JSONLines.read(Self.messagesFile, in: folder.lock.folder)
            lines = try messages.map { try $0.line() }
        } catch let damage as JSONLines.Damage {
            throw CooperationJournalError.damaged(
                path: url.appendingPathComponent(Self.messagesFile).relativePath, line: damage.line)
        }
        guard lines.count % 2 == 1 else { return }
        // A question that was not answered is asked again.
        lines.removeLast()
        try folder.lock.folder.write(Data(lines.map { $0 + "\n" }.joined().utf8), to: Self.messagesFile)
    }

    /// A log that repeats what is here, and keeps what comes.
    func log() throws -> MessageLog {
        var known = lines.count
        return try MessageLog(replaying: lines) { [folder] line in
            guard known == 0 else {
                known -= 1
                return
            }
            try folder.lock.check()
            try folder.lock.folder.append(Data((line + "\n").utf8), to: Self.messagesFile)
        }
    }

    /// Takes the card away, once the result is written.
    func finish() throws {
        try folder.lock.check()
        try folder.lock.folder.remove(ResultFolder.cooperationCard)
    }
}

enum CooperationJournalError: Error, Equatable, CustomStringConvertible {
    case damagedCard(path: String)
    case damaged(path: String, line: Int)

    var description: String {
        switch self {
        case .damagedCard(let path):
            "'\(path)' is damaged: it does not say which negotiation was begun. Begin it again in another folder."
        case .damaged(let path, let line):
            "\(path):\(line)  this line is no message. Remove it and the lines below to have these asked again."
        }
    }
}
