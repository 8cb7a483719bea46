import Foundation
import Testing

@testable import CaseFiles

/// Benchmark suites: what is read, and what is said about those with mistakes.
@Suite struct SuiteReaderTests {
    private let lines = [
        "suite: {schema: 1, name: mine, version: 3, evaluations: 500}",
        "targets: [10 %, 0.01]",
        "problems:",
        "  - {function: sphere, dimension: 4}",
        "  - {function: sphere, dimension: 4, rotated: true}",
        "  - {case: park, name: town, best_known: 12.5}",
    ]

    private func read(_ text: String) throws -> SuiteFile {
        var files = CaseTemplate.files(name: "park").reduce(into: [String: Data]()) {
            $0["park/\($1.0)"] = Data($1.1.utf8)
        }
        files["suite.yaml"] = Data(text.utf8)
        return try Workshop.withFolder(files) {
            try SuiteReader.read($0.appendingPathComponent("suite.yaml"), functions: ["sphere", "ackley"])
        }
    }

    private func messages(_ old: String, _ new: String) throws -> [String] {
        let text = lines.joined(separator: "\n")
        #expect(text.contains(old))
        do {
            _ = try read(text.replacingOccurrences(of: old, with: new))
            return []
        } catch let error as CaseFileError {
            return error.diagnostics.map(\.rendered)
        }
    }

    @Test func aSoundSuiteIsRead() throws {
        let suite = try read(lines.joined(separator: "\n"))
        #expect(suite.name == "mine" && suite.title == "mine" && suite.version == 3)
        #expect(suite.population == 50 && suite.evaluations == 500 && suite.targets == [0.1, 0.01])
        #expect(suite.problems.map(\.name) == ["sphere-4", "rotated-sphere-4", "town"])
        #expect(suite.problems.map(\.bestKnown) == [0, 0, 12.5])
        #expect(suite.inputFiles.first?.lastPathComponent == "suite.yaml" && suite.inputFiles.count >= 2)
        guard case .function("sphere", dimension: 4, isRotated: true) = suite.problems[1].content,
            case .energyCase(let park) = suite.problems[2].content
        else {
            Issue.record("the contents are not as written")
            return
        }
        #expect(!park.prices.isEmpty)
    }

    static let mistakes: [(String, String, String)] = [
        ("suite: {", "siute: {", "suite.yaml:1:1  siute: unknown key. Did you mean 'suite'?"),
        (
            "version: 3, ", "",
            "suite.yaml:1:1  suite: 'version' is missing. Add it: increased with every change to the problems."
        ),
        ("schema: 1", "schema: 2", "suite.yaml:1:17  suite.schema: 2"),
        (
            "[10 %, 0.01]", "[0.01, 0.1]",
            "suite.yaml:2:1  targets: must fall from the widest gap to the narrowest, but 0.1 follows 0.01."
        ),
        ("[10 %, 0.01]", "0.1", "suite.yaml:2:1  targets: '0.1' is no list of gaps. Write it as [0.1, 0.01]."),
        ("[10 %, 0.01]", "[few]", "suite.yaml:2:11  targets[0]: 'few' is not a number"),
        ("[10 %, 0.01]", "[-1]", "suite.yaml:2:11  targets[0]: -1 is"),
        (
            "function: sphere, dimension: 4}", "function: sphre, dimension: 4}",
            "suite.yaml:4:16  problems[0].function: there is no function 'sphre'. Did you mean 'sphere'?"
        ),
        ("dimension: 4}", "dimension: 0}", "suite.yaml:4:35  problems[0].dimension: 0"),
        (
            "dimension: 4}", "dimensions: 4}",
            "suite.yaml:4:24  problems[0].dimensions: unknown key. Did you mean 'dimension'?"
        ),
        (
            ", rotated: true", "",
            "suite.yaml:5:5  problems[1]: is named 'sphere-4', as problems[0] is already. Give it another 'name', or take it out."
        ),
        ("case: park", "case: prak", "suite.yaml:6:12  problems[2].case: in prak, "),
        (
            "name: town", "name: sphere-4",
            "suite.yaml:6:5  problems[2]: is named 'sphere-4', as problems[0] is already."
        ),
        (
            "{case: park, name: town, best_known: 12.5}", "{park: 1}",
            "suite.yaml:6:5  problems[2]: does not say what kind of problem it is. Begin it with one of: function, case, bilevel, network."
        ),
        (
            "{case: park, name: town, best_known: 12.5}", "{bilevel: none.json}",
            "suite.yaml:6:15  problems[2].bilevel: in none.json, none.json  there is no such file."
        ),
        ("best_known: 12.5", "best_known: much", "suite.yaml:6:42  problems[2].best_known: 'much' is not a number"),
    ]

    @Test(arguments: mistakes) func mistakesAreNamed(_ old: String, _ new: String, _ message: String) throws {
        let found = try messages(old, new)
        #expect(found.contains { $0.hasPrefix(message) }, "\(found)")
    }

    @Test func nothingAtAllIsNamedToo() throws {
        for text in ["", "[]", "suite", "suite: {schema: 1, name: a, version: 1}\ntargets: [1]\nproblems: []"] {
            #expect(throws: CaseFileError.self) { try read(text) }
        }
    }

    /// What is missing hides no mistake elsewhere.
    @Test func allIsToldAtOnce() throws {
        let error = #expect(throws: CaseFileError.self) {
            try read("suite: {schema: 1, name: a, version: x}\nproblems: [{case: prak}]")
        }
        let told = error?.errors.map { "\($0)" } ?? []
        for part in ["'targets' is missing", "suite.version", "prak"] {
            #expect(told.contains { $0.contains(part) }, "\(told)")
        }
    }

    /// The suites that come with the package.
    @Test(arguments: ["functions", "bilevel", "price-games", "pricing", "parks", "park"])
    func shippedSuitesAreRead(name: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/benchmarks")
        let suite = try SuiteReader.read(
            folder.appendingPathComponent("\(name).yaml"),
            functions: ["sphere", "schwefel12", "rosenbrock", "rastrigin", "ackley", "griewank"])
        #expect(suite.name == name && !suite.problems.isEmpty)
    }
}
