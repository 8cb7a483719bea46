import Energy
import EnergyGames
import Games
import Studies
import TestSupport
import Testing

@testable import CaseFiles

/// Games of tariffs against users whose plans are counted out.
@Suite struct TariffGameTests {
    /// A part of a tariff, with what decisions on it mean.
    struct Part: Sendable, CustomTestStringConvertible {
        let name: String
        let users: @Sendable () -> [HandUser]
        /// What stands under `operator.prices`.
        let prices: String
        /// Values to try, one list per decision.
        let levels: [[Double]]
        /// The tariff at a decision.
        let tariff: @Sendable ([Double]) -> HandTariff

        var testDescription: String { name }
    }

    /// Two users who cut where that costs less than it saves.
    @Sendable static func cutters() -> [HandUser] {
        [HandUser(demand: [12, 8], discomfort: 1), HandUser(demand: [4, 16], discomfort: 0.65)]
    }

    static let parts = [
        Part(
            name: "a fee and a price", users: cutters,
            prices: "electricity_sell: {min: 0.2, max: 1.2, interval: 2 h}\n    electricity_fee: {min: 0, max: 3 CNY}",
            levels: [levels(0.2...1.2, 21), levels(0...3, 4)],
            tariff: { HandTariff(sell: [$0[0], $0[0]], fee: $0[1]) }),
        Part(
            name: "a demand charge", users: cutters,
            prices: "electricity_sell: 0.4\n    electricity_demand_charge: {min: 0, max: 1.5 CNY/kW}",
            levels: [levels(0...1.5, 31)], tariff: { HandTariff(sell: [0.4, 0.4], demandCharge: $0[0]) }),
        Part(
            name: "a price and a demand charge", users: cutters,
            prices: "electricity_sell: {min: 0.2, max: 0.8, interval: 2 h}\n"
                + "    electricity_demand_charge: {min: 0, max: 2}",
            levels: [levels(0.2...0.8, 13), levels(0...2, 21)],
            tariff: { HandTariff(sell: [$0[0], $0[0]], demandCharge: $0[1]) }),
        Part(
            name: "blocks", users: cutters,
            prices: "electricity_sell: {min: 0.2, max: 0.6, interval: 2 h}\n    electricity_blocks:\n"
                + "      more: {above: 8 kWh, surcharge: {min: 0, max: 0.5}}\n"
                + "      most: {above: 16 kWh, surcharge: {min: 0.1, max: 0.5}}",
            levels: [levels(0.2...0.6, 5), levels(0...0.5, 6), levels(0.1...0.5, 5)],
            tariff: {
                HandTariff(
                    sell: [$0[0], $0[0]], blocks: [(above: 8, surcharge: $0[1]), (above: 16, surcharge: $0[2])])
            }),
        Part(
            name: "take or pay", users: cutters,
            prices: "electricity_sell: {min: 0.2, max: 1.2, interval: 2 h}\n"
                + "    electricity_take_or_pay: {energy: 16 kWh, price: {min: 0, max: 0.6}}",
            levels: [levels(0.2...1.2, 21), levels(0...0.6, 7)],
            tariff: { HandTariff(sell: [$0[0], $0[0]], takeOrPay: (16, $0[1])) }),
        Part(
            name: "a minimum bill", users: cutters,
            prices: "electricity_sell: 0.5\n    electricity_minimum_bill: 8 CNY\n"
                + "    electricity_demand_charge: {min: 0, max: 1.5}",
            levels: [levels(0...1.5, 31)],
            tariff: { HandTariff(sell: [0.5, 0.5], demandCharge: $0[0], minimumBill: 8) }),
        Part(
            name: "prices of exports by hour", users: producers,
            prices: "electricity_sell: {min: 0.4, max: 0.8}\n    electricity_buy: {min: 0, max: electricity_sell}",
            levels: [[0.4, 0.6, 0.8], [0.4, 0.6, 0.8], [0, 0.2, 0.4], [0, 0.2, 0.4]],
            tariff: { HandTariff(sell: [$0[0], $0[1]], buy: [$0[2], $0[3]]) }),
        Part(
            name: "net metering over the horizon", users: producers,
            prices: "electricity_sell: {min: 0.2, max: 0.8, interval: 2 h}\n"
                + "    electricity_buy: {min: 0, max: electricity_sell, interval: 2 h}\n    electricity_net: 1 d",
            levels: [levels(0.2...0.8, 13), levels(0...0.2, 5)],
            tariff: { HandTariff(sell: [$0[0], $0[0]], buy: [$0[1], $0[1]], netted: 2) }),
        Part(
            name: "net metering by the hour", users: producers,
            prices: "electricity_sell: {min: 0.2, max: 0.8}\n    electricity_buy: 0.1\n    electricity_net: 1 h",
            levels: [levels(0.2...0.8, 5), levels(0.2...0.8, 5)],
            tariff: { HandTariff(sell: [$0[0], $0[1]], buy: [0.1, 0.1], netted: 1) }),
        Part(
            name: "everything at once", users: producers,
            prices: "electricity_sell: {min: 0.2, max: 0.7, interval: 2 h}\n    electricity_buy: 0.1\n"
                + "    electricity_net: 2 h\n    electricity_fee: 1 CNY\n"
                + "    electricity_demand_charge: {min: 0, max: 1}\n"
                + "    electricity_blocks: {more: {above: 8 kWh, surcharge: {min: 0, max: 0.3}}}\n"
                + "    electricity_take_or_pay: {energy: 4 kWh, price: 0.25}",
            levels: [levels(0.2...0.7, 6), levels(0...1, 5), levels(0...0.3, 4)],
            tariff: {
                HandTariff(
                    sell: [$0[0], $0[0]], buy: [0.1, 0.1], fee: 1, demandCharge: $0[1],
                    blocks: [(above: 8, surcharge: $0[2])], takeOrPay: (4, 0.25), netted: 2)
            }),
    ]

