import Foundation
import Networks
import Testing

@testable import CaseFiles

/// Files of networks: what they say, and what is said about those with mistakes.
@Suite struct NetworkFileTests {
    private static let lines = [
        "{\"problem\": {\"V\": 3,",
        " \"A\": [{\"src\": 1, \"dst\": 2, \"cost\": 1.5, \"toll\": true},",
        "  {\"src\": 1, \"dst\": 2, \"cost\": 5, \"toll\": false}],",
        " \"K\": [{\"index\": 1, \"orig\": 1, \"dest\": 2, \"demand\": 10}]},",
        " \"id\": \"what stands beside it is not read\"}",
    ]

    private static func read(_ text: String) throws -> NetworkPricing {
        try Workshop.withFolder(["town.json": Data(text.utf8)]) {
            try NetworkFile.read($0.appendingPathComponent("town.json"))
        }
    }

    @Test func readsEverything() throws {
        let network = try Self.read(Self.lines.joined(separator: "\n"))
        let expected = try NetworkPricing(
            name: "town", nodes: 3,
            arcs: [.init(from: 1, to: 2, cost: 1.5, isTolled: true), .init(from: 1, to: 2, cost: 5)],
            commodities: [.init(from: 1, to: 2, demand: 10)])
        #expect(network == expected)
    }

    @Test(arguments: [
        ("\"V\": 3", "\"V\": 2.5", "town.json:1:19  problem.V: '2.5' is not a whole number."),
        ("\"V\": 3", "\"V\": 1", "town.json:2:8  problem: arc 1 names node 2, but nodes are numbered from 1 to 1."),
        (
            "\"cost\": 1.5", "\"cost\": -1.5",
            "town.json:2:8  problem: arc 1 costs -1.5. A cost is a number from 0 to 1000000000000.0."
        ),
        (
            "\"toll\": true", "\"tol\": true",
            "town.json:2:42  problem.A[0].tol: unknown key. Did you mean 'toll'?"
        ),
        (
            "\"toll\": false", "\"toll\": true",
            "town.json:4:8  problem: commodity 1 has no way without tolled arcs, so that it pays any toll and the revenue has no bound. Add an arc without toll, such as one from its origin to its destination at the price at which it would rather stay away."
        ),
        (
            "\"demand\": 10", "\"demand\": \"10\"",
            "town.json:4:53  problem.K[0].demand: '10' is not a number. Write it as in 0.5 or -3, without quotes."
        ),
    ]) func saysWhatIsWrong(old: String, new: String, expected: String) throws {
        let text = Self.lines.joined(separator: "\n")
        #expect(text.contains(old))
        do {
            _ = try Self.read(text.replacingOccurrences(of: old, with: new))
            Issue.record("nothing is said")
        } catch let error as CaseFileError {
            #expect(error.errors.map(\.rendered).contains(expected), "\(error.errors.map(\.rendered))")
        }
    }

    /// A file of another kind is told as such, and one file of problems is read as one.
    @Test func problemsAreTakenForWhatTheyAre() throws {
        func kind(_ text: String) throws -> String {
            try Workshop.withFolder(["a.json": Data(text.utf8)]) {
                switch try ProblemFile.read($0.appendingPathComponent("a.json")) {
                case .network(let network): network.name
                case .bilevel(let problems): "\(problems.count)"
                }
            }
        }
        #expect(try kind(Self.lines.joined(separator: "\n")) == "a")
        #expect(throws: CaseFileError.self) { try kind("{}") }
        #expect(throws: CaseFileError.self) { try kind("") }
    }
}
