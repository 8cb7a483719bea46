import LinearModels

/// What the follower of a ``WholeProblem`` answers at single decisions, and which answer is best or worst for the
/// leader. What was asked before is known.
final class FollowerAnswers {
    struct Response {
        /// The follower's least cost.
        let cost: Double
        let y: [Double]
    }

    private let problem: WholeProblem
    private let own: SolverSession
    private let ownLinks: [Parameter]
    private let all: SolverSession
    private let allLinks: [Parameter]
    private let cap: Parameter?
    private let worst: SolverSession?
    private let worstLinks: [Parameter]
    private let worstCap: Parameter?
    private var known: [[Double]: Response?] = [:]
    private var knownBest: [[Double]: [Double]?] = [:]
    private var knownWorst: [[Double]: Response] = [:]
    /// Whether an answer was met that does not hold to the last digit.
    private(set) var isDoubtful = false

    init(_ problem: WholeProblem) throws {
        self.problem = problem
        let linking = problem.linking
        func links(_ model: inout LinearModel) throws -> [Parameter] {
            try linking.map { try model.parameter("x\($0)") }
        }
        func variables(_ columns: some Sequence<Int>, _ model: inout LinearModel) throws -> [Int: Variable] {
            var all: [Int: Variable] = [:]
            for j in columns {
                let column = problem.columns[j]
                all[j] = try model.variable(
                    "v\(j)", in: column.lower...column.upper, kind: column.isInteger ? .integer : .continuous)
            }
            return all
        }
        func add(_ row: WholeProblem.FollowerRow, _ i: Int, _ model: inout LinearModel, _ y: [Int: Variable]) throws {
            var left = LinearExpression()
            for term in row.x {
                guard let k = linking.firstIndex(of: term.column) else { continue }
                left += term.factor * model.parameters[k]
            }
            for term in row.y { if let v = y[problem.leaders + term.column] { left += term.factor * v } }
            try model.add(left >= row.side, named: "r\(i)")
        }
        func cost(_ factors: [(Int, Double)], _ variables: [Int: Variable]) -> LinearExpression {
            sum(factors.compactMap { j, factor in factor == 0 ? nil : variables[j].map { factor * $0 } })
        }
        let followerCosts = zip(problem.followers, problem.followerCosts).map { ($0, $1) }

        var model = LinearModel()
        ownLinks = try links(&model)
        let y = try variables(problem.followers, &model)
        for (i, row) in problem.followerRows.enumerated() { try add(row, i, &model, y) }
        var limited = model
        try model.minimise(cost(followerCosts, y))
        own = try SolverSession(model)

        // The worst answer: among the least costly ones the dearest to the leader.
        worstLinks = ownLinks
        let spending = cost(followerCosts, y)
        if problem.isCoupled {
            (worst, worstCap) = (nil, nil)
        } else {
            if followerCosts.contains(where: { $0.1 != 0 }) {
                let parameter = try limited.parameter("cap")
                try limited.add(spending - parameter <= 0, named: "cap")
                worstCap = parameter
            } else {
                worstCap = nil
            }
            try limited.maximise(cost(problem.followers.map { ($0, problem.costs[$0]) }, y))
            worst = try SolverSession(limited)
        }

        // Everything but the decisions that the follower sees.
        var whole = LinearModel()
        allLinks = try links(&whole)
        let free = problem.columns.indices.filter { !linking.contains($0) }
        let v = try variables(free, &whole)
        for (i, row) in problem.rows.enumerated() {
            var left = LinearExpression()
            for term in row.terms {
                if let k = linking.firstIndex(of: term.column) {
                    left += term.factor * allLinks[k]
                } else if let variable = v[term.column] {
                    left += term.factor * variable
                }
            }
            // A row over the linking decisions alone holds wherever it is asked.
            guard row.terms.contains(where: { v[$0.column] != nil }) else { continue }
            try whole.add(range(row.lower, left, row.upper), named: "r\(i)")
        }
        if followerCosts.contains(where: { $0.1 != 0 }) {
            let parameter = try whole.parameter("cap")
            try whole.add(cost(followerCosts, v) - parameter <= 0, named: "cap")
            cap = parameter
        } else {
            cap = nil
        }
        try whole.minimise(cost(free.map { ($0, problem.costs[$0]) }, v))
        all = try SolverSession(whole)
    }

    private func links(of point: [Double]) -> [Double] { problem.linking.map { point[$0] } }

    /// - Parameter point: of which the linking decisions count; where they are whole numbers, they are given as such.
    /// - Returns: nil where the follower has no answer.
    func response(at point: [Double]) throws -> Response? {
        let links = links(of: point)
        if let found = known[links] { return found }
        for (parameter, value) in zip(ownLinks, links) { try own.set(parameter, to: value) }
        var response: Response?
        switch try own.solve() {
        case .optimal:
            let y = settled(own.values, from: problem.leaders)
            // Whole costs of whole numbers are a whole number.
            response = Response(cost: problem.followerCost(y), y: y)
            check(y, at: point)
        case .infeasible: break
        case .unbounded: throw CertificateError.followerUnbounded(follower: Self.name)
        case .limit: throw WorkSpent()
        }
        known[links] = .some(response)
        return response
    }

    /// What the follower is called in messages, as in the game of the problem.
    static let name = "follower"

    /// The best point for the leader at the linking decisions of a point, at the follower's least cost.
    ///
    /// - Returns: nil where the leader's rows break at all answers.
    func best(at point: [Double], _ response: Response) throws -> [Double]? {
        let links = links(of: point)
        if let found = knownBest[links] { return found }
        for (parameter, value) in zip(allLinks, links) { try all.set(parameter, to: value) }
        if let cap { try all.set(cap, to: limit(response.cost)) }
        var found: [Double]?
        switch try all.solve() {
        case .optimal:
            var best = point
            let free = problem.columns.indices.filter { !problem.linking.contains($0) }
            for (k, j) in free.enumerated() {
                best[j] = problem.columns[j].isInteger ? all.values[k].rounded() : all.values[k]
            }
            found = best
        case .infeasible: break
        case .unbounded: throw CertificateError.unbounded
        case .limit: throw WorkSpent()
        }
        knownBest[links] = .some(found)
        return found
    }

    /// The answer that costs the leader most, and what that is.
    func worst(at point: [Double], _ response: Response) throws -> Response {
        let links = links(of: point)
        if let found = knownWorst[links] { return found }
        guard let worst else { return response }
        for (parameter, value) in zip(worstLinks, links) { try worst.set(parameter, to: value) }
        if let worstCap { try worst.set(worstCap, to: limit(response.cost)) }
        switch try worst.solve() {
        case .optimal:
            let y = settled(worst.values, from: problem.leaders)
            let found = Response(cost: y.indices.reduce(0) { $0 + problem.costs[problem.leaders + $1] * y[$1] }, y: y)
            knownWorst[links] = found
            return found
        case .unbounded: throw CertificateError.unbounded
        default: throw WorkSpent()
        }
    }

    /// A least cost as a limit: whole numbers have room up to the next one.
    private func limit(_ cost: Double) -> Double {
        problem.hasWholeFollowerCosts ? cost + 0.5 : cost + 1e-9 * max(1, abs(cost))
    }

    private func settled(_ values: [Double], from first: Int) -> [Double] {
        values.enumerated().map { problem.columns[first + $0.offset].isInteger ? $0.element.rounded() : $0.element }
    }

    private func check(_ y: [Double], at point: [Double]) {
        for row in problem.followerRows where row.reached(by: point) - row.need(of: y) < -1e-6 {
            isDoubtful = true
        }
    }
}
