/// One that trades with others and answers for itself: in the same process, or far away.
public protocol ExchangeParty {
    /// - Throws: where there is no answer, as when the party's process is gone. That ends the negotiation in order.
    func answer(_ question: ExchangeQuestion) throws -> ExchangeAnswer
}

/// Why a negotiation ended without an outcome.
public enum ExchangeError: Error, Equatable, CustomStringConvertible {
    case partyFailed(round: Int, party: String, reason: String)
    /// An answer that does not fit the question.
    case badAnswer(round: Int, party: String, reason: String)
    /// The journal that is replayed is of another negotiation.
    case journalMisfit(round: Int, party: String)
    case journalWithoutAnswer(line: Int)

    public var description: String {
        switch self {
        case .partyFailed(let round, let party, let reason):
            "party '\(party)' did not answer in round \(round): \(reason)"
        case .badAnswer(let round, let party, let reason):
            "party '\(party)' answered in round \(round) what cannot be used: \(reason)"
        case .journalMisfit(let round, let party):
            "the journal holds another question to party '\(party)' than this negotiation asks in round \(round). "
                + "Resume with the network, the method and the parties that it began with."
        case .journalWithoutAnswer(let line):
            "line \(line) of the journal should hold the answer to the question before it. Is the file complete?"
        }
    }
}

/// The questions of a round, and whoever puts them to the parties.
///
/// Questions of one round do not depend on each other's answers, so they may be answered at the same time. Answers come
/// back in the order of the questions; a failure takes the place of the answer.
public struct ExchangeRoundTrip {
    public typealias Questions = [(party: Int, question: ExchangeQuestion)]

    /// Answers the questions of a round.
    public let ask: (Questions) throws -> [Result<ExchangeAnswer, any Error>]

    /// - Parameter ask: answers the questions of a round; parties by their place in the network.
    public init(_ ask: @escaping (Questions) throws -> [Result<ExchangeAnswer, any Error>]) { self.ask = ask }

    /// Asks one party after the other; those behind a failure are not asked.
    public init(inTurn parties: [any ExchangeParty]) {
        ask = { questions in
            var answers: [Result<ExchangeAnswer, any Error>] = []
            for (party, question) in questions {
                let answer = Result { try parties[party].answer(question) }
                answers.append(answer)
                if case .failure = answer { break }
            }
            return answers
        }
    }
}
