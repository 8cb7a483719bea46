import CaseFiles
import EnergyGames
import Foundation
import Games
import ResultFiles
import TestSupport
import Testing

@testable import StackelbergCLI

/// What `price` promises, its prices pay: as they stand in `prices.csv`, whichever way followers break ties, and at
/// prices that are written the same.
///
/// `STACKELBERG_TRIES=1000` tries all cases with as many random changes each; else a few, with 20.
@Suite struct BankableCasesTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        var folder: String?
        var variant: String?
        var yaml: String?
        var testDescription: String { name }
    }

    private static let tries = ProcessInfo.processInfo.environment["STACKELBERG_TRIES"].flatMap(Int.init)

    private static let data = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data")

    private static func park(_ users: String, _ offers: String) -> String {
        """
        case: {schema: 1, name: small, title: "A small park"}
        time: {start: "2024-01-15T00:00", steps: 4, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: [0.2, 0.3, 0.5, 0.2], max: 500}}
        operator:
          \(offers)
        users: \(users)
        """
    }

    private static let homes = "homes: {demand: {electricity: [40, 60, 80, 50]}"
    private static let shifting =
        "flexibility: {washing: {type: shiftable, carrier: electricity, share: 0.3, window: [0, 4]}}"

    private static let small = [
        Example(
            name: "users who may leave",
            yaml: park(
                "{\(homes), outside: {electricity_sell: 0.70, electricity_fee: 5 CNY}}, "
                    + "shop: {demand: {electricity: [10, 90, 90, 20]}, outside: {electricity_sell: [0.5, 0.9, 0.9, 0.4]}}}",
                "prices: {electricity_sell: {min: 0.1, max: 1.2}}")),
        Example(
            name: "a menu",
            yaml: park(
                "{\(homes)}, shop: {demand: {electricity: 200}}}",
                "tariffs: {plain: {electricity_sell: {min: 0.3, max: 1.2, interval: 4 h}}, "
                    + "bulk: {electricity_sell: 0.4, electricity_fee: {min: 0, max: 600 CNY}}}")),
        Example(
            name: "a demand charge beside prices",
            yaml: park(
                "{\(homes), \(shifting)}}",
                "prices: {electricity_sell: {min: 0.2, max: 0.8}, electricity_demand_charge: {min: 0, max: 2 CNY/kW}}")),
        Example(
            name: "a coarse grid",
            yaml: park("{\(homes), \(shifting)}}", "prices: {electricity_sell: {min: 0.2, max: 0.8, mean_max: 0.6}}")
                + "\ngame: {tick: 0.05}\n"),
    ]

    private static let shipped = "cases/stackelberg-park"
    private static let quick =
        small + [Example(name: "template"), Example(name: "park-pricing", folder: "benchmarks/park-pricing")]
    private static let long =
        [
            "scenario_1", "scenario_2", "scenario_3", "stepped_reward", "extraction", "five_levels", "three_periods",
            "uncertain",
        ]
        .map { (variant: String) in
            Example(name: "stackelberg-park, \(variant)", folder: shipped, variant: variant)
        }
        + ["march", "may", "july", "six-users", "nine-users"].map {
            Example(name: $0, folder: "benchmarks/parks/\($0)")
        } + [Example(name: "stackelberg-park", folder: shipped)]

    @Test(arguments: tries == nil ? quick : quick + long) func whatIsPromisedIsPaid(example: Example) throws {
        try TemporaryFolder.with { folder in
            var path = example.folder.map { Self.data.appendingPathComponent($0).path } ?? folder.path + "/case"
            if let yaml = example.yaml {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                try Data(yaml.utf8).write(to: URL(fileURLWithPath: path + "/case.yaml"))
            } else if example.folder == nil {
                path = folder.path + "/park"
                #expect(CommandTests.exitCode(["new", path]) == 0)
            }
            let variant = example.variant.map { ["--variant", $0] } ?? []
            let run = folder.path + "/run"
            let budget = ["--evaluations", "400", "--population", "20", "--seed", "1", "--workers", "2"]
            #expect(CommandTests.exitCode(["price", path] + variant + budget + ["--quiet", "--output", run]) == 0)
            let manifest = try Manifest(json: String(contentsOfFile: run + "/manifest.json", encoding: .utf8))
            let promised = try #require(manifest.payoff)
            #expect(manifest.payoffAsWritten != nil && promised <= manifest.supremum ?? -.infinity)

            let source = try CaseReader.read(URL(fileURLWithPath: path), variant: example.variant)
            let game = try EnergyGame(source).game
            let decision = try PricesFile.read(run + "/prices.csv", for: source, in: game.space)
            let paid = try #require(try Evaluator(game).evaluate(decision, ties: .pessimistic).payoff)
            #expect(paid >= promised)

            // Prices that are written the same, without the band, so that none is pulled back.
            let halves = game.space.halfTicks
            var wide = game.space.decisions
            for (k, half) in halves.enumerated() {
                wide[k].lower -= half
                wide[k].upper += half
            }
            let around = try Evaluator(
                StackelbergGame(
                    name: game.name, space: DecisionSpace(wide), followers: game.followers, system: game.system,
                    ties: .pessimistic))
            var random = SeededNumbers(seed: 5)
            var least = Double.infinity
            for k in 0..<(Self.tries ?? 20) {
                let near = zip(decision, halves).map { price, half in
                    // Corners, too: they are where it pays least.
                    price + half
                        * (k.isMultiple(of: 2) ? random.uniform(in: -1...1) : random.whole(0...1) == 0 ? -1 : 1)
                }
                least = min(least, try #require(try around.evaluate(near).payoff))
            }
            #expect(least >= promised - 1e-9 * abs(promised), "\(example.name): \(least) of \(promised)")
        }
    }
}
