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
    /// Cells of each parameter, one list after the other: those of parameter `p` from `firstOf[p]` to before `firstOf[p + 1]`.
    private var cellsOfParameters: [Int] = []
    private var firstOf: [Int] = []
    /// Parameters that changed since the last ``refresh(write:)``.
    private var changed: [Int] = []
    private var hasChanged: [Bool]
    private var isWritten: [Bool] = []
    /// Rows that hold each integer column, for the rounding check.
    let rowsOfColumn: [[Int]]

    init(_ model: LinearModel) {
        hasChanged = Array(repeating: false, count: model.parameterCount)
        var rowsOfColumn = Array(repeating: [Int](), count: model.columns.count)
        for (i, row) in model.rows.enumerated() {
            for (j, _) in row.coefficients where model.columns[j].kind != .continuous { rowsOfColumn[j].append(i) }
        }
        self.rowsOfColumn = rowsOfColumn
        for (j, coefficient) in model.objectiveCoefficients().sorted(by: { $0.key < $1.key })
        where !coefficient.isConstant {
            cells.append(Cell(place: .objective(column: j), expressions: [coefficient]))
        }
        if !model.objective.constant.isConstant {
            cells.append(Cell(place: .objectiveConstant, expressions: [model.objective.constant]))
        }
        for (j, column) in model.columns.enumerated() where !(column.lower.isConstant && column.upper.isConstant) {
            cells.append(Cell(place: .column(j), expressions: [column.lower, column.upper]))
        }
        for (i, row) in model.rows.enumerated() where !(row.lower.isConstant && row.upper.isConstant) {
            cells.append(Cell(place: .row(i), expressions: [row.lower, row.upper]))
        }
        var lists = Array(repeating: [Int](), count: model.parameterCount)
        for (index, cell) in cells.enumerated() {
            for parameter in Set(cell.expressions.flatMap(\.terms).map(\.parameter.index)) {
                lists[parameter].append(index)
            }
        }
        for list in lists {
            firstOf.append(cellsOfParameters.count)
            cellsOfParameters += list
        }
        firstOf.append(cellsOfParameters.count)
        isWritten = Array(repeating: false, count: cells.count)
    }

    func touch(_ parameter: Int) {
        guard !hasChanged[parameter] else { return }
        hasChanged[parameter] = true
        changed.append(parameter)
    }

    /// Writes the cells of changed parameters. Where one cannot be written, all of them stay to be written.
    func refresh(write: (Cell) throws -> Void) throws {
        guard !changed.isEmpty else { return }
        // Working on locals: every access to a stored property of a class is checked, and this is the inner loop.
        let (cells, lists, firstOf, changed) = (cells, cellsOfParameters, firstOf, changed)
        try isWritten.withUnsafeMutableBufferPointer { isWritten in
            defer { for p in changed { for k in firstOf[p]..<firstOf[p + 1] { isWritten[lists[k]] = false } } }
            for p in changed {
                for k in firstOf[p]..<firstOf[p + 1] where !isWritten[lists[k]] {
                    try write(cells[lists[k]])
                    isWritten[lists[k]] = true
                }
            }
        }
        for p in changed { hasChanged[p] = false }
        self.changed.removeAll(keepingCapacity: true)
    }

    /// Writes every cell.
    func refreshAll(write: (Cell) throws -> Void) throws {
        for cell in cells { try write(cell) }
    }
}
