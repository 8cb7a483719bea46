/// Which of several mean ranks are joined by a bar.
enum CriticalDifferenceGroups {
    /// The longest stretches of ranks whose ends differ by less than `difference`, as places in `ranks`; stretches of
    /// one rank are left out.
    ///
    /// - Parameter ranks: ascending.
    static func groups(_ ranks: [Double], difference: Double) -> [ClosedRange<Int>] {
        var groups: [ClosedRange<Int>] = []
        var last = 0
        for first in ranks.indices {
            last = max(last, first)
            while last + 1 < ranks.count, ranks[last + 1] - ranks[first] < difference { last += 1 }
            // A stretch that ends where the one before it ends is a part of that one.
            if last > first, groups.last?.upperBound != last { groups.append(first...last) }
        }
        return groups
    }

    /// For each stretch the lowest row in which it touches no other; `gap` is how far apart two bars of a row are at
    /// least.
    static func rows(_ bars: [(left: Double, right: Double)], gap: Double) -> [Int] {
        var ends: [Double] = []
        var rows = [Int](repeating: 0, count: bars.count)
        for index in bars.indices.sorted(by: { bars[$0].left < bars[$1].left }) {
            let row = ends.firstIndex { $0 + gap <= bars[index].left } ?? ends.count
            if row == ends.count { ends.append(0) }
            ends[row] = bars[index].right
            rows[index] = row
        }
        return rows
    }
}
