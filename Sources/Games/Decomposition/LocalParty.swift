import Foundation
import LinearModels

/// A party whose problem is a linear or mixed-integer program in this process.
///
/// Trades are split into segments, whose bounds and costs alone change between questions: one segment at no cost for
/// prices, one of no width for exact trades, and for the penalty the secants of `penalty / 2 * (q - target)^2` between
/// breakpoints that lie the denser the nearer they are to a centre. Since the secants' slopes rise, a cheapest plan
/// fills segments in their order, with integers beside them too. The centre moves to the answer until the segments
/// around it are as narrow as the question asks, or a dozen times: the slope is then wrong by no more than penalty
/// times tolerance. The target is the first centre. Tangent cuts would say the same in rows, of which a basis grows;
/// segments are columns.
///
/// An answer depends on its question alone: the first solve of each starts from the basis of acting alone. A
/// negotiation that is resumed therefore needs no memory of the party.
///
/// Its session belongs to the thread of the first answer, as every ``SolverSession`` does.
public final class LocalParty: ExchangeParty {
    private struct Trade {
        let link: String
        let step: Int
        let capacity: Double
        let price: Parameter
        let isBought: Bool
        let variable: Variable
        let segments: [(variable: Variable, cost: Parameter)]
    }

    /// Breakpoints on each side of the centre.
    private static let side = 6
    /// How often the centre may move for one answer.
    private static let moves = 12

    private let program: LinearModel
    private let cost: LinearExpression
    private let trades: [Trade]
    private let limits: SolveLimits
    private lazy var alone: Result<(session: SolverSession, basis: Basis, cost: Double), any Error> = Result {
        try actAlone()
    }

    /// - Parameters:
    ///   - name: of the party in the network.
    ///   - model: minimises the party's own cost without payments to other parties.
    ///   - variables: the party's copies of the trades, by link and step.
    /// - Throws: ``LocalPartyError`` or `ModelError`.
    public init(
        _ name: String, in network: ExchangeNetwork, model: LinearModel, variables: [String: [Variable]],
        limits: SolveLimits = SolveLimits()
    ) throws {
        guard let place = network.parties.firstIndex(of: name) else { throw LocalPartyError.unknownParty(name) }
        guard model.sense == .minimise else { throw LocalPartyError.maximises(name) }
        var program = LinearModel()
        let block = try program.append(model, named: "own")
        var objective = block.objective
        var trades: [Trade] = []
        for port in network.ports[place] {
            let link = network.links[port.link]
            let copies = variables[link.name] ?? []
            guard copies.count == network.steps else {
                throw LocalPartyError.copies(party: name, link: link.name, count: copies.count, steps: network.steps)
            }
            let isBought = port.role == .buyer
            for (step, copy) in copies.enumerated() {
                let variable = block.moved(copy.linearExpression)
                let id = "\(port.link)_\(step)"
                let price = try program.parameter("price_\(id)")
                var segments: [(Variable, Parameter)] = []
                for i in 0..<2 * Self.side + 2 {
                    let segment = try program.variable("segment_\(id)_\(i)", in: 0...link.capacity[step])
                    let cost = try program.parameter("slope_\(id)_\(i)")
                    objective += cost * segment
                    segments.append((segment, cost))
                }
                let column = block.variables[copy.index]
                objective += (isBought ? 1 : -1) * (price * column)
                try program.add(variable - sum(segments.map(\.0)) == 0, named: "trade_\(id)")
                trades.append(
                    Trade(
                        link: link.name, step: step, capacity: link.capacity[step], price: price, isBought: isBought,
                        variable: column, segments: segments))
            }
        }
        try program.minimise(objective)
        self.program = program
        cost = block.objective
        self.trades = trades
        self.limits = limits
    }

    /// What all answers so far took, as ``SolverSession/work``.
    public var work: Int { (try? alone.get().session.work) ?? 0 }
    /// How many times the solver was asked to find a plan.
    public private(set) var solves = 0

    private func actAlone() throws -> (SolverSession, Basis, Double) {
        let session = try SolverSession(program, limits: limits)
        try place(segments: trades.map { _ in [(0, 0)] }, session)
        solves += 1
        switch try session.solve() {
        case .optimal, .limit(.some): break
        case let status: throw LocalPartyError.cannotActAlone(status)
        }
        return (session, session.basis, session.value(of: cost))
    }

    // MARK: Answers

    public func answer(_ question: ExchangeQuestion) throws -> ExchangeAnswer {
        let (session, basis, _) = try alone.get()
        let prices = try series(question.prices, "prices")
        session.restore(basis)
        switch question.kind {
        case .atPrices:
            try set(prices: prices, session)
            try place(segments: trades.map { [($0.capacity, 0)] }, session)
            guard let gap = try solve(session) else { return ExchangeAnswer(trades: nil, ask: nil) }
            let value = session.objectiveValue
            return try self.answer(values(session), bound: value - gap * max(1e-10, abs(value)))
        case .nearTarget:
            guard let penalty = question.penalty, let tolerance = question.tolerance, penalty > 0, tolerance > 0,
                penalty.isFinite, tolerance.isFinite
            else { throw LocalPartyError.badQuestion("a target needs a penalty and a tolerance above 0") }
            try set(prices: prices, session)
            let target = try series(question.target ?? [:], "target")
            guard let plan = try plan(near: target, penalty: penalty, tolerance: tolerance, session) else {
                return ExchangeAnswer(trades: nil, ask: nil)
            }
            return try self.answer(plan)
        case .exactly, .finish:
            try set(prices: prices.map { _ in 0 }, session)
            let target = try series(question.target ?? [:], "target")
            try place(fixed: target, session)
            guard try solve(session) != nil else { return ExchangeAnswer(trades: nil, ask: nil) }
            return try self.answer((target, session.value(of: cost)))
        }
    }

