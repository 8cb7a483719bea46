import Foundation
import Testing

@testable import ResultFiles

@Suite struct ManifestTests {
    /// What is written is read; what does not apply is not there.
    @Test func aManifestComesBack() throws {
        var manifest = Manifest()
        manifest.caseName = "park"
        manifest.payoff = 0.1 + 0.2
        manifest.bound = .infinity
        manifest.ties = .optimistic
        manifest.verdicts = [Verdict(name: "a", holds: false, detail: "why")]
        let read = try Manifest(json: manifest.json)
        #expect(read.json == manifest.json && read.payoff == 0.1 + 0.2 && read.bound == .infinity)
        #expect(read.verdicts == manifest.verdicts && read.ties == .optimistic)
        let object = try #require(JSONSerialization.jsonObject(with: Data(manifest.json.utf8)) as? [String: Any])
        #expect(
            Set(object.keys) == ["program", "version", "solver", "caseName", "payoff", "bound", "ties", "verdicts"])
    }

    @Test func whatIsNoManifestIsRefused() throws {
        #expect(try Manifest(json: "{}").program == nil)
        for text in ["", "[1", "{\"payoff\": \"much\"}"] {
            #expect(throws: ReportError.damaged(file: "manifest.json", reason: "it is not the manifest of a run.")) {
                try Manifest(json: text)
            }
        }
    }
}
