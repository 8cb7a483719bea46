import LinearModels
import TestSupport

@testable import Games

/// Parties with a load, a generator, a store and a market of their own, and links between most of them.
struct RandomExchange {
    private(set) var network: ExchangeNetwork
    private var models: [LinearModel] = []
    private var copies: [[String: [Variable]]] = []

    /// - Parameters:
    ///   - money: how many units of money one of the plain network's is.
    ///   - unit: the same for quantities.
    ///   - order: the parties in another order.
    init(
        seed: UInt64, hasIntegers: Bool = false, money: Double = 1, unit: Double = 1, isReversed: Bool = false
    ) throws {
        var numbers = SeededNumbers(seed: seed)
        let count = 2 + Int(seed % 5)
        let steps = numbers.whole(3...5)
        let names = (0..<count).map { "party\($0)" }
        var links: [ExchangeNetwork.Link] = []
        for seller in 0..<count {
            for buyer in 0..<count where seller != buyer {
                let isLinked = buyer == (seller + 1) % count || numbers.uniform(in: 0...1) < 0.5
                guard isLinked else { continue }
                let capacity = (0..<steps).map { _ in unit * numbers.uniform(in: 2...12) }
                links.append(
                    .init(
                        name: "\(names[seller])>\(names[buyer])", seller: names[seller], buyer: names[buyer],
                        capacity: capacity, fee: numbers.uniform(in: 0...0.5) * money / unit))
            }
        }
        network = try ExchangeNetwork(parties: names, links: links)
        for party in 0..<count {
            let (model, copies) = try Self.party(
                party, in: network, &numbers, hasIntegers: hasIntegers, money: money, unit: unit)
            models.append(model)
            self.copies.append(copies)
        }
        guard isReversed else { return }
        network = try ExchangeNetwork(parties: names.reversed(), links: links)
        models.reverse()
        copies.reverse()
    }

    private static func party(
        _ party: Int, in network: ExchangeNetwork, _ numbers: inout SeededNumbers, hasIntegers: Bool, money: Double,
        unit: Double
    ) throws -> (LinearModel, [String: [Variable]]) {
        var model = LinearModel()
        var copies: [String: [Variable]] = [:]
        var cost = LinearExpression()
        let marginal = numbers.uniform(in: 1...12)
        let (size, store) = (numbers.uniform(in: 2...15), numbers.uniform(in: 0...8))
        var filling: LinearExpression?
        for step in 0..<network.steps {
            let load = numbers.uniform(in: 0...12)
            let market = numbers.uniform(in: 6...20)
            let made = try model.variable("made\(step)", in: 0...size * unit)
            let bought = try model.variable("bought\(step)")
            let sold = try model.variable("sold\(step)", in: 0...5 * unit)
            let charge = try model.variable("charge\(step)", in: 0...store * unit / 2)
            let discharge = try model.variable("discharge\(step)", in: 0...store * unit / 2)
            let level = try model.variable("level\(step)", in: 0...store * unit)
            var balance = made + bought - sold - charge + discharge
            for port in network.ports[party] {
                let link = network.links[port.link]
                // The network alone limits trades.
                let trade = try model.variable("trade\(port.link)_\(step)")
                copies[link.name, default: []].append(trade)
                balance += (port.role == .buyer ? 1.0 : -1) * trade
            }
            try model.add(balance == load * unit, named: "balance\(step)")
            let before = filling ?? LinearExpression(0)
            try model.add(level - before - 0.9 * charge + discharge == 0, named: "filling\(step)")
            filling = level.linearExpression
            cost += (money / unit) * (marginal * made + market * bought - (0.3 * market) * sold + 0.1 * discharge)
            if hasIntegers {
                let isOn = try model.variable("on\(step)", kind: .binary)
                try model.add(made - (size * unit) * isOn <= 0, named: "most\(step)")
                try model.add(made - (0.5 * size * unit) * isOn >= 0, named: "least\(step)")
                cost += (money * 0.1 * marginal * size) * isOn
            }
        }
        try model.minimise(cost)
        return (model, copies)
    }

    func parties() throws -> [LocalParty] {
        try network.parties.enumerated().map {
            try LocalParty($1, in: network, model: models[$0], variables: copies[$0])
        }
    }

    /// The least joint cost of one model of all parties, less the cost of all acting alone.
    func centralChange() throws -> Double { try central(withTrade: true) - central(withTrade: false) }

    private func central(withTrade: Bool) throws -> Double {
        var whole = LinearModel()
        var cost = LinearExpression()
        var ends: [[Variable]] = network.links.map { _ in [] }
        for (party, model) in models.enumerated() {
            let block = try whole.append(model, named: "p\(party)")
            cost += block.objective
            for port in network.ports[party] {
                let link = network.links[port.link]
                for (step, copy) in (copies[party][link.name] ?? []).enumerated() {
                    let end = block.variables[copy.index]
                    if ends[port.link].count > step {
                        try whole.add(ends[port.link][step] - end == 0, named: "agree\(port.link)_\(step)")
                        cost += link.fee * end
                    } else {
                        ends[port.link].append(end)
                        let most = withTrade ? link.capacity[step] : 0
                        try whole.add(end.linearExpression <= most, named: "capacity\(port.link)_\(step)")
                    }
                }
            }
        }
        try whole.minimise(cost)
        let session = try SolverSession(whole)
        let status = try session.solve()
        guard status == .optimal else { throw SolverSessionError.noSolution(status: "\(status)") }
        return session.objectiveValue
    }

    func solve(
        _ method: ExchangeMethod, replaying journal: [String] = [], parties: [any ExchangeParty]? = nil
    ) throws -> (outcome: ExchangeOutcome, log: MessageLog) {
        let log = try MessageLog(replaying: journal)
        let asked = try parties ?? self.parties()
        return (try method.solve(network, asking: .init(inTurn: asked), log: log), log)
    }
}

extension ExchangeMethod {
    static var both: [ExchangeMethod] {
        [.alternatingDirections(AlternatingDirections()), .columnGeneration(ColumnGeneration())]
    }
}
