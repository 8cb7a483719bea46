import Foundation
import LinearModels

/// The optimum of a game whose objectives and rows are all linear, by branch and bound in rational numbers.
///
/// Each part is a linear program, the followers' conditions among its rows, split where a pair has no zero or a whole
/// number is none. A follower with whole numbers has no such conditions: parts are split until the decisions that it
/// sees are settled, its least cost there is found, and its answer held to that. Parts are left where their program,
/// with all sides moved outward by what reading decimals rounds, has no point or pays no more than is known. Nothing
/// else is rounded, so that no unit of a row, a variable or an objective has a part in what is proved.
///
/// What an optimum pays is taken from its part by the numbers as they stand. Where that is not what the moved sides
/// give, the payoff hangs on differences of the size of rounding, and counts as proved only if moving them farther
/// changes nothing.
final class LinearProof {
    let game: StackelbergGame
    let program: SingleLevelProgram
    let session: RationalSession
    /// What is told as the system's variables.
    let answers: [Variable]
    let followers: [(whole: WholeFollower, cap: Constraint?)]
    /// What branching narrows: decisions, both variables of each pair, whole numbers.
    let variables: [Variable]
    let pairs: [(slack: Int, dual: Int)]
    let evaluator: Evaluator
    let root: BranchNode
    /// Places of what must be whole.
    let integers: [Int]
    /// Decisions that followers with whole numbers see.
    let linking: [Int]
    var open = OpenNodes()
    var settled = -Double.infinity
    var best: Candidate?
    var curve: [Certificate.Step] = []
    var made = 0
    var looked = 0
    let started = Date()
    /// Where decisions are that the game's box does not hold.
    let ends: [Int: ClosedRange<Double>]
    /// A follower that had no end to what it could save where it was asked.
    var endless: String?
    /// Whether something was met that hangs on differences of the size of rounding.
    var hangsOnRounding = false

    /// A decision, what followers answer and what it pays.
    struct Candidate {
        let payoff: Double
        let decision: [Double]
        let values: [Double]
    }

    /// - Parameters:
    ///   - ends: where decisions may be for which the game's box is too small, since they lack a bound.
    ///   - ties: against the leader only where no follower has whole numbers and the leader's rows hold no variable of
    ///     theirs.
    /// - Throws: ``CertificateError/notProvable(follower:decision:)`` where a real decision stands in the rows of a
    ///   follower with whole numbers.
    init(
        _ game: StackelbergGame, beyondBox ends: [Int: ClosedRange<Double>] = [:], ties: TieRule = .optimistic
    ) throws {
        self.game = game
        self.ends = ends
        var program = try SingleLevelProgram(game, depth: .linear)
        var answers = program.columns
        if ties == .pessimistic {
            for k in game.followers.indices { answers = try program.breakTiesAgainstLeader(k) }
        }
        self.program = program
        self.answers = answers
        evaluator = try Evaluator(game)
        var model = program.model
        var followers: [(whole: WholeFollower, cap: Constraint?)] = []
        for (k, follower) in game.followers.enumerated()
        where [.responses, .none].contains(program.conditions[k]) {
            let whole = try WholeFollower(k, of: game)
            for j in whole.linking {
                let decision = game.space.decisions[j]
                guard decision.isInteger || decision.lower == decision.upper else {
                    throw CertificateError.notProvable(follower: follower.name, decision: decision.name)
                }
            }
            let first = game.offset(of: k).column
            let terms = whole.costs.enumerated().filter { $0.element != 0 }
            let cost = sum(terms.map { $0.element * program.columns[first + $0.offset] })
            let cap = terms.isEmpty ? nil : try model.add(cost <= 0, named: "@follower\(k).cap")
            followers.append((whole, cap))
        }
        self.followers = followers
        linking = Set(followers.flatMap(\.whole.linking)).sorted()
        session = RationalSession(model)

        var variables = program.decisions
        func index(of variable: Variable) -> Int {
            if let known = variables.firstIndex(of: variable) { return known }
            variables.append(variable)
            return variables.count - 1
        }
        pairs = program.linearPairs.map { (index(of: $0.pair.slack), index(of: $0.pair.dual)) }
        let decisions = game.space.decisions
        integers = decisions.indices.filter { decisions[$0].isInteger } + program.integers.map(index)
        self.variables = variables
        let bounds = variables.map { [model] in model.bounds(of: $0) ?? -.infinity ... .infinity }
        var root = BranchNode(
            id: 0, bound: .infinity, lower: bounds.map(\.lowerBound), upper: bounds.map(\.upperBound),
            basis: session.basis)
        for (index, range) in ends {
            (root.lower[index], root.upper[index]) = (range.lowerBound, range.upperBound)
        }
        for index in integers {
            root.lower[index] = root.lower[index].rounded(.up)
            root.upper[index] = root.upper[index].rounded(.down)
        }
        self.root = root
        leaveOutRepeatedRows()
    }

    /// Rows of followers whose sides their conditions say again.
    func leaveOutRepeatedRows() {
        let system = game.system.constraints
        for (k, follower) in game.followers.enumerated() where !follower.model.hasIntegers {
            let first = game.offset(of: k).row
            for (i, row) in follower.model.constraints.enumerated() where !follower.model.isEquality(row) {
                let name = game.system.name(of: system[first + i])
                guard let row = program.model.constraint(named: name) else { continue }
                session.side(row, from: -.infinity, to: .infinity)
            }
        }
    }

    // MARK: Search

