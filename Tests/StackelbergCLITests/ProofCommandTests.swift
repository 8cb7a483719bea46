import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// `certify` and `solve`, as commands.
@Suite struct ProofCommandTests {
    private struct Manifest: Decodable { let payoff: Double }

    private static func payoff(_ folder: String) throws -> Double {
        let data = try Data(contentsOf: URL(fileURLWithPath: folder + "/manifest.json"))
        return try JSONDecoder().decode(Manifest.self, from: data).payoff
    }

    @Test func certifiesARunAndACase() throws {
        try TemporaryFolder.with { folder in
            let (park, run) = (folder.path + "/park", folder.path + "/run")
            #expect(CommandTests.exitCode(["new", park]) == 0)
            #expect(
                CommandTests.exitCode([
                    "price", park, "--evaluations", "40", "--population", "10", "--quiet", "--output", run,
                ]) == 0)
            let proof = folder.path + "/proof"
            #expect(CommandTests.exitCode(["certify", run, "--nodes", "20", "--quiet", "--output", proof]) == 0)
            #expect(try Self.payoff(proof) >= Self.payoff(run) - 1e-6)
            let rows = try String(contentsOfFile: proof + "/bounds.csv", encoding: .utf8).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(rows[0].count == 4 && rows[0][0] == "nodes" && rows.count >= 3)
            let bounds = rows.dropFirst().compactMap { Double($0[2]) }
            #expect(bounds.count == rows.count - 1)
            #expect(zip(bounds, bounds.dropFirst()).allSatisfy { $0 >= $1 - 1e-6 })
            #expect(try bounds[bounds.count - 1] >= Self.payoff(proof) - 1e-6)
            #expect(
                CommandTests.exitCode([
                    "certify", park, "--prices", run + "/prices.csv", "--time", "0", "--quiet", "--output",
                    folder.path + "/b",
                ]) == 0)
            #expect(CommandTests.exitCode(["certify", park, "--time=-1"]) == 65)
            #expect(CommandTests.exitCode(["certify", folder.path + "/nowhere", "--output", folder.path + "/c"]) == 65)
            #expect(CommandTests.exitCode(["certify", run, "--workers", "none"]) == 65)
            // A proof is no run with prices.
            #expect(CommandTests.exitCode(["certify", proof, "--output", folder.path + "/d"]) == 65)
        }
    }

    /// By hand: outside 20 kWh cost 19. At 0.30 and a fee of 13 they cost as much here, and at 0.01 more the user would
    /// leave: 15 by the tie rule, nothing for certain. A fee of 12.97 pays 14.97; half a step on each price takes
    /// 20 · 0.0005 and 0.0005. The page tells what the terminal does.
    @Test(.enabled(if: ProgramProcess.isBuilt)) func theCertificateTellsWhatThesePricesPayForCertain() throws {
        let yaml = """
            case: {schema: 1, name: fee}
            units: {currency: EUR}
            time: {steps: 2, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            game: {tick: 0.001}
            operator: {prices: {electricity_sell: {min: 0.3, max: 1.0}, electricity_fee: {min: 0, max: 20}}}
            users:
              home: {demand: {electricity: 10}, outside: {electricity_sell: 0.7, electricity_fee: 5}}
            """
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            func certified(fee: String) throws -> (told: String, page: PageReader) {
                let file = folder.appendingPathComponent("prices.csv")
                let rows = ["price,step,value", "prices.electricity_sell,0,0.3", "prices.electricity_sell,1,0.3"]
                let text = (rows + ["prices.electricity_fee,0,\(fee)"]).map { $0 + "\n" }.joined()
                try Data(text.utf8).write(to: file)
                let out = folder.appendingPathComponent("fee\(fee)")
                let ending = try ProgramProcess.run([
                    "certify", folder.path, "--prices", file.path, "--time", "0", "--output", out.path,
                ])
                #expect(ending.code == 0, "\(ending.output)")
                let page = try String(contentsOf: out.appendingPathComponent("report.html"), encoding: .utf8)
                return (ending.output, PageReader(page))
            }
            func items(_ page: PageReader) -> [[String]] {
                let marked = page.all("p")
                let names = marked.filter { $0.attributes["class"] == "name" }.map(\.text)
                return zip(names, marked.filter { $0.attributes["class"] == "value" }.map(\.text)).map { [$0, $1] }
            }
            let (told, page) = try certified(fee: "13")
            #expect(told.contains("These prices pay 15.00 EUR by the case's tie rule, and 0.00 EUR for certain."))
            #expect(told.contains("; these prices pay 15.00") && !told.contains("best known"))
            #expect(
                items(page) == [
                    ["Payoff of these prices", "15.00 EUR"], ["Payoff for certain", "0.00 EUR"],
                    ["No prices pay more than", "15.00 EUR"],
                ])
            #expect(!page.elements.contains { $0.text.contains("best prices known") })
            // That 15 can be had is known here, too, and told apart.
            let (worse, other) = try certified(fee: "12.97")
            #expect(worse.contains("These prices pay 14.97 EUR by the case's tie rule, and 14.96 EUR for certain."))
            #expect(worse.contains("; the best known pay 15.00"))
            #expect(
                items(other).prefix(3) == [
                    ["Payoff of these prices", "14.97 EUR"], ["Payoff for certain", "14.96 EUR"],
                    ["Payoff of the best prices known", "15.00 EUR"],
                ])
        }
    }

    /// After as many nodes the same bounds, beside the seconds that they took.
    @Test func workersProveTheSame() throws {
        try TemporaryFolder.with { folder in
            let park = folder.path + "/park"
            #expect(CommandTests.exitCode(["new", park]) == 0)
            let tables = try ["1", "3"].map { workers in
                let proof = folder.path + "/" + workers
                #expect(
                    CommandTests.exitCode([
                        "certify", park, "--nodes", "30", "--time", "600", "--workers", workers, "--quiet", "--output",
                        proof,
                    ]) == 0)
                return try String(contentsOfFile: proof + "/bounds.csv", encoding: .utf8).split(separator: "\n").map {
                    let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
                    return cells[0] + "," + cells[2...].joined(separator: ",")
                }
            }
            #expect(tables[0] == tables[1] && tables[0].count >= 3)
        }
    }

    /// Both ways of solving end alike where there is nothing to find.
    @Test func solvesFilesWithoutAnAnswer() throws {
        try TemporaryFolder.with { folder throws in
            let (mps, aux) = (folder.path + "/a.mps", folder.path + "/a.aux")
            func codes(_ rows: String, upper: String, cost: String, leader: String = "1") throws -> [Int32] {
                let model = """
                    NAME a
                    ROWS
                     N c
                     G r
                    COLUMNS
                     x c 1 r 1
                     y c \(leader) r 1
                    RHS
                     B r \(rows)
                    BOUNDS
                     UP B x 4
                     \(upper)
                    ENDATA
                    """
                try Data(model.utf8).write(to: URL(fileURLWithPath: mps))
                try Data("N 1\nM 1\nLC 1\nLR 0\nLO \(cost)\nOS 1\n".utf8).write(to: URL(fileURLWithPath: aux))
                return [["--exact"], ["--budget", "100"]].map { CommandTests.exitCode(["solve", mps, aux] + $0) }
            }
            #expect(try codes("2", upper: "UP B y 3", cost: "1") == [0, 0])
            // x + y >= 9 with x at most 4 and y at most 3.
            #expect(try codes("9", upper: "UP B y 3", cost: "1") == [69, 69])
            // The follower gains without end.
            #expect(try codes("2", upper: "PL B y", cost: "-1") == [69, 69])
            // So does the leader, where all is one to the follower.
            #expect(try codes("2", upper: "PL B y", cost: "0", leader: "-1") == [69, 69])
        }
    }

    /// Bounds that are not found in time are left out, and what the prices pay is told nevertheless.
    @Test func theTimeOfACertificateHolds() throws {
        try TemporaryFolder.with { folder in
            let (park, run) = (folder.path + "/park", folder.path + "/run")
            #expect(CommandTests.exitCode(["new", park]) == 0)
            #expect(
                CommandTests.exitCode([
                    "price", park, "--evaluations", "40", "--population", "10", "--quiet", "--output", run,
                ]) == 0)
            for (number, time) in ["0.000001", "0.05", "0.5"].enumerated() {
                let proof = folder.path + "/proof\(number)"
                let begun = Date()
                #expect(CommandTests.exitCode(["certify", run, "--time", time, "--quiet", "--output", proof]) == 0)
                #expect(Date().timeIntervalSince(begun) < 10)
                let data = try Data(contentsOf: URL(fileURLWithPath: proof + "/manifest.json"))
                let manifest = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
                #expect(manifest["payoff"] is Double)
            }
        }
    }

    /// Problems of one file: each is solved, whatever becomes of the others.
    @Test func solvesAListOfProblems() throws {
        func problem(_ name: String, _ rows: String) -> String {
            """
              - name: \(name)
                class: integer price
                source: made for this test
                x: [{name: toll, lower: 0, upper: 4, integer: true}]
                y: [{name: road, lower: 0, upper: 1}, {name: detour, lower: 0}]
                leader: {maximise: {"road*toll": 1, constant: 3}, rows: [\(rows)]}
                follower: {minimise: {"toll*road": 1, detour: 2}, rows: [{road: 1, detour: 1, "==": 1}]}
                optimistic: {status: proven, value: 5, x: [2], verified: by hand}
            """
        }
        try TemporaryFolder.with { folder in
            let file = folder.path + "/problems.yaml"
            func solve(_ second: String, _ options: [String]) throws -> ProgramProcess.Ending {
                let text = ["problems:", problem("first", ""), problem("second", second), problem("third", "")]
                try Data(text.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: file))
                return try ProgramProcess.run(["solve", file] + options)
            }
            for options in [["--exact"], ["--evaluations", "100"]] {
                let good = try solve("", options)
                #expect(good.code == 0)
                #expect(good.output.split(separator: "\n").filter { $0.contains(": 5.0") }.count == 3)
                // Nobody can take less than nothing.
                let bad = try solve("{toll: 1, \"<=\": -1}", options)
                #expect(bad.code == 69)
                #expect(bad.output.contains("first: 5.0") && bad.output.contains("third: 5.0"))
                #expect(bad.errors.contains("second: "))
            }
            // Prices and quantities are multiplied: the follower's answer is told all the same.
            #expect(try solve("", ["--exact"]).output.contains("road = 1.0"))
            #expect(try solve("", ["--evaluations", "100"]).output.contains("road = 1.0"))
            let lines = try solve("", ["--exact", "--json"]).output.split(separator: "\n")
            #expect(lines.count == 3 && lines[1].hasPrefix("{\"name\": \"second\", \"value\": 5.0"))
            // The leader maximises: a bound is no less than what is found.
            struct Answer: Decodable {
                let value: Double
                let bound: Double
            }
            for line in lines {
                let answer = try JSONDecoder().decode(Answer.self, from: Data(line.utf8))
                #expect(answer.bound >= answer.value && answer.bound <= answer.value + 1e-5)
            }
        }
    }

    /// No bound is known where the leader alone would gain without end, in units that the solver does not tell from
    /// none: JSON has no word for an infinite one.
    @Test func jsonHasNoInfinity() throws {
        let text = """
            problems:
              - name: open
                class: bilinear
                source: made for this test
                x: [{name: x, lower: -0.001, upper: 0.001}]
                y: [{name: y, upper: 2000}]
                leader: {minimise: {y: 4, "x*y": -1000}}
                follower: {minimise: {y: -3.0e-09}, rows: [{y: -4000, ">=": -4.0e+06}]}
                optimistic: {status: proven, value: 3000, x: [0.001], verified: by hand}
            """
        struct Answer: Decodable {
            let value: Double
            let bound: Double?
        }
        try TemporaryFolder.with { folder in
            let file = folder.path + "/open.yaml"
            try Data(text.utf8).write(to: URL(fileURLWithPath: file))
            let ending = try ProgramProcess.run(["solve", file, "--exact", "--json", "--time", "5"])
            let answer = try JSONDecoder().decode(Answer.self, from: Data(ending.output.utf8))
            // By hand: 1000 * (4 - 1).
            #expect(abs(answer.value - 3000) <= 1e-3 && (answer.bound ?? 0) <= 3000 + 1e-3)
        }
    }

    /// The tolls of a network: by search, by proof, and in a comparison.
    @Test func solvesNetworks() throws {
        let network = """
            {"problem": {"V": 2,
              "A": [{"src": 1, "dst": 2, "cost": 1, "toll": true}, {"src": 1, "dst": 2, "cost": 5, "toll": false}],
              "K": [{"orig": 1, "dest": 2, "demand": 10}]}}
            """
        try TemporaryFolder.with { folder in
            let file = folder.path + "/bridge.json"
            try Data(network.utf8).write(to: URL(fileURLWithPath: file))
            struct Answer: Decodable {
                struct Toll: Decodable {
                    let arc: Int
                    let toll: Double
                }
                let value: Double
                let bound: Double
                let tolls: [Toll]
            }
            for options in [[], ["--exact"], ["--algorithm", "pso"], ["--algorithm", "ga+polish"]] {
                let ending = try ProgramProcess.run(["solve", file, "--json", "--evaluations", "2000"] + options)
                #expect(ending.code == 0)
                let answer = try JSONDecoder().decode(Answer.self, from: Data(ending.output.utf8))
                #expect(abs(answer.value - 40) < 1e-4 && answer.bound >= answer.value && answer.bound < 40.001)
                #expect(answer.tolls.map(\.arc) == [1] && abs(answer.tolls[0].toll - 4) < 1e-5)
            }
            #expect(try ProgramProcess.run(["solve", file, "--algorithm", "luck"]).code == 65)
            let suite = folder.path + "/suite.yaml"
            try Data(
                """
                suite: {schema: 1, name: tolls, version: 1, population: 10, evaluations: 300}
                targets: [1 %, 1e-6]
                problems:
                  - {network: bridge.json, best_known: 40}
                """.utf8
            ).write(to: URL(fileURLWithPath: suite))
            let out = folder.path + "/out"
            let compared = try ProgramProcess.run(["compare", suite, "--seeds", "3", "--output", out, "--quiet"])
            #expect(compared.code == 0, "\(compared.errors)")
            let final = try String(contentsOfFile: out + "/final.csv", encoding: .utf8).split(separator: "\n")
            let auto = final.filter { $0.contains(",auto,") }
            let values = auto.compactMap { Double($0.split(separator: ",")[3]) }
            #expect(values.count == 3 && values.allSatisfy { abs($0 - 40) < 1e-6 }, "\(final)")
        }
    }

    @Test func solvesFiles() throws {
        try TemporaryFolder.with { folder in
            let (mps, aux) = (folder.path + "/a.mps", folder.path + "/a.aux")
            try Data(ExchangeExample.model.utf8).write(to: URL(fileURLWithPath: mps))
            try Data("N 1\nM 2\nLC 1\nLR 2\nLR 3\nLO 1\nOS 1\n".utf8).write(to: URL(fileURLWithPath: aux))
            #expect(CommandTests.exitCode(["solve", mps, aux, "--exact"]) == 0)
            #expect(CommandTests.exitCode(["solve", mps, aux, "--budget", "200", "--json"]) == 0)
            #expect(CommandTests.exitCode(["solve", mps, aux, "--algorithm", "luck"]) == 65)
            #expect(CommandTests.exitCode(["solve", mps, folder.path + "/none.aux"]) == 65)
            #expect(CommandTests.exitCode(["solve", mps, aux, "--time", "0"]) == 65)
            // A leader's real number in the rows of a follower with whole ones: by hand, x = 6 is the greatest at which
            // y = 5 is the least.
            let real = ExchangeExample.model.replacingOccurrences(of: " MARKER 'MARKER' 'INTORG'\n", with: "")
                .replacingOccurrences(of: " y R0 2\n", with: " MARKER 'MARKER' 'INTORG'\n y R0 2\n")
            try Data(real.utf8).write(to: URL(fileURLWithPath: mps))
            let ending = try ProgramProcess.run(["solve", mps, aux, "--exact"])
            #expect(ending.code == 0 && ending.output.hasPrefix("a: -41.0, proved\n"))
            #expect(CommandTests.exitCode(["solve", mps, aux, "--budget", "200"]) == 0)
            // With a real variable of the follower beside, nothing is known.
            let mixed = real.replacingOccurrences(of: "'INTEND'\n", with: "'INTEND'\n z cost 1\n z R3 1\n")
            try Data(mixed.utf8).write(to: URL(fileURLWithPath: mps))
            try Data("N 2\nM 2\nLC 1\nLC 2\nLR 2\nLR 3\nLO 1\nLO 1\nOS 1\n".utf8)
                .write(to: URL(fileURLWithPath: aux))
            #expect(CommandTests.exitCode(["solve", mps, aux, "--exact"]) == 65)
            #expect(CommandTests.exitCode(["solve", mps, aux, "--exact", "--ties", "pessimistic"]) == 65)
        }
    }
}
