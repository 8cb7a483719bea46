import Foundation
import Games
import Testing

@testable import CaseFiles

/// Files of bilevel problems: what they say, and what is said about those with mistakes.
@Suite struct BilevelFileTests {
    private let lines = [
        "problems:",
        "  - name: toll",
        "    class: integer price",
        "    source: made for this test",
        "    x: [{name: toll, lower: 0, upper: 4, integer: true}]",
        "    y: [{name: road, lower: 0, upper: 1}, {name: detour}]",
        "    leader: {maximise: {\"road*toll\": 1, constant: 3}, rows: [{toll: 2, \">=\": 1}]}",
        "    follower:",
        "      minimise: {\"toll*road\": 1, detour: 2}",
        "      rows: [{road: 1, detour: 1, \"==\": 1}]",
        "    optimistic: {status: best known, value: 5, x: [2], bound: 6, verified: by hand}",
        "    pessimistic: {value: 4, x: [1]}",
    ]

    private func read(_ text: String) throws -> [BilevelProblem] {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: url) }
        let file = url.appendingPathComponent("problems.json")
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try BilevelFile.read(file)
    }

    /// The messages about the file with one text replaced.
    private func messages(_ old: String, _ new: String) -> [String] {
        let text = lines.joined(separator: "\n")
        #expect(text.contains(old))
        return messages(text.replacingOccurrences(of: old, with: new))
    }

    private func messages(_ text: String) -> [String] {
        do {
            _ = try read(text)
            return []
        } catch let error as CaseFileError {
            return error.errors.map(\.rendered)
        } catch {
            return ["\(error)"]
        }
    }

    /// Of a problem of one's own no optimum is known.
    @Test func whatIsNotKnownIsLeftOut() throws {
        let own = lines.filter { line in
            !["class", "source", "optimistic", "pessimistic"].contains { line.contains("    \($0):") }
        }
        #expect(own.count == lines.count - 4)
        let problem = try #require(try read(own.joined(separator: "\n")).first)
        #expect(problem.optimistic == nil && problem.bound == nil && problem.source.isEmpty)
        // `toll` is whole and the follower is not.
        #expect(problem.category == .integer)
        #expect(abs(try #require(problem.certify(.init(nodes: 100)).best).payoff - 5) <= 1e-9)
    }

    /// What the shipped problems are said to be is what their objectives and variables show.
    @Test(arguments: ["problems.json", "quadratic.json", "price_games.json"])
    func classesAreSeen(file: String) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/benchmarks/bilevel")
        for problem in try BilevelFile.read(folder.appendingPathComponent(file)) {
            let seen = try BilevelProblem(
                name: problem.name, x: problem.x, y: problem.y, leader: problem.leader, follower: problem.follower,
                optimistic: nil)
            // Its leader earns what its follower pays for a quantity, and beside it pays for the price.
            let isOwn = problem.name == "yezza_1996_3_1"
            #expect((seen.category == problem.category) != isOwn, "\(problem.name)")
        }
    }

    @Test func readsEverything() throws {
        let problem = try #require(try read(lines.joined(separator: "\n")).first)
        let expected = try BilevelProblem(
            name: "toll", source: "made for this test", category: .integerPrice,
            x: [.init("toll", lower: 0, upper: 4, isInteger: true)],
            y: [.init("road", lower: 0, upper: 1), .init("detour", lower: -.infinity, upper: .infinity)],
            leader: .init(
                objective: .init(
                    isMaximised: true, constant: 3, x: [0], y: [0, 0], products: [.init(x: 0, y: 0, factor: 1)]),
                rows: [.init(x: [2], y: [0, 0], sense: .atLeast, side: 1)]),
            follower: .init(
                objective: .init(x: [0], y: [0, 2], products: [.init(x: 0, y: 0, factor: 1)]),
                rows: [.init(x: [0], y: [1, 1], sense: .equal, side: 1)]),
            optimistic: .init(value: 5, x: [2]), isProven: false, verification: "by hand", bound: 6,
            pessimistic: .init(value: 4, x: [1]))
        #expect(problem == expected)
    }

    @Test func readsSquares() throws {
        let text = lines.joined(separator: "\n").replacingOccurrences(
            of: "\"road*toll\": 1", with: "\"road*toll\": 1, \"toll*toll\": -2, \"detour * road\": 3")
        let objective = try #require(try read(text).first).leader.objective
        #expect(objective.products == [.init(x: 0, y: 0, factor: 1)])
        #expect(objective.xProducts == [.init(first: 0, second: 0, factor: -2)])
        #expect(objective.yProducts == [.init(first: 1, second: 0, factor: 3)])
    }

    @Test func readsJSON() throws {
        let text = """
            {"problems": [{"name": "a", "class": "linear", "source": "here", "note": "none",
              "x": [{"name": "x1", "lower": 0, "upper": 1}], "y": [{"name": "y1", "lower": 0, "upper": 1}],
              "leader": {"minimise": {"y1": -1e0}}, "follower": {"minimise": {"y1": -1}},
              "optimistic": {"status": "proven", "value": -1, "x": [0], "verified": "by hand"}}]}
            """
        let problem = try #require(try read(text).first)
        #expect(problem.isProven && problem.bound == -1 && problem.note == "none" && problem.leader.rows.isEmpty)
    }

    @Test func mistypedKeys() {
        #expect(
            messages("source: made", "sorce: made") == [
                "problems.json:4:5  toll.sorce: unknown key. Did you mean 'source'?"
            ])
        #expect(
            messages("upper: 4", "uper: 4") == [
                "problems.json:5:9  toll.x[0]: 'upper' is missing. Add it: a search needs a box.",
                "problems.json:5:32  toll.x[0].uper: unknown key. Did you mean 'upper'?",
            ])
        #expect(messages("problems:", "problem:").first?.hasPrefix("problems.json:1:1  problem: unknown key.") == true)
    }

    @Test func mistypedWordsAndNumbers() {
        #expect(
            messages("class: integer price", "class: integer prices") == [
                "problems.json:3:12  toll.class: 'integer prices' is not known. Did you mean 'integer price'?"
            ])
        #expect(
            messages("status: best known", "status: hoped") == [
                "problems.json:11:26  toll.optimistic.status: 'hoped' is not known. Write one of: proven, best known."
            ])
        for bad in ["nan", "\"4\"", "0x4", "1e999", "[4]"] {
            let found = messages("upper: 4", "upper: \(bad)")
            #expect(found.count == 1)
            #expect(found[0].hasPrefix("problems.json:5:39  toll.x[0].upper: "))
            #expect(found[0].hasSuffix(" is not a number. Write it as in 0.5 or -3, without quotes."))
        }
        #expect(
            messages("integer: true", "integer: yes") == [
                "problems.json:5:51  toll.x[0].integer: 'yes' is neither true nor false. Write true or false."
            ])
    }

    @Test func mistypedVariables() {
        #expect(
            messages("detour: 2", "detuor: 2") == [
                "problems.json:9:34  toll.follower.minimise.detuor: there is no variable 'detuor'. Did you mean 'detour'?"
            ])
        #expect(
            messages("road*toll", "road*tolls") == [
                "problems.json:7:25  toll.leader.maximise.road*tolls: there is no variable 'tolls'. Did you mean 'toll'?"
            ])
        #expect(
            messages("road*toll", "toll*toll*road") == [
                "problems.json:7:25  toll.leader.maximise.toll*toll*road: a product is one of two variables, as in 'x1*y1'."
            ])
        for own in ["toll*toll", "road*detour"] {
            #expect(
                messages("toll*road", own) == [
                    "problems.json:9:18  toll.follower.minimise.\(own): a product of the follower's is one of the leader's "
                        + "variables times one of its own, as in 'x1*y1'. Only the leader's objective may have others."
                ])
        }
        #expect(
            messages("{name: detour}", "{name: constant}").contains {
                $0.hasPrefix("problems.json:6:50  toll.y[1].name: 'constant' cannot be a name.")
            })
    }

    @Test func levelsThatSayTooMuchOrTooLittle() {
        #expect(
            messages("{road: 1, detour: 1, \"==\": 1}", "{road: 1, detour: 1}") == [
                "problems.json:10:14  toll.follower.rows[0]: needs one right-hand side: a number under '<=', '==' or '>='."
            ])
        #expect(
            messages("{road: 1, detour: 1,", "{\"toll*road\": 1,") == [
                "problems.json:10:15  toll.follower.rows[0].toll*road: products are allowed in objectives only. "
                    + "A row is a sum of factors times variables."
            ])
        #expect(
            messages("{maximise:", "{minimise: {}, maximise:") == [
                "problems.json:7:13  toll.leader: needs one objective: 'maximise' or 'minimise', and not both."
            ])
        #expect(
            messages("status: best known", "status: proven") == [
                "problems.json:11:52  toll.optimistic.bound: a proven optimum is its own bound. "
                    + "Take it out, or write 'best known' as status."
            ])
    }

    /// What only the whole problem shows.
    @Test func partsThatDoNotFit() {
        #expect(
            messages("x: [2], bound", "x: [2, 3], bound") == [
                "problems.json:2:5  toll: the optimistic point: needs one number per variable, that is 1, but has 2."
            ])
        #expect(
            messages("{name: detour}", "{name: road}").contains(
                "problems.json:6:8  toll.y: two variables are called 'road'. Rename one."))
        let twins = lines + lines.dropFirst()
        #expect(
            messages(twins.joined(separator: "\n")) == [
                "problems.json:13:11  problems[1].name: there is a problem 'toll' already. Choose another name."
            ])
    }

    @Test func filesThatAreNone() throws {
        #expect(
            messages("\n ") == ["problems.json  is empty. A file of problems begins with 'problems:' and a list."])
        #expect(messages("problems: 3") == ["problems.json:1:11  problems: must be a list, but is '3'."])
        #expect(messages("[1]") == ["problems.json:1:1  must be a map of keys, but is a list."])
        let nowhere = URL(fileURLWithPath: "/nowhere/problems.json")
        #expect(throws: CaseFileError.self) { try BilevelFile.read(nowhere) }
    }
}
