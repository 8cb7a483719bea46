import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// Vehicles under contract, as commands tell of them.
@Suite struct ChargingFleetCommandTests {
    /// Three vehicles that cannot wait charge 20 kWh each in the peak from 18 h to 20 h, under contract at a tariff of
    /// 1.2.
    private static let yaml = """
        case: {schema: 1, name: yard}
        time: {steps: 24, step: 1 h}
        tables:
          stays: {file: stays.csv, index: car}
          profiles: {file: profiles.csv, index: hour}
        carriers: {electricity: {}}
        grid: {buy: {price: profiles.tariff, max: 2000}}
        operator:
          demand: {electricity: profiles.load}
          devices:
            wind: {type: wind, capacity: 60, profile: profiles.wind, curtailment_penalty: 0.1}
          fleets:
            cars: {strategy: improved, charge_efficiency: 1, valley: [[23, 8]], peak: [[8, 11], [16, 22]], tariff: 1.2,
                   service_price: 0.6, compensation: 0.2, elasticity: 3, sessions: stays}
        variants:
          drawn:
            days: {all: {weight: 365}}
            scenarios: {count: 30, keep: 4, errors: {profiles: {wind: {deviation: 60 %, max: 1}}}}
        """

    private static func write(_ folder: URL) throws {
        try yaml.write(to: folder.appendingPathComponent("case.yaml"), atomically: true, encoding: .utf8)
        let stays =
            "car,arrival,departure,battery,max_charge,max_discharge,soc_arrival,soc_departure\n"
            + ["a", "b", "c"].map { "\($0),18,20,40,10,0,0.5,1\n" }.joined()
        try stays.write(to: folder.appendingPathComponent("stays.csv"), atomically: true, encoding: .utf8)
        let rows = (0..<24).map { "\($0),\($0 < 8 ? 0.4 : 1.2),20,\($0 < 8 ? 0.9 - 0.1 * Double($0 % 4) : 0.1)" }
        try (["hour,tariff,load,wind"] + rows).joined(separator: "\n").write(
            to: folder.appendingPathComponent("profiles.csv"), atomically: true, encoding: .utf8)
    }

    private static func rows(_ path: String) throws -> [[String: String]] {
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
    }

    /// A sweep over the compensation tells the aggregator's parabola: (0.6 - D_b) x D_b x 3 / 1.2 x 60 kWh.
    @Test func aSweepTellsTheParabola() throws {
        try TemporaryFolder.with { folder in
            try Self.write(folder)
            let out = folder.appendingPathComponent("out").path
            let code = CommandTests.exitCode([
                "sweep", folder.path, "--over", "operator.fleets.cars.compensation=0.1:0.5:5", "--quiet", "--output",
                out,
            ])
            #expect(code == 0)
            let rows = try Self.rows(out + "/sweep.csv")
            let revenues = try rows.map {
                try #require(Double($0["aggregator revenue of operator.cars [CNY]"] ?? ""))
            }
            for (price, revenue) in zip([0.1, 0.2, 0.3, 0.4, 0.5], revenues) {
                #expect(abs(revenue - (0.6 - price) * min(1, price * 3 / 1.2) * 60) < 1e-6)
            }
            #expect(revenues.max() == revenues[2])
        }
    }

    /// The hours to which load is moved are decided before it is known how much wind there is: the same in all
    /// scenarios, and not the same where each is known beforehand.
    @Test func thePlanIsTheSameInAllScenarios() throws {
        try TemporaryFolder.with { folder in
            try Self.write(folder)
            func loads(_ name: String, _ more: [String]) throws -> Set<[Int]> {
                let out = folder.appendingPathComponent(name).path
                let code = CommandTests.exitCode(
                    ["dispatch", folder.path, "--variant", "drawn", "--quiet", "--output", out] + more)
                #expect(code == 0)
                let rows = try Self.rows(out + "/flows.csv").filter { $0["component"] == "cars" }
                let days = Dictionary(grouping: rows) { $0["day"] ?? "" }
                #expect(days.count == 4)
                // In thousandths of a W.
                return Set(
                    try days.values.map { day in
                        try day.map { Int((1e6 * (try #require(Double($0["value"] ?? "")))).rounded()) }
                    })
            }
            #expect(try loads("planned", ["--here-and-now", "operator.cars"]).count == 1)
            #expect(try loads("known", []).count > 1)
            let plan = try Self.rows(folder.appendingPathComponent("planned/plans.csv").path)
            let values = try plan.map { try #require(Double($0["value [CNY]"] ?? "")) }
            // Known beforehand costs no more than the plan, and the plan no more than the forecast's.
            #expect(
                plan.map { $0["quantity"] ?? "" }[0...1] == [
                    "expected cost of the plan", "each scenario known beforehand",
                ])
            #expect(values[1] <= values[0] + 1e-6 && values[2] >= -1e-6 && values[4] >= -1e-6)
        }
    }
}
