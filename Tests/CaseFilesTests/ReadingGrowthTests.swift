import Foundation
import Testing

@testable import CaseFiles

/// Reading takes time in proportion to a file's size, or a file is refused before it does.
@Suite struct ReadingGrowthTests {
    /// Anchors of any name, aliases as keys, and what hides them from a reader of lines.
    @Test(
        .timeLimit(.minutes(30)),
        arguments: [
            ("a: &_a", "*_a", "z:\n  ? *_h\n  : 1\n"), ("a: &-a", "*-a", "z:\n  ? *-h\n  : 1\n"),
            ("a: &ä", "*ä", "z: {*ä : 1}\n"), ("\"#\": &x", "*x", "z: {\"#\": 1, *x : 2}\n"),
            ("a: &1", "*1", "<<: *1\n"),
        ]) func bombsAreRefused(first: String, alias: String, last: String) throws
    {
        let name = String(alias.dropFirst())
        var text = "\(first) [1,1,1,1,1,1,1,1,1,1]\n"
        for k in 1...9 {
            text += "b\(k): &\(name) [\"# \", \(Array(repeating: alias, count: 10).joined(separator: ","))]\n"
        }
        let complaints = try Workshop.complaints(["case.yaml": text + last])
        #expect(!complaints.isEmpty && complaints.allSatisfy { $0.contains("anchors and aliases") }, "\(complaints)")
    }

    /// The case as it was reported.
    @Test(.timeLimit(.minutes(30))) func aliasesAsKeysAreRefused() throws {
        var text = "a: &_a [1,1,1,1,1,1,1,1,1,1]\n"
        for (name, before) in zip("bcdefgh", "abcdefg") {
            text += "\(name): &_\(name) [\(Array(repeating: "*_\(before)", count: 10).joined(separator: ","))]\n"
        }
        let complaints = try Workshop.complaints(["case.yaml": text + "z:\n  ? *_h\n  : 1\n  ? *_h\n  : 2\n"])
        #expect(complaints.count == 20 && complaints.allSatisfy { $0.contains("anchors and aliases") })
    }

    @Test func textThatLooksLikeAliasesIsText() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing(
            #"title: "CHP park, July workday""#, with: #"title: "*a *b *c *d *e *f *g R&D, *what*? yes""#)
        #expect(files["case.yaml"] != GoodCase.yaml)
        #expect(try Workshop.complaints(files) == [])
    }

    @Test(.timeLimit(.minutes(30))) func keysThatAreMapsAreRefused() throws {
        var text = ""
        for k in 0..<40 { text += String(repeating: " ", count: k) + "? \n" }
        let complaints = try Workshop.complaints(["case.yaml": text + String(repeating: " ", count: 41) + "a: 1\n"])
        #expect(complaints.count == 1 && complaints[0].contains("Write keys as 'name: value'"), "\(complaints)")
    }

    /// Every open bracket costs time at every word behind it.
    @Test(.timeLimit(.minutes(30))) func bracketsInBracketsAreRefused() throws {
        let open = String(repeating: "[", count: 900)
        let complaints = try Workshop.complaints(["case.yaml": "a: " + open + String(repeating: "x,", count: 1_000_000)]
        )
        #expect(complaints == ["case.yaml:1:204  maps and lists are nested more than 30 deep."])
    }

