import Foundation
import TestSupport
import Testing

/// Dispatches of several programs that are stopped or killed, and go on.
@Suite(.serialized, .enabled(if: ProgramProcess.isBuilt)) struct DispatchResumeTests {
    private static let cases = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases")

    /// Windows, a front, and typical days.
    private static let runs: [[String]] = [
        ["carbon-excess-park", "--horizon", "1", "--overlap", "8"],
        ["carbon-excess-park", "--variant", "scheme_2", "--front", "12"],
        ["cies-dispatch", "--variant", "case_5"],
    ]

    /// Every file but the one with times in it.
    private static func content(_ folder: URL) throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "manifest.json" }
        return try Dictionary(
            uniqueKeysWithValues: names.map { ($0, try Data(contentsOf: folder.appendingPathComponent($0))) })
    }

    private static func stored(_ folder: URL) -> Int {
        (try? Data(contentsOf: folder.appendingPathComponent("programs.jsonl")))?.count { $0 == UInt8(ascii: "\n") }
            ?? 0
    }

    /// Waits until a number of programs is solved.
    private static func wait(for count: Int, in folder: URL) {
        for _ in 0..<6_000 {
            if stored(folder) >= count { return }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    /// Killed twice and stopped once, its case deleted: the tables are those of a run left alone, to the byte.
    @Test(arguments: runs) func goesOnWithTheSameBytes(run: [String]) throws {
        try TemporaryFolder.with { parent in
            let place = parent.appendingPathComponent("case")
            try FileManager.default.copyItem(at: Self.cases.appendingPathComponent(run[0]), to: place)
            let (whole, folder) = (parent.appendingPathComponent("whole"), parent.appendingPathComponent("stopped"))
            func command(_ folder: URL) -> [String] {
                ["dispatch", place.path] + run.dropFirst() + ["--output", folder.path]
            }
            #expect(try ProgramProcess.run(command(whole)).code == 0)

            var process = try ProgramProcess(command(folder))
            Self.wait(for: 2, in: folder)
            process.send(SIGKILL)
            #expect(process.end().wasKilled)
            let first = Self.stored(folder)
            #expect(first >= 2)
            // The folder is not taken for a free one.
            let again = try ProgramProcess.run(command(folder))
            #expect(again.code == 73 && again.errors.contains("stackelberg resume"), "\(again.errors)")
            try FileManager.default.removeItem(at: place)

            process = try ProgramProcess(["resume", folder.path])
            Self.wait(for: first + 1, in: folder)
            process.send(SIGINT)
            let stopped = process.end()
            #expect(stopped.code == 130 && !stopped.wasKilled)
            #expect(stopped.errors.contains("Go on with: stackelberg resume"), "\(stopped.errors)")
            #expect(Self.stored(folder) > first)

            // A line that was cut short by a kill is solved again.
            let lines = folder.appendingPathComponent("programs.jsonl")
            let text = try Data(contentsOf: lines)
            try Data(text.dropLast(text.count / 3 % 500 + 2)).write(to: lines)
            let ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(try Self.content(folder) == Self.content(whole))
            let done = try ProgramProcess.run(["resume", folder.path])
            #expect(done.code == 0 && done.errors.contains("is done"), "\(done.errors)")
        }
    }

    /// What was stored and is no more as it was is not believed.
    @Test func damageIsTold() throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("run")
            let process = try ProgramProcess(
                ["dispatch", Self.cases.appendingPathComponent("carbon-excess-park").path, "--output", folder.path]
                    + Self.runs[0].dropFirst())
            Self.wait(for: 2, in: folder)
            process.send(SIGKILL)
            _ = process.end()
            let lines = folder.appendingPathComponent("programs.jsonl")
            let text = try String(contentsOf: lines, encoding: .utf8)
            try ("nothing\n" + text).write(to: lines, atomically: true, encoding: .utf8)
            var ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("programs.jsonl:1  this line is no program"))
            let card = folder.appendingPathComponent("dispatch.json")
            let said = try String(contentsOf: card, encoding: .utf8)
            try said.replacing("\"GLPK ", with: "\"GLPK 1").write(to: card, atomically: true, encoding: .utf8)
            ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("was begun by"), "\(ending.errors)")
            try "{}".write(to: card, atomically: true, encoding: .utf8)
            ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("dispatch.json' is damaged"), "\(ending.errors)")
        }
    }

    /// A dispatch that has no answer leaves nothing to go on with: windows that see one hour empty the battery before
    /// the hour that needs it.
    @Test func whatHasNoAnswerIsNotKept() throws {
        try TemporaryFolder.with { parent in
            let text = """
                case: {schema: 1, name: dark}
                time: {steps: 4, step: 1 h}
                carriers: {electricity: {}}
                grid: {buy: {price: 1, max: 10 kW}}
                operator:
                  demand: {electricity: [1, 1, 20, 1]}
                  devices: {battery: {type: storage, capacity: 20, power: 15, cyclic: false}}
                """
            try text.write(
                to: parent.appendingPathComponent("case.yaml"), atomically: true, encoding: .utf8)
            let folder = parent.appendingPathComponent("run")
            let ending = try ProgramProcess.run([
                "dispatch", parent.path, "--horizon", "1", "--end-value", "nothing", "--output", folder.path,
            ])
            #expect(ending.code == 69)
            #expect(Self.stored(folder) == 0)
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("dispatch.json").path))
        }
    }
}
