import CaseFiles
import Foundation
import Testing

@testable import StackelbergCLI

/// The shipped park under a carbon price by excess ratio, operated in every variant.
@Suite struct CarbonExcessParkTests {
    private static let park = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases/carbon-excess-park")

    private struct Day: Sendable {
        let variant: String
        let exitCode: Int32
        /// CNY, and of it for carbon.
        let cost: Double
        let carbon: Double

        var withoutCarbon: Double { cost - carbon }
    }

    private static func operate(_ variant: String, into folder: URL) throws -> Day {
        let out = folder.appendingPathComponent(variant)
        let code = CommandTests.exitCode([
            "dispatch", park.path, "--variant", variant, "--quiet", "--output", out.path,
        ])
        func cells(_ file: String) throws -> [[String]] {
            try String(contentsOf: out.appendingPathComponent(file), encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        }
        let operation = try cells("operation.csv")
        let column = try #require(operation[0].firstIndex(of: "cost [CNY]"))
        let carbon = try cells("carbon.csv").first { $0.contains("cost") && $0.last == "CNY" }.map { $0[$0.count - 2] }
        return Day(
            variant: variant, exitCode: code, cost: try #require(Double(operation[1][column])),
            carbon: try #require(Double(carbon ?? "0")))
    }

    /// No scheme is cheaper without its carbon than the one that does not know carbon. No other demand than the base
    /// load comes from elasticities of zero, and no dearer operation from finer pieces.
    @Test func everyVariantIsOperated() async throws {
        let variants = try CaseReader.read(Self.park).variants
        #expect(variants.count >= 10)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stackelberg-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let days = try await withThrowingTaskGroup(of: Day.self) { group in
            for variant in variants { group.addTask { try Self.operate(variant, into: folder) } }
            var days: [String: Day] = [:]
            for try await day in group { days[day.variant] = day }
            return days
        }
        for day in days.values { #expect(day.exitCode == 0, "\(day.variant)") }

        let plain = try (1...3).map { try #require(days["scheme_\($0)"]).withoutCarbon }
        #expect(plain[2] <= min(plain[0], plain[1]) + 1e-3)
        // The schemes differ, else the order would say nothing.
        #expect(plain[0] > plain[2] + 1 && plain[1] > plain[2] + 1)
        let (base, inelastic) = (try #require(days["scheme_1"]), try #require(days["inelastic"]))
        #expect(base.carbon > 0 && abs(base.cost - inelastic.cost) < 1e-3)
        #expect(try #require(days["fine_pieces"]).cost <= base.cost + 1e-3)
    }

    /// A plant of which branch and bound leaves binaries a little beside whole numbers, so that rows of wide pieces
    /// break: the answer is made whole.
    @Test func wholeNumbersKeepTheirRows() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("stackelberg-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: Self.park, to: folder)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("case.yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        for (old, new) in [
            ("fuel: gas, capacity: 800, efficiency", "fuel: gas, capacity: 1200, efficiency"),
            ("ramp: 400 kW/h, om_cost: 0.03}\n    gas_boiler", "ramp: 600 kW/h, om_cost: 0.03}\n    gas_boiler"),
            ("co2: 1.08 kg/kWh", "co2: 0.68 kg/kWh"),
        ] {
            #expect(text.contains(old), "\(old)")
            text = text.replacingOccurrences(of: old, with: new)
        }
        try text.write(to: file, atomically: true, encoding: .utf8)
        #expect(
            CommandTests.exitCode([
                "dispatch", folder.path, "--variant", "scheme_3", "--quiet", "--output", folder.path + "/out",
            ]) == 0)
    }
}
