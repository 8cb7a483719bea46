import Foundation
import LinearModels

/// The optimum of a bilevel problem whose follower has whole numbers, by branch and cut on the high-point relaxation
/// (Moore and Bard 1990; DeNegre and Ralphs 2009).
///
/// Of each part of the problem the relaxation is solved, in which the leader chooses for the follower. Where the
/// decisions that the follower sees are settled in its answer, the follower is asked. Its response `y'` stays possible
/// wherever no row of the follower breaks; there the follower's cost is `d y'` at most. So a part whose answer costs
/// the follower more is split: into those decisions that break the first row, those that keep the first and break the
/// second, and so on, and those that keep all, where the follower's cost gets its limit (the disjunction behind the
/// intersection cuts of Fischetti, Ljubic, Monaci and Sinnl 2017). Rows of whole numbers over whole decisions are
/// broken by one at least. Where the follower can always do less, that limit is a cut for all decisions
/// (``InterdictionCuts``).
///
/// Real decisions break a row by as little as one likes, and the optimum need not be attained. Parts then hold the row
/// up to equality, which gives the bound, and a point within ``nearness`` of it that breaks the row is looked for.
///
/// Answers of whole numbers are counted in whole numbers. Where real variables stand beside them, bounds are those of
/// linear programs, and the answer is confirmed in rational numbers at the end.
final class BranchAndCut {
    /// An answer: leader's columns, then the follower's.
    struct Answer {
        let cost: Double
        let point: [Double]
        /// Whether no point near it is better still.
        var isAttained = true
    }

    let original: BilevelProblem
    let problem: WholeProblem
    let ties: TieRule
    let program: HighPointProgram
    let answers: FollowerAnswers
    let cuts: InterdictionCuts?
    let real: RealFollower?
    var open = OpenParts()
    /// What is looked into next, before the open ones.
    var next: BilevelPart?
    var settled = Double.infinity
    var best: Answer?
    var hangsOnRounding = false
    var fractions: FractionCosts
    /// Keys of rows that parts hold, each once.
    var keys: [RowName: Int] = [:]
    private(set) var looked = 0
    private var made = 0
    private var curve: [Certificate.Step] = []
    private let started = Date()

    /// Which row of the follower is kept or broken from where on, or which limit a cost has.
    struct RowName: Hashable {
        let row: Int
        let limit: Double
        let isBroken: Bool
    }

    /// How far from the best an answer may be where that is not attained, as a share.
    static let nearness = 1e-6

    /// - Returns: nil where rows and objectives are not of the kind of a ``WholeProblem``.
    /// - Throws: ``CertificateError/notProvable(follower:decision:)`` where real decisions meet real variables of the
    ///   follower beside whole ones.
    init?(_ original: BilevelProblem, ties: TieRule = .optimistic) throws {
        guard let problem = WholeProblem(original) else { return nil }
        self.original = original
        self.problem = problem
        self.ties = ties
        if !problem.hasWholeLinks {
            guard problem.followers.allSatisfy({ problem.columns[$0].isInteger }), ties == .optimistic else {
                let decision = problem.linking.first { !problem.columns[$0].isInteger } ?? 0
                throw CertificateError.notProvable(
                    follower: FollowerAnswers.name, decision: original.x[decision].name)
            }
            real = try RealFollower(problem)
        } else {
            real = nil
        }
        guard ties == .optimistic || !problem.isCoupled && problem.hasWholeFollowerCosts else { return nil }
        program = HighPointProgram(problem)
        answers = try FollowerAnswers(problem)
        cuts = try InterdictionCuts(problem)
        fractions = FractionCosts(count: problem.columns.count)
    }

    // MARK: Search

    /// - Returns: nil where the relaxation has no end that the follower does not set: nothing is proved then.
    func certify(_ limits: Certifier.Limits) throws -> Certificate? {
        try checkEnds()
        let allowance = limits.seconds < 1e8 ? WorkAllowance(seconds: limits.seconds) : WorkAllowance()
        let root = BilevelPart(
            bound: -.infinity, lower: problem.columns.map(\.lower), upper: problem.columns.map(\.upper))
        open.insert(root)
        var lowest = -Double.infinity
        while looked < limits.nodes, let part = takePart() {
            let before = best?.cost
            do {
                let hasEnd = try allowance.grant { try look(into: part) }
                guard hasEnd else { return nil }
            } catch is WorkSpent {
                open.insert(part)
                break
            }
            if bound > lowest || best?.cost != before {
                lowest = bound
                note()
            }
            guard allowance.left > 0 else { break }
        }
        if let part = next { open.insert(part) }
        next = nil
        guard best != nil || bound < .infinity else { throw CertificateError.infeasible }
        note()
        return try certificate(within: limits.seconds + started.timeIntervalSinceNow)
    }

    private func takePart() -> BilevelPart? {
        defer { next = nil }
        return next ?? open.takeBest()
    }

    /// No answer costs less, in the multiplied unit.
    var bound: Double {
        min(settled, open.leastBound ?? .infinity, next?.bound ?? .infinity, best?.cost ?? .infinity)
    }

    /// Parts with a bound from here on hold nothing better.
    var threshold: Double { best.map { $0.cost - slack($0.cost) } ?? .infinity }

    func slack(_ cost: Double) -> Double {
        problem.hasWholeCosts && best?.isAttained ?? true ? 1e-3 : 0.1 * near(cost)
    }

    /// Within this, costs of real variables are one to a linear program.
    func near(_ cost: Double) -> Double {
        problem.hasWholeCosts ? 1e-3 : Certificate.tolerance * max(problem.unit, abs(cost))
    }

