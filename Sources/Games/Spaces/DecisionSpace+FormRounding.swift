/// Written digits under linear caps, ties and groupings.
extension DecisionSpace {
    /// The point of the space near another one whose components have multiples of their ``ticks``, or are a bound,
    /// with the same ones equal.
    ///
    /// Common values are rounded to the nearest; while a row is broken, one that stands in it moves by a last digit,
    /// the one by which all rows together are broken least. Where that does not end well, the point keeps its digits.
    func roundedWithForm(_ point: [Double]) -> [Double] {
        let point = project(point)
        let caps = Self.caps(meanCaps, orderings, linearCaps, decisions)
        guard let polyhedron = try? Polyhedron(decisions, caps, ties: ties + parts(at: point)) else { return point }
        let ends = zip(polyhedron.lower, polyhedron.upper).map { $0...$1 }
        let all = ticks
        let ticks = polyhedron.groups.map { all[$0[0]] }
        /// A value with its digits; a bound where it would be beyond, or is there already.
        func written(_ g: Int, _ value: Double) -> Double {
            let first = decisions[polyhedron.groups[g][0]]
            guard !first.isInteger, value > ends[g].lowerBound, value < ends[g].upperBound else {
                return min(max(value, ends[g].lowerBound), ends[g].upperBound)
            }
            return min(max(ticks[g].nearest(to: value), ends[g].lowerBound), ends[g].upperBound)
        }
        let exact = polyhedron.groups.map { point[$0[0]] }
        var values = exact.indices.map { written($0, exact[$0]) }
        func excess(_ row: Polyhedron.Row, _ values: [Double]) -> Double {
            row.holds(at: values) ? 0 : (row.sum(values) - row.limit) / max(1e-300, row.room)
        }
        func total(_ values: [Double]) -> Double { polyhedron.rows.reduce(0) { $0 + excess($1, values) } }
        var broken = total(values)
        while broken > 0 {
            let worst = polyhedron.rows.max { excess($0, values) < excess($1, values) }
            guard let worst else { break }
            var best: (values: [Double], broken: Double, way: Double)?
            for (g, coefficient) in zip(worst.indices, worst.coefficients) {
                let tick = ticks[g].size
                var moved = values
                // Half a digit beyond the next one, rounded back to it.
                moved[g] =
                    coefficient > 0
                    ? written(g, values[g] - 0.75 * tick) : written(g, values[g] + 0.75 * tick)
                guard moved[g] != values[g] else { continue }
                let (next, way) = (total(moved), abs(moved[g] - exact[g]))
                if best.map({ (next, way) < ($0.broken, $0.way) }) ?? (next < broken) { best = (moved, next, way) }
            }
            guard let best, best.broken < broken else { break }
            (values, broken) = (best.values, best.broken)
        }
        var result = point
        for (g, group) in polyhedron.groups.enumerated() { for k in group { result[k] = values[g] } }
        return broken == 0 && project(result) == result ? result : point
    }
}
