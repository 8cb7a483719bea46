extension LinearModel {
    /// By how much a point breaks the model: the largest violation of a bound, row or integrality, absolute.
    ///
    /// A row all of whose factors are below 1 counts as if the greatest were 1: written in a greater unit, it is not
    /// broken less.
    ///
    /// Computed from the model's own numbers, without a solver: a check on what a solver claims.
    ///
    /// - Parameters:
    ///   - values: one number per variable.
    ///   - parameters: one number per parameter.
    public func largestViolation(values: ArraySlice<Double>, parameters: [Double]) -> Double {
        let first = values.startIndex
        var largest = 0.0
        for (j, column) in columns.enumerated() {
            let value = values[first + j]
            largest = max(largest, column.lower.value(at: parameters) - value)
            largest = max(largest, value - column.upper.value(at: parameters))
            if column.kind == .binary { largest = max(largest, -value, value - 1) }
            if column.kind != .continuous { largest = max(largest, abs(value - value.rounded())) }
        }
        for row in rows {
            var activity = 0.0
            var factor = 0.0
            for (j, coefficient) in row.coefficients {
                activity += coefficient * values[first + j]
                factor = max(factor, abs(coefficient))
            }
            let unit = factor > 0 ? min(1, factor) : 1
            largest = max(largest, (row.lower.value(at: parameters) - activity) / unit)
            largest = max(largest, (activity - row.upper.value(at: parameters)) / unit)
        }
        return largest
    }

    /// By how much a point breaks the bounds and rows of a model without parameters in these: the largest violation, as
    /// a share of the numbers that meet there. Where these are all near zero, they count as a thousandth of the point's
    /// greatest number.
    package func largestShare(values: [Double]) -> Double {
        let least = 1e-3 * values.reduce(0) { max($0, abs($1)) }
        var largest = 0.0
        func note(_ value: Double, _ range: ColumnRange, _ size: Double) {
            for (excess, end) in [(range.lower - value, range.lower), (value - range.upper, range.upper)]
            where excess > 0 { largest = max(largest, excess / max(size, abs(end))) }
        }
        for (value, range) in zip(values, ranges) { note(value, range, max(least, abs(value))) }
        for (row, range) in zip(rows, rowRanges) {
            var (activity, size) = (0.0, 0.0)
            for (j, factor) in row.coefficients {
                activity += factor * values[j]
                size += abs(factor) * max(least, abs(values[j]))
            }
            note(activity, range, size)
        }
        return largest
    }

    /// The greatest of what the objective is a sum of, at a point: what differences of its values are small or great
    /// beside. Where all are 0, the greatest cost of one unit.
    public func largestTerm(values: ArraySlice<Double>, parameters: [Double]) -> Double {
        let costs = objectiveForm.coefficients(at: parameters)
        let largest = zip(costs, values).reduce(0) { max($0, abs($1.0 * $1.1)) }
        return largest > 0 ? largest : costs.reduce(0) { max($0, abs($1)) }
    }

    /// The objective at a point.
    public func objectiveValue(values: ArraySlice<Double>, parameters: [Double]) -> Double {
        let first = values.startIndex
        var sum = objective.constant.value(at: parameters)
        for term in objective.terms { sum += term.coefficient * values[first + term.variable.index] }
        for product in objective.products {
            sum += product.factor * parameters[product.parameter.index] * values[first + product.variable.index]
        }
        return sum
    }
}
