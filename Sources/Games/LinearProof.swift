import Foundation
import LinearModels

/// The optimum of a game whose objectives and rows are all linear, by branch and bound in rational numbers.
///
/// Each part is a linear program, the followers' conditions among its rows, split where a pair has no zero or a whole number is none. A
/// follower with whole numbers has no such conditions: parts are split until the decisions that it sees are settled, its least cost there
/// is found, and its answer held to that. Parts are left where their program, with all sides moved outward by what reading decimals
/// rounds, has no point or pays no more than is known. Nothing else is rounded, so that no unit of a row, a variable or an objective has a
/// part in what is proved.
///
/// What an optimum pays is taken from its part by the numbers as they stand. Where that is not what the moved sides give, the payoff hangs
/// on differences of the size of rounding, and counts as proved only if moving them farther changes nothing.
final class LinearProof {
    let game: StackelbergGame
    let program: SingleLevelProgram
    let session: RationalSession
    let followers: [(whole: WholeFollower, cap: Constraint?)]
    /// What branching narrows: decisions, both variables of each pair, whole numbers.
    let variables: [Variable]
    let pairs: [(slack: Int, dual: Int)]
    private let evaluator: Evaluator
    private let root: BranchNode
    /// Places of what must be whole.
    let integers: [Int]
    /// Decisions that followers with whole numbers see.
    let linking: [Int]
    private var open = OpenNodes()
    private var settled = -Double.infinity
    private var best: Candidate?
    private var curve: [Certificate.Step] = []
    private var made = 0
    private var looked = 0
    private let started = Date()
    /// A follower that had no end to what it could save where it was asked.
    private(set) var endless: String?
    /// Whether something was met that hangs on differences of the size of rounding.
    private var hangsOnRounding = false

    /// A decision, what followers answer and what it pays.
    struct Candidate {
        let payoff: Double
        let decision: [Double]
        let values: [Double]
    }

