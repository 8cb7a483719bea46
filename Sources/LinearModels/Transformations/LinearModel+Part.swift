/// A part of a model that is solved by itself, such as a window of its time.
package struct ModelPart {
    package let model: LinearModel
    /// Of each of its variables, and of each of its rows, the position in the whole model.
    package let columns: [Int]
    package let rows: [Int]
}

extension LinearModel {
    /// Variables and rows of this model as a model of their own.
    ///
    /// - Parameters:
    ///   - columns: the variables that are free, by position.
    ///   - rows: the rows that are kept, by position. One in which no variable is free is left out.
    ///   - values: of the variables of the whole model that are decided already, one number per variable; of a variable
    ///     that is neither free nor decided, 0.
    ///   - costs: of the objective, one number per variable of the whole model.
    /// - Returns: a model whose objective is that of the free variables, without a constant.
    package func part(columns: [Int], rows: [Int], values: [Double], costs: [Double]) throws -> ModelPart {
        var part = LinearModel()
        var own = [Int](repeating: -1, count: self.columns.count)
        for (k, j) in columns.enumerated() {
            let column = self.columns[j]
            let variable = try part.variable(
                column.name, from: ParameterExpression(column.lower.value(at: parameterValues)),
                to: ParameterExpression(column.upper.value(at: parameterValues)), kind: column.kind)
            part.columns[variable.index].tag = column.tag
            own[j] = k
        }
        let variables = part.variables
        var kept: [Int] = []
        for i in rows {
            let row = self.rows[i]
            var expression = LinearExpression()
            var decided = 0.0
            for (j, value) in row.coefficients {
                if own[j] >= 0 { expression += value * variables[own[j]] } else { decided += value * values[j] }
            }
            guard !expression.isConstant else { continue }
            let (low, high) = (row.lower.value(at: parameterValues), row.upper.value(at: parameterValues))
            let copy = try part.add(LinearModels.range(low - decided, expression, high - decided), named: row.name)
            part.rows[copy.index].tag = row.tag
            kept.append(i)
        }
        var cost = LinearExpression()
        for (variable, j) in zip(variables, columns) where costs[j] != 0 { cost += costs[j] * variable }
        part.setCheckedObjective(cost, sense: sense)
        return ModelPart(model: part, columns: columns, rows: kept)
    }

    package var objectiveExpression: LinearExpression { objective }

    /// Of each variable, by position; nil for one that has none.
    package var variableTags: [ModelTag?] { columns.map(\.tag) }

    /// Of each row, by position; nil for one that has none.
    package var rowTags: [ModelTag?] { rows.map(\.tag) }

    /// Variables of a row, by position.
    package func variables(ofRow row: Int) -> [Int] { rows[row].coefficients.map(\.column) }

    /// The upper bound of a variable, by position.
    package func upperBound(ofVariable variable: Int) -> Double { columns[variable].upper.value(at: parameterValues) }
}
