import Foundation
import Writing

/// An axis with known ends: the position of a value on it, and its ticks.
///
/// Any data give an axis: none, a single value, values that differ by rounding only, and values near the limits of
/// floating-point numbers. Beyond 1e±307 a value is drawn as 1e±307.
struct AxisScale: Equatable {
    let scale: Axis.Scale
    /// The ends: the values themselves, or their decadic logarithms.
    let low: Double
    let high: Double
    /// Ticks of a linear scale are at multiples of this; nil for round numbers.
    private let spacing: Double?
    private let clock: AxisClock?

    static let largest = 1e307
    /// Narrower than this, an axis is widened: ticks would need more digits than numbers have.
    private static let narrowest = 1e-303

    init(_ axis: Axis, values: [Double]) {
        scale = axis.scale
        spacing = axis.spacing
        clock = axis.clock
        switch axis.scale {
        case .linear: (low, high) = Self.linearEnds(axis.range, values)
        case .logarithmic: (low, high) = Self.logarithmicEnds(axis.range, values)
        }
    }

    /// 0 at the lower end, 1 at the upper; nil if it cannot be shown. On a logarithmic axis, zero and negative values
    /// are at the lower end.
    func fraction(_ value: Double) -> Double? {
        guard value.isFinite else { return nil }
        switch scale {
        case .linear: return (Self.held(value) - low) / (high - low)
        case .logarithmic: return value > 0 ? (Self.logarithm(value) - low) / (high - low) : 0
        }
    }

    func ticks(atMost count: Int) -> [Tick] {
        let marks =
            switch scale {
            case .linear:
                linearMarks(atMost: count).map { ($0.value, $0.label) }
            case .logarithmic:
                LogarithmicTicks.marks(low: low, high: high, atMost: count).map { ($0.exponent, $0.label) }
            }
        return marks.map { Tick(fraction: min(max(($0.0 - low) / (high - low), 0), 1), label: $0.1) }
    }

    private func linearMarks(atMost count: Int) -> [(value: Double, label: String)] {
        if let marks = clock?.marks(low: low, high: high, atMost: count), !marks.isEmpty { return marks }
        return spaced(atMost: count) ?? LinearTicks(low: low, high: high, atMost: count).marks
    }

    /// Multiples of the spacing that was asked for; nil without one.
    private func spaced(atMost count: Int) -> [(value: Double, label: String)]? {
        guard var step = spacing, step > 0, (high - low) / step < 1e6 else { return nil }
        while (high / step).rounded(.down) - (low / step).rounded(.up) + 1 > Double(count) { step *= 2 }
        let marks = stride(from: (low / step).rounded(.up), through: (high / step).rounded(.down), by: 1).map {
            (value: $0 * step, label: NumberText.csv($0 * step).replacingOccurrences(of: "-", with: "−"))
        }
        // On a short axis such a spacing shows nothing.
        return marks.count > 2 ? marks : nil
    }

    /// As many ticks as have room for their labels side by side on `length`.
    func ticks(along length: Double) -> [Tick] {
        for count in stride(from: 9, to: 2, by: -1) {
            let ticks = ticks(atMost: count)
            let crowded = zip(ticks, ticks.dropFirst()).contains {
                let labels = (TextMeasure.width($0.label) + TextMeasure.width($1.label)) / 2
                return ($1.fraction - $0.fraction) * length < labels + TextMeasure.small
            }
            if !crowded { return ticks }
        }
        return Array(ticks(atMost: 2).prefix(1))
    }

    /// Where small marks without a label are between the powers of ten.
    var fractionsBetween: [Double] {
        guard scale == .logarithmic else { return [] }
        return LogarithmicTicks.between(low: low, high: high).map { ($0 - low) / (high - low) }
    }

    private static func held(_ value: Double) -> Double { min(max(value, -largest), largest) }

    static func logarithm(_ value: Double) -> Double { log10(min(max(value, 1 / largest), largest)) }

    private static func linearEnds(_ range: ClosedRange<Double>?, _ values: [Double]) -> (Double, Double) {
        if let range, range.lowerBound.isFinite, range.upperBound.isFinite {
            return widened(held(range.lowerBound), held(range.upperBound))
        }
        let finite = values.filter(\.isFinite).map(held)
        guard let least = finite.min(), let most = finite.max() else { return (0, 1) }
        // An end that is nothing but rounding does not take a step of the axis.
        let nothing = max(abs(least), abs(most)) * 1e-9
        let (low, high) = widened(abs(least) < nothing ? 0 : least, abs(most) < nothing ? 0 : most)
        return LinearTicks(low: low, high: high, atMost: 7).rounded
    }

    private static func widened(_ low: Double, _ high: Double) -> (Double, Double) {
        let size = max(abs(low), abs(high))
        guard high - low <= max(size * 1e-12, narrowest) else { return (low, high) }
        if size <= narrowest { return (-1, 1) }
        return (low - size * 0.1, high + size * 0.1)
    }

    private static func logarithmicEnds(_ range: ClosedRange<Double>?, _ values: [Double]) -> (Double, Double) {
        let finite = values.filter(\.isFinite)
        let positive = finite.filter { $0 > 0 }.map(logarithm)
        var low = positive.min().map { ($0 + 1e-9).rounded(.down) } ?? -1
        var high = positive.max().map { ($0 - 1e-9).rounded(.up) } ?? 1
        // Zeros are drawn on the lower end: no positive value may be there too.
        if positive.count < finite.count, let least = positive.min(), least - low < 0.1 { low -= 1 }
        if let range, range.upperBound.isFinite, range.upperBound > 0 {
            high = logarithm(range.upperBound)
            if range.lowerBound > 0 { low = logarithm(range.lowerBound) } else if low >= high { low = high - 3 }
        }
        return high - low < 1e-6 ? (low - 1, high + 1) : (low, high)
    }
}

/// A mark on an axis, as a fraction of its length.
struct Tick: Equatable {
    let fraction: Double
    let label: String
}
