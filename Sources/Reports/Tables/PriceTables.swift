import CaseFiles
import Games
import ResultFiles

/// A decision on prices: one row per price and step, inside its bounds. Read back, it is the same to the last bit, so
/// that it pays what it is said to pay.
package enum PriceTable: TableSchema {
    package static let file = "prices.csv"
    /// Of the prices that pay whichever way ties go.
    static let robustFile = "robust_prices.csv"
    package static let price = Column<String>("price")
    package static let step = Column<Int>("step")
    package static let start = Column<Double>("start", "h")
    package static let value = Column<Double>("value", .money(per: "kWh"), exact: true)
    static let lower = Column<Double>("lower", .money(per: "kWh"), exact: true)
    static let upper = Column<Double>("upper", .money(per: "kWh"), exact: true)
    static let meanCap = Column<Double>("mean cap", .money(per: "kWh"), exact: true)
    static let carrier = Column<String>("carrier")
    package static let columns: [any TableColumn] = [price, step, start, value, lower, upper, meanCap, carrier]
}

/// The tidy tables of a price result, one per file.
extension PriceResult {
    public var tables: [ResultTable] {
        [source.priceTable(findings.best.decision)]
            + (robust.map { [source.priceTable($0.decision, file: PriceTable.robustFile)] } ?? []) + dayTables
            + system.tables(source.currency).all + ownIndexTable(indices)
            + [ConvergenceTable.table(study.log, unit: unit)]
    }
}
