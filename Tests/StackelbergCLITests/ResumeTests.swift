import Disk
import Foundation
import Studies
import TestSupport
import Testing

/// Studies that are killed, stopped, or run out of disk, and go on.
@Suite(.serialized, .enabled(if: ProgramProcess.isBuilt)) struct ResumeTests {
    private static let evaluations = 1_500

    private static func price(_ park: URL, to folder: URL, workers: Int = 2) -> [String] {
        [
            "price", park.path, "--evaluations", "\(evaluations)", "--population", "20", "--workers", "\(workers)",
            "--output", folder.path,
        ]
    }

    /// Every file but those with times in them.
    private static func content(_ folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !["manifest.json", StudyStore.fileName].contains($0) }
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
    }

    /// Runs a body with a park, and the folder of a study that was left alone.
    private static func withPark(_ body: (_ park: URL, _ whole: URL, _ parent: URL) throws -> Void) throws {
        try TemporaryFolder.with { parent in
            let (park, whole) = (parent.appendingPathComponent("park"), parent.appendingPathComponent("whole"))
            #expect(try ProgramProcess.run(["new", park.path]).code == 0)
            #expect(try ProgramProcess.run(price(park, to: whole)).code == 0)
            try body(park, whole, parent)
        }
    }

    private static func waitForGeneration(_ folder: URL, over evaluations: Int = 0) throws {
        for _ in 0..<9_000 {
            if let overview = try? StudyOverview(folder), overview.evaluations > evaluations { return }
            Thread.sleep(forTimeInterval: 0.01)
        }
        Issue.record("no generation was stored within a minute and a half")
    }

    /// Killed five times at random moments, and its case deleted: the tables are those of a study left alone, to the
    /// byte.
    @Test func killedAndResumed() throws {
        try Self.withPark { park, whole, parent in
            var numbers = SeededNumbers(seed: 11)
            let folder = parent.appendingPathComponent("killed")
            var process = try ProgramProcess(Self.price(park, to: folder, workers: 1))
            try Self.waitForGeneration(folder)
            var stored = 0
            for _ in 0..<5 {
                Thread.sleep(forTimeInterval: numbers.uniform(in: 0...0.25))
                process.send(SIGKILL)
                _ = process.end()
                let now = try StudyOverview(folder).evaluations
                #expect(now >= stored)
                stored = now
                try? FileManager.default.removeItem(at: park)
                process = try ProgramProcess(["resume", folder.path])
            }
            #expect(process.end().code == 0)
            #expect(try Self.content(folder) == Self.content(whole))
            let done = try ProgramProcess.run(["resume", folder.path])
            #expect(done.code == 0 && done.errors.contains("is done"))
        }
    }

    @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func stoppedInOrder(signal: Int32, code: Int32) throws {
        try Self.withPark { park, whole, parent in
            let folder = parent.appendingPathComponent("stopped")
            let process = try ProgramProcess(Self.price(park, to: folder))
            try Self.waitForGeneration(folder)
            process.send(signal)
            let ending = process.end()
            #expect(ending.code == code && !ending.wasKilled)
            let overview = try StudyOverview(folder)
            #expect(overview.state == .stopped && overview.evaluations < Self.evaluations)
            #expect(
                ending.errors == "stopped after \(overview.evaluations) of \(Self.evaluations) evaluations, which are "
                    + "stored. Go on with: stackelberg resume \(folder.path)\n")
            // Nothing but the store is left behind.
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [StudyStore.fileName])
            #expect(try ProgramProcess.run(["resume", folder.path]).code == 0)
            #expect(try Self.content(folder) == Self.content(whole))
        }
    }

    /// However large the first models and climbs are, nobody waits for them.
    @Test(arguments: [0.0, 1.0]) func stoppedInTheMiddleOfALargeStep(delay: Double) throws {
        try TemporaryFolder.with { parent in
            try WholeFile.write(
                ManyUsers.yaml(users: 10, steps: 168), to: parent.appendingPathComponent("case.yaml"))
            let folder = parent.appendingPathComponent("stopped")
            let process = try ProgramProcess(
                ["price", parent.path, "--evaluations", "600", "--workers", "2", "--output", folder.path])
            let store = folder.appendingPathComponent(StudyStore.fileName).path
            for _ in 0..<6_000 where !FileManager.default.fileExists(atPath: store) {
                Thread.sleep(forTimeInterval: 0.01)
            }
            // The store is there, and the signals are heeded, a moment later.
            Thread.sleep(forTimeInterval: 0.3 + delay)
            let start = Date()
            process.send(SIGINT)
            let ending = process.end()
            #expect(Date().timeIntervalSince(start) < 2)
            #expect(ending.code == 130 && !ending.wasKilled)
            let overview = try StudyOverview(folder)
            #expect(overview.state == .stopped)
            #expect(
                ending.errors.hasPrefix("stopped after \(overview.evaluations) of 600 evaluations, which are stored."))
        }
    }

    @Test func aSecondProcessIsToldWhoHoldsTheStudy() throws {
        try Self.withPark { park, whole, parent in
            let folder = parent.appendingPathComponent("held")
            let process = try ProgramProcess(Self.price(park, to: folder))
            try Self.waitForGeneration(folder)
            // Held still, so that it cannot end before the second has looked.
            process.send(SIGSTOP)
            let second = try ProgramProcess.run(["resume", folder.path])
            let begun = try ProgramProcess.run(Self.price(park, to: folder))
            let listed = try ProgramProcess.run(["list", parent.path, "--json"])
            process.send(SIGCONT)
            #expect(process.end().code == 0)
            #expect(second.code == 75)
            #expect(second.errors.contains("in use by process \(process.process.processIdentifier)."))
            #expect(begun.code == 75 && begun.errors == second.errors)
            let rows = try #require(
                try JSONSerialization.jsonObject(with: Data(listed.output.utf8)) as? [[String: Any]])
            #expect(rows.map { $0["state"] as? String } == ["running", "done"])
            #expect(rows.map { $0["folder"] as? String } == [folder.path, whole.path])
            // The search for prices that pay for certain may end before its budget does.
            let spent = try #require(rows[1]["evaluations"] as? Int)
            #expect(spent > 0 && spent <= Self.evaluations && rows[1]["algorithm"] as? String == "auto")
            #expect(try Self.content(folder) == Self.content(whole))
        }
    }

    /// A limit on files stands for a full disk: told with its code, and what was stored before stays.
    @Test func aFullDiskIsTold() throws {
        try Self.withPark { park, whole, parent in
            let folder = parent.appendingPathComponent("full")
            let full = try ProgramProcess.run(Self.price(park, to: folder), limit: 400)
            let overview = try StudyOverview(folder)
            #expect(full.code == 73 && !full.wasKilled)
            #expect(full.errors.contains("cannot write '\(folder.path)/\(StudyStore.fileName)'"))
            #expect(full.errors.contains("\(overview.evaluations) of \(Self.evaluations) evaluations are stored."))
            #expect(overview.state == .stopped && overview.evaluations > 0)
            #expect(try ProgramProcess.run(["resume", folder.path], limit: 400).code == 73)
            #expect(try ProgramProcess.run(["resume", folder.path]).code == 0)
            #expect(try Self.content(folder) == Self.content(whole))
            // Where not even the case can be stored, nothing is begun.
            let none = parent.appendingPathComponent("none")
            #expect(try ProgramProcess.run(Self.price(park, to: none), limit: 8).code == 73)
            #expect(try FileManager.default.contentsOfDirectory(atPath: none.path) == [])
        }
    }

    /// Three users whom it does not matter when they buy: whatever follows the search takes longer than it.
    private static let indifferent = """
        case: {schema: 1, name: flat, title: "Flat prices"}
        units: {power: kW, energy: kWh, mass: kg, currency: CNY}
        time: {start: "2024-01-15T00:00", steps: 48, step: 1 h}
        carriers:
          electricity: {}
        grid:
          buy: {price: 0.3 CNY/kWh, max: 30 MW}
          sell: {price: 0.1 CNY/kWh, max: 3 MW}
        operator:
          prices:
            electricity_sell: {min: 0.3, max: 1.0, mean_max: 0.65 CNY/kWh}
        users:
        """
        + (0..<3).map { number in
            """

              u\(number):
                demand: {electricity: 100 kW}
                flexibility:
                  s: {type: shiftable, carrier: electricity, share: 0.5}
                  c: {type: curtailable, carrier: electricity, share: 0.1, discomfort: 0.65 CNY/kWh}
                devices:
                  b: {type: storage, carrier: electricity, capacity: 100 kWh, power: 50 kW}
            """
        }.joined() + "\noptimiser: {population: 10, evaluations: 40, seed: 1}\n"

    /// Killed and stopped after the search, while its decision is proved, bounds and robust prices are looked for: it
    /// stops at once, tells how to go on, and ends with the same bytes.
    @Test func stoppedAndKilledAfterTheSearch() throws {
        try TemporaryFolder.with { parent in
            let (flat, whole, folder) = (
                parent.appendingPathComponent("flat"), parent.appendingPathComponent("whole"),
                parent.appendingPathComponent("stopped")
            )
            try Folder.make(flat)
            try WholeFile.write(Self.indifferent, to: flat.appendingPathComponent("case.yaml"))
            #expect(try ProgramProcess.run(["price", flat.path, "--output", whole.path]).code == 0)
            var process = try ProgramProcess(["price", flat.path, "--output", folder.path])
            try Self.waitForGeneration(folder, over: 39)
            var numbers = SeededNumbers(seed: 5)
            for kill in [SIGINT, SIGKILL, SIGTERM, SIGKILL] {
                for _ in 0..<100 where try StudyOverview(folder).state != .running {
                    Thread.sleep(forTimeInterval: 0.02)
                }
                Thread.sleep(forTimeInterval: numbers.uniform(in: 0.3...0.6))
                guard process.process.isRunning else { break }
                let asked = Date()
                process.send(kill)
                let ending = process.end()
                // It was done just before.
                if ending.code == 0 { break }
                #expect(Date().timeIntervalSince(asked) < 2)
                if kill != SIGKILL {
                    #expect(ending.code == (kill == SIGINT ? 130 : 143))
                    #expect(ending.errors.contains("stackelberg resume \(folder.path)"))
                }
                #expect(try StudyOverview(folder).state == .stopped)
                process = try ProgramProcess(["resume", folder.path])
            }
            _ = process.end()
            #expect(try StudyOverview(folder).state == .done)
            #expect(try Self.content(folder) == Self.content(whole))
            let manifest = try JSONSerialization.jsonObject(
                with: Data(contentsOf: folder.appendingPathComponent("manifest.json")))
            let seconds = try #require(manifest as? [String: Any])
            let phases = try #require(seconds["phaseSeconds"] as? [String: Double]).values.reduce(0, +)
            let search = try #require(seconds["searchSeconds"] as? Double)
            // Of all processes together.
            #expect(try #require(seconds["seconds"] as? Double) >= phases + search && phases > 0)
        }
    }

    @Test func sizesAreStoppedAndResumed() throws {
        try TemporaryFolder.with { parent in
            let (hut, whole, folder) = (
                parent.appendingPathComponent("hut"), parent.appendingPathComponent("whole"),
                parent.appendingPathComponent("stopped")
            )
            try Folder.make(hut)
            try WholeFile.write(Hut.yaml, to: hut.appendingPathComponent("case.yaml"))
            func size(_ folder: URL) -> [String] {
                [
                    "size", hut.path, "--evaluations", "4000", "--population", "20", "--workers", "2", "--output",
                    folder.path,
                ]
            }
            #expect(try ProgramProcess.run(size(whole)).code == 0)
            let process = try ProgramProcess(size(folder))
            try Self.waitForGeneration(folder)
            process.send(SIGINT)
            #expect(process.end().code == 130)
            #expect(try StudyOverview(folder).evaluations < 4_000)
            #expect(try ProgramProcess.run(["resume", folder.path]).code == 0)
            let (a, b) = try (Self.content(folder), Self.content(whole))
            #expect(a == b && a["sizes.csv"] != nil)
        }
    }

    /// A path that JSON has to escape.
    @Test func exportedPathsAreJSON() throws {
        try TemporaryFolder.with { parent in
            let park = parent.appendingPathComponent("park").path
            #expect(try ProgramProcess.run(["new", park]).code == 0)
            let file = parent.appendingPathComponent("say \"no\"\\.lp").path
            let export = try ProgramProcess.run(["export", park, "--party", "homes", "--output", file, "--json"])
            let read = try JSONSerialization.jsonObject(with: Data(export.output.utf8)) as? [String: Any]
            #expect(read?["file"] as? String == file && read?["party"] as? String == "homes")
            #expect(read?["objective"] is Double)
        }
    }
}
