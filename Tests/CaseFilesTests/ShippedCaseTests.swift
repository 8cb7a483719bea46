import Foundation
import Testing

@testable import CaseFiles

/// The cases that come with the package, with each of their variants.
@Suite struct ShippedCaseTests {
    static let folders: [URL] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data")
        return ["cases", "benchmarks", "benchmarks/parks"].flatMap { folder in
            let url = root.appendingPathComponent(folder)
            return (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
        }
        .filter { FileManager.default.fileExists(atPath: $0.appendingPathComponent("case.yaml").path) }
        .sorted { $0.path < $1.path }
    }()

    @Test(arguments: folders) func isGood(folder: URL) throws {
        let shipped = try CaseReader.read(folder)
        #expect(shipped.warnings.isEmpty, "\(shipped.warnings)")
        for variant in shipped.variants { _ = try CaseReader.read(folder, variant: variant) }
    }
}
