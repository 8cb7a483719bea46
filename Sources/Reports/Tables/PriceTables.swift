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

/// A table of prices by what they are priced per.
struct PricesByUnit {
    /// A price of energy, with its rows; or another part of a tariff, with its one row.
    struct Entry {
        let key: [String]
        let rows: [Int]
        let unit: String
    }

    /// What may differ from step to step. Of these alone there are lines over the hours.
    let ofEnergy: [Entry]
    /// Fees, demand charges and all else that is one number, in a unit of its own.
    let single: [Entry]

    /// - Parameters:
    ///   - columns: what tells prices apart.
    ///   - rows: the ones to look at; nil for all.
    init(_ table: ResultTable, by columns: [Column<String>] = [PriceTable.price], among rows: [Int]? = nil) throws {
        let common = table.unit(of: PriceTable.value)
        let units = table.optional(PriceTable.unit).map { $0.isEmpty ? common : $0 }
        let steps = Set(try table.steps(PriceTable.step)).count
        let all = table.groups(columns, among: rows).map { key, rows in
            Entry(key: key, rows: rows, unit: units[rows[0]])
        }
        // Bands on energy are priced per energy, too, but once for the whole horizon.
        func isOfEnergy(_ entry: Entry) -> Bool { entry.unit.hasSuffix("/kWh") && entry.rows.count == steps }
        let isMixed = table.has(PriceTable.unit)
        ofEnergy = all.filter { !isMixed || isOfEnergy($0) }
        single = all.filter { isMixed && !isOfEnergy($0) }
    }
}

extension ResultRecord {
    /// Whether it holds the prices that pay most if every tie goes the leader's way.
    var hasOptimisticPrices: Bool { tables[PriceTable.optimisticFile].map { !$0.rows.isEmpty } ?? false }
}

/// The tidy tables of a price result, one per file.
extension PriceResult {
    /// nil where no prices are decided, or no others than these pay more.
    var optimisticTable: ResultTable? {
        source.prices.isEmpty
            ? nil : findings.supremum.map { source.priceTable($0.decision, file: PriceTable.optimisticFile) }
    }

    public var tables: [ResultTable] {
        [source.priceTable(findings.best.decision)]
            + [optimisticTable].compactMap(\.self)
            + dayTables + system.tables(source.currency).all + system.supplyReport(source.currency).tables
            + ownIndexTable(indices) + [ConvergenceTable.table(study.log, unit: unit)]
    }
}
