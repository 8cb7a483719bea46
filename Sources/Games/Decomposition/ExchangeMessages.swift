import Foundation

/// What a coordinator asks a party. It holds nothing of other parties but prices and wished trades.
public struct ExchangeQuestion: Codable, Sendable, Equatable {
    public enum Kind: String, Codable, Sendable {
        /// The party's best plan at the prices.
        case atPrices
        /// The best plan at the prices with a penalty of `penalty / 2 * (trade - target)^2` for every trade.
        case nearTarget
        /// The cheapest plan with exactly the target's trades, prices left aside.
        case exactly
        /// As ``exactly``, and the negotiation is over: these are the trades.
        case finish
    }

    /// Rounds of messages are counted from 1.
    public let round: Int
    public let kind: Kind
    /// Money per unit of each own link by step: what a seller receives, or a buyer pays with the fee in it.
    public let prices: [String: [Double]]
    /// Trades on each own link by step; nil where they have no part in the question.
    public let target: [String: [Double]]?
    /// Money per unit squared, for ``Kind/nearTarget``.
    public let penalty: Double?
    /// How exact the answer to ``Kind/nearTarget`` must be, in units of trades.
    public let tolerance: Double?

    public init(
        round: Int, kind: Kind, prices: [String: [Double]], target: [String: [Double]]? = nil, penalty: Double? = nil,
        tolerance: Double? = nil
    ) {
        self.round = round
        self.kind = kind
        self.prices = prices
        self.target = target
        self.penalty = penalty
        self.tolerance = tolerance
    }
}

/// What a party answers: trades and money, and nothing of its devices, loads or states.
public struct ExchangeAnswer: Codable, Sendable, Equatable {
    /// By own link and step; nil where the party has no plan with the trades that it was asked for.
    public let trades: [String: [Double]]?
    /// What the plan costs the party more than acting alone, payments between parties left out; nil without a plan.
    public let ask: Double?
    /// For ``ExchangeQuestion/Kind/atPrices``: no plan has less ask and payments together. That is proven.
    public let lowestTotal: Double?

    public init(trades: [String: [Double]]?, ask: Double?, lowestTotal: Double? = nil) {
        self.trades = trades
        self.ask = ask
        self.lowestTotal = lowestTotal
    }
}

/// A question or an answer on its way, as a journal holds it: one line of JSON.
public struct ExchangeMessage: Codable, Sendable, Equatable {
    public enum Content: Sendable, Equatable {
        case question(ExchangeQuestion)
        case answer(ExchangeAnswer)
    }

    /// Who is asked, or who answers.
    public let party: String
    public let content: Content

    public init(party: String, _ content: Content) {
        self.party = party
        self.content = content
    }

    private enum CodingKeys: String, CodingKey { case party, question, answer }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        party = try container.decode(String.self, forKey: .party)
        content =
            try container.decodeIfPresent(ExchangeQuestion.self, forKey: .question).map(Content.question)
            ?? .answer(container.decode(ExchangeAnswer.self, forKey: .answer))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(party, forKey: .party)
        switch content {
        case .question(let question): try container.encode(question, forKey: .question)
        case .answer(let answer): try container.encode(answer, forKey: .answer)
        }
    }

    /// The message as JSON without line breaks; numbers keep every bit.
    public func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// - Throws: `DecodingError` where the line is no message.
    public init(line: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(line.utf8))
    }
}
