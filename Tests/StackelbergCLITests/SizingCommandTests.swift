import CaseFiles
import Comparisons
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import StackelbergCLI

/// Sizes from the command line, alone and in sweeps and comparisons.
@Suite struct SizingCommandTests {
    private func withHut<Result>(_ body: (_ hut: String, _ folder: URL) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            try write(Hut.yaml, to: folder.appendingPathComponent("hut"))
            return try body(folder.appendingPathComponent("hut").path, folder)
        }
    }

    private func write(_ yaml: String, to folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
    }

    private func rows(_ path: String) throws -> [[String]] {
        try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
    }

    private func yearlyCost(_ folder: String) throws -> Double {
        let row = try rows(folder + "/year.csv").first { $0[1] == "cost" }
        return try #require(row.flatMap { Double($0[2]) })
    }

    private let small = ["--evaluations", "30", "--population", "10", "--algorithm", "ga", "--quiet"]

    /// Exit code 0 means that every verdict holds, at all variants of the shipped plant.
    @Test(arguments: ["case_1", "case_2", "case_3", "case_4", "vented_heat", "large_fleet"])
    func theShippedPlantIsSizedAndProved(variant: String) throws {
        let plant = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/cases/mevpp-sizing").path
        let out = FileManager.default.temporaryDirectory.appendingPathComponent("plant-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: out) }
        let code = CommandTests.exitCode(["size", plant, "--variant", variant, "--exact", "--quiet", "--output", out])
        #expect(code == 0)
    }

    @Test func sizesAreFoundSearchedForAndExactly() throws {
        try withHut { hut, folder in
            let out = folder.path + "/out"
            #expect(CommandTests.exitCode(["size", hut] + small + ["--output", out]) == 0)
            #expect(CommandTests.exitCode(["size", hut] + small + ["--output", out]) == 73)
            let files = try FileManager.default.contentsOfDirectory(atPath: out).sorted()
            #expect(
                files == [
                    "carbon.csv", "convergence.csv", "costs.csv", "days.csv", "ev.csv", "exact.csv", "flows.csv",
                    "investments.csv", "ladder.csv", "load.csv", "manifest.json", "markets.csv", "regions.csv",
                    "report.html", "sizes.csv", "study.sqlite", "year.csv",
                ])
            let exact = folder.path + "/exact"
            #expect(CommandTests.exitCode(["size", hut, "--exact", "--json", "--output", exact]) == 0)
            #expect(try yearlyCost(exact) <= yearlyCost(out))
            let best = try rows(exact + "/exact.csv").first { $0[0] == "cost" }
            #expect(try abs(#require(best.flatMap { Double($0[1]) }) - yearlyCost(exact)) < 1e-3)
            // Nothing to decide is no reason to stop.
            #expect(
                CommandTests.exitCode(["size", hut, "--variant", "fixed", "--quiet", "--output", folder.path + "/f"])
                    == 0)
            #expect(try yearlyCost(folder.path + "/f") >= yearlyCost(exact))
        }
    }

    @Test func wrongUseHasItsCode() throws {
        try withHut { hut, folder in
            let park = folder.path + "/park"
            #expect(CommandTests.exitCode(["new", park]) == 0)
            func code(_ arguments: String...) -> Int32 {
                CommandTests.exitCode(arguments + ["--quiet", "--output", folder.path + "/none"])
            }
            #expect(code("size", hut, "--algorithm", "annealing") == 65)
            #expect(code("size", hut, "--exact", "--algorithm", "ga") == 64)
            #expect(code("size", hut, "--exact", "--exact-seconds", "0") == 65)
            #expect(code("size", park) == 65)
            #expect(code("price", hut) == 65)
            #expect(code("price", hut, "--variant", "fixed") == 65)
            #expect(code("sweep", hut) == 64)
            #expect(code("sweep", hut, "--over", "carbon.ladder.base_prize=0:1:3") == 65)
            #expect(code("sweep", hut, "--over", "carbon.ladder.base_price=0:1:3", "--algorithm", "annealing") == 65)
            #expect(code("sweep", park, "--over", "carbon.ladder.base_price=0:1:3", "--exact") == 65)
            // What is wrong is said before a folder is made.
            #expect(!FileManager.default.fileExists(atPath: folder.path + "/none"))
            let night = Hut.yaml.split(separator: "\n").filter { !$0.contains("dark:") }.joined(separator: "\n")
                .replacing("max: 60 kW", with: "max: 20 kW")
            try write(night, to: folder.appendingPathComponent("night"))
            #expect(CommandTests.exitCode(["check", folder.path + "/night"]) == 69)
            #expect(code("size", folder.path + "/night", "--exact") == 69)
        }
    }

    @Test func checkShowAndExport() throws {
        try withHut { hut, folder in
            for arguments in [["check", hut], ["show", hut], ["show", hut, "--json"]] {
                #expect(CommandTests.exitCode(arguments) == 0)
            }
            let exact = folder.path + "/exact"
            #expect(CommandTests.exitCode(["size", hut, "--exact", "--quiet", "--output", exact]) == 0)
            let model = folder.path + "/model"
            func code(_ arguments: String...) -> Int32 {
                CommandTests.exitCode(["export", hut] + arguments + ["--output", model])
            }
            #expect(code("--day", "bright", "--sizes", exact + "/sizes.csv") == 0)
            let day = try String(contentsOfFile: model, encoding: .utf8)
            #expect(day.contains("operator.balance.electricity") && !day.contains("operator.pv.capacity"))
            #expect(code("--day", "dull", "--format", "mps", "--json") == 0)
            #expect(code("--joint") == 0)
            let joint = try String(contentsOfFile: model, encoding: .utf8)
            #expect(joint.contains("operator.pv.capacity"))
            #expect(code("--day", "winter") == 65)
            #expect(code("--party", "operator") == 65)
            #expect(code() == 64)
            #expect(code("--day", "dull", "--joint") == 64)
            #expect(code("--joint", "--sizes", exact + "/sizes.csv") == 64)
            for text in [
                "", "a,b\n", "size,value\noperator.pv.capacity,x\n", "size,value\noperator.pv.capacity,1\n",
                "size,value\noperator.pv.capacity,1\noperator.battery.capacity,401\n",
            ] {
                try Data(text.utf8).write(to: folder.appendingPathComponent("sizes.csv"))
                #expect(code("--day", "dull", "--sizes", folder.path + "/sizes.csv") == 65)
            }
        }
    }

    /// Points of a sweep are what single runs on cases edited by hand give.
    @Test func aSweepOfSizesEqualsSingleRuns() throws {
        try withHut { hut, folder in
            let out = folder.path + "/sweep"
            #expect(
                CommandTests.exitCode([
                    "sweep", hut, "--over", "carbon.ladder.base_price=0.1:0.5:3", "--over",
                    "operator.devices.pv.investment=4000,9000", "--quiet", "--output", out,
                ]) == 0)
            let table = try rows(out + "/sweep.csv")
            #expect(table.count == 7 && table[0][0] == "carbon.ladder.base_price [CNY/kg]")
            let cost = try #require(table[0].firstIndex(of: "cost [CNY/a]"))
            for row in table.dropFirst() {
                let name = "\(row[0])-\(row[1])"
                try write(
                    Hut.yaml.replacing("base_price: 0.1 CNY/kg", with: "base_price: \(row[0]) CNY/kg")
                        .replacing("investment: 9000", with: "investment: \(row[1])"),
                    to: folder.appendingPathComponent(name))
                let single = folder.path + "/single-\(name)"
                #expect(
                    CommandTests.exitCode(["size", folder.path + "/" + name, "--exact", "--quiet", "--output", single])
                        == 0)
                #expect(try Double(row[cost]) == yearlyCost(single))
            }
            let figures = try FileManager.default.contentsOfDirectory(atPath: out + "/figures")
            #expect(figures.contains("cost.svg") && figures.contains("operator.pv.capacity.svg"))
            // A point without an answer is a row, and has its code.
            let short = folder.path + "/short"
            try write(
                Hut.yaml.split(separator: "\n").filter { !$0.contains("dark:") }.joined(separator: "\n"),
                to: folder.appendingPathComponent("night"))
            #expect(
                CommandTests.exitCode([
                    "sweep", folder.path + "/night", "--over", "grid.buy.max=20,100", "--quiet", "--output", short,
                ]) == 69)
            let failed = try rows(short + "/sweep.csv")
            #expect(failed.count == 3 && failed[1][0] == "20" && failed[2].last == "")
            #expect(failed[1].dropFirst().joined().contains("no sizes serve all days"))
        }
    }

    @Test func aSweepOfPricesEqualsSingleRuns() throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park")
            #expect(CommandTests.exitCode(["new", park.path]) == 0)
            let search = ["--evaluations", "20", "--population", "10", "--quiet", "--output"]
            let out = folder.path + "/sweep"
            let over = ["--over", "variant=no_v2g,no_carbon", "--over", "carbon.ladder.base_price=0.2,0.4"]
            #expect(CommandTests.exitCode(["sweep", park.path] + over + search + [out]) == 0)
            let table = try rows(out + "/sweep.csv")
            let payoff = try #require(table[0].firstIndex(of: "payoff [CNY]"))
            let file = park.appendingPathComponent("case.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            for row in table.dropFirst() {
                try Data(text.replacing("base_price: 0.25", with: "base_price: \(row[1])").utf8).write(to: file)
                let single = folder.path + "/\(row[0])-\(row[1])"
                #expect(CommandTests.exitCode(["price", park.path, "--variant", row[0]] + search + [single]) == 0)
                let data = try Data(contentsOf: URL(fileURLWithPath: single + "/manifest.json"))
                let manifest = try JSONSerialization.jsonObject(with: data) as? [String: Any]
                let alone = try #require(manifest?["payoff"] as? Double)
                #expect(try abs(#require(Double(row[payoff])) - alone) < 1e-6)
            }
            #expect(table.count == 5)
        }
    }

    /// A suite takes a case of sizing; its best known value is the exact optimum, and searches come near it from above.
    @Test func aComparisonOfSizes() throws {
        try withHut { _, folder in
            let file = folder.appendingPathComponent("suite.yaml")
            let suite = """
                suite: {schema: 1, name: huts, version: 1, population: 10, evaluations: 60}
                targets: [1, 0.1]
                problems:
                  - {case: hut}
                  - {case: hut, name: known, best_known: 1000}
                """
            try Data(suite.utf8).write(to: file)
            let suiteAsRead = try BenchmarkSuite.read(file)
            #expect(suiteAsRead.problems.map(\.bestKnown) == [nil, 1000])
            let problems = try suiteAsRead.solvedExactly().problems
            #expect(problems.map { $0.bestKnown == 1000 } == [false, true])
            #expect(problems.allSatisfy { !$0.isMaximised && $0.dimension == 2 })
            let known = try #require(problems[0].bestKnown)
            let out = folder.path + "/compare"
            #expect(
                CommandTests.exitCode([
                    "compare", file.path, "--algorithms", "ga,random", "--seeds", "2", "--workers", "1", "--quiet",
                    "--output", out,
                ]) == 0)
            for row in try rows(out + "/final.csv").dropFirst() {
                let value = try #require(Double(row[3]))
                #expect(value >= known * (1 - 1e-9) && value < 2 * known)
            }
        }
    }
}
