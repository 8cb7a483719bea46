import LinearModels

/// What a coordinator knows: the network and the answers so far.
final class Negotiation {
    /// A plan of a party, seen from outside.
    struct Proposal {
        /// By own port and step.
        let trades: [[Double]]
        let ask: Double
    }

    /// Money and trades have sizes of their own in each network; tolerances are relative to these.
    struct Scales {
        /// Of a trade.
        let quantity: Double
        /// Of money per unit.
        let price: Double
        var money: Double { quantity * price }
    }

    let network: ExchangeNetwork
    private let roundTrip: ExchangeRoundTrip
    private let log: MessageLog
    private(set) var rounds = 0
    private(set) var history: [ExchangeProgress] = []
    /// Of each party, the first of them to act alone.
    private(set) var proposals: [[Proposal]]
    private(set) var lowerBound: Double?
    /// Where the bound was found.
    private(set) var boundPrices: [[Double]]
    private(set) var best = 0.0
    private(set) var bestTrades: [[Double]]
    private var attempts: [[[Double]]] = []

    init(_ network: ExchangeNetwork, _ parties: ExchangeRoundTrip, _ log: MessageLog) {
        self.network = network
        roundTrip = parties
        self.log = log
        bestTrades = network.filled(with: 0)
        boundPrices = bestTrades
        proposals = network.ports.map { [Proposal(trades: $0.map { _ in network.filled(with: 0)[0] }, ask: 0)] }
    }

    var gap: Double { ExchangeOutcome.gap(best, lowerBound ?? -.infinity) }

    // MARK: Messages

    /// Asks all parties, those of the journal aside.
    private func ask(
        _ kind: ExchangeQuestion.Kind, prices: [[Double]], target: [[Double]]? = nil, penalty: Double? = nil,
        tolerance: Double? = nil
    ) throws -> [ExchangeAnswer] {
        try Interruption.check()
        rounds += 1
        let questions = network.ports.map { ports in
            ExchangeQuestion(
                round: rounds, kind: kind,
                prices: named(ports) { port in
                    let fee = port.role == .buyer ? network.links[port.link].fee : 0
                    return prices[port.link].map { $0 + fee }
                }, target: target.map { target in named(ports) { target[$0.link] } }, penalty: penalty,
                tolerance: tolerance)
        }
        var answers: [ExchangeAnswer] = []
        for (name, question) in zip(network.parties, questions) {
            guard let answer = try log.replayed(party: name, question) else { break }
            try log.add(party: name, question, answer)
            answers.append(answer)
        }
        let open = Array(questions.enumerated().dropFirst(answers.count))
        if !open.isEmpty {
            let results = try roundTrip.ask(open.map { ($0.offset, $0.element) })
            for (place, (party, question)) in open.enumerated() {
                let name = network.parties[party]
                guard place < results.count else {
                    throw ExchangeError.partyFailed(round: rounds, party: name, reason: "it was not asked.")
                }
                let answer: ExchangeAnswer
                do {
                    answer = try results[place].get()
                } catch let error as Interrupted {
                    throw error
                } catch let error as WorkSpent {
                    throw error
                } catch let error as ExchangeError {
                    throw error
                } catch {
                    throw ExchangeError.partyFailed(round: rounds, party: name, reason: "\(error)")
                }
                try check(answer, of: party, to: question)
                // Where the log cannot be kept, that is no fault of the party.
                try log.add(party: name, question, answer)
                answers.append(answer)
            }
        }
        return answers
    }

    private func named(
        _ ports: [ExchangeNetwork.Port], _ series: (ExchangeNetwork.Port) -> [Double]
    ) -> [String: [Double]] {
        Dictionary(uniqueKeysWithValues: ports.map { (network.links[$0.link].name, series($0)) })
    }

    /// How far beyond its capacity a trade may be by rounding, relative.
    private static let rounding = 1e-6

    private func check(_ answer: ExchangeAnswer, of party: Int, to question: ExchangeQuestion) throws {
        func bad(_ reason: String) -> ExchangeError {
            .badAnswer(round: question.round, party: network.parties[party], reason: reason)
        }
        if question.kind == .atPrices, answer.trades != nil, answer.lowestTotal?.isFinite != true {
            throw bad("there is no finite bound of its cost at the prices.")
        }
        guard let trades = answer.trades else {
            if question.kind == .exactly { return }
            throw bad("it has no plan, though it may act alone or has agreed to these trades.")
        }
        guard answer.ask?.isFinite == true else { throw bad("its ask is no finite number.") }
        for port in network.ports[party] {
            let link = network.links[port.link]
            guard let list = trades[link.name], list.count == network.steps else {
                throw bad("link '\(link.name)' needs \(network.steps) trades.")
            }
            for (step, (value, capacity)) in zip(list, link.capacity).enumerated()
            where !(value >= -Self.rounding * capacity && value <= (1 + Self.rounding) * capacity) {
                throw bad("link '\(link.name)', step \(step): \(value) is not within 0 and \(capacity).")
            }
        }
    }

    // MARK: Proposals

    /// The copies of trades by link and step.
    struct Copies {
        var sold: [[Double]]
        var bought: [[Double]]

        func combined(_ combine: (Double, Double) -> Double) -> [[Double]] {
            zip(sold, bought).map { zip($0, $1).map(combine) }
        }

        var mean: [[Double]] { combined { 0.5 * $0 + 0.5 * $1 } }
        /// Euclid's norm of the distance of both copies from their mean.
        var mismatch: Double { norm(combined { ($0 - $1) * 0.5.squareRoot() }) }
        var size: Double { norm(sold + bought) }
    }

