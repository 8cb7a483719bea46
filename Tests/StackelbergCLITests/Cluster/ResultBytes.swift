import Foundation
import Testing

/// The files of a result, to compare runs by.
enum ResultBytes {
    /// What differs between two plain runs too: times.
    private static let times: Set<String> = ["startedAt", "finishedAt", "seconds", "processorSeconds"]

    /// All files by path, but for times: those of a comparison's table are left out, and those of the manifest.
    static func of(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder) where path != "times.csv" {
            let data = FileManager.default.contents(atPath: folder + "/" + path)
            guard path == "manifest.json" else {
                files[path] = data
                continue
            }
            let object = try JSONSerialization.jsonObject(with: try #require(data)) as? [String: Any]
            let timeless = try #require(object).filter { !times.contains($0.key) }
            files[path] = try JSONSerialization.data(withJSONObject: timeless, options: .sortedKeys)
        }
        return files
    }

    /// Expects the same files with the same bytes.
    static func expectSame(_ folder: String, _ other: String) throws {
        let (one, two) = (try of(folder), try of(other))
        #expect(one.count > 3 && one.keys.contains("manifest.json"))
        let differing = Set(one.keys).union(two.keys).filter { one[$0] != two[$0] }.sorted()
        #expect(differing.isEmpty, "files that differ")
    }
}

/// A script that bash runs.
enum Shell {
    static func bash(
        _ arguments: [String], environment: [String: String] = [:], in folder: URL? = nil
    ) throws -> (code: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        if let folder { process.currentDirectoryURL = folder }
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }
}
