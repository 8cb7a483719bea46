import Foundation

/// Decisions as they are written down: with a number of decimals that a tariff has room for.
///
/// A series of prices is written with four decimals where its greatest bound is from 0.1 to 10, with one more or one
/// less for each power of ten below and above: some ten thousand steps to its greatest price. A bound itself may always
/// be written, with all its digits.
extension DecisionSpace {
    /// Decimals of each decision, the same throughout a series such as `prices.electricity_sell`; negative before the
    /// point.
    public var decimals: [Int] {
        let series = decisions.map { String($0.name.prefix { $0 != "[" }) }
        var largest: [String: Double] = [:]
        for (name, decision) in zip(series, decisions) {
            largest[name] = max(largest[name] ?? 0, abs(decision.lower), abs(decision.upper))
        }
        return series.map { name in
            guard let size = largest[name], size > 0 else { return 4 }
            let power = Int(log10(size).rounded(.down))
            return power >= 0 ? 4 - power : 3 - power
        }
    }

    /// How far two neighbouring numbers of so many decimals lie apart.
    static func tick(_ decimals: Int) -> Double {
        decimals >= 0 ? 1 / pow(10, Double(decimals)) : pow(10, Double(-decimals))
    }

    /// The point of the space near another one whose components have no more than their ``decimals``, or are a bound.
    ///
    /// Components are rounded to the nearest; where that breaks a mean cap or an ordering, downwards, and where an
    /// ordering has no such place, as of two series with different decimals and hardly any room, its two keep the
    /// digits that they had.
    public func rounded(_ point: [Double]) -> [Double] {
        if polyhedron != nil { return roundedWithForm(point) }
        let point = project(point)
        let decimals = decimals
        var result = decisions.indices.map { nearest(point[$0], $0, decimals[$0]) }
        for cap in meanCaps {
            var sum = cap.indices.reduce(0) { $0 + result[$1] }
            // Those that were moved up most go back first.
            for i in cap.indices.sorted(by: { (result[$0] - point[$0], $1) > (result[$1] - point[$1], $0) }) {
                guard sum / Double(cap.indices.count) > cap.maximum else { break }
                sum -= result[i]
                result[i] = below(point[i], i, decimals[i])
                sum += result[i]
            }
        }
        for ordering in orderings where result[ordering.lower] > result[ordering.upper] {
            let (low, high) = (ordering.lower, ordering.upper)
            result[low] = below(result[high], low, decimals[low])
            if result[low] > result[high] { (result[low], result[high]) = (point[low], point[high]) }
        }
        // Sums of rounded numbers are rounded themselves: what a projection would change is not in the space.
        for cap in meanCaps where project(result) != result {
            for i in cap.indices.reversed() where project(result) != result {
                let lower = below(result[i] - 0.5 * Self.tick(decimals[i]), i, decimals[i])
                if lower >= decisions[i].lower, orderings.allSatisfy({ $0.upper != i || result[$0.lower] <= lower }) {
                    result[i] = lower
                }
            }
        }
        return project(result) == result ? result : point
    }

    static func written(_ value: Double, _ decimals: Int, _ rule: FloatingPointRoundingRule) -> Double {
        // Divided by a power of ten, which is exact, so that the text with these decimals reads back as the same
        // number.
        let scale = pow(10, Double(abs(decimals)))
        return decimals >= 0 ? (value * scale).rounded(rule) / scale + 0 : (value / scale).rounded(rule) * scale + 0
    }

    private func nearest(_ value: Double, _ i: Int, _ decimals: Int) -> Double {
        let decision = decisions[i]
        guard !decision.isInteger, value > decision.lower, value < decision.upper else { return value }
        let written = Self.written(value, decimals, .toNearestOrAwayFromZero)
        if written <= decision.lower { return decision.lower }
        return min(written, decision.upper)
    }

    /// The greatest number of so many decimals, or bound, that is not above a value; the lower bound where there is
    /// none.
    private func below(_ value: Double, _ i: Int, _ decimals: Int) -> Double {
        let decision = decisions[i]
        guard !decision.isInteger, value < decision.upper else { return min(value, decision.upper) }
        var written = Self.written(value, decimals, .down)
        // A number that has so many decimals already may have lost its last digit to the scale.
        let nearest = Self.written(value, decimals, .toNearestOrAwayFromZero)
        if nearest == value { written = nearest }
        return max(written, decision.lower)
    }
}
