import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

@Suite struct CompareCommandTests {
    static let suite = """
        suite: {schema: 1, name: small, version: 1, population: 10, evaluations: 4000}
        targets: [1, 0.01]
        problems:
          - {function: sphere, dimension: 5}
          - {function: rastrigin, dimension: 8}
        """

    private func files(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
        where !path.hasSuffix("manifest.json") && !path.hasSuffix("times.csv") {
            files[path] = FileManager.default.contents(atPath: folder + "/" + path)
        }
        return files
    }

    /// Payoffs of games hang on the tie rule, so the page names it, as the report does; functions have none.
    @Test func thePageNamesTheTieRuleOfGames() throws {
        let game = """
            case: {schema: 1, name: home}
            time: {steps: 2, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            game: {followers: {ties: pessimistic}}
            operator: {prices: {electricity_sell: {min: 0.3, max: 1.0}}}
            users: {home: {demand: {electricity: 10}}}
            """
        try TemporaryFolder.with { folder in
            let home = folder.appendingPathComponent("home")
            try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
            try Data(game.utf8).write(to: home.appendingPathComponent("case.yaml"))
            let names = ["functions", "games"]
            let games = Self.suite.replacing("{function: sphere, dimension: 5}", with: "{case: home, best_known: 16}")
            for (name, text) in zip(names, [Self.suite, games]) {
                let suite = folder.appendingPathComponent("\(name).yaml")
                try Data(text.utf8).write(to: suite)
                let out = folder.path + "/\(name)"
                #expect(
                    CommandTests.exitCode([
                        "compare", suite.path, "--algorithms", "ga,random", "--seeds", "1", "--evaluations", "20",
                        "--quiet", "--output", out,
                    ]) == 0)
                let page = try String(contentsOfFile: out + "/report.html", encoding: .utf8)
                let report = try String(contentsOfFile: out + "/report.md", encoding: .utf8)
                for told in [page, report] {
                    #expect(told.contains("Ties of followers: pessimistic.") == (name == "games"), "\(name)")
                }
            }
        }
    }

    @Test func wrongUseHasItsCode() throws {
        try TemporaryFolder.with { folder in
            let suite = folder.appendingPathComponent("suite.yaml")
            try Data(Self.suite.utf8).write(to: suite)
            func code(_ options: String...) -> Int32 {
                CommandTests.exitCode(
                    [
                        "compare", suite.path, "--quiet", "--seeds", "1", "--evaluations", "20", "--output",
                        folder.path + "/out",
                    ]
                        + options)
            }
            #expect(code("--algorithms", "ga,gap") == 65)
            #expect(code("--algorithms", "ga", "--reference", "pso") == 65)
            #expect(code("--algorithms", "ga", "--workers", "many") == 65)
            #expect(code("--algorithms", "de", "--population", "3") == 65)
            #expect(CommandTests.exitCode(["compare", folder.path + "/none.yaml"]) == 65)
            #expect(code("--algorithms", "ga, pso") == 0)
            #expect(code("--algorithms", "ga,pso,random") == 0)
            #expect(code("--algorithms", "ga", "--evaluations", "30") == 65)
            try Data(Self.suite.replacingOccurrences(of: "0.01", with: "0.02").utf8).write(to: suite)
            #expect(code("--algorithms", "ga") == 65)
            try Data("else".utf8).write(to: folder.appendingPathComponent("file"))
            #expect(
                CommandTests.exitCode(
                    ["compare", suite.path, "--algorithms", "ga", "--quiet", "--output", folder.path + "/file"]) == 73)
        }
    }

    /// The program itself, as built beside the tests.
    static let program = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("stackelberg")

    /// Killed at several moments and started again, a comparison ends with the bytes of one that was left alone.
    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: program.path), "the program is not built"))
    func killedAndStartedAgainEndsTheSame() throws {
        try TemporaryFolder.with { folder in
            let suite = folder.appendingPathComponent("suite.yaml")
            try Data(Self.suite.utf8).write(to: suite)
            func process(_ output: String) throws -> Process {
                let process = Process()
                process.executableURL = Self.program
                process.arguments = [
                    "compare", suite.path, "--algorithms", "ga,lshade,random", "--seeds", "4", "--workers", "2",
                    "--quiet",
                    "--output", folder.path + "/" + output,
                ]
                try process.run()
                return process
            }
            let whole = try process("whole")
            whole.waitUntilExit()
            #expect(whole.terminationStatus == 0)
            var kills = 0
            for delay in [0.02, 0.05, 0.1, 0.2, 0.3, 0.5] {
                let process = try process("killed")
                Thread.sleep(forTimeInterval: delay)
                if process.isRunning {
                    kill(process.processIdentifier, SIGKILL)
                    kills += 1
                }
                process.waitUntilExit()
            }
            #expect(kills > 0)
            let last = try process("killed")
            last.waitUntilExit()
            #expect(last.terminationStatus == 0)
            #expect(try files(folder.path + "/killed") == files(folder.path + "/whole"))
        }
    }

    @Test func biasNamesWhatItMeasured() throws {
        #expect(CommandTests.exitCode(["bias", "--algorithms", "none"]) == 65)
        #expect(
            CommandTests.exitCode(["bias", "--algorithms", "random", "--seeds", "1", "--noise-runs", "5", "--csv"]) == 0
        )
    }
}
