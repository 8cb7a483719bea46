/// Written digits under linear caps, ties and groupings.
extension DecisionSpace {
    /// The point of the space near another one whose components are multiples of their ``ticks``, with the same ones
    /// equal; nil where that does not end well.
    ///
    /// Common values are rounded to the nearest; while a row is broken, one that stands in it moves by a last digit,
    /// the one by which all rows together are broken least.
    ///
    /// - Parameter point: of the space.
    func roundedWithForm(_ point: [Double], mayBeBound: Bool) -> [Double]? {
        guard let polyhedron = try? Polyhedron(decisions, caps, ties: ties + parts(at: point)) else { return nil }
        let (all, groups) = (ticks, polyhedron.groups)
        let grid = Grid(ticks: groups.map { all[$0[0]] }, mayBeBound: mayBeBound)
        // What tied decisions may be together.
        let common = groups.indices.map { g in
            var decision = decisions[groups[g][0]]
            (decision.lower, decision.upper) = (polyhedron.lower[g], polyhedron.upper[g])
            return decision
        }
        func written(_ g: Int, _ value: Double) -> Double {
            grid.number(value, g, common[g]) { $0.nearest(to:) }
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
                let tick = grid.ticks[g].size
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
        for (g, group) in groups.enumerated() { for k in group { result[k] = values[g] } }
        return broken == 0 ? result : nil
    }
}
