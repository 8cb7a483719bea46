import Foundation
import Testing

/// The tests of the Python package, run against the program that was built with these.
@Suite struct PythonPackageTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Python")

    /// nil where there is none.
    private static let python = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { "\($0)/python3" }.first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test(
        .enabled(if: ProgramProcess.isBuilt), .enabled(if: python != nil, "no python3 on the path"),
        arguments: ["test_commands", "test_examples", "test_game", "test_umbridge"])
    func testsOfThePackagePass(module: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: try #require(Self.python))
        process.arguments = ["-m", "unittest", "tests.\(module)"]
        process.currentDirectoryURL = Self.folder
        process.environment = ProcessInfo.processInfo.environment.merging([
            "STACKELBERG_PROGRAM": ProgramProcess.path, "PYTHONPATH": "src", "PYTHONDONTWRITEBYTECODE": "1",
        ]) { $1 }
        let errors = Pipe()
        process.standardError = errors
        try process.run()
        let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(said)")
        #expect(!said.contains("Ran 0 tests"))
    }

    /// A module of tests that is not run above would never be.
    @Test func allModulesAreRun() throws {
        let files = try FileManager.default.contentsOfDirectory(
            atPath: Self.folder.appendingPathComponent("tests").path)
        #expect(files.filter { $0.hasPrefix("test_") && $0.hasSuffix(".py") }.count == 4)
    }
}
