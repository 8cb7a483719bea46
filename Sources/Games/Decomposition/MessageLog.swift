/// All messages of a negotiation in their order, and the journal of an earlier one that it repeats.
///
/// A negotiation is a function of its answers. One that broke off goes on from its journal: as long as that has an
/// answer to the same question the party is not asked again, and the log is at the end the same as without the break,
/// byte for byte.
public final class MessageLog {
    /// Lines of JSON so far: each question is followed by its answer.
    public private(set) var lines: [String] = []
    /// Bytes of the lines, without line breaks.
    public private(set) var bytes = 0
    public var messages: Int { lines.count }

    private var journal: ArraySlice<(party: String, question: ExchangeQuestion, answer: ExchangeAnswer)> = []
    private let note: (ExchangeMessage) throws -> Void

    /// - Parameters:
    ///   - journal: the lines of a broken negotiation; a question at the end without an answer is asked again.
    ///   - note: called with each message as soon as there is one, those of the journal too.
    /// - Throws: ``ExchangeError/journalWithoutAnswer(line:)``, or `DecodingError` where a line is no message.
    public init(replaying journal: [String] = [], note: @escaping (ExchangeMessage) throws -> Void = { _ in }) throws {
        self.note = note
        let messages = try journal.map(ExchangeMessage.init(line:))
        for i in stride(from: 0, to: messages.count, by: 2) {
            guard case .question(let question) = messages[i].content else {
                throw ExchangeError.journalWithoutAnswer(line: i)
            }
            guard i + 1 < messages.count else { break }
            guard case .answer(let answer) = messages[i + 1].content, messages[i + 1].party == messages[i].party else {
                throw ExchangeError.journalWithoutAnswer(line: i + 2)
            }
            self.journal.append((messages[i].party, question, answer))
        }
    }

    /// The answer that the journal has next; nil where it is at its end.
    func replayed(party: String, _ question: ExchangeQuestion) throws -> ExchangeAnswer? {
        guard let next = journal.first else { return nil }
        guard next.party == party, next.question == question else {
            throw ExchangeError.journalMisfit(round: question.round, party: party)
        }
        journal.removeFirst()
        return next.answer
    }

    func add(party: String, _ question: ExchangeQuestion, _ answer: ExchangeAnswer) throws {
        for content in [ExchangeMessage.Content.question(question), .answer(answer)] {
            let message = ExchangeMessage(party: party, content)
            let line = try message.line()
            lines.append(line)
            bytes += line.utf8.count
            try note(message)
        }
    }
}