    /// - Throws: ``CertificateError/notProvable(follower:decision:)`` where a real decision stands in the rows of a follower with whole
    ///   numbers.
    init(_ game: StackelbergGame) throws {
        self.game = game
        let program = try SingleLevelProgram(game, depth: .linear)
        self.program = program
        evaluator = try Evaluator(game)
        var model = program.model
        var followers: [(whole: WholeFollower, cap: Constraint?)] = []
        for (k, follower) in game.followers.enumerated()
        where [.responses, .none].contains(program.conditions[k]) {
            let whole = try WholeFollower(follower, space: game.space)
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
        func place(_ variable: Variable) -> Int {
            if let known = variables.firstIndex(of: variable) { return known }
            variables.append(variable)
            return variables.count - 1
        }
        pairs = program.linearPairs.map { (place($0.pair.slack), place($0.pair.dual)) }
        let decisions = game.space.decisions
        integers = decisions.indices.filter { decisions[$0].isInteger } + program.integers.map(place)
        self.variables = variables
        let bounds = variables.map { [model] in model.bounds(of: $0) ?? -.infinity ... .infinity }
        var root = BranchNode(
            id: 0, bound: .infinity, lower: bounds.map(\.lowerBound), upper: bounds.map(\.upperBound),
            basis: session.basis)
        for place in integers {
            root.lower[place] = root.lower[place].rounded(.up)
            root.upper[place] = root.upper[place].rounded(.down)
        }
        self.root = root
        leaveOutRepeatedRows()
    }

    /// Rows of followers whose sides their conditions say again.
    private func leaveOutRepeatedRows() {
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

    private var bound: Double { max(settled, open.greatestBound ?? -.infinity, best?.payoff ?? -.infinity) }

    /// Payoffs that differ by less are one: far above what the moved sides change, far below what anybody asks for.
    private func slack(_ payoff: Double) -> Double {
        1e-9 * max(abs(payoff), 1e-3 * session.objectiveMagnitude)
    }

    private func note() {
        curve.append(
            .init(nodes: looked, seconds: -started.timeIntervalSinceNow, bound: bound, payoff: best?.payoff))
    }

    /// Why no decision has a payoff.
    private func ending() throws -> CertificateError {
        if let endless { return .followerUnbounded(follower: endless) }
        for follower in game.followers where !follower.model.hasIntegers {
            // What a linear program lacks where its dual has no point: an end, or any answer.
            let high = try SingleLevelProgram(game, depth: .highPoint)
            let relaxed = RationalSession(high.model)
            relaxed.setObjective(high.model.variables.map { _ in 0 }, constant: 0, sense: .minimise)
            guard relaxed.solve() == .optimal else { continue }
            var own = try follower.model.withoutParametersOffObjective
            let costs = follower.model.objectiveForm.ofVariables
            try own.minimise(sum(zip(costs, own.variables).filter { $0.0 != 0 }.map { $0 * $1 }))
            var dual = LinearModel()
            _ = try dual.addDual(of: own, parameters: [:], named: "dual")
            if dual.constraintCount > 0, RationalSession(dual).solve() == .infeasible {
                return .followerUnbounded(follower: follower.name)
            }
        }
        return .infeasible
    }

    // MARK: A part

    private func look(into part: BranchNode) throws {
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
        if let place = integers.first(where: { session.isFractional(variables[$0]) }) {
            let value = session.value(of: variables[place])
            return branch(node, at: place, below: value.rounded(.down), above: value.rounded(.up))
        }
        if !followers.isEmpty, node.caps == nil { return branchOnDecision(node) }
        if let pair = brokenPair() { return branch(node, on: pair) }
        settle(node)
    }

    /// Splits a part where floating point is sure that it will be. Nothing is proved by that: splitting leaves nothing out.
    private func splitByGuess(_ part: BranchNode) -> Bool {
        guard session.guess() == .optimal, session.objectiveValue > threshold else { return false }
        var node = part
        node.guess = session.objectiveValue
        node.basis = session.basis
        tryNearby()
        move(to: node)
        guard session.objectiveValue > threshold else { return false }
        if let place = integers.first(where: {
            let value = session.value(of: variables[$0])
            return abs(value - value.rounded()) > Self.sure
        }) {
            let value = session.value(of: variables[place])
            branch(node, at: place, below: value.rounded(.down), above: value.rounded(.up))
            return true
        }
        guard followers.isEmpty || node.caps != nil, let pair = brokenPair(above: Self.sure) else { return false }
        branch(node, on: pair)
        return true
    }

    /// Where rational numbers take longer than they save by telling more of each part.
    private var isLarge: Bool { program.model.constraintCount > 50 }

    /// What floating point is not mistaken about, as a share of magnitudes.
    private static let sure = 1e-6

    /// The answer to a guessed decision tells which of each pair is zero; the best decision for which that is so may be worth knowing.
    private func tryNearby() {
        guard followers.isEmpty, let evaluation = try? evaluator.evaluate(decision), let payoff = evaluation.payoff,
            payoff > threshold
        else { return }
        let (guessed, basis) = (session.values, session.basis)
        defer {
            session.adopt(guessed)
            session.restore(basis)
            session.room = .rounding
        }
        var node = root
        node.bound = .infinity
        for place in integers where place < game.space.count {
            (node.lower[place], node.upper[place]) = (evaluation.decision[place], evaluation.decision[place])
        }
        var values = session.values
        for (variable, value) in zip(program.columns, evaluation.values) { values[variable.index] = value }
        for (variable, value) in zip(program.decisions, evaluation.decision) { values[variable.index] = value }
        for (pair, places) in zip(program.linearPairs, pairs) {
            let distance = pair.distance.value(variables: values, parameters: [])
            let isOpen = distance > 1e-2 * Self.sure * session.magnitude(of: pair.pair.slack)
            node.upper[isOpen ? places.dual : places.slack] = 0
        }
        move(to: node)
        session.room = .rounding
        guard session.solve() == .optimal, session.objectiveValue > threshold,
            !integers.contains(where: { session.isFractional(variables[$0]) })
        else { return }
        settle(node, leaves: false)
    }

    private var threshold: Double { best.map { $0.payoff + 0.2 * slack($0.payoff) } ?? -.infinity }

    private func leave(_ node: BranchNode) { settled = max(settled, node.bound) }

    private func move(to node: BranchNode) {
        for (place, variable) in variables.enumerated() {
            session.bound(variable, from: node.lower[place], to: node.upper[place])
        }
        hold(node.caps)
    }

    private func hold(_ caps: [Double]?) {
        for (k, follower) in followers.enumerated() {
            guard let cap = follower.cap else { continue }
            session.side(cap, from: -.infinity, to: caps?[k] ?? .infinity)
        }
    }

    /// The least costs of followers with whole numbers; nil where one of them has no best answer.
    private func caps(at decision: [Double], room: RationalSession.Room) -> [Double]? {
        var caps: [Double] = []
        for follower in followers {
            switch follower.whole.answer(decision, room: room) {
            case .optimal:
                let session = follower.whole.session
                let size = max(abs(session.objectiveValue), session.objectiveMagnitude)
                caps.append(session.objectiveValue + Self.capRoom * max(room.rawValue, 0x1p-50) * size)
            case .unbounded:
                endless = follower.whole.name
                return nil
            default: return nil
            }
        }
        return caps
    }

    /// Sides that are moved lower a least cost; what the follower's rows allow in the program must still reach it.
    private static let capRoom = 16.0

    // MARK: An answer

    /// A part whose program's answer is one of the game.
    ///
    /// - Parameter leaves: whether the part has nothing else to look into.
    private func settle(_ node: BranchNode, leaves: Bool = true) {
        let moved = session.objectiveValue
        let found = Candidate(payoff: moved, decision: decision, values: systemValues)
        var fixed = node
        for place in integers {
            let value = session.value(of: variables[place])
            (fixed.lower[place], fixed.upper[place]) = (value, value)
        }
        for (slack, dual) in pairs where fixed.upper[slack] > 0 && fixed.upper[dual] > 0 {
            fixed.upper[session.value(of: variables[dual]) == 0 ? dual : slack] = 0
        }
        let (exact, wide) = (answer(fixed, room: .none), answer(fixed, room: .wide))
        let slack = slack(moved)
        if let exact, abs(exact.payoff - moved) <= slack {
            wide.map { abs($0.payoff - moved) <= Self.spread * slack } ?? true
                ? improve(exact) : doubt(exact)
        } else if let wide, abs(wide.payoff - moved) <= Self.spread * slack {
            improve(found)
        } else {
            doubt(exact)
        }
        if leaves { leave(node) }
    }

    /// How much more than ``slack(_:)`` the wide room may change: it is some hundred times as wide.
    private static let spread = 256.0

    private func improve(_ candidate: Candidate) {
        if candidate.payoff > best?.payoff ?? -.infinity { best = candidate }
    }

    private func doubt(_ exact: Candidate?) {
        hangsOnRounding = true
        if let exact { improve(exact) }
    }

    /// The best of a part in which all is settled, with sides moved by more or less.
    private func answer(_ node: BranchNode, room: RationalSession.Room) -> Candidate? {
        var node = node
        if node.caps != nil {
            guard let caps = caps(at: Array(node.lower[..<game.space.count]), room: room) else { return nil }
            node.caps = caps
        }
        move(to: node)
        session.room = room
        guard session.solve() == .optimal else { return nil }
        return Candidate(payoff: session.objectiveValue, decision: decision, values: systemValues)
    }

    private var decision: [Double] {
        zip(program.decisions, game.space.decisions).map { variable, decision in
            min(max(session.shortest(session.value(of: variable)), decision.lower), decision.upper)
        }
    }

    private var systemValues: [Double] { program.columns.map { session.shortest(session.value(of: $0)) } }

    // MARK: Splitting

    private func node(_ parent: BranchNode, _ change: (inout BranchNode) -> Void) {
        made += 1
        var node = BranchNode(
            id: made, bound: parent.bound, lower: parent.lower, upper: parent.upper, basis: parent.basis)
        node.caps = parent.caps
        node.guess = parent.guess
        change(&node)
        open.insert(node)
    }

    private func branch(_ parent: BranchNode, at place: Int, below: Double, above: Double) {
        if below >= parent.lower[place] { node(parent) { $0.upper[place] = below } }
        if above <= parent.upper[place] { node(parent) { $0.lower[place] = above } }
    }

    private func branch(_ parent: BranchNode, on pair: (slack: Int, dual: Int)) {
        for place in [pair.slack, pair.dual] { node(parent) { $0.upper[place] = 0 } }
    }

    /// The decision alone at which the program would be, and what is left and right of it.
    private func branchOnDecision(_ parent: BranchNode) {
        guard
            let place = linking.max(by: {
                parent.upper[$0] - parent.lower[$0] < parent.upper[$1] - parent.lower[$1]
            })
        else { return leave(parent) }
        let value = session.value(of: variables[place]).rounded()
        node(parent) { ($0.lower[place], $0.upper[place]) = (value, value) }
        branch(parent, at: place, below: value - 1, above: value + 1)
    }

    /// The pair that costs its follower most, of those whose two variables are both above a share of their magnitudes.
    private func brokenPair(above least: Double = 0) -> (slack: Int, dual: Int)? {
        func exceeds(_ place: Int) -> Bool {
            session.value(of: variables[place]) > least * session.magnitude(of: variables[place])
        }
        func cost(_ pair: (slack: Int, dual: Int)) -> Double {
            session.value(of: variables[pair.slack]) * session.value(of: variables[pair.dual])
        }
        return pairs.filter { exceeds($0.slack) && exceeds($0.dual) }.max { cost($0) < cost($1) }
    }

    /// A part without an end to what it pays: split where it can be; where it cannot, the game has none.
    private func splitEndless(_ parent: BranchNode) throws {
        if let pair = pairs.first(where: { parent.upper[$0.slack] > 0 && parent.upper[$0.dual] > 0 }) {
            return branch(parent, on: pair)
        }
        if !followers.isEmpty, parent.caps == nil { return branchOnDecision(parent) }
        let status = session.solve(whole: integers.map { variables[$0] })
        switch status {
        case .infeasible: return
        case .unbounded, .optimal: throw CertificateError.unbounded
        case .limit: leave(parent)
        }
    }

    private var grounds: [String] {
        zip(game.followers, program.conditions).map { follower, condition in
            [.responses, .none].contains(condition)
                ? "\(follower.name): has whole numbers; answered at every decision that is left."
                : "\(follower.name): a linear program, held at its best by complementarity."
        } + ["All parts were answered in rational numbers."]
    }
}