    @Test(.timeLimit(.minutes(30))) func variantsOfManyChangesAreRefused() throws {
        let changes = (0..<100_000).map { "    users.u.a\($0): 1\n" }.joined()
        let text = Self.head + "users:\n  u: {demand: {electricity: 10}}\nvariants:\n  v:\n" + changes
        #expect(
            try Workshop.complaints(["case.yaml": text]) == [
                "case.yaml:11:5  variants.v: makes 100000 changes; at most 5000 are taken. Write a case of its own."
            ])
    }

    private static let head = """
        case: {schema: 1, name: a}
        time: {steps: 2}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.1, max: 100 MW}}
        operator:
          prices: {electricity_sell: {min: 0.1, max: 0.3}}

        """

    /// Processor time of this thread alone: what others do meanwhile does not count.
    private func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Seconds that reading takes at a size and at four times of it.
    private func growth(_ size: Int, _ files: (Int) -> [String: String]) throws -> (small: Double, large: Double) {
        func seconds(_ size: Int) throws -> Double {
            let files = files(size)
            return try (0..<3).map { _ in
                let start = now()
                _ = try Workshop.complaints(files)
                return now() - start
            }.min() ?? 0
        }
        return (try seconds(size), try seconds(4 * size))
    }

    /// Work that grows with the square of the size would take sixteen times as long at four times of it.
    @Test(arguments: ["keys", "columns", "wrong references", "users", "tables", "cells"])
    func readingGrowsInProportion(of what: String) throws {
        let users = "users:\n  u: {demand: {electricity: 10}}\n"
        let (size, files): (Int, (Int) -> [String: String]) =
            switch what {
            case "keys":
                (1_000, { n in ["case.yaml": Self.head + users + (0..<n).map { "key\($0): 1\n" }.joined()] })
            case "columns":
                (
                    500,
                    { n in
                        [
                            "case.yaml": Self.head + "tables: {p: {file: p.csv, index: hour}}\nusers:\n"
                                + (0..<n / 10).map { "  u\($0): {demand: {electricity: p.c\(10 * $0)}}\n" }.joined(),
                            "p.csv": (["hour"] + (0..<n).map { "c\($0)" }).joined(separator: ",") + "\n"
                                + (0..<2).map { "\($0)" + String(repeating: ",1", count: n) + "\n" }.joined(),
                        ]
                    }
                )
            case "wrong references":
                (
                    300,
                    { n in
                        [
                            "case.yaml": Self.head + "tables: {p: {file: p.csv, index: hour}}\nusers:\n"
                                + (0..<n).map { "  u\($0): {demand: {electricity: p.c\($0)x}}\n" }.joined(),
                            "p.csv": "hour," + (0..<2000).map { "c\($0)" }.joined(separator: ",") + "\n"
                                + (0..<2).map { "\($0)" + String(repeating: ",1", count: 2000) + "\n" }.joined(),
                        ]
                    }
                )
            case "users":
                (
                    100,
                    { n in
                        [
                            "case.yaml": Self.head + "users:\n"
                                + (0..<n).map { "  u\($0): {demand: {electricity: 10}}\n" }.joined()
                        ]
                    }
                )
            case "tables":
                (
                    500,
                    { n in
                        [
                            "case.yaml": Self.head + users + "tables:\n"
                                + (0..<n).map { "  t\($0): {file: p.csv, index: hour}\n" }.joined()
                                + "variants: {v: {users.u.demand.electricity: t1.c}}\n",
                            "p.csv": "hour,c\n0,1\n1,1\n",
                        ]
                    }
                )
            default:
                (
                    1_000,
                    { n in
                        [
                            "case.yaml": Self.head + users
                                + "tables: {s: {file: s.csv, index: id}}\nev_stations: {st: {sessions: s}}\n",
                            "s.csv": "id,arrival,departure,battery,max_charge,max_discharge,soc_arrival,soc_departure\n"
                                + (0..<n).map { "c\($0),0,9,60,11,0,0.2,x\n" }.joined(),
                        ]
                    }
                )
            }
        let (small, large) = try growth(size, files)
        #expect(large < 10 * small + 0.05, "\(what): \(small) s and \(large) s")
    }

    /// What the quick comparison says is what the table of all prefixes says.
    @Test func distancesAreThoseOfTheTable() {
        func table(_ a: [UInt8], _ b: [UInt8]) -> Int {
            var rows = [[Int]](repeating: [Int](repeating: 0, count: b.count + 1), count: a.count + 1)
            for i in 0...a.count { rows[i][0] = i }
            for j in 0...b.count { rows[0][j] = j }
            for i in a.indices {
                for j in b.indices {
                    var least = min(rows[i][j] + (a[i] == b[j] ? 0 : 1), rows[i][j + 1] + 1, rows[i + 1][j] + 1)
                    if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { least = min(least, rows[i - 1][j - 1] + 1) }
                    rows[i + 1][j + 1] = least
                }
            }
            return rows[a.count][b.count]
        }
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        for _ in 0..<3_000 {
            let words = (0..<2).map { _ in (0..<next(9)).map { _ in UInt8(97 + next(3)) } }
            let texts = words.map { String(decoding: $0, as: UTF8.self) }
            #expect(EditDistance(from: texts[0]).distance(to: texts[1]) == table(words[0], words[1]), "\(texts)")
        }
        let long = String(repeating: "ab", count: 32)
        #expect(EditDistance(from: long).distance(to: String(long.dropLast())) == 1)
        #expect(EditDistance(from: "capcity").distance(to: "capacity") == 1)
    }
}
