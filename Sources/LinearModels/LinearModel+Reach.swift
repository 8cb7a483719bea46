extension LinearModel {
    /// The least and greatest value that an expression can take within the constant bounds of its variables,
    /// rows left aside.
    ///
    /// Terms of the same variable are summed first. Bounds or coefficients that hold parameters count as unlimited, and
    /// so does an expression that this model would refuse.
    public func reach(of expression: LinearExpression) -> ClosedRange<Double> {
        guard owns(expression) else { return -.infinity ... .infinity }
        var coefficients: [Int: Double] = [:]
        for term in expression.terms { coefficients[term.variable.index, default: 0] += term.coefficient }
        var low = expression.constant.constant
        var high = low
        if !expression.constant.isConstant || !expression.products.isEmpty { (low, high) = (-.infinity, .infinity) }
        for (j, coefficient) in coefficients.sorted(by: { $0.key < $1.key }) where coefficient != 0 {
            let column = columns[j]
            let lower = column.lower.isConstant ? column.lower.constant : -.infinity
            let upper = column.upper.isConstant ? column.upper.constant : .infinity
            low += coefficient * (coefficient > 0 ? lower : upper)
            high += coefficient * (coefficient > 0 ? upper : lower)
        }
        return low <= high ? low...high : -.infinity ... .infinity
    }
}
