import CGLPK

/// What one more unit on a row's side is worth at the last answer.
extension SolverSession {
    /// Change of several objectives for one more unit of the sides of all rows, at the last answer's basis.
    ///
    /// Integers are fixed at their values, and the rest is solved again: with integers it is the value of a unit while
    /// nothing is switched differently. Where the basis is degenerate it is one of several values. The objective, the
    /// bounds and the answer are afterwards what they were.
    ///
    /// - Parameter objectives: the model's own first among them, where its marginal values are asked for.
    /// - Returns: for each objective one number per row; nil where the last solve ended without a solution.
    public func marginalValues(of objectives: [LinearExpression]) throws -> [[Double]]? {
        try besideWholeNumbers { _ in
            let own = (coefficients: objectiveCoefficients, constant: glp_get_obj_coef(problem, 0))
            defer { setObjective(coefficients: own.coefficients, constant: own.constant, sense: model.sense) }
            var result: [[Double]] = []
            for objective in objectives {
                guard model.owns(objective) else { throw SolverSessionError.misfit(what: "an objective") }
                let coefficients = model.form(of: objective).coefficients(at: parameterValues)
                setObjective(coefficients: coefficients, constant: 0, sense: model.sense)
                try checkUse()
                // Values and duals of the basis under this objective, without a pivot.
                guard glp_warm_up(problem) == 0 else { return nil }
                result.append(model.rows.indices.map { dual(ofRow: $0) })
            }
            return result
        }
    }

    /// The last answer with its integers exactly whole, and the rest solved again beside them.
    ///
    /// A solver takes a number within its tolerance of a whole one for whole. Before it may stand a large number, such
    /// as a capacity, and a row is then broken by their product. The objective, the bounds and the answer are
    /// afterwards what they were.
    ///
    /// - Returns: one number per variable; nil where the last solve ended without a solution, or nothing goes with
    ///   those whole numbers.
    package func valuesBesideWholeNumbers() throws -> [Double]? {
        try besideWholeNumbers { whole in
            var found = values
            for (j, value) in whole { found[j] = value }
            return found
        }
    }

    /// Fixes the integers of the last answer, solves the rest again for what is to be read, and puts everything back.
    private func besideWholeNumbers<Result>(_ read: ([(Int, Double)]) throws -> Result?) throws -> Result? {
        try checkUse()
        switch status {
        case .optimal, .limit(.some): break
        default: return nil
        }
        let answer = (values, objectiveValue, status, usedBranchAndBound)
        let whole = integers.map { ($0, values[$0].rounded()) }
        if !whole.isEmpty { restrict(columns: whole, rows: []) }
        let wasDeferring = defersIntegerRows
        defersIntegerRows = false
        defer {
            defersIntegerRows = wasDeferring
            release()
            (values, objectiveValue, status, usedBranchAndBound) = answer
        }
        guard try solve() == .optimal else { return nil }
        return try read(whole)
    }
}

extension LinearModel {
    /// The rows whose tags satisfy a condition, by position among all rows.
    package func rows(where isWanted: (ModelTag) -> Bool) -> [(index: Int, tag: ModelTag)] {
        rows.enumerated().compactMap { i, row in row.tag.flatMap { isWanted($0) ? (i, $0) : nil } }
    }

    /// The same model with its integers fixed at values, and thereby linear.
    package func fixingIntegers(at values: [Double]) -> LinearModel {
        var fixed = self
        for (j, column) in columns.enumerated() where column.kind != .continuous {
            fixed.columns[j].kind = .continuous
            fixed.columns[j].lower = ParameterExpression(values[j])
            fixed.columns[j].upper = ParameterExpression(values[j])
        }
        return fixed
    }

    /// Sets a parameter for the sessions that are made of the model from now on.
    package mutating func set(_ parameter: Parameter, to value: Double) throws {
        guard value.isFinite else { throw ModelError.infinite(what: "parameter '\(name(of: parameter))'") }
        parameterValues[parameter.index] = value
    }

    /// The least that the objective of a minimisation can be, as far as multipliers of its rows prove it: integers may
    /// be broken, and every feasible point costs that at least (weak duality).
    ///
    /// Computed from the model's own numbers, without a solver. A reduced cost within rounding of 0 counts as 0 where
    /// the variable has no bound on that side.
    ///
    /// - Parameters:
    ///   - multipliers: one number per row, of any origin.
    ///   - parameters: one number per parameter.
    /// - Returns: -infinity where the multipliers prove nothing.
    package func lowerBound(multipliers: [Double], parameters: [Double]) -> Double {
        var reduced = objectiveForm.coefficients(at: parameters)
        let costs = reduced
        var bound = objective.constant.value(at: parameters)
        for (row, multiplier) in zip(rows, multipliers) where multiplier != 0 {
            let side = (multiplier > 0 ? row.lower : row.upper).value(at: parameters)
            // On a side that the row does not have the multiplier proves nothing: without it the rest still does.
            guard side.isFinite else { continue }
            bound += multiplier * side
            for (j, value) in row.coefficients { reduced[j] -= multiplier * value }
        }
        for (j, column) in columns.enumerated() {
            var (low, high) = (column.lower.value(at: parameters), column.upper.value(at: parameters))
            if column.kind == .binary { (low, high) = (max(0, low), min(1, high)) }
            let end = reduced[j] > 0 ? low : high
            if end.isFinite {
                bound += reduced[j] * end
            } else if abs(reduced[j]) > 1e-7 * max(1, abs(costs[j])) {
                return -.infinity
            }
        }
        return bound
    }
}
