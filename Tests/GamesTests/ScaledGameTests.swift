import CaseFiles
import Foundation
import Games
import TestSupport
import Testing

/// What is proved holds in whatever units rows, variables and objectives are written.
@Suite struct ScaledGameTests {
    /// `STACKELBERG_GAMES=100` asks for that many of each kind.
    private static let games = ProcessInfo.processInfo.environment["STACKELBERG_GAMES"].flatMap(Int.init) ?? 40

    enum Units: CaseIterable { case own, powersOfTwo, powersOfTen, any }

    private func factor(_ units: Units, _ numbers: inout SeededNumbers) -> Double {
        switch units {
        case .own: 1
        case .powersOfTwo: exp2(Double(numbers.whole(-40...40)))
        case .powersOfTen: pow(10, Double(numbers.whole(-12...12)))
        case .any: pow(10, numbers.uniform(in: -12...12))
        }
    }

    @Test(arguments: 0..<games, Units.allCases)
    func whatIsProvedIsRight(seed: Int, units: Units) throws {
        for isWhole in [false, true] {
            let counted = CountedGame(seed: seed, isWhole: isWhole)
            var numbers = SeededNumbers(seed: UInt64(1000 + seed))
            let (problem, unit) = try counted.problem { factor(units, &numbers) }
            guard let optimum = counted.optimum() else {
                #expect(throws: CertificateError.infeasible) {
                    try Certifier(problem.game(), isExact: true).certify(.init())
                }
                continue
            }
            let certificate = try Certifier(problem.game(), isExact: true).certify(.init())
            // As whole numbers stand, none is refused; rounded ones may hang on their rounding.
            #expect(certificate.isProven || units == .any || units == .powersOfTen)
            guard certificate.isProven, let best = certificate.best else { continue }
            let value = problem.value(ofPayoff: best.payoff) / unit
            #expect(abs(value - optimum) <= 1e-8 * max(1, abs(optimum)), "\(value), counted \(optimum)")
            #expect(certificate.bound >= best.payoff)
        }
    }

    private func solve(
        x: [BilevelProblem.Variable], y: [BilevelProblem.Variable], _ cx: [Double], _ cy: [Double],
        leader: [BilevelProblem.Row] = [], follower: [BilevelProblem.Row], costs: [Double]
    ) throws -> Certificate {
        let problem = try BilevelProblem(
            name: "hand", category: .linear, x: x, y: y,
            leader: .init(objective: .init(x: cx, y: cy), rows: leader),
            follower: .init(objective: .init(x: x.map { _ in 0 }, y: costs), rows: follower), optimistic: nil,
            isProven: false)
        return try Certifier(problem.game(), isExact: true).certify(.init())
    }

    /// The example of the literature (Moore and Bard's rows): y as small as rows let it be; by hand -18 at (8, 1).
    private func moore(cost: Double = 1, last: Double = 10) throws -> Certificate {
        try solve(
            x: [.init("x", lower: 0, upper: 8)], y: [.init("y", lower: 0, upper: 10)], [-1], [-10],
            follower: [
                .init(x: [-2], y: [5], sense: .atLeast, side: -25), .init(x: [1], y: [2], sense: .atMost, side: 30),
                .init(x: [2], y: [-1], sense: .atMost, side: 15), .init(x: [1], y: [last], sense: .atLeast, side: 15),
            ], costs: [cost])
    }

    @Test(arguments: [1e-60, 1e-12, 1e-9, 1e-6, 1, 1e6, 1e12, 1e60])
    func followersObjectiveInAnyUnit(cost: Double) throws {
        let certificate = try moore(cost: cost)
        #expect(certificate.isProven && certificate.best?.payoff == 18 && certificate.best?.decision == [8])
        #expect(certificate.values.first == 1)
    }

    /// At x = 8 the third row asks for y = 1; the last row is slack there from a factor of 7 on.
    @Test(arguments: [10, 1e5, 1e7, 1e9, 1e11, 1e13])
    func oneFactorFarFromOthers(last: Double) throws {
        let certificate = try moore(last: last)
        #expect(certificate.isProven && certificate.best?.payoff == 18)
    }

    /// The follower's y is at least 1e-13 x, which the leader counts 1e13 times: the value hangs on less than rounding
    /// leaves of a row. In a unit of its own the same is a plain number.
    @Test func whatHangsOnRoundingIsRefusedOrRight() throws {
        for (factor, weight) in [(1e-13, 1e13), (1e-20, 1e20), (1e-3, 1e3)] {
            let certificate = try solve(
                x: [.init("x", lower: 0, upper: 1)], y: [.init("y", lower: 0, upper: 1)], [0], [-weight],
                follower: [.init(x: [-factor], y: [1], sense: .atLeast, side: 0)], costs: [1])
            if certificate.isProven { #expect(abs((certificate.best?.payoff ?? 0) - 1) <= 1e-8) }
            #expect(certificate.bound >= 1 - 1e-8)
        }
    }

    /// By hand: w whole, y the greatest whole number up to w / 2 at the most cost; x real, in the leader's row alone.
    /// At w = 1 the follower needs y = 1 and x = 2.5.
    @Test func onlyLinkingDecisionsNeedBeWhole() throws {
        let certificate = try solve(
            x: [.init("x", lower: 0, upper: 10), .init("w", lower: 0, upper: 5, isInteger: true)],
            y: [.init("y", lower: 0, upper: 10, isInteger: true)], [1, 0], [-3],
            leader: [.init(x: [1, -2.5], y: [0], sense: .atLeast, side: 0)],
            follower: [.init(x: [0, -1], y: [2], sense: .atLeast, side: 0)], costs: [1])
        #expect(certificate.isProven && certificate.best?.payoff == 0.5 && certificate.best?.decision == [2.5, 1])
        // A real one in the follower's row is still told by its name.
        #expect(throws: CertificateError.notProvable(follower: "follower", decision: "x")) {
            try solve(
                x: [.init("x", lower: 0, upper: 10)], y: [.init("y", lower: 0, upper: 10, isInteger: true)], [1], [1],
                follower: [.init(x: [-1], y: [2], sense: .atLeast, side: 0)], costs: [1])
        }
        // One that is fixed is as good as whole.
        let fixed = try solve(
            x: [.init("x", lower: 2.5, upper: 2.5)], y: [.init("y", lower: 0, upper: 10, isInteger: true)], [0], [1],
            follower: [.init(x: [-1], y: [2], sense: .atLeast, side: 0)], costs: [1])
        #expect(fixed.isProven && fixed.best?.payoff == -2)
    }

    @Test func endsAreTyped() throws {
        let x = [BilevelProblem.Variable("x", lower: 0, upper: 4)]
        let open = [BilevelProblem.Variable("y", lower: 0, upper: .infinity)]
        let whole = [BilevelProblem.Variable("y", lower: 0, upper: .infinity, isInteger: true)]
        let above = BilevelProblem.Row(x: [-1], y: [1], sense: .atLeast, side: 0)
        // The follower gains from every further unit.
        for y in [open, whole] {
            let decisions = y == whole ? [BilevelProblem.Variable("x", lower: 0, upper: 4, isInteger: true)] : x
            #expect(throws: CertificateError.followerUnbounded(follower: "follower")) {
                try solve(x: decisions, y: y, [1], [0], follower: [above], costs: [-1])
            }
        }
        // All is one to the follower, and the leader gains without end.
        #expect(throws: CertificateError.unbounded) {
            try solve(x: x, y: open, [1], [-1], follower: [above], costs: [0])
        }
        // The leader's row asks for less than the follower's.
        #expect(throws: CertificateError.infeasible) {
            try solve(
                x: x, y: open, [1], [1], leader: [.init(x: [1], y: [1], sense: .atMost, side: -1)], follower: [above],
                costs: [1])
        }
        // No response at any decision.
        #expect(throws: CertificateError.infeasible) {
            try solve(
                x: x, y: open, [1], [1], follower: [.init(x: [0], y: [1], sense: .atMost, side: -1)], costs: [1])
        }
    }

    /// Data that decimals round: 0.1 three times is 0.3, and a tie is a tie.
    @Test func decimalsCountAsWritten() throws {
        // Both goods cost the follower the same for each unit of need; the leader would rather sell the second.
        let certificate = try solve(
            x: [.init("x", lower: 0, upper: 1)],
            y: [.init("y", lower: 0, upper: 9), .init("z", lower: 0, upper: 9)], [0], [0, -1],
            follower: [.init(x: [0], y: [0.1, 0.3], sense: .atLeast, side: 0.9)], costs: [0.1 * 3, 0.1 * 9])
        #expect(certificate.isProven && abs((certificate.best?.payoff ?? 0) - 3) <= 1e-9)
        // Two rows that say the same in other decimals.
        let twice = try solve(
            x: [.init("x", lower: 0, upper: 1)], y: [.init("y", lower: 0, upper: 9)], [0], [1],
            follower: [
                .init(x: [0], y: [0.1], sense: .equal, side: 0.1),
                .init(x: [0], y: [0.1 + 0.2], sense: .equal, side: 0.3),
            ], costs: [1])
        #expect(twice.isProven && abs((twice.best?.payoff ?? 0) + 1) <= 1e-9)
    }
}
