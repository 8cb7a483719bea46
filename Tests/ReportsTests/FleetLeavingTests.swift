import CaseFiles
import EnergyGames
import Foundation
import Games
import Studies
import TestSupport
import Testing

@testable import Reports

/// The energy that vehicles leave with, as results tell it.
@Suite struct FleetLeavingTests {
    /// Two cars that only charge: one comes with 49.8 kWh and wants 48, one with 6 and wants 12. The one keeps what it
    /// has and the other leaves with what it wants, whatever charging costs or is paid.
    @Test(arguments: ["{min: 0.1, max: 0.3}", "{min: -0.3, max: -0.1}"]) func tellsWithWhatVehiclesLeave(
        prices: String
    ) throws {
        let stays = ["c1,0,4,60,7,7,0.83,0.80", "c2,1,3,60,7,7,0.1,0.2"]
        let series = try Self.series(stays, "{sessions: s, v2g: false}", prices)
        let told = try #require(series["energy leaving"])
        #expect(told.count == 4 && zip(told, [0, 0, 12, 49.8]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(told)")
        // All that came, charged and left is accounted for.
        let charged = 0.95 * (series["charge"] ?? []).reduce(0, +)
        #expect(abs((series["energy arriving"] ?? []).reduce(0, +) + charged - told.reduce(0, +)) < 1e-6)
    }

    /// One that may sell what it has above its wish leaves with the wish, where users pay for it. Prices differ by less
    /// than is lost on the way into the battery and out of it, so that nothing is charged to be sold.
    @Test func whoSellsWhatIsAboveTheWishLeavesWithTheWish() throws {
        let series = try Self.series(
            ["c1,0,4,60,7,7,0.83,0.80"], "{sessions: s, sell_to_users: true, sell_price: 0.05}",
            "{min: 0.1, max: 0.105}",
            "users: {u: {demand: {electricity: 10}}}")
        let told = try #require(series["energy leaving"])
        #expect(zip(told, [0, 0, 0, 48]).allSatisfy { abs($0 - $1) < 1e-6 }, "\(told)")
        #expect(abs((series["discharge"] ?? []).reduce(0, +) - 0.95 * 1.8) < 1e-6)
    }

    /// What is told of the whole fleet, by quantity.
    private static func series(
        _ stays: [String], _ station: String, _ prices: String, _ more: String = ""
    ) throws -> [String: [Double]] {
        let yaml = #"""
            case: {schema: 1, name: lot}
            time: {steps: 4}
            tables: {s: {file: s.csv, index: id}}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 600 kW}}
            operator:
              prices: {electricity_sell: \#(prices)}
            ev_stations:
              plaza: \#(station)
            \#(more)
            """#
        let head =
            "id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure"
        let source = try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let table = ([head] + stays).joined(separator: "\n") + "\n"
            try Data(table.utf8).write(to: folder.appendingPathComponent("s.csv"))
            return try CaseReader.read(folder)
        }
        let study = try Study.run(
            try EnergyGame(source).game,
            StudySettings(algorithm: "ga", population: 10, evaluations: 20, seed: 1, workers: 1))
        let result = try PriceResult(source, EnergyGame(source), study)
        #expect(result.verdicts.allSatisfy { $0.holds })
        let fleet = try #require(result.fleets.first)
        return Dictionary(
            fleet.series.filter { $0.vehicle == "fleet" }.map { ($0.quantity, $0.values) },
            uniquingKeysWith: { a, _ in a })
    }
}
