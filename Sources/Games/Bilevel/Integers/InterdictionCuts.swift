import LinearModels

/// Cuts for games of interdiction, where a decision switches single variables of the follower off, or limits them, and
/// where the follower may always do less.
///
/// A response `y'` to the decision that switches nothing off can then be cut down to any decision: of each variable is
/// left what the decision allows. So at every decision the follower's cost is no greater than
///
///     sum(d_k y'_k) + sum over switches off of |d_k| (y'_k - what is left of it)
///
/// which is linear in the decision: a cut that holds everywhere, and is tight where `y'` is an answer (Wood 1993;
/// Caprara, Carvalho, Lodi and Woeginger 2016; monotone games of Fischetti, Ljubic, Monaci and Sinnl 2019). A variable
/// that needs no more room than another one may take its place where that is switched off, which lowers the sum.
struct InterdictionCuts {
    /// A decision that limits a variable.
    private struct Switch {
        let decision: Int
        /// The value at which it limits most.
        let off: Double
        let variable: Int
        /// What it leaves.
        let left: Double
    }

    private let problem: WholeProblem
    private let switches: [Switch]
    /// By variable of the follower.
    private let switchesOf: [[Int]]
    /// Where nothing is switched off.
    private let upper: [Double]
    private let session: SolverSession
    private let knapsack: Knapsack?
    /// For each variable those that need no more room, and pay less.
    private let substitutes: [[Int]]

    /// - Returns: nil where the game is not of this kind.
    init?(_ problem: WholeProblem) throws {
        self.problem = problem
        guard !problem.linking.isEmpty,
            problem.linking.allSatisfy({
                let column = problem.columns[$0]
                return column.isInteger && column.lower >= 0 && column.upper <= 1
            })
        else { return nil }
        var switches: [Switch] = []
        var plain: [WholeProblem.FollowerRow] = []
        let followers = problem.followers.map { problem.columns[$0] }
        var upper = followers.map(\.upper)
        for row in problem.followerRows {
            guard !row.x.isEmpty else {
                plain.append(row)
                continue
            }
            guard row.x.count == 1, row.y.count == 1, row.y[0].factor < 0 else { return nil }
            let (x, y) = (row.x[0], row.y[0])
            func limit(_ decision: Double) -> Double {
                let most = (row.side - x.factor * decision) / y.factor
                return followers[y.column].isInteger ? (most + 1e-9).rounded(.down) : most
            }
            let off = x.factor > 0 ? 0.0 : 1.0
            guard followers[y.column].lower == 0, limit(off) >= 0 else { return nil }
            upper[y.column] = min(upper[y.column], limit(1 - off))
            switches.append(Switch(decision: x.column, off: off, variable: y.column, left: limit(off)))
        }
        let limited = Set(switches.map(\.variable))
        guard plain.allSatisfy({ row in row.y.allSatisfy { !limited.contains($0.column) || $0.factor <= 0 } }),
            limited.allSatisfy({ upper[$0].isFinite })
        else { return nil }
        self.switches = switches
        self.upper = upper
        switchesOf = followers.indices.map { k in switches.indices.filter { switches[$0].variable == k } }
        substitutes = Self.substitutes(problem, plain, switches, upper)

        var model = LinearModel()
        let gains = try followers.indices.map { try model.parameter("gain\($0)") }
        let y = try followers.enumerated().map { k, column in
            try model.variable(
                "y\(k)", in: column.lower...upper[k], kind: column.isInteger ? .integer : .continuous)
        }
        for (i, row) in plain.enumerated() {
            try model.add(sum(row.y.map { $0.factor * y[$0.column] }) >= row.side, named: "r\(i)")
        }
        try model.minimise(sum(zip(gains, y).map { $0 * $1 }))
        session = try SolverSession(model)
        knapsack = Knapsack(followers, upper, plain)
    }

