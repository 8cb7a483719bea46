import LinearModels

extension DecisionSpace {
    /// Adds a variable for each decision; whole numbers count as real ones.
    func addVariables(to model: inout LinearModel) throws -> [Variable] {
        try decisions.map { try model.variable(LinearModel.legal($0.name), in: $0.lower...$0.upper) }
    }

    /// Adds the mean caps, orderings, linear caps and ties. Groupings are left out: what is added then holds a point
    /// for each of the space, and others.
    func addRows(to model: inout LinearModel, _ values: [Variable]) throws {
        for (i, cap) in meanCaps.enumerated() where !cap.indices.isEmpty {
            let total = sum(zip(cap.indices, cap.weights).map { $1 * values[$0] })
            try model.add(total <= cap.maximum * cap.totalWeight, named: "@cap\(i)")
        }
        for (i, ordering) in orderings.enumerated() {
            try model.add(values[ordering.lower] - values[ordering.upper] <= 0, named: "@ordering\(i)")
        }
        for (i, cap) in linearCaps.enumerated() where !cap.indices.isEmpty {
            let total = sum(zip(cap.indices, cap.coefficients).map { $1 * values[$0] })
            try model.add(total <= cap.maximum, named: "@linear\(i)")
        }
        for (i, pair) in tiedPairs.enumerated() {
            try model.add(values[pair.0] - values[pair.1] == 0, named: "@tie\(i)")
        }
    }
}
