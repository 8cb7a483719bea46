import CaseFiles
import Foundation
import TestSupport

/// Files of a case, by path within its folder, to be mutated or as a mutation left them.
public struct FuzzCase: Sendable, Equatable {
    public let name: String
    public var files: [String: Data]
    public var variant: String?

    public init(name: String, files: [String: Data], variant: String? = nil) {
        self.name = name
        self.files = files
        self.variant = variant
    }

    /// All shipped cases, the template of a new one, two small ones that hold what those do not, and tables that are no
    /// part of a case.
    public static func all() throws -> [FuzzCase] {
        let shipped = [
            "data/cases/stackelberg-park", "data/cases/mevpp-sizing", "data/benchmarks/park-pricing",
            "data/cases/cies-dispatch", "data/cases/carbon-excess-park",
        ]
        let template = CaseTemplate.files(name: "template").map { ($0.path, Data($0.text.utf8)) }
        return try [
            FuzzCase(name: "hut", files: ["case.yaml": Data(Hut.yaml.utf8)], variant: "fixed"),
            FuzzCase(name: "small", files: SmallCase.files.mapValues { Data($0.utf8) }, variant: "more"),
            FuzzCase(name: "template", files: Dictionary(uniqueKeysWithValues: template), variant: "no_v2g"),
            FuzzCase(name: "tables", files: LooseTables.files.mapValues { Data($0.utf8) }),
        ] + shipped.map { try read(repository.appendingPathComponent($0)) }
    }

    /// Inputs that once did harm.
    public static func corpus() throws -> [FuzzCase] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: corpusFolder.path)) ?? []
        return try names.filter { !$0.hasPrefix(".") && !$0.hasSuffix(".md") }.sorted()
            .map { try read(corpusFolder.appendingPathComponent($0)) }
    }

    private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    private static let corpusFolder = repository.appendingPathComponent("Tests/FuzzCorpus")

    /// Reads `case.yaml` and the tables below a folder. The variant is the first that the text names.
    public static func read(_ folder: URL) throws -> FuzzCase {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        where path.hasSuffix(".yaml") || path.hasSuffix(".csv") {
            files[path] = try Data(contentsOf: folder.appendingPathComponent(path))
        }
        return FuzzCase(name: folder.lastPathComponent, files: files)
    }

    /// Writes the files into a folder, which need not exist.
    public func write(to folder: URL) throws {
        for (path, data) in files {
            let url = folder.appendingPathComponent(path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try data.write(to: url)
        }
    }
}
