import Foundation

/// Ticks at powers of ten, every second, fifth or tenth of them when there are many. An axis shorter than a decade or
/// two has 1-2-5 ticks instead, and one too short for these has those of a linear axis.
enum LogarithmicTicks {
    /// - Parameters:
    ///   - low: the decadic logarithm of the lower end.
    ///   - high: the decadic logarithm of the upper end.
    static func marks(low: Double, high: Double, atMost count: Int) -> [(exponent: Double, label: String)] {
        let decades = inside(low, high)
        if decades.count >= 2 {
            for step in [1, 2, 5, 10, 20, 50, 100, 200, 500] {
                let kept = decades.filter { $0 % step == 0 }
                if kept.count <= count, !kept.isEmpty { return labelled(kept.map { (1, $0) }) }
            }
        }
        let fine = (Int(low.rounded(.down))...Int(high.rounded(.down))).flatMap { power in
            [1, 2, 5].map { ($0, power) }
        }
        .filter { (low - 1e-9...high + 1e-9).contains(log10(Double($0.0)) + Double($0.1)) }
        if fine.count >= 3, fine.count <= count { return labelled(fine) }
        return LinearTicks(low: pow(10, low), high: pow(10, high), atMost: count).marks.filter { $0.value > 0 }
            .map { (log10($0.value), $0.label) }
    }

    /// Where the multiples 2 to 9 of the powers lie, for marks without a label. None if they would be too dense.
    static func between(low: Double, high: Double) -> [Double] {
        guard high - low <= 8 else { return [] }
        return (Int(low.rounded(.down))...Int(high.rounded(.up))).flatMap { power in
            (2...9).map { log10(Double($0)) + Double(power) }
        }.filter { (low...high).contains($0) }
    }

    private static func inside(_ low: Double, _ high: Double) -> [Int] {
        let first = Int((low - 1e-9).rounded(.up))
        let last = Int((high + 1e-9).rounded(.down))
        return first <= last ? Array(first...last) : []
    }

    private static func labelled(_ marks: [(digit: Int, power: Int)]) -> [(exponent: Double, label: String)] {
        let plain = marks.allSatisfy { (-3...4).contains($0.power) }
        return marks.map { mark in
            let label =
                plain
                ? TickText.fixed(LinearTicks.power(Double(mark.digit), mark.power), decimals: max(0, -mark.power))
                : (mark.digit == 1 ? "" : "\(mark.digit)×") + TickText.powerOfTen(mark.power)
            return (log10(Double(mark.digit)) + Double(mark.power), label)
        }
    }
}
