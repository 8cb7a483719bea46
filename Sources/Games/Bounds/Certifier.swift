import Foundation
import LinearModels

/// Lowers a bound on the payoff until it meets the best payoff known, or until limits are reached.
///
/// Branch and bound over the game as one program (`SingleLevelProgram`): of all parts of it, the one with the greatest
/// bound is split, where its linear program breaks what it leaves out most, be it a product, a pair, a square or a
/// whole number. Each part's decision is answered truly, so that what it pays is known. The order depends on the game
/// alone: after as many programs, the same bound, unless the time ended before the first of them.
public final class Certifier {
    public struct Limits: Sendable {
        /// Programs to be solved.
        public var nodes: Int
        /// By the clock. The program that is being solved then is given up, and its part of the game keeps the bound
        /// that it had.
        public var seconds: Double

        public init(nodes: Int = 100_000, seconds: Double = .infinity) {
            self.nodes = nodes
            self.seconds = seconds
        }
    }

    let game: StackelbergGame
    let program: SingleLevelProgram
    let nodes: NodeProgram
    private let responders: [Responder]
    private let evaluator: Evaluator
    let isExact: Bool
    /// By what a row is worth to a follower, the decision that this hangs on.
    let decisionOf: [Variable: Int]
    /// Where everything is linear, that is proved in rational numbers.
    private let linear: LinearProof?
    private var open = OpenNodes()
    /// The greatest bound among parts that were left: those without anything better, and those that could not be split
    /// further.
    private var settled = -Double.infinity
    private var best: (payoff: Double, decision: [Double])?
    private var solved = 0
    private var made = 0
    private var curve: [Certificate.Step] = []
    private var reasoning = Certificate.Reasoning.branching
    private var ceiling = Double.infinity
    private var allowance = WorkAllowance()
    /// Of one part's program, which may make GLPK cycle; by what the first took.
    private var mostWork = Int.max
    private let started: Date

    /// - Parameters:
    ///   - isExact: whether everything is enforced that the optimum needs, whole numbers of the leader too: for small
    ///     games.
    ///   - started: from when on seconds count.
    /// - Throws: ``CertificateError/notProvable(follower:decision:)`` where that cannot lead to an optimum.
    public init(_ game: StackelbergGame, isExact: Bool = false, startedAt started: Date = Date()) throws {
        self.game = game
        self.started = started
        self.isExact = isExact
        let program = try SingleLevelProgram(game, depth: isExact ? .exact : SingleLevelProgram.Depth(closeTo: game))
        self.program = program
        decisionOf = Dictionary(
            program.rowWorths.compactMap { worth in worth.decision.map { (worth.dual, $0) } }, uniquingKeysWith: min)
        linear = isExact && program.isLinear ? try LinearProof(game) : nil
        if isExact, linear == nil, let k = program.conditions.firstIndex(of: .none),
            let decision = game.space.decisions.first(where: { !$0.isInteger && $0.lower < $0.upper })
        {
            throw CertificateError.notProvable(follower: game.followers[k].name, decision: decision.name)
        }
        nodes = try NodeProgram(program)
        evaluator = try Evaluator(game)
        responders = try game.followers.indices.filter { program.conditions[$0] == .responses }.map {
            try Responder(game, follower: $0, payment: program.payments[$0])
        }
    }

    /// A decision that may be worth answering; the better its payoff, the more parts need not be looked into.
    public func consider(_ decision: [Double]) throws {
        guard let payoff = try evaluator.evaluate(decision).payoff, payoff > best?.payoff ?? -.infinity else { return }
        best = (payoff, game.space.project(decision))
    }

    /// What a decision pays, as somebody else has found out.
    public func know(_ evaluation: Evaluation) {
        guard let payoff = evaluation.payoff, payoff > best?.payoff ?? -.infinity else { return }
        best = (payoff, evaluation.decision)
    }

    /// - Parameter cheap: bounds that are known already; the certificate never says more than they do.
    public func certify(_ limits: Limits, cheap: CheapBounds? = nil) throws -> Certificate {
        if let linear { return try linear.certify(limits) }
        if let cheap {
            (ceiling, reasoning) = cheap.best
            if let dearest = cheap.dearest {
                do { try consider(dearest) } catch is WorkSpent {}
            }
        }
        settled = ceiling
        note()
        settled = -.infinity
        let left = limits.seconds + started.timeIntervalSinceNow
        allowance = left < .infinity ? WorkAllowance(seconds: left) : WorkAllowance()
        if limits.nodes > 0 {
            try nodes.boundQuantities(
                onlyUnlimited: isExact || !program.complements.isEmpty, within: allowance.share(0.5))
        }
        made += 1
        open.insert(
            BranchNode(
                id: made, bound: ceiling, lower: nodes.lower, upper: nodes.upper, basis: nodes.session.basis))
        var lowest = ceiling
        var hasTime = true
        while hasTime, solved < limits.nodes, var node = open.takeBest() {
            let before = best?.payoff
            do {
                try allowance.grant { try look(into: node) }
                hasTime = allowance.left > 0
            } catch is WorkSpent {
                node.bound = min(node.bound, nodes.answer?.bound ?? .infinity)
                open.insert(node)
                hasTime = false
            }
            if bound < lowest || best?.payoff != before {
                lowest = bound
                if bound < ceiling { reasoning = .branching }
                note()
            }
        }
        guard best != nil || bound > -.infinity else { throw CertificateError.infeasible }
        note()
        return Certificate(
            bound: bound, reasoning: reasoning, best: best, curve: curve, grounds: grounds,
            slack: slack(best?.payoff ?? 0))
    }

