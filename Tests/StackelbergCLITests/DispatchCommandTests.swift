import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// `dispatch` and `evaluate`, as commands.
@Suite struct DispatchCommandTests {
    private static let park = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases/stackelberg-park").path

    private static func text(_ folder: String, _ file: String) throws -> String {
        try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }

    /// The prices that a search found, answered without one: the same tables to the byte.
    @Test func evaluatedPricesPayWhatTheSearchSaid() throws {
        try TemporaryFolder.with { folder in
            let (run, other) = (folder.path + "/run", folder.path + "/other")
            // By the tie rule of the case, as `evaluate` answers.
            let search = [
                "--algorithm", "ga", "--evaluations", "60", "--population", "20", "--ties", "optimistic", "--quiet",
                "--output",
            ]
            #expect(CommandTests.exitCode(["price", Self.park] + search + [run]) == 0)
            #expect(CommandTests.exitCode(["price", Self.park, "--seed", "9"] + search + [other]) == 0)
            let (whole, alone) = (folder.path + "/whole", folder.path + "/alone")
            #expect(
                CommandTests.exitCode([
                    "evaluate", run, "--against", other + "/prices.csv", "--quiet", "--output", whole,
                ]) == 0)
            #expect(
                CommandTests.exitCode([
                    "evaluate", Self.park, "--prices", run + "/prices.csv", "--quiet", "--output", alone,
                ]) == 0)
            for file in ["prices.csv", "flows.csv", "costs.csv", "carbon.csv", "ev.csv"] {
                let found = try Self.text(run, file)
                #expect(try Self.text(whole, file) == found && Self.text(alone, file) == found, "\(file)")
            }
            // The differences are those of the two runs' own tables.
            func totals(_ folder: String) throws -> [String: Double] {
                let rows = try Self.text(folder, "costs.csv").split(separator: "\n").map {
                    $0.split(separator: ",", omittingEmptySubsequences: false)
                }
                return Dictionary(
                    rows.filter { $0[1] == "total" }.map { (String($0[0]), Double($0[3]) ?? .nan) },
                    uniquingKeysWith: { $1 })
            }
            let (here, there) = (try totals(run), try totals(other))
            let rows = try Self.text(whole, "against.csv").split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let costs = rows.filter { $0[1] == "cost" }
            #expect(costs.count == 5)
            for row in costs {
                let party = String(row[0])
                let difference = try #require(Double(row[4]))
                #expect(abs(difference - ((here[party] ?? .nan) - (there[party] ?? .nan))) < 1e-4)
            }
            #expect(try Self.text(whole, "report.html").contains("Beside other prices"))
        }
    }

    @Test func whatCannotBeEvaluatedSaysWhy() throws {
        try TemporaryFolder.with { folder in
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["evaluate", Self.park, "--output", out]) == 65)
            #expect(CommandTests.exitCode(["evaluate", Self.park, "--against", "nothing", "--output", out]) == 65)
            let run = folder.path + "/run"
            #expect(
                CommandTests.exitCode([
                    "price", Self.park, "--algorithm", "ga", "--evaluations", "20", "--population", "20", "--quiet",
                    "--output", run,
                ]) == 0)
            var rows = try Self.text(run, "prices.csv").split(separator: "\n").map(String.init)
            var cells = rows[1].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[3] = "9"
            rows[1] = cells.joined(separator: ",")
            let high = folder.path + "/high.csv"
            try rows.joined(separator: "\n").write(toFile: high, atomically: true, encoding: .utf8)
            for command in [
                ["evaluate", Self.park, "--prices", high, "--output", out],
                ["certify", Self.park, "--prices", high, "--time", "0", "--output", out],
                ["export", Self.park, "--party", "residential", "--prices", high, "--output", out + ".lp"],
            ] {
                let ending = try ProgramProcess.run(command)
                #expect(ending.code == 65)
                #expect(ending.errors.contains("prices.electricity_sell[0] is 9.0 CNY/kWh, but the case allows"))
            }
        }
    }

    @Test func dispatchWritesItsTables() throws {
        try TemporaryFolder.with { folder in
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["dispatch", Self.park, "--front", "4", "--quiet", "--output", out]) == 0)
            #expect(try Self.text(out, "front.csv").split(separator: "\n").count == 5)
            #expect(try Self.text(out, "marginals.csv").split(separator: "\n").count > 24)
            let page = try Self.text(out, "report.html")
            #expect(page.contains("What one more kWh costs") && page.contains("Cost of emitting less"))
            #expect(CommandTests.exitCode(["dispatch", Self.park, "--front", "1", "--output", out + "2"]) == 65)
            #expect(CommandTests.exitCode(["dispatch", Self.park, "--gap", "2", "--output", out + "2"]) == 65)
            let plant = URL(fileURLWithPath: Self.park).deletingLastPathComponent().path + "/mevpp-sizing"
            #expect(CommandTests.exitCode(["dispatch", plant, "--output", out + "2"]) == 65)
        }
    }

    /// A mass flows in kg/h, and everybody of a case is named, whether it has an operator or not.
    @Test func aMassHasItsUnitAndPartiesTheirNames() throws {
        try TemporaryFolder.with { folder in
            let yaml = """
                case: {schema: 1, name: stack}
                time: {steps: 2, step: 1 h}
                carriers: {electricity: {}, gas: {price: 0.3}, flue: {mass: true, vent: true}}
                parties:
                  mill:
                    demand: {electricity: 38}
                    devices: {motor: {type: converter, capacity: 100, inputs: {gas: 1}, outputs: {electricity: 0.38, flue: 0.202}}}
                  homes: {grid: {buy: {price: 0.5, max: 90}}, demand: {electricity: 5}}
                """
            let street = folder.appendingPathComponent("street")
            try FileManager.default.createDirectory(at: street, withIntermediateDirectories: true)
            try Data(yaml.utf8).write(to: street.appendingPathComponent("case.yaml"))
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["dispatch", street.path, "--quiet", "--output", out]) == 0)
            let flows = try Self.text(out, "flows.csv").split(separator: "\n")
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
            let (carrier, value, unit) = (3, flows[0].count - 2, flows[0].count - 1)
            #expect(flows[0][carrier] == "carrier" && flows[0][value] == "value" && flows[0][unit] == "unit")
            let given = flows.filter { $0[carrier] == "flue" && !$0[value].hasPrefix("-") }
            #expect(given.map { [$0[value], $0[unit]] } == [["20.2", "kg/h"], ["20.2", "kg/h"]])
            #expect(flows.dropFirst().filter { $0[carrier] != "flue" }.allSatisfy { $0[unit] == "kW" })

            struct Shown: Decodable { let parties: [String] }
            let shown = try ProgramProcess.run(["show", street.path, "--json"])
            #expect(
                try JSONDecoder().decode(Shown.self, from: Data(shown.output.utf8)).parties == ["mill", "homes"])
        }
    }

    /// A plant that buys all its electricity: indices by hand, and a sweep over it.
    @Test func indicesAreThoseOfTheFlows() throws {
        try TemporaryFolder.with { folder in
            let yaml = """
                case: {schema: 1, name: bought}
                time: {steps: 3, step: 2 h}
                carriers: {electricity: {}, heat: {}, gas: {price: 0.3, co2: 0.2}}
                grid: {buy: {price: 0.5, max: 900 kW}}
                operator:
                  demand: {electricity: [200, 180, 320], heat: [90, 45, 90]}
                  devices:
                    boiler: {type: boiler, capacity: 100 kW, efficiency: {heat: 0.9}}
                    pv: {type: pv, capacity: 70 kW, profile: [0, 1, 0.5], curtailable: true}
                """
            let plant = folder.appendingPathComponent("plant")
            try FileManager.default.createDirectory(at: plant, withIntermediateDirectories: true)
            try Data(yaml.utf8).write(to: plant.appendingPathComponent("case.yaml"))
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["dispatch", plant.path, "--quiet", "--output", out]) == 0)
            func rows(_ file: String) throws -> [[String]] {
                try Self.text(out, file).split(separator: "\n").map {
                    $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                }
            }
            let indices = Dictionary(
                try rows("indices.csv").dropFirst().map { ($0[0], Double($0[1]) ?? .nan) }, uniquingKeysWith: { $1 })
            // 105 kW of 700 kW come from the array, each for two hours.
            #expect(abs((indices["self-sufficiency in electricity"] ?? 0) - 15) < 1e-6)
            #expect(abs((indices["renewable use"] ?? 0) - 100) < 1e-6)
            // Bought: 200, 110, 285 kW.
            #expect(abs((indices["peak to valley of operator.grid"] ?? 0) - 175) < 1e-6)
            #expect(abs((indices["cost"] ?? 0) - 2 * (595 * 0.5 + 250 * 0.3)) < 1e-6)
            let swept = folder.path + "/swept"
            let code = CommandTests.exitCode([
                "sweep", plant.path, "--over", "operator.devices.pv.capacity=0,70", "--quiet", "--output", swept,
            ])
            #expect(code == 0)
            #expect(try Self.text(swept, "sweep.csv").contains("self-sufficiency in electricity"))
            #expect(CommandTests.exitCode(["dispatch", plant.path, "--here-and-now", "operator.pv"]) == 65)
            #expect(CommandTests.exitCode(["price", plant.path]) == 65)
        }
    }
}
