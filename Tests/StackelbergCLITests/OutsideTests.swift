import Disk
import Foundation
import Studies
import TestSupport
import Testing

/// What comes from outside the program: streams, folders, limits of the machine, others at the same place.
@Suite(.serialized, .enabled(if: ProgramProcess.isBuilt)) struct OutsideTests {
    /// One user, two hours, one price: solved in no time.
    private static let yaml = """
        case: {schema: 1, name: fit}
        time: {steps: 2}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.2, max: 1 MW}, sell: {price: 0.1, max: 1 MW}}
        operator:
          devices: {pv: {type: pv, capacity: 200, profile: 1}}
          prices: {electricity_sell: {min: 0.1, max: 0.5}}
        users:
          u: {demand: {electricity: 100}}
        """

    private static func withCase<Result>(_ body: (_ parent: URL) throws -> Result) throws -> Result {
        try TemporaryFolder.with { parent in
            try WholeFile.write(yaml, to: parent.appendingPathComponent("fit/case.yaml"))
            return try body(parent)
        }
    }

    private static func price(_ output: String, evaluations: Int = 40, seed: Int = 1) -> [String] {
        [
            "price", "fit", "--algorithm", "ga", "--evaluations", "\(evaluations)", "--population", "10", "--seed",
            "\(seed)", "--quiet", "--output", output,
        ]
    }

    /// Every file but those with times in them.
    private static func content(_ folder: URL) throws -> [String: Data] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return paths.reduce(into: [:]) { content, path in
            guard !["manifest.json", StudyStore.fileName].contains(path) else { return }
            content[path] = FileManager.default.contents(atPath: folder.path + "/" + path)
        }
    }

    // MARK: Streams

    /// Whatever cannot be told, the program ends in order, and its result is there.
    @Test(arguments: [
        ("2>/dev/full", 0, 0, 65), ("2>&-", 0, 0, 65), (">/dev/full", 73, 0, 65), (">&-", 73, 0, 65),
        (">/dev/full 2>/dev/full", 73, 0, 65), ("<&- >&- 2>&-", 73, 0, 65),
    ])
    func streamsThatCannotBeWritten(redirections: String, listing: Int32, pricing: Int32, failing: Int32) throws {
        try Self.withCase { parent in
            func code(_ arguments: [String]) throws -> Int32 {
                let ending = try ProgramProcess.run(arguments, in: parent, redirections: redirections)
                #expect(!ending.wasKilled)
                return ending.code
            }
            for arguments in [["check", "fit"], ["show", "--schema"], ["list", "fit"], ["--help"]] {
                #expect(try code(arguments) == listing, "\(arguments)")
            }
            #expect(try code(["price", "nowhere"]) == failing)
            #expect(try code(Self.price("out")) == pricing)
            #expect(try code(Self.price("loud").filter { $0 != "--quiet" }) == listing)
            #expect(try code(["nothing"]) == 64)
            let (quiet, loud) = (parent.appendingPathComponent("out"), parent.appendingPathComponent("loud"))
            let content = try Self.content(quiet)
            #expect(content.count > 5)
            #expect(try Self.content(loud) == content)
        }
    }

    /// A warning that cannot be told is not as if it had been.
    @Test func warningsThatCannotBeToldChangeTheCode() throws {
        try Self.withCase { parent in
            let odd = Self.yaml.replacing("grid: {buy: {price: 0.2", with: "grid: {buy: {price: [0, 0]")
            try WholeFile.write(odd, to: parent.appendingPathComponent("odd/case.yaml"))
            let told = try ProgramProcess.run(["check", "odd"], in: parent)
            let untold = try ProgramProcess.run(["check", "odd"], in: parent, redirections: "2>/dev/full")
            #expect(untold.code == (told.errors.isEmpty ? told.code : told.code == 0 ? 73 : told.code))
        }
    }

    /// A reader that has seen enough is no failure.
    @Test func aReaderMayGo() throws {
        // The shell tells the code of the program, which the pipe would hide.
        let show = "{ \"$0\" show --schema; echo $? >&2; } | head -1; exit 0; "
        let ending = try ProgramProcess.run([], before: show)
        #expect(ending.errors == "0\n" && ending.output.split(separator: "\n").count == 1)
        // A reader that is gone before anything is written.
        let export = "{ \"$0\" export fit --party u --output /dev/stdout; echo $? >&2; } | true; exit 0; "
        let errors = try Self.withCase { parent in try ProgramProcess.run([], in: parent, before: export).errors }
        #expect(errors == "0\n")
    }

    // MARK: Options

    @Test(arguments: [
        ["price", "fit", "--population", "9223372036854775807"], ["price", "fit", "--population", "100001"],
        ["price", "fit", "--evaluations", "1000000001"], ["price", "fit", "--evaluations", "1e400"],
        ["price", "fit", "--seed", "9223372036854775808"], ["price", "fit", "--seed=-1"],
        ["price", "fit", "--workers", "1025"], ["size", "fit", "--exact-seconds", "nan"],
        ["size", "fit", "--exact-seconds", "inf"],
        ["sweep", "fit", "--over", "grid.buy.price=1,2", "--population", "0"],
        ["certify", "fit", "--time", "inf"], ["certify", "fit", "--time", "1e9"], ["certify", "fit", "--nodes", "0"],
        ["solve", "a", "b", "--evaluations", "99999999999999999999"], ["solve", "a", "b", "--time", "nan"],
        ["compare", "suite.yaml", "--seeds", "9223372036854775807"], ["compare", "suite.yaml", "--seeds", "0"],
        ["compare", "suite.yaml", "--evaluations", "9223372036854775807"],
        ["bias", "--seeds", "9223372036854775807"], ["bias", "--noise-runs=-3"],
        ["days", "year.csv", "--output", "x", "--count", "367"],
        ["days", "year.csv", "--output", "x", "--table", "../../y"],
        ["forecast", "h.csv", "--held-out=-1"], ["forecast", "h.csv", "--held-out", "9223372036854775807"],
    ])
    func optionsKeepTheirLimits(arguments: [String]) throws {
        try Self.withCase { parent in
            let suite = """
                suite: {schema: 1, name: s, version: 1, evaluations: 100, population: 20}
                targets: [1]
                problems: [{function: sphere, dimension: 2}]
                """
            try WholeFile.write(suite, to: parent.appendingPathComponent("suite.yaml"))
            let ending = try ProgramProcess.run(arguments, in: parent)
            #expect(ending.code == 65 && !ending.wasKilled)
            let option = try #require(arguments.last { $0.hasPrefix("--") }?.split(separator: "=").first)
            #expect(ending.errors.hasPrefix("\(option) ") && ending.errors.contains("write "), "\(ending.errors)")
            #expect(Set(try FileManager.default.contentsOfDirectory(atPath: parent.path)) == ["fit", "suite.yaml"])
        }
    }

    // MARK: The machine

    /// Fewer workers, and none but the one that asks: the tables are the same.
    @Test func limitsOfTheMachineChangeNoResult() throws {
        try Self.withCase { parent in
            #expect(try ProgramProcess.run(Self.price("free", evaluations: 200), in: parent).code == 0)
            let whole = try Self.content(parent.appendingPathComponent("free"))
            for kilobytes in [200_000, 300_000, 500_000] {
                let ending = try ProgramProcess.run(
                    Self.price("\(kilobytes)", evaluations: 200) + ["--workers", "64"], in: parent,
                    before: "ulimit -v \(kilobytes) || exit 0; ")
                // A library that has no room is the system's to tell.
                guard ending.code != 127 else { continue }
                #expect(!ending.wasKilled && [0, 71].contains(ending.code), "\(ending.errors)")
                if ending.code == 0 {
                    #expect(try Self.content(parent.appendingPathComponent("\(kilobytes)")) == whole)
                } else {
                    #expect(ending.errors.contains("ulimit -v"))
                }
            }
            // No file may be opened beyond the three streams and a few: told, with a code.
            for number in [5, 6, 7, 8, 12] {
                let ending = try ProgramProcess.run(
                    Self.price("\(number)"), in: parent, before: "ulimit -n \(number); ")
                #expect(!ending.errors.contains("Signal"), "\(number): \(ending.errors)")
                #expect(!ending.wasKilled && [0, 65, 73, 127].contains(ending.code), "\(number): \(ending.code)")
            }
        }
    }

    // MARK: Others at the same place

    @Test func oneFolderOneRun() throws {
        try Self.withCase { parent in
            let axis = "operator.prices.electricity_sell.max=0.3,0.4"
            for number in 0..<6 {
                func command(_ seed: Int) -> [String] {
                    let price = Self.price("out\(number)", evaluations: 400, seed: seed)
                    return number.isMultiple(of: 2) ? price : ["sweep", "fit", "--over", axis] + price.dropFirst(2)
                }
                let both = try [1, 2].map { try ProgramProcess(command($0), in: parent) }.map { $0.end() }
                let codes = both.map(\.code)
                #expect(codes.contains(0) && codes.contains { $0 == 75 || $0 == 73 }, "\(codes)")
                #expect(
                    both.allSatisfy {
                        $0.code == 0 || $0.errors.contains("the output folder") || $0.errors.contains("in use")
                    })
            }
        }
    }

    /// Its folder is removed and made anew by somebody else: nothing is written there, and nothing taken away.
    @Test func aRunNoticesThatItsFolderIsGone() throws {
        try Self.withCase { parent in
            let folder = parent.appendingPathComponent("out")
            let process = try ProgramProcess(Self.price("out", evaluations: 1_000_000), in: parent)
            for _ in 0..<1_000 {
                if let overview = try? StudyOverview(folder), overview.evaluations > 0 { break }
                Thread.sleep(forTimeInterval: 0.01)
            }
            try FileManager.default.removeItem(at: folder)
            try Folder.make(folder)
            let lock = try FolderLock(folder)
            let ending = process.end()
            #expect(ending.code == 73 && !ending.wasKilled)
            #expect(ending.errors.contains("was removed or replaced") && !ending.errors.contains("resume"))
            try lock.check()
            #expect(Folder.content(of: folder) == [])
        }
    }

    // MARK: Going on

    /// Killed again and again, the same command goes on; the bytes are those of a sweep left alone, and nothing else is
    /// left.
    @Test func aKilledSweepGoesOn() throws {
        try Self.withCase { parent in
            func sweep(_ output: String, seed: Int = 1) -> [String] {
                ["sweep", "fit", "--over", "operator.prices.electricity_sell.max=0.3:0.5:12"]
                    + Self.price(output, evaluations: 1_500, seed: seed).dropFirst(2)
            }
            let (whole, folder) = (parent.appendingPathComponent("whole"), parent.appendingPathComponent("killed"))
            #expect(try ProgramProcess.run(sweep("whole"), in: parent).code == 0)
            let points = folder.appendingPathComponent("points.jsonl")
            func stored() -> Int { (FileManager.default.contents(atPath: points.path) ?? Data()).count { $0 == 10 } }
            var kills = 0
            for target in [1, 3, 6] {
                let process = try ProgramProcess(sweep("killed"), in: parent)
                while stored() < target, process.process.isRunning { Thread.sleep(forTimeInterval: 0.002) }
                process.send(SIGKILL)
                kills += process.end().wasKilled ? 1 : 0
                #expect(stored() >= target)
            }
            #expect(kills == 3)
            // Cut short within a line, as a full disk leaves it.
            let file = try FileHandle(forUpdating: points)
            try file.truncate(atOffset: file.seekToEnd() - 5)
            try file.close()
            let before = stored()
            let other = try ProgramProcess.run(sweep("killed", seed: 2), in: parent)
            #expect(other.code == 65 && other.errors.contains("holds another sweep, which is not done"))
            #expect(try ProgramProcess.run(Self.price("killed"), in: parent).code == 73)
            #expect(stored() == before)
            #expect(try ProgramProcess.run(sweep("killed") + ["--workers", "2"], in: parent).code == 0)
            #expect(try Self.content(folder) == Self.content(whole))
            #expect(try ProgramProcess.run(sweep("killed"), in: parent).code == 73)
        }
    }

    @Test func aDoneStudyWritesWhatIsGone() throws {
        try Self.withCase { parent in
            let folder = parent.appendingPathComponent("out")
            #expect(try ProgramProcess.run(Self.price("out"), in: parent).code == 0)
            let whole = try Self.content(folder)
            for files in [["prices.csv"], ["manifest.json", "report.html"], Array(whole.keys) + ["manifest.json"]] {
                for file in files { try FileManager.default.removeItem(at: folder.appendingPathComponent(file)) }
                #expect(try ProgramProcess.run(["resume", "out", "--quiet"], in: parent).code == 0)
                #expect(try Self.content(folder) == whole)
                #expect(FileManager.default.fileExists(atPath: folder.path + "/manifest.json"))
            }
            let done = try ProgramProcess.run(["resume", "out"], in: parent)
            #expect(done.code == 0 && done.errors.contains("is done"))
        }
    }

    /// A run is certified from anywhere, with the case as it was, whatever has become of that.
    @Test func aRunKeepsItsCase() throws {
        try Self.withCase { parent in
            #expect(try ProgramProcess.run(Self.price("out"), in: parent).code == 0)
            let elsewhere = parent.appendingPathComponent("elsewhere")
            try Folder.make(elsewhere)
            func certify(_ output: String) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(
                    ["certify", "../out", "--time", "0", "--json", "--output", output], in: elsewhere)
            }
            let first = try certify("a")
            #expect(first.code == 0)
            try WholeFile.write(
                Self.yaml.replacing("electricity: 100", with: "electricity: 150"),
                to: parent.appendingPathComponent("fit/case.yaml"))
            let second = try certify("b")
            try FileManager.default.removeItem(at: parent.appendingPathComponent("fit"))
            let third = try certify("c")
            // Each says its own folder, and else the same.
            let common = [(first, "a"), (second, "b"), (third, "c")].map { ending, folder in
                #expect(ending.output.contains("\"folder\" : \"\(folder)\","))
                return ending.output.replacing("\"folder\" : \"\(folder)\"", with: "")
            }
            #expect(common[1] == common[0] && common[2] == common[0])
            #expect(try ProgramProcess.run(["report", "../out"], in: elsewhere).code == 0)
        }
    }

    /// A file that another program writes by name arrives in the same way as all others.
    @Test func exportsAreWrittenThroughLinksAndIntoPipes() throws {
        try Self.withCase { parent in
            func export(_ output: String) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(["export", "fit", "--party", "u", "--output", output], in: parent)
            }
            #expect(try export("plain.lp").code == 0)
            let plain = try Data(contentsOf: parent.appendingPathComponent("plain.lp"))
            #expect(symlink("real.lp", parent.path + "/link.lp") == 0)
            #expect(try export("link.lp").code == 0)
            #expect(try Data(contentsOf: parent.appendingPathComponent("real.lp")) == plain)
            #expect(try FileManager.default.destinationOfSymbolicLink(atPath: parent.path + "/link.lp") == "real.lp")
            #expect(try export("/dev/stdout").output.hasPrefix(String(decoding: plain, as: UTF8.self)))
            #expect(try export("nowhere/a.lp").code == 73)
            #expect(try export("/dev/full").code == 73)
            let gone = try FileManager.default.contentsOfDirectory(atPath: parent.path).sorted()
            #expect(gone == ["fit", "link.lp", "plain.lp", "real.lp"])
        }
    }
}
