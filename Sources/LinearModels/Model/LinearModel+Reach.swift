extension LinearModel {
    /// The least and greatest value that an expression can take within the bounds of its variables and the ranges of
    /// its parameters, rows left aside.
    ///
    /// Terms of the same variable are summed first. Each variable is taken at the widest that its bounds can be, so the
    /// reach holds for every value of the parameters. Products with a parameter, and parameters of unknown range, count
    /// as unlimited, and so does an expression that this model would refuse.
    ///
    /// - Parameter limits: upper bounds that hold besides those of the columns.
    public func reach(
        of expression: LinearExpression, within limits: [Variable: Double] = [:]
    ) -> ClosedRange<Double> {
        guard owns(expression) else { return -.infinity ... .infinity }
        var coefficients: [Int: Double] = [:]
        for term in expression.terms { coefficients[term.variable.index, default: 0] += term.coefficient }
        let constant = reach(of: expression.constant)
        var (low, high) = (constant.lowerBound, constant.upperBound)
        if !expression.products.isEmpty { (low, high) = (-.infinity, .infinity) }
        for (j, coefficient) in coefficients.sorted(by: { $0.key < $1.key }) where coefficient != 0 {
            let lower = reach(of: columns[j].lower).lowerBound
            var upper = reach(of: columns[j].upper).upperBound
            if let limit = limits[Variable(index: j, model: identity)] { upper = min(upper, limit) }
            low += coefficient * (coefficient > 0 ? lower : upper)
            high += coefficient * (coefficient > 0 ? upper : lower)
        }
        return low <= high ? low...high : -.infinity ... .infinity
    }

    /// The least and greatest value that an expression of parameters can take.
    ///
    /// Multiples of the same parameter are summed first.
    public func reach(of expression: ParameterExpression) -> ClosedRange<Double> {
        var factors: [Int: Double] = [:]
        for term in expression.terms { factors[term.parameter.index, default: 0] += term.factor }
        var (low, high) = (expression.constant, expression.constant)
        for (index, factor) in factors.sorted(by: { $0.key < $1.key }) where factor != 0 {
            guard let range = parameterRanges[index] else { return -.infinity ... .infinity }
            low += factor * (factor > 0 ? range.lowerBound : range.upperBound)
            high += factor * (factor > 0 ? range.upperBound : range.lowerBound)
        }
        return low <= high ? low...high : -.infinity ... .infinity
    }

    /// The variables of an expression that have no least or no greatest value, in their order.
    ///
    /// - Parameter limits: upper bounds that hold besides those of the columns.
    public func unbounded(in expression: LinearExpression, within limits: [Variable: Double] = [:]) -> [Variable] {
        guard owns(expression) else { return [] }
        let all = Set(expression.terms.map(\.variable) + expression.products.map(\.variable))
        return all.sorted { $0.index < $1.index }.filter { variable in
            let (lower, upper) = (columns[variable.index].lower, columns[variable.index].upper)
            return !reach(of: lower).lowerBound.isFinite
                || !min(reach(of: upper).upperBound, limits[variable] ?? .infinity).isFinite
        }
    }
}
