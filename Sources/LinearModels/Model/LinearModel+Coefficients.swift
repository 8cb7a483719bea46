/// A coefficient of a model with the names of its row and variable.
package struct NamedCoefficient: Sendable, Equatable {
    package let row: String
    package let variable: String
    package let value: Double
}

extension LinearModel {
    /// Variables that the objective holds a product of with a parameter.
    package var pricedVariables: [Variable] {
        Set(objective.products.map(\.variable)).sorted { $0.index < $1.index }
    }

    /// The coefficients of each row, by the place of their variable.
    package var coefficientRows: [[(column: Int, value: Double)]] { rows.map(\.coefficients) }

    /// The rows' coefficients of least and greatest size; nil without any.
    ///
    /// Where they lie far apart, what one rule allows for rounding is much in another.
    package var extremeCoefficients: (least: NamedCoefficient, greatest: NamedCoefficient)? {
        let all = rows.lazy.flatMap { row in
            row.coefficients.lazy.map { (row: row.name, column: $0.column, value: abs($0.value)) }
        }
        guard let least = all.min(by: { $0.value < $1.value }), let greatest = all.max(by: { $0.value < $1.value })
        else {
            return nil
        }
        func named(_ entry: (row: String, column: Int, value: Double)) -> NamedCoefficient {
            NamedCoefficient(row: entry.row, variable: columns[entry.column].name, value: entry.value)
        }
        return (named(least), named(greatest))
    }
}
