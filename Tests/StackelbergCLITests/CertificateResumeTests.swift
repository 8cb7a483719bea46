import Foundation
import TestSupport
import Testing

/// Certificates that are stopped or killed, and go on.
@Suite(.serialized, .enabled(if: ProgramProcess.isBuilt)) struct CertificateResumeTests {
    private static let park = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/benchmarks/park-pricing")
    private static let nodes = 240

    private static func certify(_ place: URL, _ folder: URL, workers: Int = 1) -> [String] {
        [
            "certify", place.path, "--nodes", "\(nodes)", "--time", "3000", "--workers", "\(workers)", "--output",
            folder.path,
        ]
    }

    /// The bounds without their seconds.
    static func bounds(_ folder: URL) throws -> [[Substring]] {
        try String(contentsOf: folder.appendingPathComponent("bounds.csv"), encoding: .utf8).split(separator: "\n").map
        {
            let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
            return [cells[0]] + cells[2...]
        }
    }

    /// When a file was written; nil where there is none.
    private static func written(_ file: String, in folder: URL) -> Date? {
        try? FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(file).path)[.modificationDate]
            as? Date
    }

    /// Waits until a file is there that was written later than that.
    private static func wait(for file: String, in folder: URL, after date: Date? = nil) -> Bool {
        for _ in 0..<12_000 {
            if let found = written(file, in: folder), found > date ?? .distantPast { return true }
            Thread.sleep(forTimeInterval: 0.01)
        }
        return false
    }

    /// Stopped, killed, and gone on with on other threads, its case deleted: the bounds are those of one left alone.
    @Test func goesOnWithTheSameBounds() throws {
        try TemporaryFolder.with { parent in
            let place = parent.appendingPathComponent("case")
            try FileManager.default.copyItem(at: Self.park, to: place)
            let (whole, folder) = (parent.appendingPathComponent("whole"), parent.appendingPathComponent("stopped"))
            #expect(try ProgramProcess.run(Self.certify(place, whole)).code == 0)

            var process = try ProgramProcess(Self.certify(place, folder, workers: 2))
            #expect(Self.wait(for: "parts.bin", in: folder))
            Thread.sleep(forTimeInterval: 2)
            process.send(SIGINT)
            let stopped = process.end()
            #expect(stopped.code == 130 && !stopped.wasKilled)
            #expect(stopped.errors.contains("no prices pay more than"), "\(stopped.errors)")
            #expect(stopped.errors.contains("Go on with: stackelberg resume"), "\(stopped.errors)")
            // The folder is not taken for a free one.
            let again = try ProgramProcess.run(Self.certify(place, folder))
            #expect(again.code == 73 && again.errors.contains("stackelberg resume"), "\(again.errors)")
            try FileManager.default.removeItem(at: place)

            let first = try #require(Self.written("parts.bin", in: folder))
            process = try ProgramProcess(["resume", folder.path])
            #expect(Self.wait(for: "parts.bin", in: folder, after: first))
            process.send(SIGKILL)
            #expect(process.end().wasKilled)
            #expect(Self.written("bounds.csv", in: folder) == nil)

            let ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 0, "\(ending.errors)")
            #expect(try Self.bounds(folder) == Self.bounds(whole))
            #expect(try Self.bounds(folder).last?.first == "\(Self.nodes)")
            func files(_ folder: URL) throws -> Set<String> {
                Set(try FileManager.default.contentsOfDirectory(atPath: folder.path))
            }
            #expect(try files(folder) == files(whole))
            let done = try ProgramProcess.run(["resume", folder.path])
            #expect(done.code == 0 && done.errors.contains("is done"), "\(done.errors)")
        }
    }

    /// What was stored and is no more as it was is not believed.
    @Test func damageIsTold() throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("run")
            let process = try ProgramProcess(Self.certify(Self.park, folder))
            #expect(Self.wait(for: "parts.bin", in: folder))
            Thread.sleep(forTimeInterval: 1)
            process.send(SIGTERM)
            #expect(process.end().code == 143)
            let parts = folder.appendingPathComponent("parts.bin")
            var data = try Data(contentsOf: parts)
            data[data.count / 2] ^= 1
            try data.write(to: parts)
            var ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("parts.bin' is damaged"), "\(ending.errors)")
            let card = folder.appendingPathComponent("certificate.json")
            let said = try String(contentsOf: card, encoding: .utf8)
            try said.replacing("\"GLPK ", with: "\"GLPK 1").write(to: card, atomically: true, encoding: .utf8)
            ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("was begun by"), "\(ending.errors)")
            try "{}".write(to: card, atomically: true, encoding: .utf8)
            ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 65 && ending.errors.contains("certificate.json' is damaged"), "\(ending.errors)")
        }
    }

    /// Time that was spent before counts: who has none left is told what was proved.
    @Test func theTimeIsThatOfAllProcesses() throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("run")
            let process = try ProgramProcess(Self.certify(Self.park, folder))
            #expect(Self.wait(for: "parts.bin", in: folder))
            Thread.sleep(forTimeInterval: 1)
            process.send(SIGINT)
            let stopped = process.end()
            #expect(stopped.code == 130)
            let solved = try #require(
                stopped.errors.firstMatch(of: /after (\d+) programs/).flatMap { Int($0.1) }, "\(stopped.errors)")
            let card = folder.appendingPathComponent("certificate.json")
            let said = try String(contentsOf: card, encoding: .utf8)
            #expect(said.contains("\"seconds\":3000"))
            try said.replacing("\"seconds\":3000", with: "\"seconds\":0.5").write(
                to: card, atomically: true, encoding: .utf8)
            let ending = try ProgramProcess.run(["resume", folder.path])
            #expect(ending.code == 0 && ending.output.contains("No prices pay more than"), "\(ending.errors)")
            let last = try #require(try Self.bounds(folder).last?.first.flatMap { Int($0) })
            #expect(last == solved && last < Self.nodes)
        }
    }
}
