import ResultFiles

// The tables of solved systems. Each has a column `day` where there are several.

/// Whether a row is a part of a sum or the sum itself, in a column of its own: who adds up a table takes the items. A
/// row that is neither has none.
enum RowKind: String {
    case item, total

    static let column = Column<String>("kind")

    var cell: ColumnCell { Self.column(rawValue) }
}

extension ResultTable {
    /// For each row whether it is a sum of others.
    ///
    /// - Parameter totals: what sums are called in a column, in tables that were written before they had kinds.
    func areTotals(_ column: Column<String>, called totals: String) -> [Bool] {
        let (kinds, names) = (optional(RowKind.column), optional(column))
        return has(RowKind.column) ? kinds.map { $0 == RowKind.total.rawValue } : names.map { $0 == totals }
    }
}

/// Every flow (kW, or kg/h of a mass; positive into the party's balance) and every stored energy (kWh, at the end of
/// the step).
enum FlowTable: TableSchema {
    static let file = "flows.csv"
    static let day = SystemTables.day
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let party = Column<String>("party")
    static let carrier = Column<String>("carrier")
    static let component = Column<String>("component")
    static let quantity = Column<String>("quantity")
    static let counterparty = Column<String>("counterparty")
    static let value = Column<Double>("value", amounts: true)
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [
        day, step, start, party, carrier, component, quantity, counterparty, value, unit,
    ]

    /// The units of flows, of flows of a mass, and of what is stored.
    static let (power, massRate, energy) = ("kW", "kg/h", "kWh")
}

/// Demand as the case gives it and as it was served.
enum LoadTable: TableSchema {
    static let file = "load.csv"
    static let day = SystemTables.day
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let party = Column<String>("party")
    static let carrier = Column<String>("carrier")
    static let before = Column<Double>("before", "kW")
    static let after = Column<Double>("after", "kW")
    static let columns: [any TableColumn] = [day, step, start, party, carrier, before, after]
}

/// What each combined-heat-and-power unit can give while it runs: corners in order, two for the ends of a line.
enum RegionTable: TableSchema {
    static let file = "regions.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let component = Column<String>("component")
    static let corner = Column<Int>("corner")
    static let heat = Column<Double>("heat", "kW")
    static let power = Column<Double>("power", "kW")
    static let columns: [any TableColumn] = [day, party, component, corner, heat, power]
}

/// Prices of outer markets, such as the public grid's; and, without a component, those that a case fixes between
/// parties.
enum MarketTable: TableSchema {
    static let file = "markets.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let component = Column<String>("component")
    static let carrier = Column<String>("carrier")
    static let quantity = Column<String>("quantity")
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let value = Column<Double>("value", .money(per: "kWh"))
    static let columns: [any TableColumn] = [day, party, component, carrier, quantity, step, start, value]
}

/// Every cost; income is negative, as on terminals and pages. A party's items sum to its total.
enum CostTable: TableSchema {
    static let file = "costs.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let item = Column<String>("item")
    static let counterparty = Column<String>("counterparty")
    static let amount = Column<Double>("amount", .money)
    static let columns: [any TableColumn] = [day, party, item, counterparty, amount, RowKind.column]

    /// What the item of a party's sum is called.
    static let total = "total"
}

/// Emissions by source and in all, the quota, and what both cost: what has no source in its name is no part of a sum.
enum CarbonTable: TableSchema {
    static let file = "carbon.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value", amounts: true)
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [day, party, quantity, value, unit]

    /// Beside emissions by what they come from.
    enum Quantity: String {
        case emission, quota, excess, cost
    }
}

/// What a kilogram above or below the quota costs or earns, around where each party stands.
enum LadderTable: TableSchema {
    static let file = "ladder.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let from = Column<Double>("from", "kg")
    static let to = Column<Double>("to", "kg")
    static let price = Column<Double>("price", .money(per: "kg"))
    static let columns: [any TableColumn] = [day, party, from, to, price]
}

/// A fleet's envelope and path, and the schedule of each vehicle.
enum FleetTable: TableSchema {
    static let file = "ev.csv"
    static let day = SystemTables.day
    static let station = Column<String>("station")
    static let vehicle = Column<String>("vehicle")
    static let step = Column<Int>("step")
    static let start = Column<Double>("start", "h")
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value", amounts: true)
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [day, station, vehicle, step, start, quantity, value, unit]

    /// What stands for all vehicles together.
    static let fleet = "fleet"

    enum Quantity: String {
        case charge, discharge, energy
        case chargeLimit = "charge limit"
        case dischargeLimit = "discharge limit"
        case leastEnergy = "least energy"
        case mostEnergy = "most energy"
        case energyArriving = "energy arriving"
        case energyLeaving = "energy leaving"
    }
}
