import Foundation
import Games
import Reports
import Studies

/// What a certificate has found: first what is known of its prices and the cheap bounds, then what is left to be
/// looked into.
typealias CertificateJournal = StepJournal<CertificateRun.Question>

extension CertificateRun.Question: JournaledQuestion {
    struct Step: Codable {
        enum Found: Codable {
            /// What the given prices pay for certain; nil where that is not known.
            case outlook(BankablePayoff?)
            case cheap(CheapBounds)
        }

        let found: Found
        /// All that the certificate took so far, by the clock.
        let seconds: Double
    }

    static var kind: UnfinishedRun { .certificate }
    static var stepsFile: String { "findings.jsonl" }
    static var keepsSteps: Bool { false }
    static var otherFiles: [String] { [stateFile] }
    static var stateFile: String { "parts.bin" }
    static var words: (run: String, step: String, again: String) { ("certificate", "finding", "found") }
}

extension StepJournal<CertificateRun.Question> {
    /// nil where it was not looked for yet.
    var outlook: BankablePayoff?? {
        for step in steps { if case .outlook(let bankable) = step.found { return .some(bankable) } }
        return nil
    }

    var cheap: CheapBounds? {
        for step in steps { if case .cheap(let bounds) = step.found { return bounds } }
        return nil
    }

    var stateDamage: StepJournalError {
        .damagedState(path: folder.url.appendingPathComponent(Question.stateFile).relativePath)
    }

    /// The state that was last kept; nil where none was.
    ///
    /// - Throws: ``StepJournalError/damagedState(path:)``.
    func state() throws -> Certifier.State? {
        guard let data = try folder.lock.folder.read(Question.stateFile) else { return nil }
        guard let state = try? CertifierStateBytes.state(data) else { throw stateDamage }
        return state
    }

    func keep(_ state: Certifier.State) throws {
        try folder.lock.check()
        try folder.lock.folder.write(CertifierStateBytes.data(state), to: Question.stateFile)
    }
}

/// Keeps the state of a certificate that is under way, on disk from time to time.
///
/// Work that was asked to stop may go on for a moment, on a thread of its own: what it comes to then is dropped.
final class CertificateKeeper: @unchecked Sendable {
    private let journal: CertificateJournal
    private let lock = NSLock()
    private var latest: Certifier.State?
    private var isStored = true
    private var isOver = false
    private var due: Date

    /// - Parameter state: the one on disk; where there is none, the first one is stored at once.
    init(_ journal: CertificateJournal, _ state: Certifier.State?) {
        (self.journal, latest) = (journal, state)
        due = Date(timeIntervalSinceNow: state == nil ? 0 : Self.leastSeconds)
    }

    func keep(_ state: Certifier.State) throws {
        try lock.withLock {
            guard !isOver else { return }
            (latest, isStored) = (state, false)
            if Date() >= due { try store() }
        }
    }

    /// Stores the latest state, and none after it.
    ///
    /// - Returns: that state, nil where there is none; and why it cannot be stored.
    func end() -> (state: Certifier.State?, failure: (any Error)?) {
        lock.withLock {
            isOver = true
            guard !isStored else { return (latest, nil) }
            do { try store() } catch { return (latest, error) }
            return (latest, nil)
        }
    }

    private func store() throws {
        guard let latest else { return }
        let start = Date()
        try journal.keep(latest)
        isStored = true
        let now = Date()
        due = now.addingTimeInterval(max(Self.leastSeconds, Self.leastRatio * now.timeIntervalSince(start)))
    }

    /// By the clock, from one to the next.
    private static let leastSeconds = 5.0
    /// Of the time from one to the next to that which storing it takes.
    private static let leastRatio = 20.0
}
