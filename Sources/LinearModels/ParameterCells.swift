/// The places of a model that hold parameters, and which of them a change touches.
final class ParameterCells {
    enum Place {
        case objective(column: Int)
        case objectiveConstant
        case column(Int)
        case row(Int)
    }

    struct Cell {
        var place: Place
        /// What it is computed from: one expression in the objective, two for bounds.
        var expressions: [ParameterExpression]

        func describe(in model: LinearModel) -> String {
            switch place {
            case .objective(let j): "the objective coefficient of '\(model.columns[j].name)'"
            case .objectiveConstant: "the constant of the objective"
            case .column(let j): "a bound of '\(model.columns[j].name)'"
            case .row(let i): "a side of constraint '\(model.rows[i].name)'"
            }
        }
    }

    private(set) var cells: [Cell] = []
    private var cellsOfParameter: [[Int]]
    private var isDirty: [Bool] = []
    private var dirty: [Int] = []
    /// Rows that hold each integer column, for the rounding check.
    let rowsOfColumn: [[Int]]

    init(_ model: LinearModel) {
        cellsOfParameter = Array(repeating: [], count: model.parameterCount)
        var rowsOfColumn = Array(repeating: [Int](), count: model.columns.count)
        for (i, row) in model.rows.enumerated() {
            for (j, _) in row.coefficients where model.columns[j].kind != .continuous { rowsOfColumn[j].append(i) }
        }
        self.rowsOfColumn = rowsOfColumn
        for (j, coefficient) in model.objectiveCoefficients().sorted(by: { $0.key < $1.key })
        where !coefficient.isConstant {
            append(.objective(column: j), [coefficient])
        }
        if !model.objective.constant.isConstant {
            append(.objectiveConstant, [model.objective.constant])
        }
        for (j, column) in model.columns.enumerated() where !(column.lower.isConstant && column.upper.isConstant) {
            append(.column(j), [column.lower, column.upper])
        }
        for (i, row) in model.rows.enumerated() where !(row.lower.isConstant && row.upper.isConstant) {
            append(.row(i), [row.lower, row.upper])
        }
    }

    private func append(_ place: Place, _ expressions: [ParameterExpression]) {
        cells.append(Cell(place: place, expressions: expressions))
        isDirty.append(false)
        for parameter in Set(expressions.flatMap(\.terms).map(\.parameter.index)) {
            cellsOfParameter[parameter].append(cells.count - 1)
        }
    }

    func touch(_ parameter: Int) {
        for cell in cellsOfParameter[parameter] where !isDirty[cell] {
            isDirty[cell] = true
            dirty.append(cell)
        }
    }

    /// Writes the touched cells. One that cannot be written stays touched, and so do all that come after it.
    func refresh(write: (Cell) throws -> Void) throws {
        guard !dirty.isEmpty else { return }
        var done = 0
        defer { dirty.removeFirst(done) }
        for index in dirty {
            try write(cells[index])
            isDirty[index] = false
            done += 1
        }
    }

    /// Writes every cell.
    func refreshAll(write: (Cell) throws -> Void) throws {
        for cell in cells { try write(cell) }
    }
}
