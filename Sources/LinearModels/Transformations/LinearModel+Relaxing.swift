/// Models that allow more than this one, and what of a model others need to stand in for it.
extension LinearModel {
    /// The model with every number between the bounds of an integer allowed.
    package var withoutIntegrality: LinearModel {
        var relaxed = self
        for j in columns.indices where columns[j].kind != .continuous { relaxed.columns[j].kind = .continuous }
        return relaxed
    }

    /// The model with its integers held at the whole numbers of a point, as a linear program.
    ///
    /// - Parameter values: one number per variable.
    package func holdingIntegers(of values: [Double]) -> LinearModel {
        var held = self
        for j in columns.indices where columns[j].kind != .continuous {
            let value = ParameterExpression(values[j].rounded())
            (held.columns[j].kind, held.columns[j].lower, held.columns[j].upper) = (.continuous, value, value)
        }
        return held
    }

    /// By column.
    package var variables: [Variable] { columns.indices.map { Variable(index: $0, model: identity) } }

    /// Variables that must be whole numbers.
    package var integers: [Variable] {
        columns.indices.filter { columns[$0].kind != .continuous }.map { Variable(index: $0, model: identity) }
    }

    /// The variable's bounds where they are numbers; nil where they hold parameters.
    package func bounds(of variable: Variable) -> ClosedRange<Double>? {
        let column = columns[variable.index]
        guard column.lower.isConstant, column.upper.isConstant else { return nil }
        return column.lower.constant...column.upper.constant
    }

    /// The model without bounds that no point which satisfies all rows and bounds ever reaches. What bounds are worth
    /// is then nothing by itself (complementary slackness), so that the dual has fewer variables.
    package var withoutIdleBounds: LinearModel {
        var narrow = ranges
        guard RangePropagation(self, room: 1e-12).narrow(&narrow) else { return self }
        var relaxed = self
        for (j, range) in narrow.enumerated() where columns[j].lower != columns[j].upper {
            let column = columns[j]
            let scale = 1e-11 * max(1, abs(range.lower), abs(range.upper))
            if column.upper.isConstant, range.upper < column.upper.constant - scale {
                relaxed.columns[j].upper = ParameterExpression(.infinity)
            }
            if column.lower.isConstant, range.lower > column.lower.constant + scale {
                relaxed.columns[j].lower = ParameterExpression(-.infinity)
            }
        }
        return relaxed
    }

    /// The same costs over sides and bounds without their parameters. What the two have in common is the dual's rows;
    /// its objective is another.
    ///
    /// - Throws: ``ModelError/parameterOffObjective(location:)`` for a row whose two sides hold parameters differently.
    package var withoutParametersOffObjective: LinearModel {
        get throws {
            var stripped = self
            for i in rows.indices {
                let row = rows[i]
                if row.lower.constant.isFinite, row.upper.constant.isFinite, row.lower.terms != row.upper.terms {
                    throw ModelError.parameterOffObjective(location: "two sides of constraint '\(row.name)'")
                }
                stripped.rows[i].lower.terms = []
                stripped.rows[i].upper.terms = []
            }
            for j in columns.indices {
                let column = columns[j]
                if column.lower.constant.isFinite, column.upper.constant.isFinite,
                    !(column.lower.isConstant && column.upper.isConstant)
                {
                    // They may meet at some values of the parameters only: neither is left out.
                    stripped.columns[j].lower = ParameterExpression(0)
                    stripped.columns[j].upper = ParameterExpression(1)
                } else {
                    stripped.columns[j].lower.terms = []
                    stripped.columns[j].upper.terms = []
                }
            }
            return stripped
        }
    }
}
