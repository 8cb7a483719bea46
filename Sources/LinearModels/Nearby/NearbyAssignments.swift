/// The optima of a model with whole numbers for every objective near one, told apart by its whole numbers.
///
/// Let `x*` be an optimum of `c x`, and `c + sum(t_i a_i)`, `|t_i| <= h_i`, the objectives nearby. A point that is
/// optimal by one of them costs no more by it than `x*` does:
///
///     c x - sum over i of  h_i |a_i (x - x*)|  <=  c x*
///
/// Between the least `-l_i` and the greatest `r_i` that bounds let `a_i (x - x*)` be, its size lies below the chord
/// `((r_i - l_i) a_i (x - x*) + 2 l_i r_i) / (l_i + r_i)`. With chords in the place of sizes the left side is linear.
/// An integer program from which the whole numbers of `x*` are excluded (``AssignmentBox``) therefore tells whether
/// others may be the best anywhere nearby, and which; then these are excluded too, until there are no more. With its
/// whole numbers held, what is left of each is a linear program (``NearbyOptima``).
///
/// An assignment may be found that is the best nowhere. It is left out where all that is optimal with it costs more
/// than what another one costs, at all objectives nearby, which is seen by the same chords.
///
/// Solvers are made once and kept. What is told depends on the answer that it is told of alone.
package final class NearbyAssignments {
    /// Optima with the same whole numbers.
    package struct Held {
        /// The optimum at the objective itself.
        package let values: [Double]
        package let cost: Double
        package let nearby: NearbyOptima
        package let basis: Basis
    }

    private let model: LinearModel
    /// Excludes assignments. Made when it is first asked for, like the next.
    private var searching: SolverSession?
    /// Holds the integers that matter, or all; in its model they are not integers.
    private var holding: [SolverSession?] = [nil, nil]
    /// Integers that matter, then all integers where these are few.
    private let levels: [[Int]]

    /// Assignments that are told apart at most, and programs that are solved to find them.
    private static let mostAssignments = 16
    private static let mostSearches = 40
    /// Integers that are told apart, those that only forbid something among them.
    private static let mostOfAll = 8
    /// Nodes of branch and bound for one of these.
    private static let mostNodes = 5000
    /// How far costs may be off by the tolerances of branch and bound, relative.
    private static let tolerance = 2e-7

    /// - Parameter model: to be minimised, with parameters in its objective alone.
    package init(_ model: LinearModel) {
        self.model = model
        let deferred = DeferredRows(model)
        let all = model.columns.indices.filter {
            model.columns[$0].kind != .continuous && model.columns[$0].lower != model.columns[$0].upper
        }
        // Integers that only forbid something, each by itself, are looked after by whoever solves what is left.
        let alone = Set(
            all.filter { j in
                deferred.isSilent[j]
                    && zip(model.rows, deferred.integerCount).allSatisfy { row, count in
                        count < 2 || !row.coefficients.contains { $0.column == j }
                    }
            })
        let essential = all.filter { !alone.contains($0) }
        // Of many that only forbid something, most may be either: too many assignments to tell apart.
        let few = alone.isEmpty || all.count <= Self.mostOfAll ? [all] : []
        levels = alone.isEmpty || essential.isEmpty ? few : [essential] + few
    }

    /// Of the answer that a session of the same model has just given.
    ///
    /// - Returns: the answer's own assignment first, then others that may be the best nearby; nil where they cannot be
    ///   told, as where they are too many.
    package func optima(near answer: SolverSession, within shifts: [SolverSession.Shift]) throws -> [Held]? {
        guard model.sense == .minimise else { return nil }
        for (level, integers) in levels.enumerated() where !integers.isEmpty {
            let search = try Search(self, level, answer, shifts)
            if let found = try search.run() { return found }
        }
        return nil
    }

    /// Of all solves so far, see `SolverSession.work`.
    package var work: Int { ([searching] + holding).reduce(0) { $0 + ($1?.work ?? 0) } }

    private func session(of level: Int?) throws -> SolverSession {
        guard let level else {
            let session = try searching ?? SolverSession(model, limits: SolveLimits(nodes: Self.mostNodes))
            searching = session
            return session
        }
        if let session = holding[level] { return session }
        var held = model
        for j in levels[level] { held.columns[j].kind = .continuous }
        let session = try SolverSession(held)
        holding[level] = session
        return session
    }

    /// What is found near one answer.
    private struct Search {
        private let integers: [Int]
        private let isLast: Bool
        private let shifts: [SolverSession.Shift]
        private let values: [Double]
        private let parameters: [Double]
        private let start: Basis
        private let cost: Double
        private let searching: SolverSession
        private let holding: SolverSession
        /// How much costs must differ to be told apart.
        private let margin: Double

        init(_ owner: NearbyAssignments, _ level: Int, _ answer: SolverSession, _ shifts: [SolverSession.Shift]) throws
        {
            integers = owner.levels[level]
            isLast = level == owner.levels.count - 1
            self.shifts = shifts
            values = answer.values
            parameters = answer.parameters
            start = answer.basis
            cost = answer.objectiveValue
            searching = try owner.session(of: nil)
            holding = try owner.session(of: level)
            let parameters = parameters
            for session in [searching, holding] {
                try session.set(session.model.parameters) { parameters[$0] }
            }
            let costs = answer.objectiveCoefficients
            let paid = zip(costs, answer.values).reduce(abs(answer.objectiveConstant)) { $0 + abs($1.0 * $1.1) }
            margin = NearbyAssignments.tolerance * paid + 1e-9 * costs.reduce(0) { max($0, abs($1)) }
        }

        private func assignment(of values: [Double]) -> [Double] { integers.map { values[$0].rounded() } }

        func run() throws -> [Held]? {
            guard let first = try hold(assignment(of: values)), abs(first.cost - cost) <= margin,
                let others = try others()
            else { return nil }
            var held = [first]
            for whole in others {
                guard let next = try hold(whole) else { return nil }
                held.append(next)
            }
            // One after the other, so that of two equal ones one stays.
            for next in held.dropFirst() {
                let rivals = held.filter { $0.values != next.values }
                if try rivals.contains(where: { try isBeaten(next, by: $0) }) { held = rivals }
            }
            return held
        }

        /// - Returns: nil where the answer with these whole numbers is no linear program's.
        private func hold(_ whole: [Double]) throws -> Held? {
            holding.restrict(columns: Array(zip(integers, whole)), rows: [])
            defer { holding.release() }
            holding.restore(start)
            guard try holding.attempt() == .optimal, !holding.usedBranchAndBound,
                let nearby = try holding.optima(within: shifts), isLast || !nearby.movesIntegers
            else { return nil }
            let stay = Dictionary(nearby.face.columns.map { ($0.index, $0.value) }) { first, _ in first }
                .merging(zip(integers, whole)) { _, whole in whole }
            let face = OptimalFace(
                columns: stay.sorted { $0.key < $1.key }.map { (index: $0.key, value: $0.value) },
                rows: nearby.face.rows, hasTies: nearby.face.hasTies)
            var values = holding.values
            for (j, value) in zip(integers, whole) { values[j] = value }
            return Held(
                values: values, cost: holding.objectiveValue,
                nearby: NearbyOptima(face: face, rows: nearby.rows), basis: holding.basis)
        }

        /// Assignments that may be the best nearby, without the answer's own.
        private func others() throws -> [[Double]]? {
            let columns = integers.map { searching.model.columns[$0] }
            let whole = AssignmentBox(
                columns: integers, lower: columns.map { $0.lower.value(at: parameters) },
                upper: columns.map { $0.upper.value(at: parameters) })
            let own = (searching.objectiveCoefficients, searching.objectiveConstant)
            let bounds = searching.model.columns.map { column in
                (low: column.lower.value(at: parameters), high: column.upper.value(at: parameters))
            }
            guard let (coefficients, constant) = worst(of: own, against: values, bounds) else { return nil }
            searching.setObjective(coefficients: coefficients, constant: constant, sense: .minimise)
            searching.limits.cutoff = cost + margin
            defer {
                searching.limits.cutoff = nil
                searching.releaseCaps()
                searching.setObjective(coefficients: own.0, constant: own.1, sense: .minimise)
            }
            var found: [[Double]] = []
            var boxes = whole.without(assignment(of: values))
            var searches = 0
            while let box = boxes.popLast() {
                searches += 1
                guard searches <= NearbyAssignments.mostSearches else { return nil }
                searching.cap(box.caps)
                searching.restore(start)
                switch try searching.attempt() {
                case .infeasible: continue
                case _ where searching.isBeyondCutoff: continue
                case .optimal where searching.objectiveValue > cost + margin: continue
                case .optimal, .limit(.some): guard searching.objectiveValue <= cost + margin else { return nil }
                default: return nil
                }
                let next = assignment(of: searching.values)
                guard box.holds(next), found.count < NearbyAssignments.mostAssignments else { return nil }
                found.append(next)
                boxes += box.without(next)
            }
            return found
        }

        /// An objective that is nowhere above the least of those nearby, less that they are at a point.
        ///
        /// - Returns: nil where a quantity has no bounds.
        private func worst(
            of own: (coefficients: [Double], constant: Double), against point: [Double],
            _ bounds: [(low: Double, high: Double)]
        ) -> (coefficients: [Double], constant: Double)? {
            var (coefficients, constant) = own
            for shift in shifts {
                var (low, high, given) = (0.0, 0.0, 0.0)
                for (j, value) in shift.coefficients {
                    low += min(value * bounds[j].low, value * bounds[j].high)
                    high += max(value * bounds[j].low, value * bounds[j].high)
                    given += value * point[j]
                }
                let (left, right) = (max(0, given - low), max(0, high - given))
                guard left.isFinite, right.isFinite else { return nil }
                guard left + right > 0 else { continue }
                let slope = (right - left) / (left + right)
                for (j, value) in shift.coefficients { coefficients[j] -= shift.length * slope * value }
                constant += shift.length * (slope * given - 2 * left * right / (left + right))
            }
            return (coefficients, constant)
        }

        /// Whether all that is optimal with some whole numbers costs more than another optimum does, wherever the
        /// objective is.
        private func isBeaten(_ held: Held, by other: Held) throws -> Bool {
            let small = holding.model.freezing(held.nearby.face, limits: held.nearby.rows, parameters: parameters)
            var bounds = held.values.map { (low: $0, high: $0) }
            for (place, j) in small.columns.enumerated() {
                let column = small.model.columns[place]
                bounds[j] = (column.lower.value(at: []), column.upper.value(at: []))
            }
            let own = (holding.objectiveCoefficients, holding.objectiveConstant)
            guard let (coefficients, constant) = worst(of: own, against: other.values, bounds) else { return false }
            var least = constant
            for (j, bound) in bounds.enumerated() where bound.low == bound.high { least += coefficients[j] * bound.low }
            let free = small.columns.enumerated().filter { bounds[$0.element].low < bounds[$0.element].high }
            if !free.isEmpty {
                let session = try SolverSession(small.model)
                var open = [Double](repeating: 0, count: small.columns.count)
                for (place, j) in free { open[place] = coefficients[j] }
                session.setObjective(coefficients: open, constant: 0, sense: .minimise)
                guard try session.attempt() == .optimal else { return false }
                least += session.objectiveValue
            }
            return least > other.cost + margin
        }
    }
}
