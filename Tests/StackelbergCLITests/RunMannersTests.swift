import ArgumentParser
import Foundation
import Reports
import ResultFiles
import TestSupport
import Testing

@testable import StackelbergCLI
@testable import Studies

/// What commands say beside their results: where those are, how long they take, in what units, and what fails.
@Suite struct RunMannersTests {
    @Test func aLostRankHasTheCodeOfWhatMayWorkLater() throws {
        #expect(throws: ExitCode(75)) { try reporting { throw RankError.lost(rank: 2, reason: "it is a test") } }
    }

    /// Swift reads the command line from /proc, which a bare chroot lacks.
    @Test(.enabled(if: Mounts.areOurs, "no file system can be mounted here"))
    func aCommandIsDoneWhereNothingIsKnownOfProcesses() throws {
        let version = try Mounts.runWithoutProc(["--version"])
        #expect(version.code == 0 && version.output == Version.number + "\n")
        let missing = try Mounts.runWithoutProc(["check", "no such case"])
        #expect(missing.code == 65 && missing.errors.contains("no such case"))
        #expect(try Mounts.runWithoutProc(["no-such-command"]).code == 64)
        #expect(try Mounts.runWithoutProc([]).output.contains("USAGE: stackelberg"))
        try TemporaryFolder.with { folder in
            try Self.write(CompareCommandTests.suite, to: "suite.yaml", in: folder)
            let suite = folder.appendingPathComponent("suite.yaml").path
            let scripts = folder.appendingPathComponent("scripts").path
            let ending = try Mounts.runWithoutProc([
                "cluster", "compare", suite, "--seeds", "1", "--kind", "bash", "--folder", scripts, "--parts", "1",
                "--output", folder.appendingPathComponent("whole").path,
            ])
            #expect(ending.code == 0, "\(ending.errors)")
            // What they start is this program.
            let script = try String(contentsOfFile: scripts + "/array.sh", encoding: .utf8)
            #expect(script.contains("'\(ProgramProcess.path)' compare"), "\(script)")
        }
    }

