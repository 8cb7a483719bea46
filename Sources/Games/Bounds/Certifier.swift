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
    private var solver: PartSolver
    var nodes: NodeProgram { solver.nodes }
    private var responders: [Responder]
    private let evaluator: Evaluator
    let isExact: Bool
    /// Answers questions on parts, in their order; nil where that is done here, one after the other.
    package var answerElsewhere: (([PartSolver.Question]) throws -> [PartSolver.Answer])?
    /// Where everything is linear, that is proved in rational numbers.
    private let linear: LinearProof?
    var state = State()
    /// Called between rounds, with all that is needed to go on from there; see ``goOn(from:)``.
    package var keep: ((State) throws -> Void)?
    /// Programs that were solved when the solver was last made.
    private var renewedAt = 0
    private var allowance = WorkAllowance()
    private let started: Date

    /// - Parameters:
    ///   - isExact: whether everything is enforced that the optimum needs, whole numbers of the leader too: for small
    ///     games.
    ///   - started: from when on seconds count.
    /// - Throws: ``CertificateError/notProvable(follower:decision:)`` where that cannot lead to an optimum.
    public convenience init(_ game: StackelbergGame, isExact: Bool = false, startedAt started: Date = Date()) throws {
        let program = try SingleLevelProgram(game, depth: isExact ? .exact : SingleLevelProgram.Depth(closeTo: game))
        try self.init(program, isExact: isExact, startedAt: started)
    }

    init(_ program: SingleLevelProgram, isExact: Bool = false, startedAt started: Date = Date()) throws {
        let game = program.game
        (self.game, self.program, self.isExact, self.started) = (game, program, isExact, started)
        linear = isExact && program.isLinear ? try LinearProof(game) : nil
        if isExact, linear == nil, let k = program.conditions.firstIndex(of: .none),
            let decision = game.space.decisions.first(where: { !$0.isInteger && $0.lower < $0.upper })
        {
            throw CertificateError.notProvable(follower: game.followers[k].name, decision: decision.name)
        }
        evaluator = try Evaluator(game)
        solver = try PartSolver(program, isExact: isExact, evaluator)
        responders = try Self.responders(program)
    }

    private static func responders(_ program: SingleLevelProgram) throws -> [Responder] {
        try program.game.followers.indices.filter { program.conditions[$0] == .responses }.map {
            try Responder(program.game, follower: $0, payment: program.payments[$0])
        }
    }

    /// A decision that may be worth answering; the better its payoff, the more parts need not be looked into.
    public func consider(_ decision: [Double]) throws { know(decision, try evaluator.evaluate(decision).payoff) }

    /// What a decision pays, as somebody else has found out.
    public func know(_ evaluation: Evaluation) {
        guard let payoff = evaluation.payoff, payoff > state.best?.payoff ?? -.infinity else { return }
        state.best = (payoff, evaluation.decision)
    }

    private func know(_ decision: [Double], _ payoff: Double?) {
        guard let payoff, payoff > state.best?.payoff ?? -.infinity else { return }
        state.best = (payoff, game.space.project(decision))
    }

    /// - Parameter cheap: bounds that are known already; the certificate never says more than they do.
    public func certify(_ limits: Limits, cheap: CheapBounds? = nil) throws -> Certificate {
        if let linear { return try linear.certify(limits) }
        let left = limits.seconds + started.timeIntervalSinceNow
        allowance = left < .infinity ? WorkAllowance(seconds: left) : WorkAllowance()
        if state.made == 0 { try begin(cheap, branches: limits.nodes > 0) }
        var hasTime = true
        while hasTime, state.solved < limits.nodes, state.open.count > 0 {
            guard try keepState() else { break }
            let (lowest, before) = (state.curve.last?.bound ?? state.ceiling, state.best?.payoff)
            hasTime = try hasCuts ? lookIntoBest() : lookIntoBest(atMost: limits.nodes - state.solved)
            if state.bound < lowest || state.best?.payoff != before {
                if state.bound < state.ceiling { state.reasoning = .branching }
                note()
            }
        }
        guard state.best != nil || state.bound > -.infinity else { throw CertificateError.infeasible }
        note()
        return Certificate(
            bound: state.bound, reasoning: state.reasoning, best: state.best, curve: state.curve, grounds: grounds,
            slack: state.slack(state.best?.payoff ?? 0))
    }

    /// Makes the first part: the whole.
    private func begin(_ cheap: CheapBounds?, branches: Bool) throws {
        if let cheap {
            (state.ceiling, state.reasoning) = cheap.best
            if let dearest = cheap.dearest {
                do { try consider(dearest) } catch is WorkSpent {}
            }
        }
        state.settled = state.ceiling
        note()
        state.settled = -.infinity
        if branches {
            try nodes.boundQuantities(
                onlyUnlimited: isExact || !program.complements.isEmpty, within: allowance.share(0.5))
        }
        state.made += 1
        state.open.insert(
            BranchNode(
                id: state.made, bound: state.ceiling, lower: nodes.lower, upper: nodes.upper,
                basis: nodes.session.basis))
    }

    private func note() {
        state.curve.append(
            .init(
                nodes: state.solved, seconds: -started.timeIntervalSinceNow, bound: state.bound,
                payoff: state.best?.payoff))
    }

    private func part(of node: BranchNode, _ lower: [Double], _ upper: [Double]) -> BranchNode {
        state.made += 1
        return BranchNode(
            id: state.made, bound: node.bound, lower: lower, upper: upper, basis: node.basis, rows: node.rows)
    }

    // MARK: Going on

    /// Goes on from where a certifier of the same game was.
    ///
    /// - Throws: ``StateMisfit`` where that was another game.
    package func goOn(from state: State) throws {
        guard linear == nil, state.fits(nodes) else { throw StateMisfit() }
        self.state = state
        if let cuts = state.cuts { try renew(with: cuts) }
    }

    package struct StateMisfit: Error {}

    /// - Returns: whether there is time for more.
    private func keepState() throws -> Bool {
        if hasCuts {
            guard !isExact, state.solved >= renewedAt + Self.renewal else { return true }
            let cuts = nodes.cuts
            do { try renew(with: cuts) } catch is WorkSpent { return false }
            state.cuts = cuts
        }
        guard let keep else { return true }
        state.seconds = -started.timeIntervalSinceNow
        try keep(state)
        return true
    }

    /// Makes the solver anew with the same cuts. What it answers hangs on the order in which it was told of them, too;
    /// so one that goes on must be as one that was never left, and both are made anew after as many programs.
    private func renew(with cuts: CutRows) throws {
        let solver = try PartSolver(program, isExact: isExact, evaluator)
        responders = try Self.responders(program)
        solver.nodes.take(cuts)
        self.solver = solver
        renewedAt = state.solved
    }

    /// Programs; making a solver takes about as long as one of them.
    private static let renewal = 100

    // MARK: A part

    /// Whether what is added to the program for one part stays in it for others, so that one is looked into after the
    /// other, and by one solver.
    private var hasCuts: Bool { isExact || !responders.isEmpty || !program.squares.squares.isEmpty }

    /// Makes solvers for threads of their own; nil where there can be one alone.
    package var makeSolver: (@Sendable () throws -> PartSolver)? {
        guard !hasCuts else { return nil }
        return PartSolver.maker(program)
    }

    /// Looks into several of the best parts at a time, as many as are there up to a number that does not depend on
    /// threads: so neither does what comes out.
    ///
    /// - Returns: whether there is time for more.
    private func lookIntoBest(atMost most: Int) throws -> Bool {
        var parts: [BranchNode] = []
        while parts.count < min(Self.mostAtATime, most), let part = state.open.takeBest() {
            if part.bound > state.threshold { parts.append(part) } else { leave(part) }
        }
        let questions = parts.map {
            PartSolver.Question(
                part: $0, threshold: state.threshold, work: state.mostWork, deadline: allowance.deadline)
        }
        let answers = try answerElsewhere.map { try $0(questions) } ?? questions.map(solver.answer)
        let isDone = try zip(parts, answers).map { try take($1, of: $0) }
        return !isDone.contains(false) && allowance.left > 0
    }

    /// Few enough that little is looked into that would have been left, had its turn come later.
    private static let mostAtATime = 8

    /// - Returns: false where the time has ended before all that was to be done with the part.
    private func take(_ answer: PartSolver.Answer, of part: BranchNode) throws -> Bool {
        var part = part
        part.bound = min(part.bound, answer.bound)
        guard !answer.isCutShort else {
            state.open.insert(part)
            return false
        }
        state.solved += 1
        limitWork(answer.work)
        know(answer.decision, answer.payoff)
        guard answer.status != .infeasible else { return true }
        guard part.bound > state.threshold else {
            leave(part)
            return true
        }
        (part.basis, part.rows) = (answer.basis, answer.rows)
        do {
            try split(part, answer.status == .optimal ? answer.split : solver.blindSplit(part), at: answer.decision)
        } catch is WorkSpent {
            state.open.insert(part)
            return false
        }
        return true
    }

    /// A program that takes three times the first, which starts from nothing, is given up: its part is split without an
    /// answer. Small ones, and those of exact proofs, may take what they need.
    private func limitWork(_ first: Int) {
        guard !isExact, state.mostWork == .max else { return }
        state.mostWork = max(first.cappedProduct(3), 1_000 * program.model.variableCount)
    }

    /// Looks into the best part, where this may add to the program.
    private func lookIntoBest() throws -> Bool {
        guard var part = state.open.takeBest() else { return true }
        do {
            try allowance.grant { try look(into: part) }
            return allowance.left > 0
        } catch is WorkSpent {
            part.bound = min(part.bound, nodes.answer?.bound ?? .infinity)
            state.open.insert(part)
            return false
        }
    }

    private func look(into part: BranchNode) throws {
        guard part.bound > state.threshold else { return leave(part) }
        var node = part
        guard nodes.move(to: node.lower, node.upper) else { return }
        if isExact, try answerLoneDecision(node) { return }
        nodes.restart(from: node.basis, node.rows)
        for round in 0..<rounds {
            state.solved += 1
            let (status, work) = try solver.solve(downTo: state.threshold, within: state.mostWork)
            limitWork(work)
            guard status != .infeasible else { return }
            guard status == .optimal else { return try split(node, solver.blindSplit(node), at: solver.decision) }
            node.bound = min(node.bound, nodes.answer?.bound ?? .infinity)
            guard node.bound > state.threshold else { return leave(node) }
            let decision = solver.decision
            try consider(decision)
            guard node.bound > state.threshold else { return leave(node) }
            // Splitting tells more than another response or tangent, as long as there is something to split.
            guard try addCuts(at: decision), round < rounds - 1, case .none = solver.split(node) else { break }
        }
        if let answer = nodes.answer { (node.basis, node.rows) = (answer.basis, answer.rows) }
        try split(node, solver.split(node), at: solver.decision)
    }

    /// A part that holds nothing better, up to the tolerance, still is part of what is proven.
    private func leave(_ node: BranchNode) { state.settled = max(state.settled, node.bound) }

    /// How often a part that cannot be split is solved with further responses, or tangents, each of which halves what
    /// it asks for.
    private var rounds: Int { program.squares.squares.isEmpty ? 20 : 200 }

    /// Where only one decision is left, its answer is all there is to know.
    private func answerLoneDecision(_ node: BranchNode) throws -> Bool {
        let count = program.decisions.count
        guard (0..<count).allSatisfy({ node.lower[$0] == node.upper[$0] }) else { return false }
        state.solved += 1
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

    private func split(_ node: BranchNode, _ split: PartSolver.Split, at decision: [Double]) throws {
        switch split {
        case .range(let index, let below, let above): branch(node, at: index, below: below, above: above)
        case .zeros(let indices): branch(node, zeros: indices)
        case .none: try settle(node, at: decision)
        }
    }

    /// What nothing can be split of keeps its bound. Its decision may be off by a rounding, so neighbours are tried.
    private func settle(_ node: BranchNode, at decision: [Double]) throws {
        for digits in [1e9, 1e6] where !decision.isEmpty && decision.allSatisfy(\.isFinite) {
            try consider(decision.map { ($0 * digits).rounded() / digits })
        }
        leave(node)
    }

    private func branch(_ node: BranchNode, zeros indices: [Int]) {
        for index in indices {
            var upper = node.upper
            upper[index] = 0
            state.open.insert(part(of: node, node.lower, upper))
        }
    }

    private func branch(_ node: BranchNode, at index: Int, below: Double, above: Double) {
        var (lower, upper) = (node.lower, node.upper)
        upper[index] = below
        if below >= lower[index] { state.open.insert(part(of: node, lower, upper)) }
        upper = node.upper
        lower[index] = above
        if above <= upper[index] { state.open.insert(part(of: node, lower, upper)) }
    }
}
