import Games
import Reports

/// The messages of a negotiation, which stay in the result's folder.
typealias CooperationJournal = StepJournal<CooperationRun.Question>

extension CooperationRun.Question: JournaledQuestion {
    typealias Step = ExchangeMessage

    static var kind: UnfinishedRun { .cooperation }
    static var stepsFile: String { "messages.jsonl" }
    static var keepsSteps: Bool { true }
    static var words: (run: String, step: String, again: String) { ("negotiation", "message", "asked") }
}

extension StepJournal<CooperationRun.Question> {
    /// A log that repeats what is here, and keeps what comes.
    func log() throws -> MessageLog {
        // A question that was not answered is asked again.
        if steps.count % 2 == 1 { try dropLast() }
        var known = steps.count
        return try MessageLog(replaying: steps.map { try $0.line() }) { message in
            if known > 0 { known -= 1 } else { try self.keep(message) }
        }
    }
}
