import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

/// Bounds hold, and meet optima that are known without them.
@Suite struct CertificateTests {
    /// `STACKELBERG_GAMES=100` asks for that many of each kind; few are enough to notice a mistake.
    private static let games = ProcessInfo.processInfo.environment["STACKELBERG_GAMES"].flatMap(Int.init) ?? 25

    private static func isAtLeast(_ bound: Double, _ payoff: Double) -> Bool {
        bound >= payoff - 1e-6 * max(1, abs(payoff))
    }

    /// Against enumeration: every bound, at every stage, is at least the optimum, and the exact method reaches it.
    @Test(arguments: 0..<games, [false, true])
    func boundsHoldOnGamesThatAreCounted(seed: Int, hasIntegers: Bool) throws {
        let counted = PricingEnumeration(seed: seed, hasIntegers: hasIntegers)
        let game = try counted.game()
        let optimum = counted.optimum()
        let cheap = try CheapBounds(game)
        #expect(Self.isAtLeast(cheap.highPoint, optimum))
        #expect(Self.isAtLeast(try #require(cheap.payments), optimum))

        let evaluator = try Evaluator(game)
        var numbers = SeededNumbers(seed: UInt64(seed))
        for _ in 0..<20 {
            let point = counted.highest.map { numbers.uniform(in: 0...$0).rounded() }
            if let payoff = try evaluator.evaluate(point).payoff { #expect(payoff <= optimum + 1e-6) }
        }
        var last = cheap.best.bound
        for nodes in [1, 4, 16, 64] {
            let certificate = try Certifier(game).certify(.init(nodes: nodes), cheap: cheap)
            #expect(Self.isAtLeast(certificate.bound, optimum), "after \(nodes) nodes")
            #expect(certificate.bound <= last + 1e-9 * max(1, abs(last)))
            for step in certificate.curve { #expect(Self.isAtLeast(step.bound, optimum)) }
            last = certificate.bound
        }
        let exact = try Certifier(game, isExact: true).certify(.init(), cheap: cheap)
        #expect(exact.isProven)
        #expect(abs((exact.best?.payoff ?? .nan) - optimum) <= 1e-6 * max(1, abs(optimum)))
    }

    /// At the price 5/6 for both goods a client that needs 7 of `x0 + x1 + 3 x2` pays 28/3 at best, by hand: with (0,
    /// 1, 2), (1, 0, 2), (1, 3, 1) or (2, 2, 1). The relaxation's (2, 3, 2/3) costs as much, and (2, 3, 1) more: no
    /// answer, though it pays the leader best.
    @Test func whatIsRoundedStaysAnAnswer() throws {
        let game = try PricingEnumeration(seed: 50, hasIntegers: true).game()
        for ties in TieRule.allCases {
            let evaluation = try Evaluator(game).evaluate([5 / 6, 5 / 6], ties: ties)
            #expect(abs(evaluation.followerCosts[0] - 28 / 3) <= 1e-9)
            let x = evaluation.values
            #expect(abs(0.5 * (x[0] + x[1]) + 4 * x[2] + (x[0] + x[1]) * 5 / 6 - 28 / 3) <= 1e-9)
            // Sold at a cost of a quarter for the second good: 17/6 at best, 7/12 at worst.
            #expect(abs((evaluation.payoff ?? .nan) - (ties == .optimistic ? 17.0 / 6 : 7.0 / 12)) <= 1e-9)
        }
    }

    /// Whole programs of the literature, and our own: found and proved, without being told, in the units of the file
    /// and as `solve --exact` proves them.
    @Test(
        arguments: KnownOptima.all.filter {
            KnownOptima.isSmall($0)
                || ["price_6h_load_battery", "wei_2015_ev24", "price_24h_3users"].contains($0.name)
        })
    func knownOptimaAreProved(_ problem: BilevelProblem) throws {
        let known = try #require(problem.optimistic).value
        let game = try problem.game()
        let limits = Certifier.Limits(nodes: 5_000)
        for certificate in try [Certifier(game, isExact: true).certify(limits), problem.certify(limits)] {
            #expect(certificate.isProven)
            let found = problem.value(ofPayoff: try #require(certificate.best).payoff)
            #expect(abs(found - known) <= 1e-6 * max(1, abs(known)))
            #expect(abs(problem.value(ofPayoff: certificate.bound) - known) <= 1e-6 * max(1, abs(known)))
        }
    }

    /// The collection as it lies beside the package: proved without being told, but for one whose optimum is only
    /// approached.
    @Test(.enabled(if: SharedOptima.isThere, "the collection is not on this machine"))
    func collectedOptimaAreProved() throws {
        #expect(SharedOptima.all.count >= 78)
        #expect(SharedOptima.all.filter { !$0.isAttained }.map(\.name) == ["pao_toy3"])
        for entry in SharedOptima.all {
            let problem = try entry.problem()
            let game = try problem.game()
            guard entry.isAttained else {
                #expect(throws: CertificateError.self) { try Certifier(game, isExact: true) }
                continue
            }
            let certificate = try Certifier(game, isExact: true).certify(.init(nodes: 5_000), cheap: CheapBounds(game))
            let value = entry.optimistic.value
            let scale = max(1, abs(value))
            #expect(certificate.isProven, "\(entry)")
            let found = problem.value(ofPayoff: try #require(certificate.best).payoff)
            #expect(abs(found - value) <= 1e-6 * scale, "\(entry): \(found), known \(value)")
            #expect(abs(problem.value(ofPayoff: certificate.bound) - value) <= 1e-6 * scale, "\(entry)")
        }
    }

    /// A client needs 1.5 units, sold in whole ones at a price of at most 1, or pays 3: at best it buys 2 for 2. Its
    /// relaxation would buy 1.5, and never pay more than 1.5.
    @Test func relaxationsOfFollowersAreNoBounds() throws {
        func game(_ kind: LinearModels.Variable.Kind) throws -> StackelbergGame {
            func build(_ model: inout LinearModel) throws -> LinearExpression {
                let price = try model.parameter("price", value: 1)
                let bought = try model.variable("bought", in: 0...3, kind: kind)
                let own = try model.variable("own", in: 0...1)
                try model.add(bought + 1.5 * own >= 1.5, named: "need")
                let payment = price * bought
                try model.minimise(payment + 3 * own)
                return payment
            }
            var follower = LinearModel()
            _ = try build(&follower)
            var system = LinearModel()
            try system.maximise(build(&system))
            return try StackelbergGame(
                name: "modules", space: DecisionSpace([Decision(name: "price", lower: 0, upper: 1, unit: "CNY")]),
                followers: [Follower(name: "client", model: follower)], system: system)
        }
        let whole = try game(.integer)
        // By hand: at the price 1 two units cost 2, and one unit with a third of the own means costs 2 as well; the
        // leader likes the first.
        let payoff = try #require(Evaluator(whole).evaluate([1]).payoff)
        #expect(payoff == 2)
        let relaxed = try CheapBounds(game(.continuous))
        #expect(try #require(relaxed.payments) < payoff - 0.4)

        let bounds = try CheapBounds(whole)
        #expect(try #require(bounds.payments) >= payoff)
        for isExact in [false, true] {
            let certificate = try Certifier(whole, isExact: isExact).certify(.init(nodes: 200), cheap: bounds)
            #expect(certificate.isProven && abs(certificate.bound - payoff) <= 1e-6)
            #expect(certificate.grounds.contains { $0.contains("client") && $0.contains("duality proves nothing") })
        }
    }

    /// PAO's third toy problem: the values near -243.5 are approached and never reached.
    @Test func whatHasNoBestDecisionIsRefused() throws {
        let problem = try BilevelProblem(
            name: "toy3", category: .integer,
            x: [.init("x1", lower: 0, upper: 9), .init("x2", lower: 0, upper: 13, isInteger: true)],
            y: [.init("y1", lower: 0, upper: .infinity), .init("y2", lower: 0, upper: 30, isInteger: true)],
            leader: .init(
                objective: .init(x: [20, -38], y: [1, 42]),
                rows: [
                    .init(x: [7, 5], y: [0, 7], sense: .atMost, side: 62),
                    .init(x: [6, 9], y: [10, 2], sense: .atMost, side: 117),
                ]),
            follower: .init(
                objective: .init(x: [0, 0], y: [-39, -27]),
                rows: [
                    .init(x: [8, 0], y: [2, 8], sense: .atMost, side: 53),
                    .init(x: [9, 0], y: [2, 1], sense: .atMost, side: 28),
                ]), optimistic: nil, isProven: false)
        let game = try problem.game()
        #expect(throws: CertificateError.notProvable(follower: "follower", decision: "x1")) {
            try Certifier(game, isExact: true)
        }
        // Its bound is no optimum, and valid: what is approached is not beyond it.
        let certificate = try Certifier(game).certify(.init(nodes: 100), cheap: CheapBounds(game))
        #expect(certificate.bound >= 243.5 - 1e-6)
        #expect(certificate.grounds.contains { $0.contains("not held at its best") })
    }

    /// The reference: 13,031 at once, where the best known prices pay 12,042.83, a gap of 8.3 %; less after a few
    /// nodes.
    @Test func referenceGap() throws {
        let source = try CaseReader.read(ParkPricing.folder)
        let game = try EnergyGame(
            name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
            ties: .optimistic
        ).game
        let cheap = try CheapBounds(game)
        #expect(abs(cheap.highPoint - 21_300.15) <= 0.01)
        #expect(abs(try #require(cheap.payments) - 13_031.36) <= 0.01)
        func certify(_ nodes: Int) throws -> Certificate {
            let certifier = try Certifier(game)
            try certifier.consider(ParkPricing.bestPrices)
            return try certifier.certify(.init(nodes: nodes), cheap: cheap)
        }
        let first = try certify(0)
        #expect(first.reasoning == .payments)
        #expect(try #require(first.relativeGap) <= 0.083)
        // The fleet's binaries forbid charging and discharging at once, which never pays: seen, and proved.
        #expect(first.grounds.contains { $0.contains("plaza") && $0.contains("never pays") })
        let (a, b) = (try certify(8), try certify(8))
        #expect(a.bound < 12_520 && a.bound > 12_042.83 && a.reasoning == .branching)
        #expect(a.bound == b.bound && a.curve.map(\.bound) == b.curve.map(\.bound))
        let bounds = a.curve.map(\.bound)
        #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 >= $1 })
    }

    /// A client needs two units of each of two goods, bought at a price or made for 3; the leader keeps a share of what
    /// it pays for each. An equal share of all is a payment counted in another unit; what goes beyond it is none.
    @Test(arguments: [[0.5, 0.5], [3, 3], [0.5, 0.2]])
    func sharesOfPayments(kept: [Double]) throws {
        var model = LinearModel()
        var cost = LinearExpression()
        for i in kept.indices {
            let price = try model.parameter("price\(i)", value: 1)
            let bought = try model.variable("bought\(i)", in: 0...2)
            let own = try model.variable("own\(i)", in: 0...2)
            try model.add(bought + own == 2, named: "need\(i)")
            cost += price * bought + 3 * own
        }
        try model.minimise(cost)
        let prices = kept.indices.map { Decision(name: "price\($0)", lower: 0, upper: 5, unit: "CNY") }
        let game = try StackelbergGame(
            name: "shares", space: DecisionSpace(prices), followers: [Follower(name: "client", model: model)]
        ) { system, blocks in
            try system.maximise(
                sum(kept.indices.map { kept[$0] * (blocks[0].parameters[$0] * blocks[0].variables[2 * $0]) }))
        }
        // By hand: at the price 3 the client buys 2 of each.
        let optimum = 6 * (kept[0] + kept[1])
        let cheap = try CheapBounds(game)
        let isEqual = kept[0] == kept[1]
        #expect(cheap.best.bound >= optimum - 1e-9)
        if isEqual { #expect(abs(try #require(cheap.payments) - optimum) <= 1e-9) }
        let certificate = try Certifier(game, isExact: true).certify(.init(), cheap: cheap)
        #expect(certificate.isProven && abs(certificate.bound - optimum) <= 1e-6)
        #expect(certificate.grounds.contains { $0.contains("no payments of a follower") } == !isEqual)
    }
}