    private var bound: Double {
        min(ceiling, max(settled, open.greatestBound ?? -.infinity, best?.payoff ?? -.infinity))
    }

    /// Nodes with a bound at or below this are pruned.
    private var threshold: Double {
        best.map { $0.payoff + 0.2 * slack($0.payoff) } ?? -.infinity
    }

    /// Payoffs that differ by less are one. Near a payoff of 0 the size of what a bound was at first tells what is
    /// small; only where all are above 1, that is 1.
    private func slack(_ payoff: Double) -> Double {
        Certificate.tolerance * max(abs(payoff), min(1, ceiling.isFinite ? abs(ceiling) : 1))
    }

    private func note() {
        curve.append(
            .init(nodes: solved, seconds: -started.timeIntervalSinceNow, bound: bound, payoff: best?.payoff))
    }

    private func part(of node: BranchNode, _ lower: [Double], _ upper: [Double]) -> BranchNode {
        made += 1
        return BranchNode(
            id: made, bound: node.bound, lower: lower, upper: upper, basis: node.basis, rows: node.rows)
    }

    // MARK: A part

    private func look(into part: BranchNode) throws {
        guard part.bound > threshold else { return leave(part) }
        var node = part
        guard nodes.move(to: node.lower, node.upper) else { return }
        if isExact, try answerLoneDecision(node) { return }
        nodes.restart(from: node.basis, node.rows)
        for round in 0..<rounds {
            solved += 1
            let status = try solveProgram()
            guard status != .infeasible else { return }
            guard status == .optimal else { return try splitBlindly(node) }
            node.bound = min(node.bound, nodes.answer?.bound ?? .infinity)
            guard node.bound > threshold else { return leave(node) }
            let decision = program.decisions.map { nodes.session.value(of: $0) }
            try consider(decision)
            guard node.bound > threshold else { return leave(node) }
            // Splitting tells more than another response or tangent, as long as there is something to split.
            if try !addCuts(at: decision) || canSplit(node) || round == rounds - 1 { break }
        }
        if let answer = nodes.answer { (node.basis, node.rows) = (answer.basis, answer.rows) }
        try split(node)
    }

    /// A program that takes three times the first, which starts from nothing, is given up: its part is split without an
    /// answer. Small ones, and those of exact proofs, may take what they need.
    private func solveProgram() throws -> SolveStatus {
        let own = WorkAllowance(mostWork)
        let status = try own.attempt { try nodes.solve(downTo: threshold) }
        if !isExact, mostWork == .max {
            mostWork = max(own.spent.cappedProduct(3), 1_000 * program.model.variableCount)
        }
        if let status { return status }
        try allowance.check()
        return nodes.answer == nil ? .limit(gap: nil) : .optimal
    }

    /// A part that holds nothing better, up to the tolerance, still is part of what is proven.
    private func leave(_ node: BranchNode) { settled = max(settled, node.bound) }

    /// How often a part that cannot be split is solved with further responses, or tangents, each of which halves what
    /// it asks for.
    private var rounds: Int { program.squares.squares.isEmpty ? 20 : 200 }

    /// Where only one decision is left, its answer is all there is to know.
    private func answerLoneDecision(_ node: BranchNode) throws -> Bool {
        let count = program.decisions.count
        guard (0..<count).allSatisfy({ node.lower[$0] == node.upper[$0] }) else { return false }
        solved += 1
        try consider(Array(node.lower[..<count]))
        return true
    }

    /// Responses that cost a follower less than the program says it pays become cuts, and roots whose squares it says
    /// too little of, tangents.
    private func addCuts(at decision: [Double]) throws -> Bool {
        var hasAny = nodes.squares.addTangents()
        for responder in responders {
            let payment = nodes.session.value(of: program.payment(of: responder.payment))
            guard let response = try responder.cheaper(than: payment, at: decision) else { continue }
            nodes.cut(responder.payment, cost: responder.cost, response: response)
            hasAny = true
        }
        return hasAny
    }

    // MARK: Splitting

