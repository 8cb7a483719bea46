import Foundation
import Testing

@testable import Figures

@Suite struct CriticalDifferenceTests {
    /// Four versions of C4.5 on 14 data sets (Demšar 2006, section 3.2 and figure 1). The critical difference of the
    /// Nemenyi test is q √(k (k + 1) / 6 N) with k = 4, N = 14: 1.25 at the level 0.05 and 1.12 at 0.10.
    private func published(_ difference: Double) -> CriticalDifferenceDiagram {
        CriticalDifferenceDiagram(
            title: "C4.5",
            entries: [
                .init("C4.5", meanRank: 3.143), .init("C4.5+m", meanRank: 2.0), .init("C4.5+cf", meanRank: 2.893),
                .init("C4.5+m+cf", meanRank: 1.964),
            ], criticalDifference: difference)
    }

    @Test func groupsAsPublished() {
        // 3.143 − 1.964 = 1.179 is less than 1.25, but not less than 1.12, and neither is 3.143 − 2.0 = 1.143.
        #expect(published(1.25).groups == [0...3])
        #expect(published(1.12).groups == [0...2, 2...3])
        #expect(
            published(1.12).table().rows == [
                ["C4.5+m+cf", "1.964", "1"], ["C4.5+m", "2", "1"], ["C4.5+cf", "2.893", "1 2"], ["C4.5", "3.143", "2"],
            ])
    }

    @Test func groupsByHand() {
        let ranks = [1, 1.5, 2, 4, 6, 6.5, 9]
        #expect(CriticalDifferenceGroups.groups(ranks, difference: 1) == [0...1, 1...2, 4...5])
        // A difference that equals the critical one is significant.
        #expect(CriticalDifferenceGroups.groups(ranks, difference: 0.5).isEmpty)
        #expect(CriticalDifferenceGroups.groups(ranks, difference: 2.6) == [0...2, 1...3, 3...5, 5...6])
        #expect(CriticalDifferenceGroups.groups([2, 2, 2], difference: 0.1) == [0...2])
        #expect(CriticalDifferenceGroups.groups([2, 2], difference: 0).isEmpty)
        #expect(CriticalDifferenceGroups.groups([1, 2, 3], difference: .infinity) == [0...2])
        #expect(CriticalDifferenceGroups.groups([1, 2, 3], difference: .nan).isEmpty)
        #expect(CriticalDifferenceGroups.groups([], difference: 1).isEmpty)
    }

    /// The groups are those that a search over all pairs finds.
    @Test func groupsAgreeWithBruteForce() {
        for seed in 1...200 {
            let ranks = (0..<9).map { Double(($0 * 7919 + seed * 104_729) % 83) / 10 }.sorted()
            let difference = Double(seed % 40) / 10 + 0.05
            let joined = ranks.indices.flatMap { i in
                ranks.indices.filter { $0 > i && ranks[$0] - ranks[i] < difference }.map { i...$0 }
            }
            let longest = joined.filter { range in
                !joined.contains {
                    $0 != range && $0.lowerBound <= range.lowerBound && $0.upperBound >= range.upperBound
                }
            }
            #expect(CriticalDifferenceGroups.groups(ranks, difference: difference) == longest)
        }
    }

    @Test func barsReachFromRankToRank() throws {
        let picture = Picture(published(1.12))
        let axis = try #require(picture.all("line", in: "axis x").first)
        // Ranks run from 4 at the left end to 1 at the right end.
        func rank(_ x: Double) -> Double { 1 + 3 * (axis["x2"] - x) / (axis["x2"] - axis["x1"]) }
        let bars = picture.all("line", in: "bars")
        #expect(bars.count == 2)
        for (bar, ends) in zip(bars, [(2.893, 1.964), (3.143, 2.893)]) {
            #expect(abs(rank(bar["x1"] + 5) - ends.0) < 0.001 && abs(rank(bar["x2"] - 5) - ends.1) < 0.001)
        }
        let ruler = try #require(picture.all("line", in: "ruler").first)
        #expect(abs(rank(ruler["x1"]) - rank(ruler["x2"]) - 1.12) < 0.001)
        let leaders = picture.all("polyline", in: "names").map { rank(Picture.points($0)[0].x) }
        for (leader, expected) in zip(leaders, [3.143, 2.893, 1.964, 2.0]) { #expect(abs(leader - expected) < 0.001) }
        #expect(picture.texts(in: "names") == ["C4.5 (3.14)", "C4.5+cf (2.89)", "C4.5+m+cf (1.96)", "C4.5+m (2.00)"])
    }

    @Test func barsOfARowAreApart() {
        let entries = (0..<30).map {
            CriticalDifferenceDiagram.Entry("algorithm \($0)", meanRank: 4 + 0.75 * Double($0))
        }
        let picture = Picture(CriticalDifferenceDiagram(title: "", entries: entries, criticalDifference: 8))
        let bars = picture.all("line", in: "bars")
        #expect(bars.count == 20)
        for (i, a) in bars.enumerated() {
            for b in bars.dropFirst(i + 1) where a["y1"] == b["y1"] { #expect(a["x2"] < b["x1"] || b["x2"] < a["x1"]) }
        }
        #expect(picture.faults.isEmpty, "\(picture.faults)")
    }
}
