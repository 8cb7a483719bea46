/// A model some of whose variables and rows stay where they are, made as small as that allows.
package struct FrozenModel: Sendable {
    /// Over the variables that are free; its objective is nothing.
    package let model: LinearModel
    /// Of the whole model, by variable of ``model``.
    package let columns: [Int]
}

extension LinearModel {
    /// Without the columns that a face freezes, and without the rows in which no other stands.
    ///
    /// - Parameters:
    ///   - limits: of linear forms of the columns.
    ///   - parameters: one number per parameter.
    package func freezing(
        _ face: OptimalFace, limits: [FormLimit], parameters: [Double]
    ) -> FrozenModel {
        var frozen = [Double](repeating: .nan, count: columns.count)
        for (j, value) in face.columns { frozen[j] = value }
        var confined = [Double](repeating: .nan, count: rows.count)
        for (i, value) in face.rows { confined[i] = value }
        let free = columns.indices.filter { frozen[$0].isNaN }
        var places = [Int](repeating: -1, count: columns.count)
        for (place, j) in free.enumerated() { places[j] = place }

        var rest = LinearModel()
        for (place, j) in free.enumerated() {
            let old = columns[j]
            rest.columns.append(
                Column(
                    name: "x\(place)", kind: old.kind, lower: ParameterExpression(old.lower.value(at: parameters)),
                    upper: ParameterExpression(old.upper.value(at: parameters)), tag: nil))
        }
        func add(_ coefficients: [(column: Int, value: Double)], from lower: Double, to upper: Double) {
            let own = coefficients.compactMap { places[$0.column] < 0 ? nil : (places[$0.column], $0.value) }
            guard !own.isEmpty else { return }
            let given = coefficients.reduce(0) { places[$1.column] < 0 ? $0 + $1.value * frozen[$1.column] : $0 }
            rest.rows.append(
                Row(
                    name: "r\(rest.rows.count)", lower: ParameterExpression(lower - given),
                    upper: ParameterExpression(upper - given), coefficients: own, tag: nil))
        }
        for (i, old) in rows.enumerated() {
            if confined[i].isNaN {
                add(old.coefficients, from: old.lower.value(at: parameters), to: old.upper.value(at: parameters))
            } else {
                add(old.coefficients, from: confined[i], to: confined[i])
            }
        }
        for limit in limits { add(limit.coefficients, from: -.infinity, to: limit.upper) }
        return FrozenModel(model: rest, columns: free)
    }
}
