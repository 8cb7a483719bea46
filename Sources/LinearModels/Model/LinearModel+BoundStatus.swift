/// Where a value lies between its bounds.
package enum BoundStatus: Sendable, Equatable {
    case lower, upper, inside
    /// Both bounds are one.
    case fixed

    fileprivate init(_ value: Double, _ lower: Double, _ upper: Double) {
        let slack = 1e-7 * max(1, abs(value))
        self = lower == upper ? .fixed : value <= lower + slack ? .lower : value >= upper - slack ? .upper : .inside
    }
}

extension LinearModel {
    /// Which bounds and sides of rows hold a feasible point where it is, up to rounding, by column and by row. Bounds
    /// that hold parameters are taken without them.
    package func boundStatuses(of values: [Double]) -> (columns: [BoundStatus], rows: [BoundStatus]) {
        (
            zip(columns, values).map { BoundStatus($1, $0.lower.constant, $0.upper.constant) },
            rows.map { row in
                let activity = row.coefficients.reduce(0) { $0 + $1.value * values[$1.column] }
                return BoundStatus(activity, row.lower.constant, row.upper.constant)
            }
        )
    }
}
