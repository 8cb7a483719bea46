import CaseFiles
import Energy
import EnergyGames
import Games
import ResultFiles

/// A decision on prices: one row per price and step, inside its bounds. Read back, it is the same to the last bit, so
/// that it pays what it is said to pay.
package enum PriceTable: TableSchema {
    package static let file = "prices.csv"
    /// Of the prices that pay most if every tie goes the leader's way.
    static let optimisticFile = "optimistic_prices.csv"
    package static let price = Column<String>("price")
    package static let step = Column<Int>("step")
    package static let start = Column<Double>("start", "h")
    package static let value = Column<Double>("value", .money(per: "kWh"), exact: true)
    static let lower = Column<Double>("lower", .money(per: "kWh"), exact: true)
    static let upper = Column<Double>("upper", .money(per: "kWh"), exact: true)
    static let meanCap = Column<Double>("mean cap", .money(per: "kWh"), exact: true)
    static let carrier = Column<String>("carrier")
    /// Where not all are prices of energy; the other columns are without a unit then.
    static let unit = Column<String>("unit")
    package static let columns: [any TableColumn] = [price, step, start, value, lower, upper, meanCap, carrier]
    /// The same of a tariff with other parts than prices of energy: each of them has one row, at the first step.
    static let ofTariff: [any TableColumn] =
        [price, step, start] + [value, lower, upper, meanCap].map { Column<Double>($0.name, exact: true) }
        + [carrier, unit]

    /// What a price is at a step.
    ///
    /// - Parameter values: one per interval.
    static func row(_ price: PostedPrice, _ values: [Double], at t: Int, _ time: TimeGrid) -> [ColumnCell] {
        let k = price.index[t]
        return [
            Self.price(price.name), step(t), start(time.start(of: t)), value(values[k]), lower(price.lower[k]),
            upper(price.upper[k]), meanCap(price.plainMeanMaximum), carrier(price.carrier),
        ]
    }
}

/// The tidy tables of a price result, one per file.
extension PriceResult {
    public var tables: [ResultTable] {
        [source.priceTable(findings.best.decision)]
            + (findings.supremum.map { [source.priceTable($0.decision, file: PriceTable.optimisticFile)] } ?? [])
            + dayTables + system.tables(source.currency).all + system.supplyReport(source.currency).tables
            + ownIndexTable(indices) + [ConvergenceTable.table(study.log, unit: unit)]
    }
}
