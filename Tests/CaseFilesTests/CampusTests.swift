import Energy
import Foundation
import Testing

@testable import CaseFiles

/// Published files of a campus as they are: a year of loads, weather and grid in UTC, and a log of charging sessions.
/// They lie in the folder that `CAMPUS_DATA` names, or beside the project; without them there is nothing to test.
@Suite(.enabled(if: Campus.isThere)) struct CampusTests {
    /// Sums made in Python from the same files: of the hours from midnight to midnight in London.
    @Test(
        arguments: [
            ("2019-11-20", 18_468.7, 703.6, 655.0, 0.0794, 57, 438.284_421_826_975_9),
            ("2019-07-03", 14_612.7, 504.1, 532.6, 0.0717, 9, 71.764_006_527_563_4),
        ]) func aDayOfTheYearIsRead(
            day: String, sum: Double, first: Double, last: Double, cheapest: Double, stays: Int, energy: Double
        ) throws
    {
        let source = try Campus.read(day)
        let load = try #require(
            source.system.parties.first { $0.name == "b58" }?.demand.first { $0.carrier == "electricity" }?.power)
        #expect(load.count == 24 && load.first == first && load.last == last && abs(load.reduce(0, +) - sum) < 1e-9)
        let market = try #require(source.system.parties[0].components.lazy.compactMap { $0 as? MarketExchange }.first)
        #expect(market.buyPrice.min() == cheapest)
        let vehicles = try #require(source.fleets["garage"]?.vehicles)
        #expect(vehicles.count == stays && abs(vehicles.reduce(0) { $0 + $1.departureEnergy } - energy) < 1e-9)
        #expect(vehicles.allSatisfy { $0.arrival >= 0 && $0.departure <= 24 && $0.maximumCharge == 7.2 })
    }
}

private enum Campus {
    private static let files = [
        "cambridge_2019_loads.csv", "gb_2019_grid_carbon_price.csv", "ev_trondheim_2019_sessions.csv",
    ]
    private static let folder =
        ProcessInfo.processInfo.environment["CAMPUS_DATA"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")

    static var isThere: Bool {
        files.allSatisfy { FileManager.default.fileExists(atPath: folder.appendingPathComponent($0).path) }
    }

    static func read(_ day: String) throws -> Case {
        var inputs = [
            "case.yaml": Data(
                """
                case: {schema: 1, name: campus}
                units: {currency: GBP}
                time: {start: "\(day)T00:00", steps: 24, timezone: Europe/London}
                tables:
                  loads: {file: cambridge_2019_loads.csv, index: time_utc}
                  public: {file: gb_2019_grid_carbon_price.csv, index: time_utc}
                  garage: {file: ev_trondheim_2019_sessions.csv, index: session_id, short_stays: clip,
                           columns: {max_charge: {value: 7.2 kW}}}
                carriers: {electricity: {}}
                grid: {buy: {price: public.electricity_price_gbp_per_kwh, max: 4 MW}}
                operator:
                  prices: {electricity_sell: {min: 0.05, max: 0.4, mean_max: 0.2}}
                users:
                  b58: {demand: {electricity: loads.b58_electricity_kw}}
                ev_stations:
                  garage: {sessions: garage, charge_efficiency: 1}
                """.utf8)
        ]
        for file in files { inputs[file] = try Data(contentsOf: folder.appendingPathComponent(file)) }
        return try Workshop.withFolder(inputs) { try CaseReader.read($0) }
    }
}
