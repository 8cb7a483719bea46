import Foundation

/// Decisions as they are written down: on the grid of their tick.
///
/// Where nobody says which (``Decision/tick``), a series of prices is written with four decimals if its greatest bound
/// is from 0.1 to 10, with one more or one less for each power of ten below and above: some ten thousand steps to its
/// greatest price. A decision that has no multiple of its tick between its bounds keeps its digits, as a given price
/// does.
extension DecisionSpace {
    /// The grid of each decision, the same throughout a series such as `prices.electricity_sell`.
    public var ticks: [Tick] {
        let series = decisions.map { String($0.name.prefix { $0 != "[" }) }
        var largest: [String: Double] = [:]
        for (name, decision) in zip(series, decisions) {
            largest[name] = max(largest[name] ?? 0, abs(decision.lower), abs(decision.upper))
        }
        return zip(series, decisions).map { name, decision in
            if let tick = decision.tick { return tick }
            guard let size = largest[name], size > 0 else { return Tick(decimals: 4) }
            let power = Int(log10(size).rounded(.down))
            return Tick(decimals: power >= 0 ? 4 - power : 3 - power)
        }
    }

    /// The greatest of the ``ticks`` of each unit, units in the order of the decisions.
    public var greatestTicks: [(unit: String, size: Double)] {
        var found: [(unit: String, size: Double)] = []
        for (tick, decision) in zip(ticks, decisions) {
            if let k = found.firstIndex(where: { $0.unit == decision.unit }) {
                found[k].size = max(found[k].size, tick.size)
            } else {
                found.append((decision.unit, tick.size))
            }
        }
        return found
    }

    /// Half a tick each way for decisions on a grid, none for whole numbers.
    public var halfTicks: [Double] { zip(ticks, decisions).map { $1.isInteger ? 0 : 0.5 * $0.size } }

    /// The point of the space near another one whose components are multiples of their ``ticks``.
    ///
    /// Components are rounded to the nearest; where that breaks a mean cap or an ordering, downwards. Where caps leave
    /// no such point, bounds may be taken as they are; and where that does not help either, as where an ordering leaves
    /// hardly any room between two grids, the point keeps its digits.
    public func rounded(_ point: [Double]) -> [Double] {
        let point = project(point)
        for mayBeBound in [false, true] {
            let result =
                polyhedron == nil
                ? rounded(point, Grid(ticks: ticks, mayBeBound: mayBeBound))
                : roundedWithForm(point, mayBeBound: mayBeBound)
            if let result, project(result) == result { return result }
        }
        return point
    }

    /// The numbers that may be written.
    struct Grid {
        let ticks: [Tick]
        /// Whether a bound that is no multiple may be taken.
        let mayBeBound: Bool

        /// The multiple of a tick for a value, moved between the bounds where there is one.
        func number(_ value: Double, _ i: Int, _ decision: Decision, _ rule: (Tick) -> (Double) -> Double) -> Double {
            guard !decision.isInteger else { return value }
            let (lower, upper) = (decision.lower, decision.upper)
            if mayBeBound {
                if value >= upper { return upper }
                return min(max(rule(ticks[i])(value), lower), upper)
            }
            let (least, most) = (ticks[i].above(lower), ticks[i].below(upper))
            guard least <= most else { return min(max(value, lower), upper) }
            return min(max(rule(ticks[i])(value), least), most)
        }
    }

    private func rounded(_ point: [Double], _ grid: Grid) -> [Double] {
        let ticks = grid.ticks
        func below(_ value: Double, _ i: Int) -> Double { grid.number(value, i, decisions[i]) { $0.below } }
        var result = decisions.indices.map { i in grid.number(point[i], i, decisions[i]) { $0.nearest(to:) } }
        for cap in meanCaps {
            // Those that were moved up most go back first.
            for i in cap.indices.sorted(by: { (result[$0] - point[$0], $1) > (result[$1] - point[$1], $0) }) {
                guard cap.mean({ result[$0] }) > cap.maximum else { break }
                result[i] = below(point[i], i)
            }
        }
        for ordering in orderings where result[ordering.lower] > result[ordering.upper] {
            let (low, high) = (ordering.lower, ordering.upper)
            result[low] = below(result[high], low)
            if result[low] > result[high] { (result[low], result[high]) = (point[low], point[high]) }
        }
        // Sums of rounded numbers are rounded themselves, and multiples may begin above a lower bound: what a
        // projection would change is not in the space.
        for cap in meanCaps where project(result) != result {
            for i in cap.indices.reversed() where project(result) != result {
                let lower = below(result[i] - 0.5 * ticks[i].size, i)
                if lower <= result[i], orderings.allSatisfy({ $0.upper != i || result[$0.lower] <= lower }) {
                    result[i] = lower
                }
            }
        }
        return result
    }
}