    func certify(_ limits: Certifier.Limits) throws -> Certificate {
        let deadline = limits.seconds < 1e8 ? started.addingTimeInterval(limits.seconds) : .distantFuture
        session.deadline = deadline
        for follower in followers { follower.whole.session.deadline = deadline }
        open.insert(root)
        var lowest = Double.infinity
        while looked < limits.nodes, deadline.timeIntervalSinceNow > 0, let node = open.takeBest() {
            looked += 1
            let before = best?.payoff
            try look(into: node)
            if bound < lowest || best?.payoff != before {
                lowest = bound
                note()
            }
        }
        guard best != nil || bound > -.infinity else { throw try ending() }
        note()
        return Certificate(
            bound: bound, reasoning: .branching, best: best.map { ($0.payoff, $0.decision) }, curve: curve,
            grounds: grounds, slack: slack(best?.payoff ?? 0), hangsOnRounding: hangsOnRounding,
            values: best?.values ?? [])
    }

    var bound: Double { max(settled, open.greatestBound ?? -.infinity, best?.payoff ?? -.infinity) }

    /// Payoffs that differ by less are one: far above what the moved sides change, far below what anybody asks for.
    func slack(_ payoff: Double) -> Double {
        1e-9 * max(abs(payoff), 1e-3 * session.objectiveMagnitude)
    }

    func note() {
        curve.append(
            .init(nodes: looked, seconds: -started.timeIntervalSinceNow, bound: bound, payoff: best?.payoff))
    }

    /// Why no decision has a payoff.
    func ending() throws -> CertificateError {
        if let endless { return .followerUnbounded(follower: endless) }
        for follower in game.followers where !follower.model.hasIntegers {
            // What a linear program lacks where its dual has no point: an end, or any answer.
            let high = try SingleLevelProgram(game, depth: .highPoint)
            let relaxed = RationalSession(high.model)
            for (j, range) in ends { relaxed.bound(high.decisions[j], from: range.lowerBound, to: range.upperBound) }
            relaxed.setObjective(high.model.variables.map { _ in 0 }, constant: 0, sense: .minimise)
            guard relaxed.solve() == .optimal else { continue }
            var own = try follower.model.withoutParametersOffObjective
            let costs = follower.model.objectiveForm.ofVariables
            try own.minimise(sum(zip(costs, own.variables).filter { $0.0 != 0 }.map { $0 * $1 }))
            var dual = LinearModel()
            _ = try dual.addDual(of: own, parameters: [], named: "dual")
            if dual.constraintCount > 0, RationalSession(dual).solve() == .infeasible {
                return .followerUnbounded(follower: follower.name)
            }
        }
        return .infeasible
    }

    // MARK: A part

    func look(into part: BranchNode) throws {
        guard part.bound > threshold else { return leave(part) }
        var node = part
        if !followers.isEmpty, node.caps == nil, linking.allSatisfy({ node.lower[$0] == node.upper[$0] }) {
            guard let caps = caps(at: Array(node.lower[..<game.space.count]), room: .rounding) else {
                if session.deadline.timeIntervalSinceNow <= 0 { leave(node) }
                return
            }
            node.caps = caps
        }
        move(to: node)
        session.restore(node.basis)
        session.room = .rounding
        if node.id > 0, isLarge, node.rank > threshold, splitByGuess(node) { return }
        switch session.solve() {
        case .infeasible: return
        case .limit: return leave(node)
        case .unbounded: return try splitEndless(node)
        case .optimal: break
        }
        node.bound = min(node.bound, session.objectiveValue)
        node.basis = session.basis
        guard node.bound > threshold else { return leave(node) }
        if let index = integers.first(where: { session.isFractional(variables[$0]) }) {
            let value = session.value(of: variables[index])
            return branch(node, at: index, below: value.rounded(.down), above: value.rounded(.up))
        }
        if !followers.isEmpty, node.caps == nil { return branchOnDecision(node) }
        if let pair = brokenPair() { return branch(node, on: pair) }
        settle(node)
    }

    var threshold: Double { best.map { $0.payoff + 0.2 * slack($0.payoff) } ?? -.infinity }

    func leave(_ node: BranchNode) { settled = max(settled, node.bound) }

    func move(to node: BranchNode) {
        for (index, variable) in variables.enumerated() {
            session.bound(variable, from: node.lower[index], to: node.upper[index])
        }
        hold(node.caps)
    }

    func hold(_ caps: [Double]?) {
        for (k, follower) in followers.enumerated() {
            guard let cap = follower.cap else { continue }
            session.side(cap, from: -.infinity, to: caps?[k] ?? .infinity)
        }
    }

    /// The least costs of followers with whole numbers; nil where one of them has no best answer.
    func caps(at decision: [Double], room: RationalSession.Room, share: Double = LinearProof.capRoom) -> [Double]? {
        var caps: [Double] = []
        for follower in followers {
            switch follower.whole.answer(decision, room: room) {
            case .optimal:
                let session = follower.whole.session
                let size = max(abs(session.objectiveValue), session.objectiveMagnitude)
                caps.append(session.objectiveValue + share * max(room.rawValue, 0x1p-50) * size)
            case .unbounded:
                endless = follower.whole.name
                return nil
            default: return nil
            }
        }
        return caps
    }

    /// Sides that are moved lower a least cost; what the follower's rows allow in the program must still reach it.
    static let capRoom = 16.0

    var grounds: [String] {
        zip(game.followers, program.conditions).map { follower, condition in
            [.responses, .none].contains(condition)
                ? "\(follower.name): has whole numbers; answered at every decision that is left."
                : "\(follower.name): a linear program, held at its best by complementarity."
        } + ["All parts were answered in rational numbers."]
    }
}
