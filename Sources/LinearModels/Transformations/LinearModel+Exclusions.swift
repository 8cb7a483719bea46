/// What whole numbers forbid that do nothing else: two variables at once above their lower bounds.
///
/// Such is `charge <= 3 * charging`, `discharge <= 3 * (1 - charging)` with a binary `charging` without a cost.
package struct Exclusions: Sendable {
    /// The model without these whole numbers' rows. It allows more: both of a pair at once.
    package let relaxed: LinearModel
    package let pairs: [(Variable, Variable)]

    /// - Returns: nil where a whole number does anything else, or none is there.
    package init?(_ model: LinearModel) {
        guard model.hasIntegers else { return nil }
        let deferred = DeferredRows(model)
        guard model.integers.allSatisfy({ deferred.isSilent[$0.index] }) else { return nil }
        let all = model.variables
        /// By whole number, the variables that are held at their lower bounds where it is 0, and where it is 1.
        var held = [Int: [[Int]]]()
        var relaxed = model.withoutIntegrality
        for i in deferred.rows {
            let row = model.rows[i]
            guard row.lower.isConstant, row.upper.isConstant, row.coefficients.count == 2,
                let whole = row.coefficients.first(where: { model.columns[$0.column].kind != .continuous }),
                let other = row.coefficients.first(where: { model.columns[$0.column].kind == .continuous }),
                model.bounds(of: all[whole.column]) == 0...1,
                let range = model.bounds(of: all[other.column])
            else { return nil }
            var limits: [Double] = []
            for value in [0.0, 1.0] {
                let (a, b) = (
                    (row.lower.constant - whole.value * value) / other.value,
                    (row.upper.constant - whole.value * value) / other.value
                )
                let (least, most) = other.value > 0 ? (a, b) : (b, a)
                guard least <= range.lowerBound, most >= range.lowerBound else { return nil }
                limits.append(min(most, range.upperBound))
            }
            for (value, limit) in limits.enumerated() where limit == range.lowerBound {
                held[whole.column, default: [[], []]][value].append(other.column)
            }
            // Open or closed, and nothing between.
            let limit = limits.max() ?? range.upperBound
            guard limits.allSatisfy({ $0 == limit || $0 == range.lowerBound }) else { return nil }
            let upper = min(limit, relaxed.columns[other.column].upper.constant)
            relaxed.columns[other.column].upper = ParameterExpression(upper)
        }
        for i in deferred.rows.reversed() { relaxed.rows.remove(at: i) }
        pairs = held.sorted { $0.key < $1.key }.flatMap { _, sides in
            sides[0].flatMap { first in sides[1].map { (all[first], all[$0]) } }
        }
        self.relaxed = relaxed.withoutIdleBounds
    }
}
