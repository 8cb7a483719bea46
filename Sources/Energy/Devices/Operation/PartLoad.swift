import LinearModels

/// How well a unit does at part load: what it takes as a piecewise-linear function of what it gives.
///
/// `part_load` holds points `[x, e]`: at the load `x`, a share of the capacity, the efficiency is `e` times that of the
/// device. Of what it takes at full load and `e = 1`, the unit takes `x / e` there, a straight line between points, and
/// below the first point as much per output as at it. With the capacity in operation `r(t)`, which is 0 where the
/// unit is off, the load `x0` at which the curve begins (the least load), and pieces of widths `w_i` and slopes `s_i`:
///
///     output(t) = x0 r(t) + sum of d_i(t),   input(t) = y0 r(t) + sum of s_i d_i(t),   0 <= d_i(t) <= w_i r(t)
///
/// A convex curve, on which each further kW takes no less than the one before, fills its pieces in order where what is
/// taken costs something, and stays linear. Another one has binaries that say piece i is full before the next begins
/// (Markowitz and Manne 1957), with the greatest capacity M in place of one that is decided:
///
///     d_i(t) >= w_i (r(t) - M (1 - full_i(t))),   d_{i+1}(t) <= w_{i+1} M full_i(t)
///
/// Where taking more earns something, as at a negative price, a unit with a convex curve may take more than its curve
/// says, as if it were run badly on purpose.
struct PartLoad: Sendable, Equatable {
    /// Loads as shares of the capacity, increasing to 1, and the efficiency there as a multiple of the device's.
    let points: [Point]

    static let attributes: [Attribute] = [
        Attribute(
            "part_load", .points(.ratio, .ratio, minimum: 1), .optional,
            "Efficiency at part load, as [share of the capacity, multiple of the efficiency] pairs up to the load 1.")
    ]

    /// What the key of a device says; nil where it does as well at every load.
    static func read(_ values: AttributeValues) throws(InputProblem) -> PartLoad? {
        guard let points = values.points("part_load") else { return nil }
        for point in points {
            guard point.x > 0, point.x <= 1 else {
                throw InputProblem(
                    at: "part_load", "the load \(point.x) is not within 0 … 1. Give shares of the capacity.")
            }
            guard point.y >= 1e-3, point.y <= 1e3 else {
                throw InputProblem(
                    at: "part_load",
                    "the multiple \(point.y) of the efficiency at the load \(point.x) is outside 0.001 … 1000.")
            }
        }
        for (a, b) in zip(points, points.dropFirst()) {
            guard a.x < b.x else {
                throw InputProblem(at: "part_load", "loads must increase, but \(a.x) is followed by \(b.x).")
            }
            guard a.x / a.y <= b.x / b.y else {
                throw InputProblem(
                    at: "part_load",
                    "at the load \(b.x) the unit would take less than at \(a.x), though it gives more. Lower the multiple \(b.y), or "
                        + "raise \(a.y).")
            }
        }
        guard points.last?.x == 1 else {
            throw InputProblem(at: "part_load", "ends before full load. Add a pair for the load 1, as [1, 1].")
        }
        return PartLoad(points: points)
    }

    /// The greatest multiple of the efficiency.
    var best: Double { points.map(\.y).max() ?? 1 }

    /// What is taken, as a share of what is taken at full load and the device's own efficiency, over the load.
    ///
    /// - Parameter least: load below which the unit does not run, below 1.
    func curve(from least: Double) throws -> PiecewiseLinear {
        let whole = [Point(x: 0, y: 0)] + points.map { Point(x: $0.x, y: $0.x / $0.y) }
        let curve = try PiecewiseLinear(x: whole.map(\.x), y: whole.map(\.y))
        let used = whole.filter { $0.x > least }
        return try PiecewiseLinear(x: [least] + used.map(\.x), y: [curve.value(at: least)] + used.map(\.y))
    }

    /// What a unit takes at an output, in kW of output at the device's own efficiency, one value per step.
    ///
    /// - Parameters:
    ///   - largest: the greatest that the capacity can be, kW.
    ///   - on: whether the unit is on; nil where it never stops.
    ///   - least: its least load as a share of the capacity.
    func input(
        for output: [LinearExpression], capacity: ParameterExpression, largest: Double, on: [LinearExpression]?,
        least: Double, of component: String, in party: PartyBuilder
    ) throws -> [LinearExpression] {
        // With a least load of 1 there is one load.
        guard least < 1 else { return output.map { (1 / (points.last?.y ?? 1)) * $0 } }
        let running = try running(capacity: capacity, largest: largest, on: on, of: component, in: party)
        let curve = try curve(from: least)
        let pieces = ScaledPieces(widths: zip(curve.x, curve.x.dropFirst()).map { $1 - $0 })
        let parts = try pieces.add(
            of: output.indices.map { output[$0] - curve.x[0] * running[$0] }, size: capacity, largest: largest,
            running: on == nil && capacity.isConstant ? nil : running, isOrdered: !curve.isConvex, component, "load",
            in: party)
        return parts.enumerated().map { t, parts in
            curve.y[0] * running[t] + sum(zip(curve.slopes, parts).map { $0 * $1 })
        }
    }

    /// The capacity while the unit is on, else 0, in kW, one value per step.
    private func running(
        capacity: ParameterExpression, largest: Double, on: [LinearExpression]?, of component: String,
        in party: PartyBuilder
    ) throws -> [LinearExpression] {
        guard let on else {
            let sizes = party.time.indices.map { _ in capacity }
            if capacity.isConstant { return sizes.map { LinearExpression($0) } }
            // A variable that is the size, so that what is taken and what is given hang together in the rows alone.
            return try party.variables(component, "running", from: sizes, upTo: sizes).map(\.linearExpression)
        }
        if capacity.isConstant { return on.map { largest * $0 } }
        let running = try party.variables(component, "running", upTo: capacity).map(\.linearExpression)
        for t in party.time.indices {
            try party.add(running[t] - largest * on[t] <= 0, component, "running_on", t, meaning: .exclusion("running"))
            try party.add(
                running[t] - largest * on[t] >= LinearExpression(capacity + ParameterExpression(-largest)), component,
                "running_all", t, meaning: .law("capacity in operation"))
        }
        return running
    }
}
