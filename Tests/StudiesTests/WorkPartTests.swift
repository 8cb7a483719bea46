import Foundation
import Testing

@testable import Studies

@Suite struct WorkPartTests {
    private func parts(_ count: Int) throws -> [WorkPart] {
        try (1...count).map { try #require(WorkPart(number: $0, of: count)) }
    }

    /// Each piece is of one part, and parts have as many pieces as there can be of each.
    @Test func everyPieceIsDealtOnce() throws {
        for count in [1, 2, 3, 4, 5, 7, 8, 13, 16, 64, 100] {
            let parts = try parts(count)
            for total in [0, 1, count - 1, count, count + 1, 97, 240] {
                let owners = (0..<total).map { index in parts.filter { $0.holds(index) } }
                #expect(owners.allSatisfy { $0.count == 1 })
                let sizes = parts.map { part in owners.count { $0.first == part } }
                #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1, "\(total) pieces in \(count) parts")
            }
        }
    }

    /// Two algorithms with four seeds each on many problems, in eight parts: dealt in one rhythm, half of the parts
    /// would have one algorithm alone.
    @Test func noPartHasTheDearPiecesAlone() throws {
        for (seeds, algorithms, count) in [(4, 2, 8), (2, 4, 8), (5, 2, 10), (8, 2, 16), (1, 8, 8)] {
            let total = seeds * algorithms * 16
            for part in try parts(count) {
                let own = (0..<total).filter(part.holds)
                let shares = (0..<algorithms).map { a in own.count { $0 / seeds % algorithms == a } }
                let fair = Double(own.count) / Double(algorithms)
                #expect(
                    shares.allSatisfy { abs(Double($0) - fair) <= max(2, fair / 2) },
                    "\(part) of \(seeds) seeds, \(algorithms) algorithms: \(shares)")
            }
        }
    }

    @Test func textIsReadAndWritten() throws {
        let part = try #require(WorkPart("3/8"))
        #expect((part.number, part.count) == (3, 8) && "\(part)" == "3/8")
        #expect(try JSONDecoder().decode(WorkPart.self, from: JSONEncoder().encode(part)) == part)
        for text in ["", "3", "0/8", "9/8", "3/", "/8", "3/8/2", "x/8", "3/10001", "-3/8"] {
            #expect(WorkPart(text) == nil, "\(text)")
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode(WorkPart.self, from: Data("\"\(text)\"".utf8))
            }
        }
    }

    @Test func foldersThatAreNotAllPartsOnceAreNamed() throws {
        let parts = try parts(3)
        func fault(_ folders: [(String, WorkPart)]) -> PartsError? {
            do { try WorkPart.check(folders.map { (path: $0.0, part: $0.1) }) } catch { return error }
            return nil
        }
        let all = zip(["a", "b", "c"], parts).map { ($0, $1) }
        #expect(fault(all) == nil && fault(all.reversed()) == nil)
        #expect(fault([all[0], all[2]]) == .missing([parts[1]]))
        #expect(fault(all + [("d", parts[1])]) == .twice(parts[1], paths: ["b", "d"]))
        let half = try #require(WorkPart("1/2"))
        #expect(
            fault([all[0], ("h", half)]) == .otherDeal(path: "h", part: half, otherPath: "a", otherPart: parts[0]))
    }
}
