import Foundation
import LinearModels

extension NashBargaining {
    /// A gain counts as nothing below this part of the greatest term that it is a sum of.
    private static let leastGain = 1e-9

    /// Finds the bargain.
    ///
    /// - Parameters:
    ///   - gap: how much greater `sum_i w_i ln(gain_i)` may be at the optimum. Gains may be off by its root.
    ///     With whole numbers 1e-7 is the least that a solver tells; the gains beside them are found as without.
    ///   - rounds: at most so many; what is best then is handed back with its gap.
    ///   - limits: of one solve.
    /// - Throws: ``BargainingError``, ``ModelError``, ``SolverSessionError``.
    public func solve(
        gap: Double = 1e-12, rounds: Int = 500, limits: SolveLimits = SolveLimits()
    ) throws -> BargainingOutcome {
        guard let greatest = try greatestGains(limits: limits) else { return .harmsSomebody }
        let losers = parties.indices.filter { !greatest[$0].isGain }
        if losers.count == parties.count { return .nobodyGains }
        if !losers.isEmpty { return .someCannotGain(losers) }
        let search = try BargainSearch(
            self, units: greatest.map(\.gain), gap: gap, rounds: rounds, limits: limits)
        let found =
            model.hasIntegers
            ? try search.solveWithIntegers() : try search.divide(from: greatest.map(\.values))
        guard let found else { return .notTogether }
        let parameters = model.parameterValues
        let gains = parties.map { $0.gain.value(variables: found.values, parameters: parameters) }
        return .agreement(
            Bargain(
                gains: gains, values: found.values, weights: weights, gap: found.gap, residual: found.residual,
                rounds: search.rounds))
    }

    /// What each party gets at most where nobody is harmed, and where; nil where somebody always is.
    private func greatestGains(
        limits: SolveLimits
    ) throws -> [(gain: Double, values: [Double], isGain: Bool)]? {
        var program = model
        // A solver takes a pivot that is small beside others for nought.
        let units = parties.map { $0.gain.largestCoefficient }.map { $0 > 0 ? $0 : 1 }
        let gains = try program.gains(of: parties, units: units)
        let session = try SolverSession(program, limits: limits)
        var greatest: [(gain: Double, values: [Double], isGain: Bool)] = []
        for (party, gain) in zip(parties, gains) {
            session.maximise([gain: 1])
            switch try session.solve() {
            case .optimal: break
            case .infeasible: return nil
            case .unbounded: throw BargainingError.unboundedGain(party: party.name)
            case let status:
                throw BargainingError.unsolved(what: "the greatest gain of '\(party.name)'", status: "\(status)")
            }
            let values = Array(session.values.prefix(model.variableCount))
            let value = party.gain.value(variables: values, parameters: model.parameterValues)
            let size = party.gain.largestTerm(variables: values, parameters: model.parameterValues)
            greatest.append((value, values, value > Self.leastGain * size))
        }
        return greatest
    }
}

extension LinearModel {
    /// Adds the parties' gains as variables that are not negative.
    fileprivate mutating func gains(of parties: [NashBargaining.Party], units: [Double]) throws -> [Variable] {
        try parties.indices.map { i in
            let gain = try variable("bargain.gain\(i + 1)")
            try add(gain == (1 / units[i]) * parties[i].gain, named: "bargain.gain\(i + 1)")
            return gain
        }
    }
}

extension SolverSession {
    /// Makes a weighted sum of variables the objective from now on.
    fileprivate func maximise(_ weights: [Variable: Double]) {
        var coefficients = [Double](repeating: 0, count: model.variableCount)
        for (variable, weight) in weights { coefficients[variable.index] = weight }
        setObjective(coefficients: coefficients, constant: 0, sense: .maximise)
    }
}

/// One bargain's search. Gains are parts of what each party gets at most.
private final class BargainSearch {
    struct Agreement {
        let gains: [Double]
        let values: [Double]
        /// `sum_i w_i ln(gain_i)`.
        let worth: Double
        var gap: Double
        let residual: Double
    }

    private let bargaining: NashBargaining
    private let units: [Double]
    private let gap: Double
    private let mostRounds: Int
    private let limits: SolveLimits
    private let program: LinearModel
    private let gains: [Variable]
    private let session: SolverSession
    private(set) var rounds = 0

    private var weights: [Double] { bargaining.weights }
    private var parties: Range<Int> { bargaining.parties.indices }

    init(
        _ bargaining: NashBargaining, units: [Double], gap: Double, rounds: Int, limits: SolveLimits
    ) throws {
        self.bargaining = bargaining
        self.units = units
        self.gap = gap
        mostRounds = rounds
        self.limits = limits
        var program = bargaining.model
        gains = try program.gains(of: bargaining.parties, units: units)
        self.program = program
        session = try SolverSession(program, limits: limits)
    }

    private func gains(at values: [Double]) -> [Double] {
        parties.map { i in
            let gain = bargaining.parties[i].gain.value(
                variables: values, parameters: bargaining.model.parameterValues)
            return max(0, gain / units[i])
        }
    }

    private func worth(_ gains: [Double]) -> Double { zip(weights, gains).reduce(0) { $0 + $1.0 * log($1.1) } }

    private func solve(_ session: SolverSession, _ what: String) throws -> Bool {
        try Interruption.check()
        switch try session.solve() {
        case .optimal: return true
        case .infeasible: return false
        case let status: throw BargainingError.unsolved(what: what, status: "\(status)")
        }
    }

    // MARK: Without whole numbers

