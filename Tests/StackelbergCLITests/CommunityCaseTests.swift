import CaseFiles
import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// The shipped case with nobody to be led: every variant of it is dispatched.
@Suite struct CommunityCaseTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases/cies-dispatch")

    /// CNY of each scenario, by its name.
    private static func costs(of variant: String, in folder: URL) throws -> [String: Double] {
        let out = folder.appendingPathComponent(variant).path
        let code = CommandTests.exitCode([
            "dispatch", Self.folder.path, "--variant", variant, "--quiet", "--output", out,
        ])
        try #require(code == 0, "\(variant)")
        let rows = try String(contentsOfFile: out + "/operation.csv", encoding: .utf8).split(separator: "\n")
            .map { $0.split(separator: ",").map(String.init) }
        let column = try #require(rows[0].firstIndex(of: "cost [CNY]"))
        return Dictionary(
            uniqueKeysWithValues: try rows.dropFirst().map { ($0[0], try #require(Double($0[column]))) })
    }

    /// A boiler and tank that may be used in any way cost, in every scenario, no more than under any rule for their
    /// use, and no rule costs more than to have no boiler: all of them may leave it off.
    @Test func everyVariantIsDispatchedAndFreedomCostsNothing() throws {
        try TemporaryFolder.with { folder in
            var costs: [String: [String: Double]] = [:]
            for variant in try CaseReader.read(Self.folder).variants {
                costs[variant] = try Self.costs(of: variant, in: folder)
            }
            let free = try #require(costs["free_storage"])
            let without = try #require(costs["no_boiler"])
            #expect(free.count == 10)
            for rule in ["full_storage", "half_storage", "wind_controlled"] {
                let ruled = try #require(costs[rule])
                for (day, cost) in free {
                    let (bound, most) = (try #require(ruled[day]), try #require(without[day]))
                    #expect(cost <= bound + 1e-3, "\(rule), \(day)")
                    #expect(bound <= most + 1e-3, "\(rule), \(day)")
                }
            }
            // Losses of the tank are not free, so a variant that does nothing would show.
            #expect(try #require(costs["full_storage"]).contains { $1 > (free[$0] ?? .infinity) + 1 })
            // Power to gas may stand still.
            let (with, idle) = (try #require(costs["p2g_only"]), try #require(costs["case_4"]))
            for (day, cost) in with { #expect(cost <= (idle[day] ?? .nan) + 1e-3, "\(day)") }
        }
    }
}