    func leave(_ part: BilevelPart) { settled = min(settled, part.bound) }

    func improve(_ answer: Answer) {
        if answer.cost < best?.cost ?? .infinity { best = answer }
    }

    /// Adds a part, to be looked into at once if it is wanted so.
    func add(_ part: BilevelPart, isNext: Bool = false) {
        made += 1
        var part = part
        part.id = made
        if isNext { next = part } else { open.insert(part) }
    }

    // MARK: A part

    private static let roundsOfCuts = 8
    private static let roundsAtRoot = 200

    /// - Returns: false where the relaxation has no end.
    private func look(into node: BilevelPart) throws -> Bool {
        guard node.bound < threshold else {
            leave(node)
            return true
        }
        looked += 1
        var part = node
        program.move(to: part)
        var rounds = 0
        while true {
            switch try program.solve() {
            case .infeasible: return true
            case .unbounded: return false
            case .limit: throw WorkSpent()
            case .optimal: break
            }
            let before = part.bound
            part.bound = max(part.bound, wholeBound(program.objectiveValue))
            if rounds == 0, let origin = part.origin, before.isFinite {
                fractions.learn(origin, program.objectiveValue - before)
            }
            guard part.bound < threshold else {
                leave(part)
                return true
            }
            if program.placeBrokenCuts() { continue }
            rounds += 1
            let point = program.values
            let fraction = problem.linking.contains { isFractional($0, point[$0]) }
            if fraction, let cuts, rounds <= (node.id <= 1 ? Self.roundsAtRoot : Self.roundsOfCuts),
                let cut = try cuts.cut(at: point)
            {
                _ = program.add(cut)
                continue
            }
            part.start = program.start
            if real != nil {
                try lookAtReal(part, point)
                return true
            }
            if fraction {
                try tryNear(point)
                guard part.bound < threshold else {
                    leave(part)
                    return true
                }
                split(part, atFractionOf: problem.linking, point)
                return true
            }
            if let cut = try settle(part, at: point, mayCut: rounds <= Self.roundsAtRoot) {
                _ = program.add(cut)
                continue
            }
            return true
        }
    }

    /// Whole costs are no less than the next whole number.
    func wholeBound(_ value: Double) -> Double {
        let room = 1e-6 * max(1, 1e-3 * abs(value))
        return problem.hasWholeCosts ? (value - room).rounded(.up) : value - 1e-10 * max(problem.unit, abs(value))
    }

    func isFractional(_ column: Int, _ value: Double) -> Bool {
        problem.columns[column].isInteger && abs(value - value.rounded()) > 1e-6
    }

    func rounded(_ point: [Double]) -> [Double] {
        zip(point, problem.columns).map { $1.isInteger ? $0.rounded() : $0 }
    }

    func note() {
        curve.append(
            .init(
                nodes: looked, seconds: -started.timeIntervalSinceNow, bound: payoff(bound),
                payoff: best.map { payoff($0.cost) }))
    }

    // MARK: What is told

    /// What a cost in the multiplied unit is as payoff.
    func payoff(_ cost: Double) -> Double {
        let constant = original.leader.objective.constant
        return original.leader.objective.isMaximised
            ? constant - cost / problem.unit : -(constant + cost / problem.unit)
    }

    private func certificate(within seconds: Double) throws -> Certificate {
        let count = problem.leaders
        var found = best.map { (payoff: payoff($0.cost), point: $0.point) }
        var limit = payoff(bound)
        let isWhole = problem.columns.allSatisfy(\.isInteger)
        let isAttained = best?.isAttained ?? true
        var slack = 1e-9 * max(abs(found?.payoff ?? 0), 1)
        if !isWhole, isAttained, let best, ties == .optimistic {
            // Real variables are what floating point makes of them; the same in rational numbers.
            slack = Certificate.room(at: found?.payoff ?? 0)
            let settled = try original.settled(problem.linking, at: best.point)
            let exact = try? Certifier(settled.game(), isExact: true).certify(
                .init(nodes: .max, seconds: max(1, seconds)))
            if let exact, let same = exact.best, exact.bound - same.payoff <= slack,
                abs(same.payoff - payoff(best.cost)) <= slack
            {
                limit = max(same.payoff, limit - same.payoff <= slack ? same.payoff : limit)
                found = (same.payoff, same.decision + exact.values.prefix(original.y.count))
            } else {
                hangsOnRounding = true
            }
        }
        if !isAttained { slack = 2 * Self.nearness * max(abs(found?.payoff ?? 0), 1) }
        if answers.isDoubtful { hangsOnRounding = true }
        var certificate = Certificate(
            bound: hangsOnRounding && limit - (found?.payoff ?? 0) <= slack ? limit + 2 * slack : limit,
            reasoning: .branching, best: found.map { ($0.payoff, Array($0.point[..<count])) }, curve: curve,
            grounds: [
                "\(FollowerAnswers.name): has whole numbers; responses that stay possible limit its cost."
            ], slack: slack, hangsOnRounding: hangsOnRounding, values: found.map { Array($0.point[count...]) } ?? [])
        certificate.isAttained = isAttained
        return certificate
    }
}

extension BilevelProblem {
    /// The problem with some decisions settled.
    func settled(_ decisions: [Int], at point: [Double]) throws -> BilevelProblem {
        var x = x
        for j in decisions { (x[j].lower, x[j].upper) = (point[j], point[j]) }
        return try BilevelProblem(
            name: name, category: category, x: x, y: y, leader: leader, follower: follower, optimistic: nil,
            isProven: false)
    }
}
