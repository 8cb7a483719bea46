import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import Studies
import TestSupport
import Testing

/// The article "Write a game in Swift": its code is that of this target, and its park is the same as a case file's.
@Suite struct GameInSwiftTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    @Test(arguments: ["SmallPark.swift", "GasMotor.swift"])
    func theArticleHoldsTheCodeThatIsTested(file: String) throws {
        let code = try String(contentsOf: Self.root.appendingPathComponent(file), encoding: .utf8)
        let article = try String(
            contentsOf: Self.root.appendingPathComponent(
                "../../Sources/EnergyGames/EnergyGames.docc/WriteAGameInSwift.md"),
            encoding: .utf8)
        #expect(article.contains("```swift\n\(code)```\n"))
        #expect(article.contains(".package(url: \""))
    }

    private static let yaml = """
        case: {schema: 1, name: small-park}
        time: {steps: 6, step: 4 h}
        carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.3, co2: 0.2}}
        grid: {buy: {price: [0.4, 0.4, 0.9, 0.9, 1.1, 0.6], max: 2000 kW}}
        operator:
          devices:
            chp: {type: chp, capacity: 300 kW, efficiency: {electricity: 0.36, heat: 0.46}}
            boiler: {type: boiler, capacity: 500 kW, efficiency: {heat: 0.9}}
          prices:
            electricity_sell: {min: 0.3, max: 1.2, mean_max: 0.8}
            heat_sell: {min: 0.2, max: 0.6}
        users:
          homes:
            demand: {electricity: [200, 180, 320, 300, 420, 260], heat: [150, 160, 120, 110, 140, 160]}
            devices:
              heater: {type: electric_boiler, capacity: 60 kW, efficiency: {heat: 0.95}}
            flexibility:
              washing: {type: shiftable, carrier: electricity, share: 0.2}
        """

    /// To the bit: payoff, prices, bound, and everything that anybody buys.
    @Test func aParkInSwiftIsTheSameAsItsCase() throws {
        let park = try smallPark()
        let fromFile = try EnergyGame(readCase(Self.yaml))
        let (found, other) = (try bestPrices(of: park), try bestPrices(of: fromFile))
        #expect(found.proof.payoff == other.proof.payoff)
        #expect(found.best.decision == other.best.decision && found.best.values == other.best.values)
        #expect(found.bounds.best.bound == other.bounds.best.bound)
        #expect(park.game.space.decisions.map(\.name) == fromFile.game.space.decisions.map(\.name))
        #expect(found.bounds.best.bound >= found.proof.payoff - 1e-6 && found.proof.payoff > 0)
    }

    /// An account with output emissions in Swift and in a case: the same payoff to the bit, and not the one without.
    @Test func anAccountInSwiftIsTheSameAsItsCase() throws {
        let yaml = """
            case: {schema: 1, name: c}
            time: {steps: 2}
            carriers: {electricity: {}, gas: {price: 0.3}}
            grid: {buy: {price: 0.7, max: 200 kW, co2: 0.6}}
            operator:
              devices: {engine: {type: converter, capacity: 50, inputs: {gas: 2}, outputs: {electricity: 1}}}
              prices: {electricity_sell: {min: 0.4, max: 1}}
            users: {u: {demand: {electricity: [40, 70]}}}
            carbon:
              fixed_quota: 30
              output_factors: {engine: {electricity: 0.2}}
              output_curves: {engine: {outputs: {electricity: 1}, quadratic: 0.004, pieces: 5}}
              ladder: {base_price: 0.3, interval_share: 0.1, growth: 0.5, steps: 4}
            """
        let time = TimeGrid(steps: 2, hours: 1)
        var park = Park(time: time, carriers: [Carrier(name: "electricity"), Carrier(name: "gas", price: [0.3, 0.3])])
        park.operate(
            [
                try MarketExchange(buyPrice: 0.7, buyMaximum: 200, emissionFactor: 0.6, time: time),
                try Converter("engine", capacity: 50, inputs: ["gas": 2], outputs: ["electricity": 1]),
            ],
            carbon: CarbonAccount(
                fixedQuota: 30, basePrice: 0.3, interval: 1, intervalShare: 0.1, growth: 0.5, steps: 4,
                reward: .flat(price: 0.3)),
            outputEmissions: [
                OutputEmission("engine", .factors([CarrierAmount("electricity", 0.2)])),
                OutputEmission(
                    "engine",
                    .curve(try .init(outputs: [CarrierAmount("electricity", 1)], quadratic: 0.004, pieces: 5))),
            ])
        park.add(user: "u", demand: ["electricity": [40, 70]])
        try park.sell("electricity", between: 0.4...1)
        func payoff(_ game: EnergyGame) throws -> Double {
            try Evaluator(game.game).evaluate([0.6, 0.8]).payoff ?? .nan
        }
        let own = try payoff(park.game(named: "c"))
        #expect(try own == payoff(EnergyGame(readCase(yaml))))
        let outputs = yaml.split(separator: "\n").filter { !$0.contains("output_") }.joined(separator: "\n")
        #expect(try own < payoff(EnergyGame(readCase(outputs))) - 1)
    }

    /// Nobody can pay more than all that is used at the greatest prices, and the operator must buy what it sells.
    @Test func thePayoffIsWithinWhatCanBeReckonedByHand() throws {
        let found = try bestPrices(of: smallPark())
        let mean = found.best.decision[..<6].reduce(0, +) / 6
        #expect(mean <= 0.8 + 1e-9)
        #expect(found.best.decision[..<6].allSatisfy { (0.3...1.2).contains($0) })
        let heat = 4 * 840.0
        let electricity = 4 * (1680.0 + 6 * 60)
        #expect(found.proof.payoff <= 1.2 * electricity + 0.6 * heat)
    }

    @Test func aCaseMayNameADeviceOfOnesOwn() throws {
        let yaml = Self.yaml.replacing(
            "boiler: {type: boiler,",
            with: "motor: {type: gas_motor, capacity: 100 kW, efficiency: 50 %}\n    boiler: {type: boiler,")
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            let source = try caseWithMotors(folder)
            // A kWh of its power costs 0.6: at the middle of all prices it runs in the three steps in which the grid
            // asks for more.
            let without = try EnergyGame(readCase(Self.yaml))
            let with = try EnergyGame(source)
            let middle = with.game.space.middle
            let gain =
                try (Evaluator(with.game).evaluate(middle).payoff ?? .nan)
                - (Evaluator(without.game).evaluate(middle).payoff ?? .nan)
            let all = 4 * 100 * (0.3 + 0.3 + 0.5)
            #expect(gain > 0 && gain <= all + 1e-6)
            #expect(throws: CaseFileError.self) { try CaseReader.read(folder) }
        }
    }

    // MARK: What a park refuses

    private func problem(_ make: (inout Park, TimeGrid) throws -> Void) -> String {
        let time = TimeGrid(steps: 3, hours: 1)
        var park = Park(time: time, carriers: [Carrier(name: "electricity"), Carrier(name: "heat")])
        do {
            try make(&park, time)
            _ = try park.game(named: "p")
            return "nothing"
        } catch { return "\(error)" }
    }

    @Test func whatAParkRefuses() {
        #expect(
            problem { park, _ in try park.sell("electricity", between: 0.4...0.5, meanAtMost: 0.3) }
                == "electricity_sell: a mean of at most 0.3 is below the mean of min, 0.4, so no price vector satisfies it. Raise it or "
                + "lower min.")
        #expect(
            problem { park, _ in try park.sell("gas", between: 0...1) }
                == "gas_sell: the park has no carrier 'gas'. Give it to the park.")
        #expect(
            problem { park, _ in
                try park.sell("heat", between: 0...1)
                try park.fix("heat", at: [1, 1, 1])
            } == "heat_sell is posted twice. Keep one of them.")
        #expect(
            problem { park, _ in try park.fix("heat", at: [1, 1]) }
                == "heat_sell has 2 values, but the park has 3 steps.")
        #expect(
            problem { park, _ in try park.buy("electricity", from: 0, atMost: "electricity_sell") }
                == "there is no price 'electricity_sell' that could bound electricity_buy. Post it first.")
        #expect(
            problem { park, _ in
                try park.sell("heat", between: 0...1)
                park.add(user: "a")
                park.add(user: "a")
            } == "two parties are called 'a'. Rename one.")
        #expect(
            problem { park, _ in
                try park.sell("heat", between: 0...1)
                park.add(user: "a", demand: ["heat": [1]])
            } == "the heat demand of a has 1 values, but the park has 3 steps.")
        #expect(
            problem { park, _ in
                try park.sell("heat", between: 0...1)
                park.add(user: "a")
            } == "nobody trades heat at prices.heat_sell. Add a demand or a device that does, or take the price out.")
        #expect(
            problem { park, _ in
                try park.sell("electricity", between: 0.3...0.5)
                try park.fix("electricity", at: [0.3, 0.4, 0.2], isSale: false)
                park.add(user: "a", demand: ["electricity": [1, 1, 1]])
            }
                == "electricity_buy can reach 0.4 at step 1, while electricity_sell can be as low as 0.3: users would earn by "
                + "buying and selling at once. Bound it by electricity_sell.")
        #expect(
            problem { park, time in try park.add(station: "s", fleet: EVFleet(vehicles: [], time: time)) }
                == "s has no price to buy at. Post ev_sell or electricity_sell before the station is added.")
    }
}
