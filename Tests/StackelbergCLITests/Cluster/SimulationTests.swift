import Foundation
import Testing

/// The simulation of many ranks keeps to closed formulas: constant times, one helper, messages or work without cost.
@Suite struct SimulationTests {
    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scripts/simulate_ranks.py")
        .path

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/python3"), "no /usr/bin/python3 here"))
    func theSimulationKeepsToClosedFormulas() throws {
        let checked = try Shell.bash(["-c", "/usr/bin/python3 \"$0\" --check", Self.script])
        #expect(checked.code == 0 && checked.output.contains("keeps to the closed formulas"), "\(checked.output)")
    }
}
