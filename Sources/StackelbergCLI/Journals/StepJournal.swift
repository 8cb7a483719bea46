import CaseFiles
import Disk
import Foundation
import Reports
import Studies

/// What a run that may be gone on with was asked for, beside its case.
protocol JournaledQuestion: Codable {
    /// What is done at a time, and kept.
    associatedtype Step: Codable

    static var kind: UnfinishedRun { get }
    /// Name of the file of the steps.
    static var stepsFile: String { get }
    /// Whether the steps are a part of the result; else they go with the card.
    static var keepsSteps: Bool { get }
    /// Names of further files that go with the card.
    static var otherFiles: [String] { get }
    /// In sentences: what was begun, what a step is, and what becomes of one that is taken out.
    static var words: (run: String, step: String, again: String) { get }
}

extension JournaledQuestion {
    static var otherFiles: [String] { [] }
}

/// The steps of a run on disk, each as it is done: `resume` goes on from there, and ends with the same bytes.
///
/// They stand in the result's folder beside a card that says what was begun, with copies of the case's files. The card
/// goes when the result is written.
final class StepJournal<Question: JournaledQuestion> {
    /// All that is needed to begin a run anew, or to go on.
    struct Card: Codable {
        let caseFolder: String
        let variant: String?
        let inputs: [FileCopy]
        let question: Question
        let startedAt: Date
        var program = StudyRun.program
        var solver = StudyRun.solver

        init(_ source: Case, _ question: Question, startedAt: Date) {
            caseFolder = source.folder.path
            variant = source.variant
            inputs = source.inputs
            self.question = question
            self.startedAt = startedAt
        }

        /// The case as it was read.
        func source() throws(CaseFileError) -> Case {
            try CaseReader.read(copies: inputs, from: URL(fileURLWithPath: caseFolder), variant: variant)
        }
    }

    let folder: ResultFolder
    let card: Card
    /// Those that were there when the run went on.
    private(set) var steps: [Question.Step] = []

    /// Begins in a folder that is the run's own.
    init(in folder: ResultFolder, _ card: Card) throws {
        (self.folder, self.card) = (folder, card)
        try folder.lock.folder.write(JSONLines.line(card), to: Question.kind.card)
    }

    /// Goes on in a folder; nil where it holds no such run that is not done.
    ///
    /// - Throws: ``StepJournalError`` where it is damaged or another version began it, `DiskError` where another
    ///   process works on it.
    init?(in url: URL) throws {
        let cardFile = Question.kind.card
        guard let opened = try? OpenFolder(url), try opened.read(cardFile) != nil else { return nil }
        folder = try ResultFolder(goingOnAt: url)
        // It may have been finished before the folder was this run's own.
        guard let data = try folder.lock.folder.read(cardFile) else { return nil }
        guard let card = try? JSONDecoder().decode(Card.self, from: data) else {
            throw StepJournalError.damagedCard(
                path: url.appendingPathComponent(cardFile).relativePath, run: Question.words.run)
        }
        guard (card.program, card.solver) == (StudyRun.program, StudyRun.solver) else {
            throw StepJournalError.otherVersion(
                path: url.relativePath, run: Question.words.run, found: "\(card.program) with \(card.solver)",
                wanted: "\(StudyRun.program) with \(StudyRun.solver)")
        }
        self.card = card
        do {
            steps = try JSONLines.read(Question.stepsFile, in: folder.lock.folder)
        } catch let damage as JSONLines.Damage {
            throw StepJournalError.damaged(
                path: url.appendingPathComponent(Question.stepsFile).relativePath, line: damage.line,
                step: Question.words.step, again: Question.words.again)
        }
    }

    func keep(_ step: Question.Step) throws {
        try folder.lock.check()
        try folder.lock.folder.append(JSONLines.line(step), to: Question.stepsFile)
    }

    /// Takes out the last of the steps that were there.
    func dropLast() throws {
        steps.removeLast()
        try folder.lock.check()
        try folder.lock.folder.write(
            steps.reduce(into: Data()) { $0 += try JSONLines.line($1) }, to: Question.stepsFile)
    }

    /// Takes the journal away, once the result is written.
    func finish() throws {
        try folder.lock.check()
        let files = Question.otherFiles + (Question.keepsSteps ? [] : [Question.stepsFile])
        for file in files { try folder.lock.folder.remove(file) }
        try folder.lock.folder.remove(Question.kind.card)
    }
}

enum StepJournalError: Error, Equatable, CustomStringConvertible {
    case damagedCard(path: String, run: String)
    case damaged(path: String, line: Int, step: String, again: String)
    case damagedState(path: String)
    case otherVersion(path: String, run: String, found: String, wanted: String)

    var description: String {
        switch self {
        case .damagedCard(let path, let run):
            "'\(path)' is damaged: it does not say which \(run) was begun. Begin it again in another folder."
        case .otherVersion(let path, let run, let found, let wanted):
            "the \(run) in '\(path)' was begun by \(found), but this is \(wanted): it would not end with the same numbers. "
                + "Go on with the version that began it, or begin it again in another folder."
        case .damaged(let path, let line, let step, let again):
            "\(path):\(line)  this line is no \(step). Remove it and the lines below to have these \(again) again."
        case .damagedState(let path):
            "'\(path)' is damaged, or of another run. Remove it to have the certificate branch from its beginning again."
        }
    }
}
