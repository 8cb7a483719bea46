import CaseFiles
import TestSupport
import Testing

@testable import Games

/// Optima where ties go against the leader.
@Suite struct AdverseTieTests {
    /// Problems in which a proof is possible, and whose pessimistic optimum is known: from a grid, to seven digits.
    static let known = KnownOptima.small.filter { problem in
        problem.pessimistic != nil && problem.leader.objective.isLinear && problem.follower.objective.isLinear
            && problem.leader.rows.allSatisfy { row in row.y.allSatisfy { $0 == 0 } }
    }

    @Test(arguments: known)
    func knownPessimisticOptimaAreProved(_ problem: BilevelProblem) throws {
        let known = try #require(problem.pessimistic)
        let certificate = try problem.certify(.init(), ties: .pessimistic)
        let best = try #require(certificate.best)
        let value = problem.value(ofPayoff: best.payoff)
        #expect(certificate.isProven)
        #expect(abs(value - known.value) <= 1e-5 * max(1, abs(known.value)), "\(value), known \(known.value)")
        // The evaluator, which breaks ties by a second program, finds the same there.
        let evaluation = try Evaluator(problem.game()).evaluate(best.decision, ties: .pessimistic)
        let payoff = try #require(evaluation.payoff)
        #expect(abs(payoff - best.payoff) <= 1e-6 * max(1, abs(best.payoff)))
    }

    @Test func thereAreSome() { #expect(Self.known.count >= 25) }

    /// By hand: y1 + y2 = 1 + x at the same cost; the leader gets y1 - x / 2, and nothing of y2. At best ties it gets
    /// 1 + x / 2; at worst y1 is what y2 <= 1 leaves, which is x, so that x / 2 is left: x = 2 pays 1.
    @Test func theWorstAnswerMayDecide() throws {
        let problem = try BilevelProblem(
            name: "hand", category: .linear, x: [.init("x", lower: 0, upper: 2)],
            y: [.init("y1", lower: 0, upper: .infinity), .init("y2", lower: 0, upper: 1)],
            leader: .init(objective: .init(isMaximised: true, x: [-0.5], y: [1, 0])),
            follower: .init(
                objective: .init(x: [0], y: [1, 1]), rows: [.init(x: [-1], y: [1, 1], sense: .equal, side: 1)]),
            optimistic: nil, isProven: false)
        let worst = try problem.certify(.init(), ties: .pessimistic)
        #expect(worst.isProven && worst.best?.payoff == 1 && worst.best?.decision == [2])
        #expect(worst.values.prefix(2) == [2, 1])
        let best = try problem.certify(.init())
        #expect(best.isProven && best.best?.payoff == 2)
    }

    /// Random linear games against a fine grid, on which nothing is better, and on which something is nearly as good.
    @Test(arguments: 0..<40)
    func noDecisionIsBetterAtItsWorst(seed: Int) throws {
        var numbers = SeededNumbers(seed: UInt64(51_000 + seed))
        let followers = numbers.whole(2...3)
        func factors(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(-most...most)) }
        }
        // Costs of few sizes, so that there are ties.
        let problem = try BilevelProblem(
            name: "random", category: .linear, x: [.init("x", lower: 0, upper: 4)],
            y: (0..<followers).map { .init("y\($0)", lower: 0, upper: Double(numbers.whole(1...4))) },
            leader: .init(objective: .init(isMaximised: true, x: factors(1, 3), y: factors(followers, 4))),
            follower: .init(
                objective: .init(x: [0], y: factors(followers, 1)),
                rows: (0..<numbers.whole(1...2)).map { _ in
                    .init(
                        x: factors(1, 2), y: factors(followers, 2), sense: numbers.whole(0...2) == 0 ? .equal : .atMost,
                        side: Double(numbers.whole(0...5)))
                }), optimistic: nil, isProven: false)
        let evaluator = try Evaluator(problem.game())
        var most: Double?
        for k in 0...400 {
            guard let payoff = try evaluator.evaluate([Double(k) / 100], ties: .pessimistic).payoff else { continue }
            most = max(most ?? payoff, payoff)
        }
        guard let most else {
            // A grid may miss the only decision that has an answer.
            if let best = try? problem.certify(.init(), ties: .pessimistic).best {
                #expect(try evaluator.evaluate(best.decision, ties: .pessimistic).payoff != nil)
            }
            return
        }
        let certificate = try problem.certify(.init(), ties: .pessimistic)
        let best = try #require(certificate.best)
        #expect(certificate.isProven)
        #expect(best.payoff >= most - 1e-7 * max(1, abs(most)), "\(best.payoff), on the grid \(most)")
        let there = try #require(try evaluator.evaluate(best.decision, ties: .pessimistic).payoff)
        #expect(abs(there - best.payoff) <= 1e-6 * max(1, abs(best.payoff)))
    }

    /// Where the leader's rows choose among answers, and where followers mix whole and real numbers, it says so.
    @Test func whatIsNoMatterOfConditionsIsRefused() throws {
        func problem(leader: [BilevelProblem.Row], isInteger: Bool) throws -> BilevelProblem {
            try BilevelProblem(
                name: "no", category: .integer, x: [.init("x", lower: 0, upper: 2, isInteger: true)],
                y: [
                    .init("y", lower: 0, upper: 2, isInteger: isInteger), .init("z", lower: 0, upper: 2),
                ],
                leader: .init(objective: .init(x: [1], y: [1, 1]), rows: leader),
                follower: .init(
                    objective: .init(x: [0], y: [1, 1]), rows: [.init(x: [1], y: [1, 1], sense: .atLeast, side: 1)]),
                optimistic: nil, isProven: false)
        }
        let row = BilevelProblem.Row(x: [0], y: [1, 0], sense: .atMost, side: 1)
        #expect(throws: CertificateError.tiesNotProvable) {
            try problem(leader: [row], isInteger: false).certify(.init(), ties: .pessimistic)
        }
        #expect(throws: CertificateError.tiesNotProvable) {
            try problem(leader: [], isInteger: true).certify(.init(), ties: .pessimistic)
        }
        #expect(try problem(leader: [], isInteger: false).certify(.init(), ties: .pessimistic).isProven)
    }

    /// The follower gains, or the leader, without end.
    @Test func endsAreFound() throws {
        func problem(_ leader: [Double], _ costs: [Double]) throws -> BilevelProblem {
            try BilevelProblem(
                name: "endless", category: .integer, x: [.init("x", lower: 0, upper: 2, isInteger: true)],
                y: [
                    .init("y", lower: 0, upper: .infinity, isInteger: true),
                    .init("z", lower: 0, upper: .infinity, isInteger: true),
                ],
                leader: .init(objective: .init(x: [1], y: leader)),
                follower: .init(
                    objective: .init(x: [0], y: costs), rows: [.init(x: [1], y: [1, -1], sense: .equal, side: 0)]),
                optimistic: nil, isProven: false)
        }
        // Both go up together: y = z - x.
        #expect(throws: CertificateError.followerUnbounded(follower: "follower")) {
            try problem([1, 1], [-1, 0]).certify(.init())
        }
        #expect(throws: CertificateError.unbounded) { try problem([-1, 0], [1, -1]).certify(.init()) }
        // What costs the follower does not go on for ever; y = 0 and z = x, at x = 0.
        let certificate = try problem([-1, 0], [1, 0]).certify(.init())
        #expect(certificate.isProven && certificate.best?.payoff == 0 && certificate.best?.decision == [0])
    }
}
