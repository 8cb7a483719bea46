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