    /// Two users with sun, one of which has more of it than it needs.
    @Sendable static func producers() -> [HandUser] {
        [
            HandUser(demand: [8, 4], discomfort: 0.55, sun: [0, 6]),
            HandUser(demand: [4, 4], discomfort: 0.45, sun: [2, 8]),
        ]
    }

    /// At every decision of a grid the program and the count agree, on bills, on what the operator earns and on ties;
    /// the search finds nothing worse than the best of the grid, and no bound is below it.
    @Test(arguments: parts) func agreesWithCounting(part: Part) throws {
        let hand = HandGame(users: part.users(), prices: "  prices:\n    \(part.prices)")
        let source = try Workshop.read(["case.yaml": hand.yaml])
        #expect(source.warnings.isEmpty, "\(source.warnings)")
        let energyGame = try EnergyGame(source)
        #expect(try PriceGame(energyGame.game).integerFollowers.isEmpty)
        let best = try TariffCount.compare(energyGame, hand, decisions: product(part.levels)) { [part.tariff($0)] }
        try TariffCount.search(energyGame, expecting: best)
    }

    /// A user who cuts where that saves 1 CNY/kWh, at 0.4 CNY/kWh: up to a demand charge of 0.6 CNY/kW it takes 6 and
    /// 4 kW, up to 1.2 it takes 4 and 4, then 3 and 3. So the best charge is 1.2, at which 4 kW and 8 kWh earn
    /// 4.8 + 0.8 CNY.
    @Test func aDemandChargeByHand() throws {
        let hand = HandGame(
            users: [HandUser(demand: [6, 4], discomfort: 1)],
            prices: "  prices:\n    electricity_sell: 0.4\n    electricity_demand_charge: {min: 0, max: 1.5}")
        let energyGame = try EnergyGame(try Workshop.read(["case.yaml": hand.yaml]))
        let study = try Study.run(energyGame.game, StudySettings(population: 20, evaluations: 400))
        #expect(abs((study.best.payoff ?? 0) - 5.6) < 1e-6)
        #expect(abs(study.best.decision[0] - 1.2) < 1e-6)
    }