    private func collect(_ answers: [ExchangeAnswer]) -> Copies {
        var copies = Copies(sold: network.filled(with: 0), bought: network.filled(with: 0))
        for (party, answer) in answers.enumerated() {
            guard let trades = answer.trades, let ask = answer.ask else { continue }
            var own: [[Double]] = []
            for port in network.ports[party] {
                let link = network.links[port.link]
                let list = zip(trades[link.name] ?? [], link.capacity).map { min(max(0, $0), $1) }
                if port.role == .seller { copies.sold[port.link] = list } else { copies.bought[port.link] = list }
                own.append(list)
            }
            let isKnown = proposals[party].contains { $0.trades == own && $0.ask <= ask }
            if !isKnown { proposals[party].append(Proposal(trades: own, ask: ask)) }
        }
        return copies
    }

    /// Asks for plans at prices, and has a bound from what they cost: the dual function at the prices.
    ///
    /// - Returns: the bound at these prices beside the plans.
    func propose(at prices: [[Double]]) throws -> (copies: Copies, bound: Double) {
        let answers = try ask(.atPrices, prices: prices)
        let bound = answers.reduce(0) { $0 + ($1.lowestTotal ?? 0) }
        if bound > lowerBound ?? -.infinity {
            lowerBound = bound
            boundPrices = prices
        }
        return (collect(answers), bound)
    }

    func propose(at prices: [[Double]], near target: [[Double]], penalty: Double, tolerance: Double) throws -> Copies {
        collect(try ask(.nearTarget, prices: prices, target: target, penalty: penalty, tolerance: tolerance))
    }

    /// Asks for plans at no price at all, which tell the size of trades and of what they are worth.
    ///
    /// - Returns: nil where not even a gift is worth a trade.
    func scales() throws -> Scales? {
        let copies = try propose(at: network.filled(with: 0)).copies
        let traded = (copies.sold + copies.bought).joined().filter { $0 > 0 }
        let money = proposals.joined().reduce(0) { $0 + abs($1.ask) }
        let total = traded.reduce(0, +)
        // What is left of a difference of two costs by rounding is no gain.
        guard total > 0, money > 0, let bound = lowerBound, bound < -1e-9 * money else { return nil }
        let capacity = network.links.flatMap(\.capacity).max() ?? 0
        return Scales(quantity: max(total / Double(traded.count), 1e-9 * capacity), price: money / total)
    }

    // MARK: Trades that all can do

    /// Asks all parties for exactly these trades.
    ///
    /// - Returns: whether all can; false for trades that were asked for before.
    @discardableResult
    func confirm(_ trades: [[Double]], _ scales: Scales) throws -> Bool {
        let trades = zip(trades, network.links).map { list, link in
            zip(list, link.capacity).map { $0 < 1e-9 * scales.quantity ? 0 : min($0, $1) }
        }
        guard !attempts.contains(trades) else { return false }
        attempts.append(trades)
        let answers = try ask(.exactly, prices: network.filled(with: 0), target: trades)
        guard answers.allSatisfy({ $0.trades != nil }) else { return false }
        _ = collect(answers)
        let change = answers.reduce(network.fees(of: trades)) { $0 + ($1.ask ?? 0) }
        if change < best { (best, bestTrades) = (change, trades) }
        return true
    }

    /// Finds trades that all can do: the agreed ones, else the mix of earlier plans, else what both copies hold, else
    /// plans that a tenfold penalty draws nearer. Where none is possible the best so far stays, at first no trades.
    func makeFeasible(
        _ agreed: [[Double]], _ copies: Copies, at prices: [[Double]], penalty: Double, _ scales: Scales
    ) throws {
        if try confirm(agreed, scales) { return }
        if try confirm(try ProposalMaster(self, scales, among: Self.recent).mix(), scales) { return }
        if try confirm(copies.combined(min), scales) { return }
        let near = try propose(
            at: prices, near: agreed, penalty: 10 * penalty, tolerance: 1e-4 * scales.quantity)
        if try confirm(near.mean, scales) { return }
        try confirm(near.combined(min), scales)
    }

    /// Plans of each party that a mix is made of beside acting alone.
    private static let recent = 40

    /// Looks for trades of whole plans where parties cannot mix theirs, as those with integers.
    func confirmWholePlans(_ scales: Scales) throws {
        let copies = try ProposalMaster(self, scales, among: Self.recent).wholePlans()
        for trades in [copies.combined(min), copies.sold, copies.bought, copies.mean] {
            if try confirm(trades, scales) { return }
        }
    }

    // MARK: Record

    func note(primal: Double, dual: Double) {
        history.append(
            ExchangeProgress(
                round: rounds, primalResidual: primal, dualResidual: dual, lowerBound: lowerBound, best: best))
    }

    /// Tells all parties the trades, and has their asks.
    func finish(_ ending: ExchangeOutcome.Ending) throws -> ExchangeOutcome {
        let answers = try ask(.finish, prices: boundPrices, target: bestTrades)
        let asks = answers.map { $0.ask ?? 0 }
        return ExchangeOutcome(
            ending: ending, trades: bestTrades, prices: boundPrices, asks: asks,
            costChange: asks.reduce(network.fees(of: bestTrades), +), lowerBound: min(lowerBound ?? 0, best),
            rounds: rounds, history: history, messages: log.messages, bytes: log.bytes)
    }
}

/// Euclid's.
func norm(_ values: [[Double]]) -> Double {
    values.joined().reduce(0) { $0 + $1 * $1 }.squareRoot()
}
