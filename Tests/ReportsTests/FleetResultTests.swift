import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Studies
import TestSupport
import Testing

@testable import Reports

/// Fleets whose vehicles are known as a whole only have a path in a result too.
@Suite struct FleetResultTests {
    private static func answered(_ yaml: String) throws -> SizingResult { try SizingResultTests.exactly(yaml) }

    private static func yard(_ response: String) -> String {
        #"""
        case: {schema: 1, name: yard}
        time: {steps: 24, step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.5, max: 200, co2: 0.6}}
        operator:
          demand: {electricity: 50}
          devices:
            battery: {type: storage, capacity: {min: 0, max: 400}, duration: 5 h, investment: 700, lifetime: 12}
          fleets:
            cars:
              {flat_price: 0.5, tariff: 0.5, \#(response)
               sampling: {count: 5, battery: 40, max_charge: 7, soc_departure: 0.9, soc_min: 0.1, distance_median: 30}}
        """#
    }

    @Test func aResponsiveFleetHasItsEnvelopeAndPath() throws {
        let result = try Self.answered(Self.yard("response: joint, charge_subsidy: 0.4, discharge_subsidy: 0.4,"))
        let fleet = try #require(result.system.days[0].fleets.first)
        let split = try #require(fleet.split)
        #expect(fleet.station == "operator.cars" && split.vehicleViolation < 1e-6 && fleet.envelopeViolation < 1e-6)
        // The sum of all five plans what they cannot follow; each by itself can.
        func verdict(_ result: SizingResult) -> Verdict? {
            result.verdicts.first { $0.name.contains("operator.cars disaggregated") }
        }
        #expect(split.missedShare > 0.25 && verdict(result)?.holds == false)
        #expect(verdict(result)?.detail.contains(", above 25 %; their own schedules cost ") == true)
        let each = try Self.answered(
            Self.yard("response: joint, groups: 5, charge_subsidy: 0.4, discharge_subsidy: 0.4,"))
        #expect(verdict(each)?.holds == true)
        let table = try #require(result.tables.first { $0.file == "ev.csv" })
        func series(_ quantity: String) -> [Double] {
            table.texts.filter { $0.contains("fleet") && $0[5] == quantity }.compactMap { Double($0[6]) }
        }
        let (energy, least, most) = (series("energy"), series("least energy"), series("most energy"))
        #expect(energy.count == 24 && most.max() ?? 0 > 0)
        for t in energy.indices { #expect(energy[t] >= least[t] - 1e-6 && energy[t] <= most[t] + 1e-6) }
        // The energy balance, step by step from powers and stays: the horizon begins with what it ends with.
        let (charge, discharge) = (series("charge"), series("discharge"))
        let (arriving, leaving) = (series("energy arriving"), series("energy leaving"))
        for t in energy.indices {
            let before = t == 0 ? energy[23] : energy[t - 1]
            let after = before + 0.95 * charge[t] - discharge[t] / 0.95 + arriving[t] - leaving[t]
            #expect(abs(after - energy[t]) < 1e-5, "step \(t)")
        }
    }

    @Test func anAggregateFleetHasItsEnvelopeAndPath() throws {
        let yaml = #"""
            case: {schema: 1, name: lot}
            time: {steps: 4, step: 6 h}
            carriers: {electricity: {}}
            grid: {buy: {price: [0.3, 0.9, 0.5, 1.4], max: 600 kW}}
            operator:
              prices: {electricity_sell: {min: 0.4, max: 1}}
            ev_stations:
              plaza: {envelope: {max_charge: 70, max_discharge: 20, min_energy: [0, 0, 50, 120], max_energy: [200, 250, 250, 250]}}
            """#
        let source = try SizingResultTests.source(yaml)
        let game = try EnergyGame(source)
        let study = try Study.run(
            game.game, StudySettings(algorithm: "ga", population: 10, evaluations: 30, seed: 1, workers: 1))
        let result = try PriceResult(source, game, study)
        let fleet = try #require(result.fleets.first)
        #expect(fleet.station == "plaza" && fleet.split == nil && fleet.envelopeViolation < 1e-6)
        #expect(result.verdicts.contains { $0.name == "plaza inside its envelope" && $0.holds })
        let table = try #require(result.tables.first { $0.file == "ev.csv" })
        func series(_ quantity: String) -> [Double] {
            table.texts.filter { $0[4] == quantity }.compactMap { Double($0[5]) }
        }
        #expect(series("most energy") == [200, 250, 250, 250] && series("charge limit") == [70, 70, 70, 70])
        // What was charged by the end, less losses, is what is stored: at least the 120 kWh that are asked for.
        let stored = zip(series("charge"), series("discharge")).reduce(0) { $0 + 6 * (0.95 * $1.0 - $1.1 / 0.95) }
        let last = try #require(series("energy").last)
        #expect(abs(stored - last) < 1e-5 && last >= 120 - 1e-6)
        let page = PageReader(
            try ReportPage(
                run: ResultRecord(tables: result.tables, manifest: result.manifest(startedAt: Date()))
            ).text)
        #expect(page.downloads["fleet-energy-plaza.csv"] != nil && page.error == nil)
    }

    @Test func aFleetThatNobodySchedulesHasNoPath() throws {
        #expect(try Self.answered(Self.yard("response: none,")).system.days[0].fleets.isEmpty)
    }
}