    /// Hours of half a kW are half a kWh: the same day in steps of half an hour costs the same.
    @Test func halfHoursAreTheSame() throws {
        let prices = TariffGameTests.parts.last?.prices ?? ""
        func costs(_ each: Int) throws -> [Double] {
            var users = Self.producers()
            for k in users.indices {
                users[k].demand = users[k].demand.flatMap { Array(repeating: $0, count: each) }
                users[k].sun = users[k].sun.flatMap { Array(repeating: $0, count: each) }
            }
            let text = HandGame(users: users, prices: "  prices:\n    \(prices)").yaml
                .replacing("step: 1 h", with: "step: \(60 / each) min")
            let energyGame = try EnergyGame(try Workshop.read(["case.yaml": text]))
            let evaluation = try Evaluator(energyGame.game).evaluate([0.45, 0.35, 0.2])
            return evaluation.followerCosts + [evaluation.payoff ?? .nan]
        }
        for (one, two) in zip(try costs(1), try costs(2)) { #expect(abs(one - two) < 1e-6) }
    }
}

/// What every game by hand is held against.
enum TariffCount {
    /// - Parameter tariffs: of the operator at a decision.
    /// - Returns: the most that the operator earns at one of the decisions.
    static func compare(
        _ energyGame: EnergyGame, _ hand: HandGame, decisions: [[Double]], _ tariffs: ([Double]) -> [HandTariff]
    ) throws -> Double {
        let evaluator = try Evaluator(energyGame.game)
        let plans = hand.users.map(\.plans)
        var best = -Double.infinity
        for decision in decisions {
            let answers = zip(hand.users, plans).map {
                $0.answer(to: tariffs(decision), among: $1, worth: HandGame.worth)
            }
            let most = answers.reduce(0) { $0 + $1.earned.upperBound }
            let least = answers.reduce(0) { $0 + $1.earned.lowerBound }
            let evaluation = try evaluator.evaluate(decision)
            let payoff = try #require(evaluation.payoff, "\(decision): \(evaluation.outcome)")
            #expect(abs(payoff - most) < 1e-5, "at \(decision) \(payoff), counted \(most)")
            let worst = try evaluator.evaluate(decision, ties: .pessimistic).payoff ?? .nan
            #expect(abs(worst - least) < 1e-5, "against it at \(decision) \(worst), counted \(least)")
            for (cost, answer) in zip(evaluation.followerCosts, answers) {
                #expect(abs(cost - answer.cost) < 1e-5, "at \(decision) \(cost), counted \(answer.cost)")
            }
            try expectConservation(energyGame, evaluation)
            best = max(best, most)
        }
        return best
    }

    /// What parties pay each other cancels; a bill is what its party pays; physics and definitions hold.
    static func expectConservation(_ energyGame: EnergyGame, _ evaluation: Evaluation) throws {
        let solution = energyGame.solution(of: evaluation)
        let audit = PhysicalAudit(solution, of: energyGame.system)
        #expect(audit.holds, "\(audit.findings)")
        let names = Set(solution.parties.map(\.name))
        let between = solution.parties.flatMap(\.costs).filter { $0.counterparty.map(names.contains) ?? false }
        #expect(abs(between.reduce(0) { $0 + $1.amount }) < 1e-6)
        let leader = solution.party(energyGame.operatorName)?.totalCost ?? .nan
        #expect(abs(leader + (evaluation.payoff ?? .nan)) < 1e-6)
        for (group, cost) in zip(energyGame.groups, evaluation.followerCosts) {
            #expect(abs((solution.party(group[0])?.totalCost ?? .nan) - cost) < 1e-6)
        }
    }

    /// The default search finds no less, and no bound is less.
    static func search(_ energyGame: EnergyGame, expecting best: Double, evaluations: Int = 1_500) throws {
        let study = try Study.run(energyGame.game, StudySettings(population: 30, evaluations: evaluations))
        let found = try #require(study.best.payoff)
        #expect(found >= best - 1e-6 * max(1, abs(best)), "found \(found), and a grid has \(best)")
        try expectConservation(energyGame, study.best)
        #expect(try ResponseProof(of: study.best, in: energyGame.game).holds)
        #expect(try CheapBounds(energyGame.game).best.bound >= found - 1e-6 * max(1, abs(found)))
        let certifier = try Certifier(energyGame.game)
        try certifier.consider(study.best.decision)
        let certificate = try certifier.certify(.init(nodes: 40))
        #expect(certificate.bound >= found - 1e-6 * max(1, abs(found)))
    }
}
