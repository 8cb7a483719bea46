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
        /// Value of objective places; bounds are re-read from the model.
        var expression: ParameterExpression

        var isBound: Bool {
            switch place {
            case .column, .row: true
            case .objective, .objectiveConstant: false
            }
        }

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
            append(Cell(place: .objective(column: j), expression: coefficient), coefficient.terms)
        }
        if !model.objective.constant.isConstant {
            append(
                Cell(place: .objectiveConstant, expression: model.objective.constant), model.objective.constant.terms)
        }
        for (j, column) in model.columns.enumerated() where !(column.lower.isConstant && column.upper.isConstant) {
            append(Cell(place: .column(j), expression: column.lower), column.lower.terms + column.upper.terms)
        }
        for (i, row) in model.rows.enumerated() where !(row.lower.isConstant && row.upper.isConstant) {
            let side = row.lower.isConstant ? row.upper : row.lower
            append(Cell(place: .row(i), expression: side), row.lower.terms + row.upper.terms)
        }
    }

    private func append(_ cell: Cell, _ terms: [ParameterExpression.Term]) {
        cells.append(cell)
        isDirty.append(false)
        for parameter in Set(terms.map(\.parameter.index)) { cellsOfParameter[parameter].append(cells.count - 1) }
    }

    func touch(_ parameter: Int) {
        for cell in cellsOfParameter[parameter] where !isDirty[cell] {
            isDirty[cell] = true
            dirty.append(cell)
        }
    }

    /// Writes the touched cells; tells whether a bound was among them.
    func refresh(changed values: [Double], write: (Cell, Double) throws -> Void) throws -> Bool {
        var boundsMoved = false
        for index in dirty {
            isDirty[index] = false
            boundsMoved = boundsMoved || cells[index].isBound
            try write(cells[index], cells[index].expression.value(at: values))
        }
        dirty.removeAll(keepingCapacity: true)
        return boundsMoved
    }

    func refresh(all values: [Double], write: (Cell, Double) throws -> Void) throws {
        for cell in cells { try write(cell, cell.expression.value(at: values)) }
    }
}
