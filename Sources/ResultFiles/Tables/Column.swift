import Writing

/// A table as its file tells it. The columns are declared once: who writes the table, draws it or reads it back uses
/// the same.
///
///     enum LadderTable: TableSchema {
///         static let file = "ladder.csv"
///         static let party = Column<String>("party")
///         static let price = Column<Double>("price", .money(per: "kg"))
///         static let columns: [any TableColumn] = [party, price]
///     }
package protocol TableSchema {
    /// Name of the file.
    static var file: String { get }
    /// From left to right.
    static var columns: [any TableColumn] { get }
}

package protocol TableColumn: Sendable {
    var name: String { get }
    var unit: ColumnUnit { get }
}

extension TableColumn {
    /// - Parameter money: the unit of amounts, such as `CNY` or `CNY/a`; without it a unit of money is left out.
    package func heading(money: String? = nil) -> ColumnHeading {
        switch unit {
        case .none: ColumnHeading(name: name)
        case .fixed(let unit): ColumnHeading(name: name, unit: unit)
        case .money(let per): ColumnHeading(name: name, unit: money.map { $0 + (per.map { "/\($0)" } ?? "") })
        }
    }
}

package enum ColumnUnit: Sendable, ExpressibleByStringLiteral {
    case none
    case fixed(String)
    /// The unit of money of the table, or that for one unit of something.
    case money(per: String?)

    package static let money = ColumnUnit.money(per: nil)

    var isOfAmounts: Bool {
        switch self {
        case .none: false
        case .fixed(let unit): ["kW", "kWh", "kg", "kg/h"].contains(unit)
        case .money(let per): per == nil
        }
    }

    package init(stringLiteral unit: String) { self = .fixed(unit) }
}

/// A name with a unit in brackets: `price [CNY/kWh]`.
package struct ColumnHeading: Sendable, Equatable {
    package let name: String
    package let unit: String?

    package init(name: String, unit: String? = nil) { (self.name, self.unit) = (name, unit) }

    /// A heading of a file.
    package init(_ text: String) {
        guard text.hasSuffix("]"), let open = text.ranges(of: " [").last else {
            self.init(name: text)
            return
        }
        self.init(name: String(text[..<open.lowerBound]), unit: String(text[open.upperBound...].dropLast()))
    }

    package var text: String { unit.map { "\(name) [\($0)]" } ?? name }
}

/// A column whose cells are all of one kind.
package struct Column<Value: CellValue>: TableColumn {
    package let name: String
    package let unit: ColumnUnit
    /// Whether numbers have every digit, so that they are the same when they are read back; else ten.
    let isExact: Bool
    /// Whether numbers are powers, energies, masses or money, which a solver finds up to its tolerance: they are told
    /// without it.
    let isAmount: Bool

    /// - Parameter amounts: whether they are, where the unit does not say it.
    package init(_ name: String, _ unit: ColumnUnit = .none, exact: Bool = false, amounts: Bool = false) {
        self.name = name
        self.unit = unit
        isExact = exact
        isAmount = !exact && (amounts || unit.isOfAmounts)
    }

    /// A column whose heading a case decides.
    ///
    /// - Parameter amounts: whether they are, where the unit does not say it.
    package init(_ heading: ColumnHeading, amounts: Bool = false) {
        self.init(heading.name, heading.unit.map { .fixed($0) } ?? .none, amounts: amounts)
    }

    /// A value at its place in a row; an empty cell where there is none.
    package func callAsFunction(_ value: Value?) -> ColumnCell {
        let cell = value?.cell(exact: isExact) ?? .empty
        guard isAmount, let number = cell.number else { return ColumnCell(column: name, cell: cell) }
        let told = NumberText.amount(number)
        guard told != number else { return ColumnCell(column: name, cell: cell) }
        return ColumnCell(column: name, cell: told.cell(exact: false))
    }
}

extension Column<Double> {
    /// A number that somebody wrote, in the words in which it was written.
    package func callAsFunction(_ number: Double?, written text: String) -> ColumnCell {
        ColumnCell(column: name, cell: TableCell(text: text, number: number))
    }
}

/// A cell that knows in which column it belongs.
package struct ColumnCell: Sendable {
    let column: String
    let cell: TableCell
}

/// What stands in a file, and the number that it tells: both come about together, so that a page drawn from memory
/// shows what one drawn from the file would.
package struct TableCell: Sendable {
    package let text: String
    /// nil for words, and for what was read and not asked for its number yet.
    private let known: Double?

    package init(text: String, number: Double? = nil) { (self.text, known) = (text, number) }

    static let empty = TableCell(text: "")

    package var number: Double? { known ?? Double(text) }
}

/// What a column may hold.
package protocol CellValue: Sendable {
    func cell(exact: Bool) -> TableCell
    /// nil where the cell holds something else.
    init?(_ cell: TableCell)
    /// Such as "a number".
    static var kind: String { get }
}

extension String: CellValue {
    package func cell(exact: Bool) -> TableCell { TableCell(text: self) }
    package init?(_ cell: TableCell) { self = cell.text }
    package static var kind: String { "a text" }
}

/// An empty cell is not a number.
extension Double: CellValue {
    package func cell(exact: Bool) -> TableCell {
        if exact { return TableCell(text: NumberText.exact(self), number: self) }
        let text = NumberText.csv(self)
        return TableCell(text: text, number: Double(text))
    }
    package init?(_ cell: TableCell) {
        guard let number = cell.text.isEmpty ? .nan : cell.number else { return nil }
        self = number
    }
    package static var kind: String { "a number" }
}

extension Int: CellValue {
    package func cell(exact: Bool) -> TableCell { TableCell(text: "\(self)", number: Double(self)) }
    package init?(_ cell: TableCell) {
        guard let number = cell.number.flatMap({ Int(exactly: $0) }) else { return nil }
        self = number
    }
    package static var kind: String { "a whole number" }
}