    private func canSplit(_ node: BranchNode) -> Bool {
        fractionalDecision() != nil || brokenCurve(node) != nil
            || isExact && (fractional() != nil || brokenPair() != nil || openDecision(node) != nil)
    }

    private func split(_ node: BranchNode) throws {
        if let (index, value) = fractionalDecision() ?? (isExact ? fractional() : nil) {
            return branch(node, at: index, below: value.rounded(.down), above: value.rounded(.down) + 1)
        }
        if isExact, let pair = brokenPair() {
            return branch(node, on: pair)
        }
        if let (index, value) = brokenCurve(node) {
            return branch(node, at: index, below: value, above: value)
        }
        if isExact, let index = openDecision(node) {
            let middle = (0.5 * (node.lower[index] + node.upper[index])).rounded(.down)
            return branch(node, at: index, below: middle, above: middle + 1)
        }
        try settle(node)
    }

    /// Nothing tells where a part without an answer should be split.
    private func splitBlindly(_ node: BranchNode) throws {
        let isOpen = { (pair: ComplementaryPair) in self.indices(of: pair).allSatisfy { node.upper[$0] > 0 } }
        if isExact, let pair = program.pairs.first(where: isOpen) { return branch(node, on: pair) }
        let widest = program.decisions.indices.max {
            width(node, $0) < width(node, $1)
        }
        guard let index = widest, width(node, index) > Self.leastWidth else { return try settle(node) }
        let middle = 0.5 * (node.lower[index] + node.upper[index])
        guard game.space.decisions[index].isInteger else {
            return branch(node, at: index, below: middle, above: middle)
        }
        branch(node, at: index, below: middle.rounded(.down), above: middle.rounded(.down) + 1)
    }

    /// What nothing can be split of keeps its bound. Its decision may be off by a rounding, so neighbours are tried.
    private func settle(_ node: BranchNode) throws {
        let decision = program.decisions.map { nodes.session.value(of: $0) }
        for digits in [1e9, 1e6] where decision.allSatisfy(\.isFinite) {
            try consider(decision.map { ($0 * digits).rounded() / digits })
        }
        leave(node)
    }

    private func indices(of pair: ComplementaryPair) -> [Int] {
        [nodes.index(of: pair.slack), nodes.index(of: pair.dual)]
    }

    /// Either of the two is zero.
    private func branch(_ node: BranchNode, on pair: ComplementaryPair) {
        for index in indices(of: pair) {
            var upper = node.upper
            upper[index] = 0
            open.insert(part(of: node, node.lower, upper))
        }
    }

    private func branch(_ node: BranchNode, at index: Int, below: Double, above: Double) {
        var (lower, upper) = (node.lower, node.upper)
        upper[index] = below
        if below >= lower[index] { open.insert(part(of: node, lower, upper)) }
        upper = node.upper
        lower[index] = above
        if above <= upper[index] { open.insert(part(of: node, lower, upper)) }
    }

    /// A share of the decision's whole range.
    func width(_ node: BranchNode, _ decision: Int) -> Double {
        let range = game.space.decisions[decision]
        guard range.lower < range.upper else { return 0 }
        return (node.upper[decision] - node.lower[decision]) / (range.upper - range.lower)
    }

    static let leastWidth = 1e-9
    private static let integralityTolerance = 1e-7
    private static let pairTolerance = 1e-7

    private func fractionalDecision() -> (Int, Double)? {
        for (j, decision) in game.space.decisions.enumerated() where decision.isInteger {
            let value = nodes.session.value(of: program.decisions[j])
            if abs(value - value.rounded()) > Self.integralityTolerance { return (j, value) }
        }
        return nil
    }

    private func fractional() -> (Int, Double)? {
        var worst: (index: Int, value: Double, distance: Double)?
        for variable in program.integers {
            let value = nodes.session.value(of: variable)
            let distance = abs(value - value.rounded())
            if distance > max(Self.integralityTolerance, worst?.distance ?? 0) {
                worst = (nodes.index(of: variable), value, distance)
            }
        }
        return worst.map { ($0.index, $0.value) }
    }

    private func brokenPair() -> ComplementaryPair? {
        var worst: (pair: ComplementaryPair, size: Double)?
        for pair in program.pairs {
            let size = min(nodes.session.value(of: pair.slack), nodes.session.value(of: pair.dual))
            if size > max(Self.pairTolerance, worst?.size ?? 0) { worst = (pair, size) }
        }
        return worst?.pair
    }

    /// A whole-numbered decision that is not settled, the widest.
    private func openDecision(_ node: BranchNode) -> Int? {
        let widths = game.space.decisions.enumerated().map { $1.isInteger ? node.upper[$0] - node.lower[$0] : 0 }
        guard let widest = widths.indices.max(by: { widths[$0] < widths[$1] }), widths[widest] >= 1 else { return nil }
        return widest
    }
}
