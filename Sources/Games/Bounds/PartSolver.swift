import LinearModels

/// Solves a part of a game's program, and says where it may be split.
///
/// Where no cuts or tangents are added, an answer depends on the part alone: solvers on several threads then give what
/// one would. Made, used and dropped on one thread, as sessions are.
package final class PartSolver {
    let program: SingleLevelProgram
    let nodes: NodeProgram
    let isExact: Bool
    private let evaluator: Evaluator
    /// By what a row is worth to a follower, the decision that this hangs on.
    let decisionOf: [Variable: Int]

    /// What is asked of a part.
    package struct Question: Sendable {
        package let part: BranchNode
        /// A bound at or below which nobody asks for a lower one.
        package let threshold: Double
        /// What its program may take.
        package let work: Int
        package let deadline: ContinuousClock.Instant?

        package init(part: BranchNode, threshold: Double, work: Int, deadline: ContinuousClock.Instant?) {
            (self.part, self.threshold, self.work, self.deadline) = (part, threshold, work, deadline)
        }
    }

    package struct Answer: Sendable {
        package var status: SolveStatus = .infeasible
        /// No point of the part pays more.
        package var bound: Double
        /// To start its own parts from.
        package var basis: Basis
        package var rows: [EnvelopeRow]?
        /// Where the program wants to be, what that pays, and how the part may be split.
        package var decision: [Double] = []
        package var payoff: Double?
        package var split = Split.none
        /// What the program took.
        package var work = 0
        /// Whether the time ended before.
        package var isCutShort = false

        package init(bound: Double, basis: Basis, rows: [EnvelopeRow]?) {
            (self.bound, self.basis, self.rows) = (bound, basis, rows)
        }
    }

    package enum Split: Sendable, Equatable {
        /// What has this place is at most the one, or at least the other.
        case range(Int, below: Double, above: Double)
        /// What has one of these places is zero.
        case zeros([Int])
        case none
    }

    init(_ program: SingleLevelProgram, isExact: Bool, _ evaluator: Evaluator) throws {
        (self.program, self.isExact, self.evaluator) = (program, isExact, evaluator)
        decisionOf = Dictionary(
            program.rowWorths.compactMap { worth in worth.decision.map { (worth.dual, $0) } }, uniquingKeysWith: min)
        nodes = try NodeProgram(program)
    }

    /// Makes solvers on threads of their own, and in processes of their own, that answer as those of a ``Certifier`` of
    /// the same game do.
    package static func maker(for game: StackelbergGame) throws -> @Sendable () throws -> PartSolver {
        maker(try SingleLevelProgram(game, depth: .init(closeTo: game)))
    }

    static func maker(_ program: SingleLevelProgram) -> @Sendable () throws -> PartSolver {
        { try PartSolver(program, isExact: false, Evaluator(program.game)) }
    }

    var game: StackelbergGame { program.game }

    /// Where the program's last answer has the decisions.
    var decision: [Double] { program.decisions.map { nodes.session.value(of: $0) } }

    package func answer(_ question: Question) throws -> Answer {
        let part = question.part
        var answer = Answer(bound: part.bound, basis: part.basis, rows: part.rows)
        guard nodes.move(to: part.lower, part.upper) else { return answer }
        nodes.restart(from: part.basis, part.rows)
        do {
            try WorkAllowance(until: question.deadline).grant { try complete(&answer, question) }
        } catch is WorkSpent {
            answer.isCutShort = true
            answer.bound = min(answer.bound, nodes.answer?.bound ?? .infinity)
        }
        return answer
    }

    private func complete(_ answer: inout Answer, _ question: Question) throws {
        (answer.status, answer.work) = try solve(downTo: question.threshold, within: question.work)
        guard answer.status == .optimal, let found = nodes.answer else { return }
        answer.bound = min(answer.bound, found.bound)
        guard answer.bound > question.threshold else { return }
        (answer.basis, answer.rows) = (found.basis, found.rows)
        answer.decision = decision
        answer.payoff = try evaluator.evaluate(answer.decision).payoff
        answer.split = split(question.part)
    }

    /// Solves the program of the part that is loaded, unless it takes more work than this, and what it took.
    func solve(downTo threshold: Double, within work: Int) throws -> (status: SolveStatus, work: Int) {
        let own = WorkAllowance(work)
        let status = try own.attempt { try nodes.solve(downTo: threshold) }
        if status == nil { try WorkAllowance.checkCurrent() }
        return (status ?? (nodes.answer == nil ? .limit(gap: nil) : .optimal), own.spent)
    }

    // MARK: Splitting

    /// How the part may be split, by what the program's last answer breaks.
    func split(_ node: BranchNode) -> Split {
        if let (index, value) = fractionalDecision() ?? (isExact ? fractional() : nil) {
            return .range(index, below: value.rounded(.down), above: value.rounded(.down) + 1)
        }
        if isExact, let pair = brokenPair() { return .zeros(indices(of: pair)) }
        if let (index, value) = brokenCurve(node) { return .range(index, below: value, above: value) }
        if isExact, let index = openDecision(node) {
            let middle = (0.5 * (node.lower[index] + node.upper[index])).rounded(.down)
            return .range(index, below: middle, above: middle + 1)
        }
        return .none
    }

    /// Nothing tells where a part without an answer should be split.
    func blindSplit(_ node: BranchNode) -> Split {
        let isOpen = { (pair: ComplementaryPair) in self.indices(of: pair).allSatisfy { node.upper[$0] > 0 } }
        if isExact, let pair = program.pairs.first(where: isOpen) { return .zeros(indices(of: pair)) }
        let widest = program.decisions.indices.max {
            width(node, $0) < width(node, $1)
        }
        guard let index = widest, width(node, index) > Self.leastWidth else { return .none }
        let middle = 0.5 * (node.lower[index] + node.upper[index])
        guard game.space.decisions[index].isInteger else { return .range(index, below: middle, above: middle) }
        return .range(index, below: middle.rounded(.down), above: middle.rounded(.down) + 1)
    }

    private func indices(of pair: ComplementaryPair) -> [Int] {
        [nodes.index(of: pair.slack), nodes.index(of: pair.dual)]
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