    private typealias Plan = (trades: [Double], cost: Double)

    private func answer(_ plan: Plan, bound: Double? = nil) throws -> ExchangeAnswer {
        let alone = try alone.get().cost
        var lists: [String: [Double]] = [:]
        for (trade, value) in zip(trades, plan.trades) { lists[trade.link, default: []].append(value) }
        return ExchangeAnswer(trades: lists, ask: plan.cost - alone, lowestTotal: bound.map { $0 - alone })
    }

    /// One number per trade, of lists by link.
    private func series(_ lists: [String: [Double]], _ what: String) throws -> [Double] {
        try trades.map { trade in
            guard let list = lists[trade.link], list.indices.contains(trade.step), list[trade.step].isFinite else {
                throw LocalPartyError.badQuestion("\(what) of link '\(trade.link)', step \(trade.step) are missing")
            }
            return list[trade.step]
        }
    }

    private func values(_ session: SolverSession) -> Plan {
        let values = trades.map { min(max(0, session.value(of: $0.variable)), $0.capacity) }
        return (values, session.value(of: cost))
    }

    /// - Returns: the relative gap of the plan that was found; nil where there is none.
    private func solve(_ session: SolverSession) throws -> Double? {
        solves += 1
        switch try session.solve() {
        case .optimal: return 0
        case .limit(let gap?): return gap
        case .infeasible: return nil
        case let status: throw LocalPartyError.noPlan(status)
        }
    }

    // MARK: Segments

    private func set(prices: [Double], _ session: SolverSession) throws {
        for (trade, price) in zip(trades, prices) { try session.set(trade.price, to: price) }
    }

    /// Gives each trade segments of a width and a slope from 0 on; those that are left over get no width.
    private func place(segments: [[(width: Double, slope: Double)]], _ session: SolverSession) throws {
        for (trade, wanted) in zip(trades, segments) {
            for (i, segment) in trade.segments.enumerated() {
                let (width, slope) = i < wanted.count ? wanted[i] : (0, 0)
                session.rebound(segment.variable, from: 0, to: width)
                try session.set(segment.cost, to: slope)
            }
        }
    }

    private func place(fixed target: [Double], _ session: SolverSession) throws {
        try place(segments: trades.map { _ in [] }, session)
        for (trade, value) in zip(trades, target) {
            session.rebound(trade.segments[0].variable, from: value, to: value)
        }
    }

    private func plan(
        near target: [Double], penalty: Double, tolerance: Double, _ session: SolverSession
    ) throws -> Plan? {
        var centre = zip(trades, target).map { min(max(0, $1), $0.capacity) }
        var widths = trades.map { max(tolerance, $0.capacity / Self.reach) }
        for move in 0..<Self.moves {
            let points = trades.indices.map { k in
                Self.breakpoints(around: centre[k], capacity: trades[k].capacity, widths[k])
            }
            try place(
                segments: zip(points, target).map { points, target in
                    zip(points, points.dropFirst()).map { ($1 - $0, penalty * (0.5 * $0 + 0.5 * $1 - target)) }
                }, session)
            guard try solve(session) != nil else { return nil }
            let plan = values(session)
            let isNear = trades.indices.map { abs(plan.trades[$0] - centre[$0]) <= 1.000001 * widths[$0] }
            let isExact = zip(isNear, widths).allSatisfy { $0 && $1 <= tolerance }
            if isExact || move == Self.moves - 1 { return plan }
            centre = plan.trades
            for k in widths.indices where isNear[k] { widths[k] = max(tolerance, widths[k] / 27) }
        }
        return nil
    }

    /// How many times the least width the farthest breakpoint is from the centre.
    private static let reach = 243.0

    /// From 0 to the capacity, and from the centre outward at distances that grow threefold.
    private static func breakpoints(around centre: Double, capacity: Double, _ width: Double) -> [Double] {
        let offsets = (0..<side).map { width * pow(3, Double($0)) }
        let points = offsets.reversed().map { centre - $0 } + [centre] + offsets.map { centre + $0 }
        return [0] + points.filter { $0 > 0 && $0 < capacity } + [capacity]
    }
}

/// A party's problem or a question that it cannot answer.
public enum LocalPartyError: Error, Equatable, CustomStringConvertible {
    case unknownParty(String)
    case maximises(String)
    case copies(party: String, link: String, count: Int, steps: Int)
    case cannotActAlone(SolveStatus)
    case noPlan(SolveStatus)
    case badQuestion(String)

    public var description: String {
        switch self {
        case .unknownParty(let name): "'\(name)' is no party of the network. Check the spelling."
        case .maximises(let name): "the model of party '\(name)' maximises. Write its cost, to be minimised."
        case .copies(let party, let link, let count, let steps):
            "party '\(party)' has \(count) variables for link '\(link)'; it needs one for each of \(steps) steps."
        case .cannotActAlone(let status):
            "the party has no plan without trades (\(status)). Each party must be able to act alone."
        case .noPlan(let status): "the solver found no plan: \(status)."
        case .badQuestion(let reason): "the question cannot be answered: \(reason)."
        }
    }
}
