/// The places of a model that hold parameters, and which of them a change touches.
final class ParameterCells {
    enum Position {
        case objective(column: Int)
        case objectiveConstant
        case column(Int)
        case row(Int)
    }

    struct Cell {
        var position: Position
        /// What it is computed from: one expression in the objective, two for bounds.
        var expressions: [ParameterExpression]

        func describe(in model: LinearModel) -> String {
            switch position {
            case .objective(let j): "the objective coefficient of '\(model.columns[j].name)'"
            case .objectiveConstant: "the constant of the objective"
            case .column(let j): "a bound of '\(model.columns[j].name)'"
            case .row(let i): "a side of constraint '\(model.rows[i].name)'"
            }
        }
    }

    /// A cost of the commonest form: `constant + factor * parameter`.
    struct SimpleCost {
        var column: Int32
        var constant: Double
        var factor: Double
        var parameter: Int
    }

    private(set) var cells: [Cell] = []
    /// Cells that are simple costs, at their places.
    private var simpleCosts: [SimpleCost?] = []
    /// Cells of each parameter, one list after the other: those of parameter `p` from `firstOf[p]` to before
    /// `firstOf[p + 1]`.
    private var cellsOfParameters: [Int] = []
    private var firstOf: [Int] = []
    /// Parameters that changed since the last refresh.
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
            cells.append(Cell(position: .objective(column: j), expressions: [coefficient]))
        }
        if !model.objective.constant.isConstant {
            cells.append(Cell(position: .objectiveConstant, expressions: [model.objective.constant]))
        }
        for (j, column) in model.columns.enumerated() where !(column.lower.isConstant && column.upper.isConstant) {
            cells.append(Cell(position: .column(j), expressions: [column.lower, column.upper]))
        }
        for (i, row) in model.rows.enumerated() where !(row.lower.isConstant && row.upper.isConstant) {
            cells.append(Cell(position: .row(i), expressions: [row.lower, row.upper]))
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
        simpleCosts = cells.map { cell in
            guard case .objective(let j) = cell.position, cell.expressions[0].terms.count == 1 else { return nil }
            let (expression, term) = (cell.expressions[0], cell.expressions[0].terms[0])
            return SimpleCost(
                column: Int32(j + 1), constant: expression.constant, factor: term.factor,
                parameter: term.parameter.index)
        }
    }

    /// Notes the parameters that a body tells it of as changed.
    func touch(_ body: ((Int) -> Void) throws -> Void) rethrows {
        // Working on locals here and below: every access to a stored property of a class is checked, and these are the
        // inner loops.
        var changed = changed
        self.changed = []
        defer { self.changed = changed }
        try hasChanged.withUnsafeMutableBufferPointer { hasChanged in
            try body { parameter in
                guard !hasChanged[parameter] else { return }
                hasChanged[parameter] = true
                changed.append(parameter)
            }
        }
    }

    /// Writes the cells of changed parameters. Where one cannot be written, all of them stay to be written.
    ///
    /// - Parameters:
    ///   - values: of all parameters.
    ///   - cost: writes the cost of a column, counted from 1, where it is a finite number; tells whether it was.
    ///   - write: any other cell.
    func refresh(
        _ values: [Double], cost: (Int32, Double) -> Bool, write: (Cell) throws -> Void
    ) throws {
        guard !changed.isEmpty else { return }
        let (cells, simpleCosts, lists, firstOf, changed) = (cells, simpleCosts, cellsOfParameters, firstOf, changed)
        try isWritten.withUnsafeMutableBufferPointer { isWritten in
            defer { for p in changed { for k in firstOf[p]..<firstOf[p + 1] { isWritten[lists[k]] = false } } }
            for p in changed {
                for k in firstOf[p]..<firstOf[p + 1] {
                    let cell = lists[k]
                    guard !isWritten[cell] else { continue }
                    isWritten[cell] = true
                    if let simple = simpleCosts[cell],
                        cost(simple.column, simple.constant + simple.factor * values[simple.parameter])
                    {
                        continue
                    }
                    try write(cells[cell])
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
