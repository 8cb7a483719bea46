import Foundation
import Games
import TestSupport
import Testing

/// What is proved is right in whatever units a problem is written; what cannot be decided is not called proved.
///
/// Optima are those of the problem in its own units, counted without a solver.
@Suite struct MixedUnitTests {
    /// `STACKELBERG_GAMES=300` asks for that many of each kind.
    private static let games = ProcessInfo.processInfo.environment["STACKELBERG_GAMES"].flatMap(Int.init) ?? 12

    private static let refusals: [CertificateError] = [
        .tiesNotProvable, .notProvable(follower: "follower", decision: "x"),
    ]

    /// Proves problems in units and compares them with what was counted.
    ///
    /// - Parameters:
    ///   - least: of the games, so many must be proved, as a share.
    ///   - problem: of a number, and its optimum; nil where it is none of the kind.
    private func compare(
        _ units: OddUnits, ties: TieRule = .optimistic, atLeast least: Double = 1,
        _ problem: (Int) throws -> (problem: BilevelProblem, optimum: Double?)?
    ) throws {
        var (proved, all) = (0, 0)
        for seed in 0..<Self.games {
            guard let (own, optimum) = try problem(seed) else { continue }
            all += 1
            var numbers = SeededNumbers(seed: UInt64(90_000 + seed))
            let (written, unit) = try own.written { units.factor(&numbers) }
            let certificate: Certificate
            do {
                certificate = try written.certify(.init(nodes: 500), ties: ties)
            } catch CertificateError.infeasible {
                #expect(optimum == nil, "\(seed): said to have no answer, counted \(optimum ?? .nan)")
                proved += optimum == nil ? 1 : 0
                continue
            } catch let error as CertificateError where units != .own && Self.refusals.contains(error) {
                // Beside whole numbers of the follower, numbers that are not whole in these units.
                continue
            }
            guard certificate.isProven, let best = certificate.best else { continue }
            proved += 1
            let value = written.value(ofPayoff: best.payoff) / unit
            let known = optimum ?? .nan
            #expect(abs(value - known) <= 3e-6 * max(1, abs(known)), "\(seed): \(value), counted \(known)")
        }
        #expect(Double(proved) >= least * Double(all), "\(proved) of \(all)")
    }

    /// Of those with real decisions some need more parts than a test has time for.
    @Test(arguments: CurvedGame.Kind.allCases, OddUnits.allCases)
    func productsOfDecisionsAndAnswers(kind: CurvedGame.Kind, units: OddUnits) throws {
        let isReal = [.real, .wholeAnswers].contains(kind)
        try compare(units, atLeast: isReal ? 0.75 : 1) { seed in
            let game = try CurvedGame(seed: seed, kind: kind)
            return (game.problem, game.optimum())
        }
    }

    @Test(arguments: CountedBilevel.Kind.allCases, OddUnits.allCases)
    func followersWithWholeNumbers(kind: CountedBilevel.Kind, units: OddUnits) throws {
        try compare(units, atLeast: units == .own ? 1 : 0) { seed in
            let game = try CountedBilevel(seed: 200_000 + seed, kind: kind)
            return (game.problem, game.optimum())
        }
    }

    @Test(arguments: [CountedBilevel.Kind.general, .binary, .interdiction], OddUnits.allCases)
    func followersWithWholeNumbersAgainstTheLeader(kind: CountedBilevel.Kind, units: OddUnits) throws {
        try compare(units, ties: .pessimistic, atLeast: units == .own ? 1 : 0) { seed in
            let game = try CountedBilevel(seed: 300_000 + seed, kind: kind)
            guard game.problem.leader.rows.allSatisfy({ row in row.y.allSatisfy { $0 == 0 } }) else { return nil }
            return (game.problem, game.optimum(isPessimistic: true))
        }
    }

    @Test(arguments: OddUnits.allCases)
    func realDecisionsOfWholeFollowers(units: OddUnits) throws {
        try compare(units, atLeast: units == .own ? 1 : 0) { seed in
            let game = try CountedRealLink(seed: 10_000 + seed)
            return game.hasRealLink ? (game.problem, game.infimum()) : nil
        }
    }

    /// Decimals break ties that a problem in its own units has: then it is said that this cannot be proved.
    @Test(arguments: OddUnits.allCases)
    func realAnswersAgainstTheLeader(units: OddUnits) throws {
        let isRounded = [.any, .powersOfTen].contains(units)
        try compare(units, ties: .pessimistic, atLeast: isRounded ? 0.75 : 1) { seed in
            let game = try AdverseGame(seed: seed)
            return (game.problem, game.infimum())
        }
    }

    /// Two goods that no price makes worth buying, and one that is worth making: the answer is one and the same at all
    /// prices. What the follower may miss of its least cost counts a thousand times as much for the leader.
    @Test func gainsFromToleranceAreNone() throws {
        let gain = BilevelProblem.Objective(
            isMaximised: true, x: [0, 0], y: [799.357, 220.935, -492.018, -75.796],
            products: [.init(x: 0, y: 0, factor: 500), .init(x: 1, y: 1, factor: 3.7)])
        let cost = BilevelProblem.Objective(
            isMaximised: false, x: [0, 0], y: [-0.07, 1.74, -1.27, 1.14],
            products: [.init(x: 0, y: 0, factor: 0.5), .init(x: 1, y: 1, factor: 2)])
        let rows: [BilevelProblem.Row] = [
            .init(x: [0, 0], y: [-2, -1, 2, 2], sense: .atMost, side: 2),
            .init(x: [0, 0], y: [-2, -1, -2, 1], sense: .atMost, side: 4),
        ]
        let problem = try BilevelProblem(
            name: "dear", x: [.init("price0", lower: 0.17, upper: 2.84), .init("price1", lower: -0.54, upper: 1.56)],
            y: [2.0, 3, 1, 1].enumerated().map { .init("good\($0)", lower: 0, upper: $1) },
            leader: .init(objective: gain), follower: .init(objective: cost, rows: rows), optimistic: nil)
        // By hand: units cost at least 0.015, 0.66, -1.27 and 1.14, and one of the third is all that there is.
        let certificate = try problem.certify(.init(nodes: 100))
        #expect(certificate.isProven)
        #expect(abs(try #require(certificate.best).payoff + 492.018) <= 1e-6)
        #expect(abs(certificate.bound + 492.018) <= 1e-3)
    }
}