    /// Whether a variable may take another one's place: both are 0 or 1 where they are switched on, and the other needs
    /// no more room in any row.
    private static func substitutes(
        _ problem: WholeProblem, _ rows: [WholeProblem.FollowerRow], _ switches: [Switch], _ upper: [Double]
    ) -> [[Int]] {
        let costs = problem.followerCosts
        let single = costs.indices.filter { k in
            let own = switches.filter { $0.variable == k }
            return own.count == 1 && own[0].left == 0 && upper[k] == 1 && costs[k] < 0
                && problem.columns[problem.leaders + k].isInteger
        }
        let factors = rows.map { row in
            Dictionary(row.y.map { ($0.column, $0.factor) }, uniquingKeysWith: { first, _ in first })
        }
        return costs.indices.map { k in
            guard single.contains(k) else { return [] }
            return single.filter { other in
                other != k && costs[other] >= costs[k]
                    && factors.allSatisfy { ($0[other] ?? 0) >= ($0[k] ?? 0) }
            }
        }
    }

    /// How far a switch is off at a point, from 0 to 1.
    private func share(_ link: Switch, _ point: [Double]) -> Double {
        link.off == 1 ? point[link.decision] : 1 - point[link.decision]
    }

    /// The cut of the response that breaks most at a point; nil where none breaks anything.
    func cut(at point: [Double]) throws -> HighPointProgram.Cut? {
        var gains = problem.followerCosts
        for link in switches where gains[link.variable] < 0 && link.left == 0 {
            gains[link.variable] += abs(problem.followerCosts[link.variable]) * share(link, point)
        }
        for k in gains.indices where problem.followerCosts[k] < 0 { gains[k] = min(0, gains[k]) }
        if let response = knapsack?.best(gains) { return cut(of: response, at: point) }
        for (parameter, gain) in zip(session.model.parameters, gains) { try session.set(parameter, to: gain) }
        guard try session.solve() == .optimal else { return nil }
        return cut(
            of: session.values.enumerated().map {
                problem.columns[problem.leaders + $0.offset].isInteger ? $0.element.rounded() : $0.element
            }, at: point)
    }

    /// The cut of a response that is possible where nothing is switched off, with what takes the place of what where
    /// that tells more at a point; nil where the point does not break it.
    func cut(of response: [Double], at point: [Double]) -> HighPointProgram.Cut? {
        var constant = problem.followerCost(response)
        var factors: [Int: Double] = [:]
        /// Adds an amount at the off value of a switch.
        func add(_ amount: Double, _ link: Switch) {
            if link.off == 1 {
                factors[link.decision, default: 0] += amount
            } else {
                factors[link.decision, default: 0] -= amount
                constant += amount
            }
        }
        for link in switches {
            let cost = problem.followerCosts[link.variable]
            guard cost < 0 else { continue }
            add(-cost * max(0, response[link.variable] - link.left), link)
        }
        for (one, other) in exchanges(of: response, at: point) {
            let gain = problem.followerCosts[other]
            add(gain, switches[switchesOf[one][0]])
            add(-gain, switches[switchesOf[other][0]])
        }
        // d y - factors x <= constant.
        let terms =
            zip(problem.followers, problem.followerCosts).filter { $0.1 != 0 }.map { ($0.0, $0.1) }
            + factors.sorted { $0.key < $1.key }.filter { $0.value != 0 }.map { ($0.key, -$0.value) }
        let broken = terms.reduce(-constant) { $0 + $1.1 * point[$1.0] }
        guard broken > 1e-6 * max(1, abs(constant)) else { return nil }
        return .init(
            terms: terms.map { (column: $0.0, factor: $0.1) }, lower: -.infinity, upper: constant, isLocal: false)
    }

    /// What takes the place of what, each once: those first that tell most at a point.
    private func exchanges(of response: [Double], at point: [Double]) -> [(one: Int, other: Int)] {
        var candidates: [(worth: Double, one: Int, other: Int)] = []
        for one in response.indices where response[one] == 1 && !substitutes[one].isEmpty {
            let off = share(switches[switchesOf[one][0]], point)
            guard off > 0 else { continue }
            for other in substitutes[one] where response[other] == 0 {
                let worth = -problem.followerCosts[other] * (off - share(switches[switchesOf[other][0]], point))
                if worth > 1e-9 { candidates.append((worth, one, other)) }
            }
        }
        candidates.sort { ($0.worth, $1.one, $1.other) > ($1.worth, $0.one, $0.other) }
        var used: Set<Int> = []
        return candidates.compactMap { _, one, other in
            guard !used.contains(one), !used.contains(other) else { return nil }
            used.formUnion([one, other])
            return (one, other)
        }
    }
}
