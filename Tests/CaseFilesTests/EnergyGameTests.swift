import Energy
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import CaseFiles

@Suite struct EnergyGameTests {
    static let template = Dictionary(uniqueKeysWithValues: CaseTemplate.files(name: "park").map { ($0.path, $0.text) })

    static func game(_ edit: (String) -> String = { $0 }, variant: String? = nil) throws -> (Case, EnergyGame) {
        var files = template
        files["case.yaml"] = edit(files["case.yaml"] ?? "")
        let source = try Workshop.read(files, variant: variant)
        let game = try EnergyGame(
            name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
            ties: .optimistic)
        return (source, game)
    }

    /// Prices that differ by hour, inside their bounds.
    static func decision(_ game: StackelbergGame, seed: UInt64) -> [Double] {
        var numbers = SeededNumbers(seed: seed)
        return game.space.decisions.map { Double.random(in: $0.lower...$0.upper, using: &numbers) }
    }

    /// The template's day in steps of 60, 30 and 15 minutes, prices held for an hour: the same payoff and the same
    /// bills.
    @Test(arguments: [UInt64(1), 2, 3]) func shorterStepsGiveTheSamePayoff(seed: UInt64) throws {
        let payoffs = try [1, 2, 4].map { each -> [Double] in
            let (_, energyGame) = try Self.game { text in
                text.replacing("steps: 24, step: 1 h", with: "steps: \(24 * each), step: \(60 / each) min")
                    .replacing("mean_max: 0.65 CNY/kWh", with: "mean_max: 0.65 CNY/kWh, interval: 1 h")
                    .replacing("mean_max: 0.40 CNY/kWh", with: "mean_max: 0.40 CNY/kWh, interval: 1 h")
            }
            #expect(energyGame.game.space.count == 48)
            let evaluation = try Evaluator(energyGame.game).evaluate(Self.decision(energyGame.game, seed: seed))
            let payoff = try #require(evaluation.payoff)
            return [payoff] + evaluation.followerCosts
        }
        for other in payoffs.dropFirst() {
            for (a, b) in zip(payoffs[0], other) { #expect(abs(a - b) <= 1e-6 * max(1, abs(a))) }
        }
    }

    @Test(arguments: [UInt64(4), 5]) func theOrderOfUsersDoesNotMatter(seed: UInt64) throws {
        let (_, first) = try Self.game()
        let (_, second) = try Self.game { text in
            guard let offices = text.range(of: "  offices:"), let homes = text.range(of: "  homes:"),
                let stations = text.range(of: "ev_stations:")
            else { return text }
            let head = text[..<offices.lowerBound]
            let one = text[offices.lowerBound..<homes.lowerBound]
            let two = text[homes.lowerBound..<stations.lowerBound].replacing(/\n\n$/, with: "\n")
            return head + two + one + "\n" + text[stations.lowerBound...]
        }
        #expect(first.groups != second.groups)
        let decision = Self.decision(first.game, seed: seed)
        let a = try #require(try Evaluator(first.game).evaluate(decision).payoff)
        let b = try #require(try Evaluator(second.game).evaluate(decision).payoff)
        #expect(abs(a - b) <= 1e-6 * max(1, abs(a)))
    }

    /// Without sales from the station the followers separate; each is a model of its own.
    @Test func followersWithoutTradeSeparate() throws {
        let (_, joint) = try Self.game()
        let (_, apart) = try Self.game {
            $0.replacing("sell_to_users: true, sell_share: 0.9", with: "sell_to_users: false")
        }
        #expect(joint.groups == [["offices", "homes", "car_park"]])
        #expect(apart.groups == [["offices"], ["homes"], ["car_park"]])
        let evaluation = try Evaluator(apart.game).evaluate(Self.decision(apart.game, seed: 1))
        #expect(evaluation.payoff != nil && evaluation.followerCosts.count == 3)
    }

    /// Balances, stores, vehicles, carbon and bills of random decisions, checked from the numbers alone.
    @Test(arguments: [nil, "no_v2g", "no_carbon"] as [String?], [UInt64(1), 2, 3]) func everyAnswerIsPhysical(
        variant: String?, seed: UInt64
    ) throws {
        let (_, energyGame) = try Self.game(variant: variant)
        let evaluation = try Evaluator(energyGame.game).evaluate(Self.decision(energyGame.game, seed: seed))
        let payoff = try #require(evaluation.payoff)
        let solution = SystemSolution(
            energyGame.built, time: energyGame.system.time, values: evaluation.values, parameters: evaluation.parameters
        )
        let audit = PhysicalAudit(solution, of: energyGame.system)
        #expect(audit.holds, "\(audit.findings)")
        #expect(abs(payoff + (solution.party("operator")?.totalCost ?? 0)) < 1e-6 * max(1, abs(payoff)))
        // Money is conserved: what parties pay each other cancels, the rest leaves the system.
        let internalPayments = solution.parties.flatMap(\.costs).filter { $0.counterparty != nil }.reduce(0) {
            $0 + $1.amount
        }
        #expect(abs(internalPayments) < 1e-6)
        #expect(try ResponseProof(of: evaluation, in: energyGame.game).holds)
    }

    /// The same of the shipped park, in each of its scenarios.
    @Test(arguments: ["scenario_1", "scenario_2", "scenario_3", "scenario_4", "stepped_reward", "extraction"])
    func everyScenarioIsPhysical(variant: String) throws {
        let folder = try #require(ShippedCaseTests.folders.first { $0.lastPathComponent == "stackelberg-park" })
        let source = try CaseReader.read(folder, variant: variant)
        let energyGame = try EnergyGame(
            name: source.name, system: source.system, operatorName: source.operatorName, prices: source.prices,
            ties: .optimistic)
        let evaluator = try Evaluator(energyGame.game)
        for seed in 1...3 {
            let evaluation = try evaluator.evaluate(Self.decision(energyGame.game, seed: UInt64(seed)))
            let solution = SystemSolution(
                energyGame.built, time: energyGame.system.time, values: evaluation.values,
                parameters: evaluation.parameters)
            let audit = PhysicalAudit(solution, of: energyGame.system)
            #expect(audit.holds, "\(audit.findings)")
            #expect(try ResponseProof(of: evaluation, in: energyGame.game).holds)
        }
    }

    /// Users heat electrically where heat costs more than electricity through the heater, and not where it costs less.
    @Test func heatersFollowThePrices() throws {
        let (source, energyGame) = try Self.game {
            $0.replacing("mean_max: 0.65 CNY/kWh", with: "mean_max: 2 CNY/kWh").replacing(
                "mean_max: 0.40 CNY/kWh", with: "mean_max: 2 CNY/kWh")
        }
        let time = source.system.time
        for (electricity, heat) in [(0.0, 0.5), (1.0, 0.15)] {
            // Lowest electricity with dear heat, then highest electricity with cheap heat.
            let decision = energyGame.game.space.decisions.map { decision -> Double in
                decision.name.hasPrefix("prices.heat")
                    ? heat : decision.lower + electricity * (decision.upper - decision.lower)
            }
            let evaluation = try Evaluator(energyGame.game).evaluate(decision)
            let solution = SystemSolution(
                energyGame.built, time: time, values: evaluation.values, parameters: evaluation.parameters)
            let heated = solution.party("homes")?.flows(of: "heater").first { $0.name == "output" }?.power ?? []
            for t in time.indices {
                let dearer = heat > decision[t] / 0.95 + 1e-9
                #expect(dearer ? heated[t] > 1 : heated[t] < 1e-6)
            }
        }
    }

    /// The station charges in cheap hours and gives back in dear ones.
    @Test func theStationBuysCheapAndSellsDear() throws {
        let (source, energyGame) = try Self.game()
        let evaluation = try Evaluator(energyGame.game).evaluate(energyGame.game.space.upper)
        let solution = SystemSolution(
            energyGame.built, time: source.system.time, values: evaluation.values, parameters: evaluation.parameters)
        let station = try #require(solution.party("car_park"))
        func meanPrice(_ name: String) -> Double {
            let power = station.flows.filter { $0.name == name }.reduce(into: [Double](repeating: 0, count: 24)) {
                sum, flow in
                for t in 0..<24 { sum[t] += abs(flow.power[t]) }
            }
            let total = power.reduce(0, +)
            return total > 0 ? zip(power, evaluation.decision).reduce(0) { $0 + $1.0 * $1.1 } / total : .nan
        }
        #expect(meanPrice("discharge") > meanPrice("charge") + 0.2)
    }
}
