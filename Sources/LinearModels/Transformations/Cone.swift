/// The proportions in which expressions of a model can stand to each other: all multiples of what they can be together.
///
/// Every bound and side of the rows between their variables is multiplied with one size `s >= 0`:
///
///     { (e_1(x), ..., e_n(x)) : l s <= x <= u s,  L s <= A x <= U s,  s >= 0 }
///
/// so that a device with a least load, an operating region or commitment is described by what it makes of what, and not
/// by how large it is. Whole numbers count as real ones, and parameters as whatever is widest within their ranges.
package struct Cone: Hashable, Sendable {
    struct Row: Hashable, Sendable {
        let lower: Double
        let upper: Double
        let columns: [Int]
        let values: [Double]
    }

    private var lower: [Double] = []
    private var upper: [Double] = []
    private var rows: [Row] = []
    /// The expressions, over the cone's variables; the constant multiplies the size.
    private var images: [Row] = []

    /// - Parameters:
    ///   - expressions: over the model's variables, without products.
    ///   - others: rows that hold a variable of these and none of the former tie the expressions to something else, as
    ///     a ramp does to the step before, and are left out.
    ///   - rowsOfColumn: by column, see ``LinearModel/rowsOfColumn``.
    init(
        of expressions: [LinearExpression], apartFrom others: Set<Int>, in model: LinearModel, rowsOfColumn: [[Int]]
    ) {
        var places: [Int: Int] = [:]
        var columns: [Int] = []
        func place(_ column: Int) -> Int {
            if let known = places[column] { return known }
            places[column] = columns.count
            columns.append(column)
            return columns.count - 1
        }
        images = expressions.map { expression in
            Row(
                lower: expression.constant.constant, upper: 0,
                columns: expression.terms.map { place($0.variable.index) },
                values: expression.terms.map(\.coefficient))
        }
        // What a flow is made of, such as pieces, and what switches those, stands at most two rows away.
        var used: Set<Int> = []
        for _ in 0..<2 {
            let found = Set(columns.flatMap { rowsOfColumn[$0] }).subtracting(used).sorted()
            for i in found where !model.rows[i].coefficients.contains(where: { others.contains($0.column) }) {
                used.insert(i)
                for coefficient in model.rows[i].coefficients { _ = place(coefficient.column) }
            }
        }
        for i in used.sorted() {
            let row = model.rows[i]
            rows.append(
                Row(
                    lower: model.reach(of: row.lower).lowerBound, upper: model.reach(of: row.upper).upperBound,
                    columns: row.coefficients.map { place($0.column) }, values: row.coefficients.map(\.value)))
        }
        lower = columns.map { model.reach(of: model.columns[$0].lower).lowerBound }
        upper = columns.map { model.reach(of: model.columns[$0].upper).upperBound }
    }

    /// Adds the cone's variables and rows to a model.
    ///
    /// - Returns: the expressions.
    package func add(to model: inout LinearModel, named name: String) throws -> [LinearExpression] {
        let size = try model.variable("\(name).size")
        let variables = try lower.indices.map { j in
            try model.variable("\(name).x\(j)", in: -.infinity ... .infinity)
        }
        func form(_ row: Row) -> LinearExpression { sum(zip(row.columns, row.values).map { $1 * variables[$0] }) }
        func keep(_ value: LinearExpression, _ lower: Double, _ upper: Double, _ name: String) throws {
            if lower > -.infinity { try model.add(value - lower * size >= 0, named: "\(name).least") }
            if upper < .infinity { try model.add(value - upper * size <= 0, named: "\(name).most") }
        }
        for j in variables.indices { try keep(variables[j].linearExpression, lower[j], upper[j], "\(name).x\(j)") }
        for (i, row) in rows.enumerated() { try keep(form(row), row.lower, row.upper, "\(name).r\(i)") }
        return images.map { form($0) + $0.lower * size }
    }
}

extension LinearModel {
    /// The rows that hold each column.
    private var rowsOfColumn: [[Int]] {
        var found = [[Int]](repeating: [], count: columns.count)
        for (i, row) in rows.enumerated() {
            for coefficient in row.coefficients { found[coefficient.column].append(i) }
        }
        return found
    }

    /// The proportions of some expressions, step by step: `expressions[k][t]` is the k-th one at step t.
    ///
    /// Rows that hold variables of two steps are left out. Steps that are alike give equal cones.
    ///
    /// - Returns: one cone per step; nil where an expression holds products with parameters, or is not of this model.
    package func cones(of expressions: [[LinearExpression]]) -> [Cone]? {
        guard let count = expressions.map(\.count).min(),
            expressions.allSatisfy({ $0.allSatisfy { owns($0) && $0.products.isEmpty } })
        else { return nil }
        let rows = rowsOfColumn
        let steps = (0..<count).map { t in Set(expressions.flatMap { $0[t].terms.map(\.variable.index) }) }
        var stepsOfColumn: [Int: Int] = [:]
        for step in steps { for column in step { stepsOfColumn[column, default: 0] += 1 } }
        let all = Set(stepsOfColumn.keys)
        return (0..<count).map { t in
            // Only columns that stand in rows near this step's can matter.
            let near = steps[t].reduce(into: Set<Int>()) { near, column in
                for i in rows[column] { for c in self.rows[i].coefficients { near.insert(c.column) } }
            }
            let further = near.reduce(into: near) { further, column in
                for i in rows[column] { for c in self.rows[i].coefficients { further.insert(c.column) } }
            }
            return Cone(
                of: expressions.map { $0[t] }, apartFrom: further.intersection(all).subtracting(steps[t]), in: self,
                rowsOfColumn: rows)
        }
    }
}
