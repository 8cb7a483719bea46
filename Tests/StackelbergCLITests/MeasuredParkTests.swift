import CaseFiles
import EnergyGames
import Foundation
import Games
import Reports
import Studies
import TestSupport
import Testing

@testable import StackelbergCLI

/// A second park put together from measured data: three university buildings (Langtry and Choudhary 2024), the weather
/// of their year, and a day of charging sessions (ACN-Data, Lee, Li and Low 2019). The files are not part of the
/// package; where they are absent the test is skipped and says so.
@Suite struct MeasuredParkTests {
    static let loads = SharedFiles.data(named: "cambridge_2019_loads.csv")
    static let weather = SharedFiles.data(named: "cambridge_2019_weather_pv_wind.csv")
    static let sessions = SharedFiles.data(named: "ev_acn_caltech_2019_03_sessions.csv")

    private func rows(_ url: URL?) throws -> (header: [String], rows: [[String]]) {
        let text = try String(contentsOf: try #require(url), encoding: .utf8)
        let lines = text.split(whereSeparator: \.isNewline).map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return (try #require(lines.first), Array(lines.dropFirst()))
    }

    @Test(.enabled(if: loads != nil && weather != nil && sessions != nil, "the measured data are not on this machine"))
    func isPricedAndProved() throws {
        let (loadHeader, loadRows) = try rows(Self.loads)
        let (weatherHeader, weatherRows) = try rows(Self.weather)
        // 15 January 2019, a Tuesday.
        let day = 14 * 24..<15 * 24
        func column(_ header: [String], _ name: String) throws -> Int { try #require(header.firstIndex(of: name)) }
        var profiles = "hour,buy [GBP/kWh],sell [GBP/kWh],pv [1],wind [1]"
        let buildings = ["b8", "b36", "b71"]
        for building in buildings { profiles += ",\(building)_e [kW],\(building)_h [kW]" }
        profiles += "\n"
        let pv = try column(weatherHeader, "pv_kw_per_kwp")
        let wind = try column(weatherHeader, "wind_kw_per_kw")
        for (hour, row) in day.enumerated() {
            let peak = (16..<20).contains(hour)
            profiles +=
                "\(hour),\(peak ? 0.28 : hour < 6 ? 0.08 : 0.14),0.05,\(weatherRows[row][pv]),\(weatherRows[row][wind])"
            for building in buildings {
                let electricity = try column(loadHeader, "\(building)_electricity_kw")
                let heat = try column(loadHeader, "\(building)_heat_kw")
                profiles += ",\(loadRows[row][electricity]),\(loadRows[row][heat])"
            }
            profiles += "\n"
        }
        let (header, all) = try rows(Self.sessions)
        let (arrival, departure) = (try column(header, "arrival_local"), try column(header, "departure_local"))
        let (energy, feasible) = (try column(header, "energy_kwh"), try column(header, "feasible"))
        var fleet =
            "session,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure\n"
        func hour(_ text: String) -> Double {
            (Double(text.dropFirst(11).prefix(2)) ?? 0) + (Double(text.dropFirst(14).prefix(2)) ?? 0) / 60
        }
        var vehicles = 0
        for row in all
        where row[arrival].hasPrefix("2019-03-12") && row[departure].hasPrefix("2019-03-12") && row[feasible] == "1" {
            let (start, end) = (hour(row[arrival]), hour(row[departure]))
            let wanted = min(Double(row[energy]) ?? 0, 0.94 * 6.6 * (end - start), 40)
            fleet += "\(row[0]),\(start),\(end),60,6.6,6.6,0.3,\(0.3 + wanted / 60)\n"
            vehicles += 1
        }
        #expect(vehicles > 10)
        let text = """
            case: {schema: 1, name: measured-park, title: "Three buildings and a car park"}
            units: {currency: GBP}
            time: {start: "2019-01-15T00:00", steps: 24, step: 1 h, timezone: UTC}
            tables:
              profiles: {file: profiles.csv, index: hour}
              sessions: {file: sessions.csv, index: session}
            carriers:
              electricity: {}
              heat: {vent: true}
              gas: {price: 0.03 GBP/kWh, co2: 0.185 kg/kWh}
            grid:
              buy: {price: profiles.buy, max: 5 MW, co2: 0.19 kg/kWh}
              sell: {price: profiles.sell, max: 2 MW}
            operator:
              devices:
                chp: {type: chp, capacity: 400 kW, efficiency: {electricity: 0.38, heat: 0.44}}
                boiler: {type: boiler, capacity: 2 MW, efficiency: {heat: 0.9}}
                wind: {type: wind, capacity: 200 kW, profile: profiles.wind}
              prices:
                electricity_sell: {min: profiles.sell, max: profiles.buy, mean_max: 0.13 GBP/kWh}
                heat_sell: {min: 0.02 GBP/kWh, max: 0.08 GBP/kWh, mean_max: 0.06 GBP/kWh}
                electricity_buy: profiles.sell
            users:
            \(buildings.map { building in
                """
                  \(building):
                    demand: {electricity: profiles.\(building)_e, heat: profiles.\(building)_h}
                    devices:
                      pv: {type: pv, capacity: 50 kW, profile: profiles.pv}
                      heater: {type: electric_boiler, capacity: 60 kW, efficiency: {heat: 0.98}}
                    flexibility:
                      moved: {type: shiftable, carrier: electricity, share: 0.1}
                """
            }.joined(separator: "\n"))
            ev_stations:
              car_park: {sessions: sessions, v2g: true, groups: 12, degradation_cost: 0.02 GBP/kWh, sell_to_users: true, sell_share: 0.9}

            """
        try TemporaryFolder.with { folder in
            for (name, content) in [("case.yaml", text), ("profiles.csv", profiles), ("sessions.csv", fleet)] {
                try Data(content.utf8).write(to: folder.appendingPathComponent(name))
            }
            let source = try CaseReader.read(folder)
            let energyGame = try EnergyGame(source)
            let study = try Study.run(
                energyGame.game, StudySettings(population: 20, evaluations: 200, seed: 1, workers: 2))
            let result = try PriceResult(source, energyGame, study)
            #expect(result.verdicts.allSatisfy { $0.holds }, "\(result.verdicts)")
            print("measured park: payoff \(result.payoff) GBP, \(vehicles) vehicles")
        }
    }
}
