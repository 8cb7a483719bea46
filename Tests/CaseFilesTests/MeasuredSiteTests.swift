import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import Scenarios
import TestSupport
import Testing

/// A site of six university buildings sized by typical days of their measured year, and then run through the whole of
/// it. The files are not part of the package; where they are absent the test is skipped and says so.
@Suite struct MeasuredSiteTests {
    static let loads = SharedFiles.data(named: "cambridge_2019_loads.csv")
    static let weather = SharedFiles.data(named: "cambridge_2019_weather_pv_wind.csv")
    static let prices = SharedFiles.data(named: "gb_2019_grid_carbon_price.csv")

    /// The grid's limit lies below the greatest load, so that too small a plant leaves demand unserved. What is
    /// curtailed costs nothing, so a store only loses by charging and discharging at once, and needs no binary.
    static let yaml = #"""
        case: {schema: 1, name: site}
        units: {currency: GBP}
        time: {steps: 24, step: 1 h}
        tables: {year: {file: year/day1.csv, index: hour}}
        carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.04, co2: 0.202}}
        grid: {buy: {price: year.price, max: 1600, co2: 0.2}, sell: {price: 0.03, max: 1600}}
        operator:
          demand: {electricity: year.electricity, heat: year.heat}
          devices:
            pv: {type: pv, capacity: {min: 0, max: 3000}, profile: year.pv, investment: 800, lifetime: 25}
            wind: {type: wind, capacity: {min: 0, max: 2000}, profile: year.wind, investment: 1400, lifetime: 25}
            chp: {type: chp, capacity: {min: 0, max: 2000}, efficiency: {electricity: 0.38, heat: 0.44}, om_cost: 0.01, investment: 900,
                  lifetime: 15}
            boiler: {type: boiler, capacity: {min: 0, max: 4000}, efficiency: {heat: 0.9}, investment: 60, lifetime: 20}
            battery: {type: storage, simultaneous: true, capacity: {min: 0, max: 5000}, duration: 2 h, wear_cost: 0.002, investment: 250,
                      lifetime: 15}
            heat_store: {type: storage, simultaneous: true, carrier: heat, capacity: {min: 0, max: 10000}, duration: 4 h,
                         standing_loss: 0.01, investment: 25, lifetime: 25}
            dark: {type: shortage, carrier: electricity, price: 5}
            frost: {type: shortage, carrier: heat, price: 5}

        """#

    /// A game over some days of a year.
    private static func game(_ year: YearTable, _ days: [(day: Int, weight: Int)]) throws -> SizingGame {
        var files = ["case.yaml": yaml + year.section(days, table: "year"), "year/day1.csv": year.table(ofDay: 0)]
        for day in days { files["year/day\(day.day + 1).csv"] = year.table(ofDay: day.day) }
        return try SizingGame(try Workshop.read(files))
    }

    /// Each day of the year is run by itself, as a typical day is: its stores end as they began, half full. What they
    /// could carry from day to day is left out on both sides.
    @Test(.enabled(if: loads != nil && weather != nil && prices != nil, "the measured year is not on this machine"))
    func sizesHoldThroughTheYear() throws {
        let buildings = try YearTable(try #require(Self.loads))
        func total(_ suffix: String) throws -> [Double] {
            let parts = try buildings.series(buildings.names.filter { $0.hasSuffix(suffix) })
            return parts[0].indices.map { hour in parts.reduce(0) { $0 + $1[hour] } }
        }
        let year = YearTable(
            names: ["electricity [kW]", "heat [kW]", "pv [1]", "wind [1]", "price [GBP/kWh]"],
            columns: [try total("_electricity_kw"), try total("_heat_kw")]
                + (try YearTable(try #require(Self.weather)).series(["pv_kw_per_kwp", "wind_kw_per_kw"]))
                + (try YearTable(try #require(Self.prices)).series(["electricity_price_gbp_per_kwh"])))
        #expect(year.days == 365)
        let whole = try Self.game(year, (0..<365).map { ($0, 1) })
        let evaluator = try Evaluator(whole.game)
        // The others take long, and only show what more or fewer days are worth: STACKELBERG_TABLES=1.
        let isLong = ProcessInfo.processInfo.environment["STACKELBERG_TABLES"] != nil
        for (count, peaks) in isLong ? [(4, true), (8, false), (8, true), (12, true)] : [(8, true)] {
            let typical = try TypicalDays(
                year.columns, count: count, method: .ward,
                extremes: peaks ? [.highest(column: 0), .highest(column: 1)] : [])
            let days = zip(typical.days, typical.weights).map { (day: $0, weight: $1) }
            let best = try #require(try Self.game(year, days).solveExactly().best)
            let answer = try evaluator.evaluate(best.sizes)
            let cost = -(try #require(answer.payoff))
            var unserved = ["electricity": 0.0, "heat": 0]
            for day in whole.days.indices {
                let site = whole.solution(of: day, sizes: best.sizes, values: answer.values).parties[0]
                for carrier in unserved.keys {
                    unserved[carrier, default: 0] += site.unserved(carrier, time: whole.days[day].system.time)
                }
            }
            print(
                "\(count) typical days\(peaks ? " and two of peaks" : ""): "
                    + zip(whole.sizes, best.sizes).map { "\($0.component) \(Int($1.rounded()))" }.joined(
                        separator: ", ")
                    + String(
                        format:
                            "; estimate %.0f, year %.0f GBP (%+.2f %%), unserved %.1f kWh of electricity, %.1f of heat",
                        best.cost, cost, 100 * (best.cost / cost - 1), unserved["electricity"] ?? .nan,
                        unserved["heat"] ?? .nan))
            guard count >= 8, peaks else { continue }
            #expect(abs(best.cost / cost - 1) < 0.05)
            for (column, carrier) in ["electricity", "heat"].enumerated() {
                #expect((unserved[carrier] ?? .nan) < 0.001 * year.columns[column].reduce(0, +))
            }
        }
    }
}
