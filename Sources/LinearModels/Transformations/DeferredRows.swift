/// Rows that do nothing but tie integers without a cost to the other variables, such as `charge <= 3 * charging`.
///
/// A solve may leave them out at first. What it finds is then the optimum of a relaxation; if values of the integers
/// exist that satisfy these rows, without a change of anything else, it is the optimum of the whole. That spares most
/// solves the rows and their pivots, and branch and bound.
struct DeferredRows {
    let rows: [Int]
    let isDeferred: [Bool]
    /// How many integers stand in each row.
    let integerCount: [Int]
    /// Integers that stand in no other row and have no cost: their values mean nothing outside these rows.
    let isSilent: [Bool]

    init(_ model: LinearModel) {
        let costs = model.objectiveCoefficients()
        func isFree(_ j: Int) -> Bool {
            guard model.columns[j].kind != .continuous else { return false }
            return costs[j].map { $0.isConstant && $0.constant == 0 } ?? true
        }
        integerCount = model.rows.map { $0.coefficients.count { model.columns[$0.column].kind != .continuous } }
        isDeferred = model.rows.map { row in
            let integers = row.coefficients.filter { model.columns[$0.column].kind != .continuous }
            return !integers.isEmpty && integers.allSatisfy { isFree($0.column) }
        }
        rows = model.rows.indices.filter { [isDeferred] in isDeferred[$0] }
        var isSilent = model.columns.indices.map(isFree)
        for (i, row) in model.rows.enumerated() where !isDeferred[i] {
            for (j, _) in row.coefficients { isSilent[j] = false }
        }
        self.isSilent = isSilent
    }
}
