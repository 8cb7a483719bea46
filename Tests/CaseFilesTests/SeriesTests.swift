import Energy
import Foundation
import Fuzzing
import Testing

@testable import CaseFiles

@Suite struct SeriesTests {
    @Test func finerStepsHoldAndCoarserOnesAverage() {
        #expect(Resampling.resample([1, 2], step: 1, to: 0.5, count: 4) == [1, 1, 2, 2])
        #expect(Resampling.resample([1, 2, 3, 4], step: 0.25, to: 0.5, count: 2) == [1.5, 3.5])
        #expect(Resampling.resample([1, 2, 3], step: 1, to: 1, count: 3) == [1, 2, 3])
        #expect(Resampling.resample([3, 6], step: 1.5, to: 1, count: 3) == [3, 4.5, 6])
    }

    /// The mean over the horizon, hence the energy, is the same on every step.
    @Test(arguments: [("15 min", 96), ("30 min", 48), ("1 h", 24), ("40 min", 36), ("2 h", 12), ("24 h", 1)])
    func energyDoesNotDependOnTheStep(step: String, steps: Int) throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml
            .replacing("steps: 24, step: 1 h", with: "steps: \(steps), step: \(step)")
            .replacing(", interval: 6 h", with: "")
            .replacing("window: [7, 23]", with: "window: [0, 24]")
        let case_ = try Workshop.read(files)
        let demand = try #require(case_.system.parties.first { $0.name == "residential" }?.demand.first)
        #expect(demand.power.count == steps)
        let energy = demand.power.reduce(0, +) * case_.system.time.hours
        #expect(abs(energy - 5978.7) < 1e-6, "\(energy)")
    }

    @Test func aQuarterHourTableServesAnHourlyCase() throws {
        var files = SmallCase.files
        let rows = (0..<12).map { "\(Double($0) / 4),\(0.4 + Double($0 % 4) / 10),100,0.5" }
        files["data.csv"] = "hour,buy [CNY/kWh],load [kW],pv [1]\n" + rows.joined(separator: "\n")
        let case_ = try Workshop.read(files)
        #expect(abs(case_.prices[0].upper[0] - 0.55) < 1e-12)
    }

    @Test func isoTimesAreAnIndexToo() throws {
        var files = SmallCase.files
        files["data.csv"] = SmallCase.files["data.csv"]?
            .replacing("\n0,", with: "\n2024-07-15T00:00,").replacing("\n1,", with: "\n2024-07-15 01:00,")
            .replacing("\n2,", with: "\n2024-07-15T02:00:00,")
        #expect(try Workshop.complaints(files) == [])
        files["data.csv"] = files["data.csv"]?.replacing("2024-07-15T00:00", with: "2024-07-16T00:00")
        #expect(try Workshop.complaints(files).count == 1)
    }

    @Test func columnUnitsAreConverted() throws {
        var files = SmallCase.files
        files["data.csv"] = SmallCase.files["data.csv"]?
            .replacing("load [kW]", with: "load [MW]").replacing("buy [CNY/kWh]", with: "buy [CNY/MWh]")
        let home = try #require(
            try Workshop.read(
                files.mapValues {
                    $0.replacing("{min: 0.3,", with: "{min: 0,").replacing("mean_max: 0.8", with: "mean_max: 0.0001")
                }
            )
            .system.parties.first { $0.name == "home" })
        #expect(home.demand[0].power[0] == 180_000)
    }

    /// A spreadsheet's habits: byte order mark, carriage returns, quotes, spaces, blank lines at the end.
    @Test func spreadsheetFilesAreRead() throws {
        var files = SmallCase.files
        let text = (SmallCase.files["data.csv"] ?? "").replacing("0,0.38,180.0,0", with: "\"0\", 0.38 ,\"180.0\",0")
        files["data.csv"] = "\u{FEFF}" + text.replacing("\n", with: "\r\n") + "\r\n\r\n"
        #expect(try Workshop.complaints(files) == [])
        files["case.yaml"] = "\u{FEFF}" + (SmallCase.files["case.yaml"] ?? "").replacing("\n", with: "\r\n")
        #expect(try Workshop.complaints(files) == [])
    }

    @Test func everyBadCellIsReported() throws {
        var files = SmallCase.files
        files["data.csv"] = SmallCase.files["data.csv"]?.replacing("0.72", with: "inf").replacing("1.15", with: "?")
            .replacing("200.2", with: "-1")
        #expect(
            try Workshop.complaints(files) == [
                "data.csv:3  buy, hour 1: 'inf' is not a number.",
                "data.csv:4  buy, hour 2: '?' is not a number.",
                "data.csv:4  load, hour 2: -1 kW is below 0 kW, the least allowed. It is used as users.home.demand.electricity.",
            ])
    }

    @Test func datesAreCounted() {
        #expect(Clock("1970-01-01")?.hours == 0)
        #expect(Clock("2000-03-01T06:30")?.hours == 11017 * 24 + 6.5)
        #expect(Clock("2024-02-29 00:00:36")?.hour == 0.01)
        for text in [
            "2023-02-29", "2024-13-01", "2024-1-1", "2024-01-01T24:00", "2024-01-01T1:00", "today", "", "2024-01-01T00",
        ] {
            #expect(Clock(text) == nil, "\(text)")
        }
    }
}