    /// A study stays in the folder of its result, and is one that is done.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func aFolderThatIsTakenIsSaidToHoldWhatItHolds() throws {
        try TemporaryFolder.with { folder in
            try Self.write(Hut.yaml, to: "case.yaml", in: folder)
            let (done, begun) = (folder.path + "/done", folder.path + "/begun")
            let size = [
                "size", folder.path, "--algorithm", "lshade", "--evaluations", "20", "--population", "10", "--output",
            ]
            #expect(try ProgramProcess.run(size + [done]).code == 0)
            let again = try ProgramProcess.run(size + [done])
            #expect(again.code == 73 && again.errors.contains("results are never overwritten"), "\(again.errors)")
            // As a kill leaves it.
            try FileManager.default.createDirectory(atPath: begun, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: done + "/study.sqlite", toPath: begun + "/study.sqlite")
            let other = try ProgramProcess.run(size + [begun])
            #expect(other.code == 73 && other.errors.contains("stackelberg resume"), "\(other.errors)")
        }
    }

    private static func write(_ text: String, to file: String, in folder: URL) throws {
        try Data(text.utf8).write(to: folder.appendingPathComponent(file))
    }

    /// Two cars, of which one leaves before the cheap hours. The sum of both serves it from the other's battery and
    /// charges 20 kWh at 0.1: 2 CNY. By themselves one charges 10 kWh at 1, the other 10 kWh at 0.1: 11 CNY.
    private static let yard = """
        case: {schema: 1, name: yard}
        time: {steps: 8}
        tables: {s: {file: s.csv, index: id}}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.05, max: 1 MW}}
        operator:
          prices: {electricity_sell: [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.1]}
        ev_stations:
          yard: {sessions: s, v2g: true, charge_efficiency: 1, discharge_efficiency: 1, degradation_cost: 2}
        variants:
          each: {ev_stations.yard.individual: true}

        """
    private static let cars = """
        id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        a,0,4,40,10,10,0,0.25
        b,0,8,40,10,10,0.75,1

        """

    @Test(.enabled(if: ProgramProcess.isBuilt)) func aFleetThatCannotFollowItsPathIsNotProved() throws {
        try TemporaryFolder.with { folder in
            try Self.write(Self.yard, to: "case.yaml", in: folder)
            try Self.write(Self.cars, to: "s.csv", in: folder)
            let sum = try ProgramProcess.run(["evaluate", folder.path, "--output", folder.path + "/sum"])
            #expect(sum.code == 70)
            #expect(
                sum.output.contains(
                    "FAIL  yard disaggregated: every vehicle's own schedule is feasible; vehicles do not follow at most 100.00 % of the "
                        + "fleet's energy moved, above 25 %; their own schedules cost 9.00 CNY more than its path; more 'groups'"
                ),
                "\(sum.output)")
            let each = try ProgramProcess.run(
                ["evaluate", folder.path, "--variant", "each", "--output", folder.path + "/each"])
            #expect(each.code == 0 && each.output.contains("electricity purchase   11.00"), "\(each.output)")
        }
    }

    private static let megawatts = """
        case: {schema: 1, name: mw}
        units: {power: MW, energy: MWh, mass: t, currency: EUR}
        time: {steps: 2}
        carriers: {electricity: {}}
        grid: {buy: {price: 40, max: 10}}
        operator:
          prices: {electricity_sell: {min: 30, max: 90, mean_max: 60}}
        users:
          u: {demand: {electricity: [2, 3]}}
        optimiser: {evaluations: 40, population: 10}

        """

    @Test(.enabled(if: ProgramProcess.isBuilt)) func aCaseInMegawattsIsAnsweredInItsUnits() throws {
        try TemporaryFolder.with { folder in
            try Self.write(Self.megawatts, to: "case.yaml", in: folder)
            let said =
                "The case is written in MW, MWh and t; powers, energies and masses in tables and on the page are in kW"
            let check = try ProgramProcess.run(["check", folder.path])
            #expect(check.code == 0 && check.output.contains(said), "\(check.output)")
            // 3 MWh at 90 and 2 MWh at 30 are 330 EUR, of which 200 go to the grid.
            let out = folder.path + "/out"
            let price = try ProgramProcess.run(["price", folder.path, "--ties", "optimistic", "--output", out])
            #expect(price.code == 0 && price.output.contains(said) && price.output.contains("Payoff 130.00 EUR"))
            #expect(
                price.output.contains("price [EUR/MWh]") && price.output.contains("30.0  60.0  90.0"), "\(price.output)"
            )
            let json = try ProgramProcess.run(["evaluate", out, "--json", "--output", out + "-json"])
            let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
            #expect(object?["folder"] as? String == out + "-json")
        }
    }

    @Test(.enabled(if: ProgramProcess.isBuilt)) func theEndingOfAModelFileIsItsFormat() throws {
        try TemporaryFolder.with { folder in
            try Self.write(Self.megawatts, to: "case.yaml", in: folder)
            func export(_ file: String, _ more: [String] = []) throws -> (code: Int32, text: String) {
                let path = folder.path + "/" + file
                let run = try ProgramProcess.run(["export", folder.path, "--party", "u", "--output", path] + more)
                return (run.code, (try? String(contentsOfFile: path, encoding: .utf8)) ?? run.errors)
            }
            let mps = try export("u.mps")
            #expect(mps.code == 0 && mps.text.hasPrefix("NAME") && mps.text.contains("ROWS"))
            #expect(try export("u.lp").text.contains("Minimize") && export("u.txt").text.contains("Minimize"))
            #expect(try export("v.txt", ["--format", "mps"]).text.hasPrefix("NAME"))
            let clash = try export("w.lp", ["--format", "mps"])
            #expect(clash.code == 64 && clash.text.contains("ends as a file of the other format"))
            let packed = try export("w.mps.gz")
            #expect(packed.code == 64 && packed.text.contains("Take .gz off the name"))
        }
    }

    @Test(.enabled(if: ProgramProcess.isBuilt)) func adviceIsWhatACommandCanDo() throws {
        try TemporaryFolder.with { folder in
            try Self.write("x", to: "x", in: folder)
            let new = try ProgramProcess.run(["new", folder.path])
            #expect(new.code == 73 && new.errors.contains("Name another folder") && !new.errors.contains("--output"))
        }
        let words = ["evaluations", "budget"].map { CommandTests.exitCode(["solve", "a", "b", "--\($0)", "0"]) }
        #expect(words == [65, 65])
        #expect(try SolveCommand.parse(["a", "b", "--budget", "7"]).evaluations.text == "7")
        #expect(try SolveCommand.parse(["a", "b", "--evaluations", "7"]).evaluations.text == "7")
    }

    /// A series is one, whether it is named with its unit or without.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func aPeakIsKnownByItsNameWithItsUnit() throws {
        try TemporaryFolder.with { folder in
            let rows = (0..<8760).map { "\($0),\($0 % 24 + $0 / 24 % 7)" }
            try Self.write((["hour,load [kW]"] + rows).joined(separator: "\n"), to: "y.csv", in: folder)
            func days(_ more: String...) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(
                    ["days", folder.path + "/y.csv", "--count", "3", "--output", folder.path + "/o"] + more)
            }
            let (plain, named) = try (days("--peak", "load"), days("--peak", "load [kW]", "--column", "load"))
            #expect(plain.code == 0 && named.code == 0 && plain.output == named.output)
            #expect(plain.output.contains("# load: total") && plain.output.contains("peak 29 of 29"), "\(plain.output)")
        }
    }

    @Test func aLogHearsOfALongRun() {
        final class Lines: @unchecked Sendable { var all: [String] = [] }
        let lines = Lines()
        let heartbeat = Heartbeat { lines.all.append($0) }
        heartbeat.beat()
        heartbeat.say("40 of 100 evaluations")
        heartbeat.beat()
        heartbeat.say("bounds")
        heartbeat.say("robust prices")
        heartbeat.beat()
        heartbeat.stop()
        heartbeat.beat()
        #expect(lines.all == ["40 of 100 evaluations (10 s)", "robust prices (20 s)"])
    }

    @Test func aFolderGoesWhereItsKeyBelongs() throws {
        struct Result: Encodable {
            let apple = -0.0
            let list = [-0.0, 1]
            let zoo = ["folder": "not this -0"]
        }
        let json = JSONText.adding("folder", "out/\"x\"", to: JSONText.of(Result()))
        let lines = json.split(separator: "\n").map(String.init)
        #expect(Array(lines.prefix(3)) == ["{", #"  "apple" : 0,"#, #"  "folder" : "out/\"x\"","#])
        #expect(!json.contains("-0,") && !json.contains(": -0\n") && json.contains("not this -0"))
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        #expect(object["folder"] as? String == "out/\"x\"" && object.count == 4)
        #expect(JSONText.adding("folder", "a", to: JSONText.of(["e": 1])) == "{\n  \"e\" : 1,\n  \"folder\" : \"a\"\n}")
    }
}
