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
        var numbers = SeededNumbers(seed: UInt64(31_000 + seed))
        let followers = numbers.whole(1...2)
        let hasWhole = numbers.whole(0...1) == 1
        let x =
            [BilevelProblem.Variable("x", lower: 0, upper: Double(numbers.whole(1...3)))]
            + (hasWhole ? [.init("w", lower: 0, upper: 2, isInteger: true)] : [])
        let y = (0..<followers).map {
            BilevelProblem.Variable("y\($0)", lower: 0, upper: Double(numbers.whole(1...3)), isInteger: true)
        }
        func factors(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(-most...most)) }
        }
        func row(hasY: Bool) -> BilevelProblem.Row {
            .init(
                x: factors(x.count, 3), y: hasY ? factors(followers, 3) : factors(followers, 0),
                sense: numbers.whole(0...1) == 0 ? .atMost : .atLeast, side: Double(numbers.whole(-2...4)))
        }
        let problem = try problem(
            x: x, y: y, factors(x.count, 4), factors(followers, 4),
            leader: (0..<numbers.whole(0...1)).map { _ in row(hasY: numbers.whole(0...1) == 0) },
            follower: (0..<numbers.whole(1...2)).map { _ in row(hasY: true) }, costs: factors(followers, 3))
        guard problem.follower.rows.contains(where: { $0.x[0] != 0 && $0.y.contains { $0 != 0 } }) else { return }

        guard let infimum = infimum(of: problem) else {
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
        let possible = responses(problem, best.decision, room: 1e-12)
        #expect(possible.allSatisfy { cost($0) >= cost(certificate.values) })
        let rows = problem.leader.rows + problem.follower.rows
        #expect(rows.allSatisfy { CountedBilevel.holds($0, best.decision, certificate.values) })
    }

    private func responses(_ problem: BilevelProblem, _ x: [Double], room: Double) -> [[Double]] {
        CountedBilevel.points(problem.y).filter { y in
            problem.follower.rows.allSatisfy { row in
                let activity = zip(row.x + row.y, x + y).reduce(0) { $0 + $1.0 * $1.1 }
                return switch row.sense {
                case .atMost: activity <= row.side + room
                case .atLeast: activity >= row.side - room
                case .equal: abs(activity - row.side) <= room
                }
            }
        }
    }

    private func infimum(of problem: BilevelProblem) -> Double? {
        var best: Double?
        let others = Array(problem.x.dropFirst())
        for w in CountedBilevel.points(others) {
            var ends = [problem.x[0].lower, problem.x[0].upper]
            for row in problem.leader.rows + problem.follower.rows where row.x[0] != 0 {
                for y in CountedBilevel.points(problem.y) {
                    let rest = zip(Array(row.x.dropFirst()) + row.y, w + y).reduce(0) { $0 + $1.0 * $1.1 }
                    ends.append((row.side - rest) / row.x[0])
                }
            }
            let inside = Set(ends.filter { $0 >= problem.x[0].lower && $0 <= problem.x[0].upper }).sorted()
            // Points and the open ranges between them, by their middles.
            let places =
                inside.map { (at: $0, ends: [$0]) }
                + zip(inside, inside.dropFirst()).filter { $1 - $0 > 1e-9 }.map {
                    (at: 0.5 * ($0 + $1), ends: [$0, $1])
                }
            for place in places {
                let decision = [place.at] + w
                let possible = responses(problem, decision, room: 1e-12)
                let costs = possible.map { y in zip(problem.follower.objective.y, y).reduce(0) { $0 + $1.0 * $1.1 } }
                guard let least = costs.min() else { continue }
                for (y, cost) in zip(possible, costs) where cost == least {
                    guard problem.leader.rows.allSatisfy({ CountedBilevel.holds($0, decision, y) }) else { continue }
                    for end in place.ends {
                        let objective = problem.leader.objective
                        let value = zip(objective.x + objective.y, [end] + w + y).reduce(0) { $0 + $1.0 * $1.1 }
                        best = min(best ?? .infinity, value)
                    }
                }
            }
        }
        return best
    }
}