    /// The best mixture of vertices, found from some with a gain for everybody among them.
    func divide(from vertices: [[Double]]) throws -> Agreement {
        let costUnit = parties.reduce(1.0) { unit, i in
            let coefficient = bargaining.parties[i].gain.largestCoefficient
            return coefficient > 0 ? max(unit, units[i] / coefficient) : unit
        }
        var points = vertices.map { (values: $0, gains: gains(at: $0)) }
        while true {
            let mixture = LogarithmicMixture(of: points.map(\.gains), weights: weights)
            let rates = zip(weights, mixture.mean).map { $0 / $1 }
            // In the gains' own units, so that the solver does not take a variable's small part in a gain for none.
            session.maximise(Dictionary(uniqueKeysWithValues: zip(gains, rates.map { $0 * costUnit })))
            guard try solve(session, "a tangent of the bargain") else {
                throw BargainingError.unsolved(what: "a tangent of the bargain", status: "\(session.status)")
            }
            rounds += 1
            let vertex = Array(session.values.prefix(bargaining.model.variableCount))
            let point = (values: vertex, gains: gains(at: vertex))
            let residual = max(0, zip(rates, point.gains).reduce(0) { $0 + $1.0 * $1.1 } - 1)
            let isKnown = points.contains { zip($0.gains, point.gains).allSatisfy { abs($0 - $1) <= 1e-13 } }
            // A vertex that comes again has nothing to add: what is left is rounding.
            guard residual > gap, !isKnown, rounds < mostRounds else {
                var values = vertex.map { _ in 0.0 }
                for (point, share) in zip(points, mixture.shares) {
                    for j in values.indices { values[j] += share * point.values[j] }
                }
                return Agreement(
                    gains: mixture.mean, values: values, worth: worth(mixture.mean), gap: residual, residual: residual)
            }
            points = zip(points, mixture.shares).filter { $1 > 1e-9 }.map(\.0) + [point]
        }
    }

    // MARK: With whole numbers

    /// Nil where nothing gives a gain to everybody.
    func solveWithIntegers() throws -> Agreement? {
        guard let start = try fairest(), var best = try divide(besideIntegersOf: start) else { return nil }
        var tangents: [[Double]] = [best.gains]
        var seen: Set<[Double]> = [integers(of: start)]
        while true {
            let (values, bound) = try proposal(tangents, above: best.worth)
            rounds += 1
            best.gap = max(0, bound - best.worth)
            let isNew = seen.insert(integers(of: values)).inserted
            guard best.gap > max(gap, 1e-7), isNew, rounds < mostRounds else { break }
            tangents.append(gains(at: values))
            if let found = try divide(besideIntegersOf: values) {
                tangents.append(found.gains)
                if found.worth > best.worth { best = found }
            }
        }
        best.gap = max(best.gap, best.residual)
        return best
    }

    private func integers(of values: [Double]) -> [Double] {
        bargaining.model.integers.map { values[$0.index].rounded() }
    }

    /// The agreement whose least gain is greatest; nil where somebody has none.
    private func fairest() throws -> [Double]? {
        var program = program
        let least = try program.variable("bargain.least", in: 0...1)
        for (i, gain) in gains.enumerated() { try program.add(gain - least >= 0, named: "bargain.least\(i + 1)") }
        try program.maximise(least)
        let session = try SolverSession(program, limits: limits)
        guard try solve(session, "the bargain's least gain"), session.value(of: least) > 1e-9 else { return nil }
        return Array(session.values.prefix(bargaining.model.variableCount))
    }

    /// The best that goes with the whole numbers of an agreement; nil where somebody gains nothing.
    private func divide(besideIntegersOf values: [Double]) throws -> Agreement? {
        for variable in bargaining.model.integers {
            let whole = values[variable.index].rounded()
            session.rebound(variable, from: whole, to: whole)
        }
        var vertices: [[Double]] = []
        for (i, gain) in gains.enumerated() {
            session.maximise([gain: 1])
            guard try solve(session, "a gain beside whole numbers") else { return nil }
            let vertex = Array(session.values.prefix(bargaining.model.variableCount))
            guard gains(at: vertex)[i] > 1e-9 else { return nil }
            vertices.append(vertex)
        }
        return try divide(from: vertices)
    }

    /// The best agreement where logarithms are as great as their tangents, and how good it seems.
    ///
    /// - Parameters:
    ///   - known: gains at which the tangents touch, beside those that always are there.
    ///   - worth: of an agreement that is known.
    private func proposal(
        _ known: [[Double]], above worth: Double
    ) throws -> (values: [Double], bound: Double) {
        var program = program
        var objective = LinearExpression()
        for (i, gain) in gains.enumerated() {
            // No logarithm is above nought, so that one alone may not be below the worth: where that leaves a gain
            // too small for a solver, the tangents end.
            let least = max(1e-6, exp(worth / weights[i]))
            let logarithm = try program.variable("bargain.log\(i + 1)", in: -.infinity...0)
            var places = known.map { min(1, max(least, $0[i])) } + [least]
            var place = 1.0
            while place > least {
                places.append(place)
                place /= 2
            }
            for (k, place) in Set(places).sorted().enumerated() {
                try program.add(
                    logarithm - (1 / place) * gain <= log(place) - 1, named: "bargain.tangent\(i + 1).\(k)")
            }
            objective += weights[i] * logarithm
        }
        try program.maximise(objective)
        let session = try SolverSession(program, limits: limits)
        guard try solve(session, "the bargain's outer approximation") else {
            throw BargainingError.unsolved(what: "the bargain's outer approximation", status: "\(session.status)")
        }
        return (Array(session.values.prefix(bargaining.model.variableCount)), session.objectiveValue)
    }
}
