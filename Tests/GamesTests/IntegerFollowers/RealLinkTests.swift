import Foundation
import TestSupport
import Testing

@testable import Games

/// Real decisions in the rows of followers with whole numbers: optima that need not be attained.
@Suite struct RealLinkTests {
    private static let tries =
        ProcessInfo.processInfo.environment["STACKELBERG_TRIES"].flatMap(Int.init) ?? 40

    private func problem(
        x: [BilevelProblem.Variable], y: [BilevelProblem.Variable], _ cx: [Double], _ cy: [Double],
        leader: [BilevelProblem.Row] = [], follower: [BilevelProblem.Row], costs: [Double]
    ) throws -> BilevelProblem {
        try BilevelProblem(
            name: "hand", category: .integer, x: x, y: y,
            leader: .init(objective: .init(x: cx, y: cy), rows: leader),
            follower: .init(objective: .init(x: x.map { _ in 0 }, y: costs), rows: follower), optimistic: nil,
            isProven: false)
    }

    /// y is the least whole number that is no less than x. The leader wants x small and y great: near 0 from above, y
    /// is 1 and the leader pays nearly -1, which nothing attains.
    @Test func whatIsNotAttainedIsToldAsNear() throws {
        let problem = try problem(
            x: [.init("x", lower: 0, upper: 3)], y: [.init("y", lower: 0, upper: 5, isInteger: true)], [2], [-1],
            follower: [.init(x: [-1], y: [1], sense: .atLeast, side: 0)], costs: [1])
        let certificate = try problem.certify(.init())
        let best = try #require(certificate.best)
        #expect(certificate.isProven && !certificate.isAttained && certificate.bound == 1)
        #expect(best.payoff < 1 && best.payoff >= 1 - 1e-5 && best.decision[0] > 0 && certificate.values == [1])
    }

    /// y is the least whole number that is no less than x, and the leader wants it great. Its rows leave x so little
    /// above 0 that a solver would not see it: 1e6 x <= z, 1e6 z <= z' and so on, and the last at most 1/20, or 0.
    @Test(arguments: [(1, 1.0), (2, 1), (3, 1), (1, 0), (3, 0)])
    func answersWithinAThinMarginAreNotLost(links: Int, most: Double) throws {
        func factors(_ values: [Int: Double]) -> [Double] { (0...links).map { values[$0] ?? 0 } }
        let problem = try problem(
            x: (0...links).map { .init("x\($0)", lower: 0, upper: 1) },
            y: [.init("y", lower: 0, upper: 5, isInteger: true)], factors([:]), [-1],
            leader: (0..<links).map { .init(x: factors([$0: 1e6, $0 + 1: -1]), y: [0], sense: .atMost, side: 0) }
                + [.init(x: factors([links: 20]), y: [0], sense: .atMost, side: most)],
            follower: [.init(x: factors([0: -1]), y: [1], sense: .atLeast, side: 0)], costs: [1])
        let certificate = try problem.certify(.init(nodes: 1_000))
        let known = most > 0 ? 1.0 : 0
        #expect(certificate.bound >= known)
        // Margins of 5e-8 can be told; those near 1e-20 need not be, and must not be called proved.
        if links == 1 || most == 0 { #expect(certificate.isProven) }
        if certificate.isProven { #expect(certificate.best?.payoff == known && certificate.isAttained) }
    }

    /// The same where the leader wants x great: at 3 it has y = 3, and pays -9.
    @Test func whatIsAttainedIsExact() throws {
        let problem = try problem(
            x: [.init("x", lower: 0, upper: 3)], y: [.init("y", lower: 0, upper: 5, isInteger: true)], [-2], [-1],
            follower: [.init(x: [-1], y: [1], sense: .atLeast, side: 0)], costs: [1])
        let certificate = try problem.certify(.init())
        #expect(certificate.isProven && certificate.isAttained && certificate.best?.payoff == 9)
        #expect(certificate.best?.decision == [3] && certificate.bound == 9)
    }

    /// A leader without bounds is no hindrance where its costs hold it back: x = 0 as above, from the other side. Where
    /// they draw it on, it is told what is missing.
    @Test func leadersMayBeFree() throws {
        func free(_ cost: Double) throws -> BilevelProblem {
            try problem(
                x: [.init("x", lower: -.infinity, upper: .infinity)],
                y: [.init("y", lower: 0, upper: 5, isInteger: true)], [cost], [0],
                leader: [.init(x: [1], y: [1], sense: .atLeast, side: 0)],
                follower: [.init(x: [-1], y: [1], sense: .atLeast, side: 0)], costs: [1])
        }
        // y = 0 where x <= 0, and then x >= 0.
        let certificate = try free(2).certify(.init())
        #expect(certificate.isProven && certificate.isAttained && certificate.best?.payoff == 0)
        let endless = try problem(
            x: [.init("x", lower: -.infinity, upper: .infinity)],
            y: [.init("y", lower: 0, upper: 5, isInteger: true)], [1], [0],
            follower: [.init(x: [-1], y: [1], sense: .atLeast, side: 0)], costs: [1])
        #expect(throws: BilevelProblemError.unboundedLeader(variable: "x")) { try endless.certify(.init()) }
    }

    /// Real variables of such a follower are refused by name.
    @Test func realVariablesOfTheFollowerAreRefused() throws {
        let problem = try problem(
            x: [.init("x", lower: 0, upper: 3)],
            y: [.init("y", lower: 0, upper: 5, isInteger: true), .init("z", lower: 0, upper: 1)], [1], [1, 1],
            follower: [.init(x: [-1], y: [2, 1], sense: .atLeast, side: 0)], costs: [1, 1])
        #expect(throws: CertificateError.notProvable(follower: "follower", decision: "x")) {
            try problem.certify(.init())
        }
    }

    /// Against the greatest lower bound by counting: between the values of x at which any response becomes possible,
    /// nothing changes but what x itself costs.
    @Test(arguments: 0..<tries)
    func theInfimumIsRight(seed: Int) throws {
        let counted = try CountedRealLink(seed: seed)
        let problem = counted.problem
        guard counted.hasRealLink else { return }

        guard let infimum = counted.infimum() else {
            #expect(throws: CertificateError.infeasible) { try problem.certify(.init()) }
            return
        }
        let certificate = try problem.certify(.init())
        let best = try #require(certificate.best)
        #expect(certificate.isProven, "bound \(certificate.bound), best \(best), least \(infimum)")
        #expect(certificate.bound >= -infimum - 1e-9 && best.payoff <= -infimum + 1e-9)
        #expect(abs(best.payoff + infimum) <= 3e-6 * max(1, abs(infimum)), "\(best.payoff), least \(infimum)")
        // What is told is an answer: no response that is possible there costs the follower less.
        let told = problem.follower.objective.y
        func cost(_ y: [Double]) -> Double { zip(told, y).reduce(0) { $0 + $1.0 * $1.1 } }
        let possible = counted.responses(to: best.decision, room: 1e-12)
        #expect(possible.allSatisfy { cost($0) >= cost(certificate.values) })
        let rows = problem.leader.rows + problem.follower.rows
        #expect(rows.allSatisfy { CountedBilevel.holds($0, best.decision, certificate.values) })
    }
}
