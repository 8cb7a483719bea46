import CaseFiles
import Disk
import EnergyGames
import Foundation
import LinearModels
import Reports
import Studies

/// What a dispatch of several programs has solved, on disk, each as it is done: `resume` goes on from there, and ends
/// with the same bytes.
///
/// It stands in the result's folder beside a card that says what dispatch it is, with copies of the case's files, and
/// goes when the result is written.
final class DispatchJournal {
    /// All that is needed to begin a dispatch anew, or to go on.
    struct Card: Codable {
        struct Input: Codable {
            let path: String
            let content: Data
        }

        let caseFolder: String
        let variant: String?
        let inputs: [Input]
        let plan: DispatchPlan
        let startedAt: Date
        var program = StudyRun.program
        var solver = StudyRun.solver

        init(_ source: Case, _ plan: DispatchPlan, startedAt: Date) {
            caseFolder = source.folder.path
            variant = source.variant
            inputs = source.inputs.map { Input(path: $0.path, content: $0.content) }
            self.plan = plan
            self.startedAt = startedAt
        }

        /// The case as it was read.
        func source() throws(CaseFileError) -> Case {
            try CaseReader.read(
                copies: inputs.map { FileCopy(path: $0.path, content: $0.content) },
                from: URL(fileURLWithPath: caseFolder), variant: variant)
        }
    }

    /// A program that was solved, of a day by its position; 0 is the case's own horizon where it has no days.
    private enum Entry: Codable {
        case window(day: Int, RollingDispatch.SolvedWindow)
        case answer(day: Int, DispatchAnswer.Record)
        case front(day: Int, FrontProgress.Step)
    }

    let folder: ResultFolder
    let card: Card
    private var entries: [Entry] = []

    private static let entriesFile = "programs.jsonl"

    /// Begins in a folder that is the run's own.
    init(in folder: ResultFolder, _ card: Card) throws {
        (self.folder, self.card) = (folder, card)
        try folder.lock.folder.write(JSONLines.line(card), to: ResultFolder.dispatchCard)
    }

    /// Goes on in a folder; nil where it holds no dispatch that is not done.
    ///
    /// - Throws: ``DispatchJournalError`` where it is damaged, or another version began it; `DiskError` where another
    ///   process works on it.
    init?(in url: URL) throws {
        guard let opened = try? OpenFolder(url), try opened.read(ResultFolder.dispatchCard) != nil else { return nil }
        folder = try ResultFolder(goingOnAt: url)
        let path = url.relativePath
        // It may have been finished before the folder was this run's own.
        guard let data = try folder.lock.folder.read(ResultFolder.dispatchCard) else { return nil }
        guard let card = try? JSONDecoder().decode(Card.self, from: data) else {
            throw DispatchJournalError.damagedCard(
                path: url.appendingPathComponent(ResultFolder.dispatchCard).relativePath)
        }
        guard (card.program, card.solver) == (StudyRun.program, StudyRun.solver) else {
            throw StudyStoreError.otherVersion(
                path: path, found: "\(card.program) with \(card.solver)",
                wanted: "\(StudyRun.program) with \(StudyRun.solver)")
        }
        self.card = card
        do {
            entries = try JSONLines.read(Self.entriesFile, in: folder.lock.folder)
        } catch let damage as JSONLines.Damage {
            throw DispatchJournalError.damaged(
                path: url.appendingPathComponent(Self.entriesFile).relativePath, line: damage.line)
        }
    }

    // MARK: What is solved

    func windows(of day: Int) -> [RollingDispatch.SolvedWindow] {
        entries.compactMap { if case .window(day, let window) = $0 { window } else { nil } }
    }

    func answer(of day: Int) -> DispatchAnswer.Record? {
        entries.lazy.compactMap { if case .answer(day, let record) = $0 { record } else { nil } }.first
    }

    func front(of day: Int) -> FrontProgress {
        FrontProgress(entries.compactMap { if case .front(day, let step) = $0 { step } else { nil } })
    }

    func keep(_ window: RollingDispatch.SolvedWindow, of day: Int) throws { try add(.window(day: day, window)) }
    func keep(_ answer: DispatchAnswer.Record, of day: Int) throws { try add(.answer(day: day, answer)) }
    func keep(_ step: FrontProgress.Step, of day: Int) throws { try add(.front(day: day, step)) }

    private func add(_ entry: Entry) throws {
        try folder.lock.check()
        try folder.lock.folder.append(JSONLines.line(entry), to: Self.entriesFile)
    }

    /// Takes the journal away, once the result is written.
    func finish() throws {
        try folder.lock.check()
        try folder.lock.folder.remove(Self.entriesFile)
        try folder.lock.folder.remove(ResultFolder.dispatchCard)
    }
}

enum DispatchJournalError: Error, Equatable, CustomStringConvertible {
    case damagedCard(path: String)
    case damaged(path: String, line: Int)

    var description: String {
        switch self {
        case .damagedCard(let path):
            "'\(path)' is damaged: it does not say which dispatch was begun. Begin it again in another folder."
        case .damaged(let path, let line):
            "\(path):\(line)  this line is no program that was solved. Remove it and the lines below to have these solved "
                + "again."
        }
    }
}
