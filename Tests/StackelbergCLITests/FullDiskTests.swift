import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// What grows by lines, where the disk takes a part of a line and then no more. A limit on files stands for that.
@Suite(.enabled(if: ProgramProcess.isBuilt)) struct FullDiskTests {
    /// The parties of a negotiation did answer: it is not they whom anybody has to wait for.
    @Test func aNegotiationThatCannotBeKeptBlamesNoParty() throws {
        try TemporaryFolder.with { parent in
            let street = parent.appendingPathComponent("street")
            try FileManager.default.createDirectory(at: street, withIntermediateDirectories: true)
            try Data(CooperateCommandTests.yaml.utf8).write(to: street.appendingPathComponent("case.yaml"))
            func run(_ arguments: [String], limit: Int? = nil) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(arguments + ["--quiet"], in: parent, limit: limit)
            }
            let negotiate = ["cooperate", "street", "--method", "admm", "--output"]
            #expect(try run(negotiate + ["whole"]).code == 0)
            let full = try run(negotiate + ["full"], limit: 16)
            #expect(full.code == 73, "\(full.errors)")
            #expect(full.errors.contains("messages.jsonl': \(String(cString: strerror(EFBIG)))"), "\(full.errors)")
            #expect(full.errors.contains("stackelberg resume full"), "\(full.errors)")
            #expect(!full.errors.contains("did not answer"), "\(full.errors)")
            // It is still full.
            #expect(try run(["resume", "full"], limit: 16).code == 73)
            #expect(try run(["resume", "full"]).code == 0)
            #expect(try Self.content(parent, "full") == Self.content(parent, "whole"))
        }
    }

    /// The system's reason is that of the call that failed, not what an earlier one has left.
    @Test func aComparisonTellsWhyItCannotBeKept() throws {
        try TemporaryFolder.with { parent in
            try Data(CompareCommandTests.suite.utf8).write(to: parent.appendingPathComponent("suite.yaml"))
            func run(_ folder: String, limit: Int? = nil) throws -> ProgramProcess.Ending {
                try ProgramProcess.run(
                    [
                        "compare", "suite.yaml", "--algorithms", "ga,pso", "--seeds", "3", "--workers", "1", "--quiet",
                        "--output", folder,
                    ], in: parent, limit: limit)
            }
            #expect(try run("whole").code == 0)
            let full = try run("full", limit: 4)
            #expect(full.code == 73, "\(full.errors)")
            #expect(full.errors.contains("runs.jsonl': \(String(cString: strerror(EFBIG)))"), "\(full.errors)")
            #expect(try run("full").code == 0)
            #expect(try Self.content(parent, "full") == Self.content(parent, "whole"))
        }
    }

    private static func content(_ parent: URL, _ folder: String) throws -> [String: Data] {
        let url = parent.appendingPathComponent(folder)
        let names = try FileManager.default.subpathsOfDirectory(atPath: url.path)
        return Dictionary(
            uniqueKeysWithValues: names.filter { !$0.hasSuffix("manifest.json") && !$0.hasSuffix("times.csv") }.map {
                ($0, FileManager.default.contents(atPath: url.appendingPathComponent($0).path) ?? Data())
            })
    }
}
