import CaseFiles
import Energy
import ResultFiles

/// A decision on sizes, read back the same to the last bit.
package enum SizeTable: TableSchema {
    package static let file = "sizes.csv"
    package static let size = Column<String>("size")
    package static let value = Column<Double>("value", exact: true)
    static let unit = Column<String>("unit")
    static let lower = Column<Double>("lower", exact: true)
    static let upper = Column<Double>("upper", exact: true)
    package static let columns: [any TableColumn] = [size, value, unit, lower, upper]
}

/// All that is bought, of a size that was decided or not.
enum InvestmentTable: TableSchema {
    static let file = "investments.csv"
    static let device = Column<String>("device")
    static let size = Column<Double>("size")
    static let unit = Column<String>("unit")
    static let outlay = Column<Double>("outlay", .money)
    static let annual = Column<Double>("annual", .money(per: "a"))
    static let columns: [any TableColumn] = [device, size, unit, outlay, annual]
}

/// The year in sums; those over all parties have no party.
enum YearSumTable: TableSchema {
    static let file = "year.csv"
    static let party = Column<String>("party")
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value")
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [party, quantity, value, unit, RowKind.column]

    /// What the sum of all annual costs of devices is called.
    static let investment = "investment"
}

/// Each typical day, and how often it comes.
enum DayTable: TableSchema {
    static let file = "days.csv"
    static let day = Column<String>("day")
    static let weight = Column<Double>("weight", "1/a")
    static let cost = Column<Double>("cost", .money)
    static let emission = Column<Double>("emission", "kg")
    static let columns: [any TableColumn] = [day, weight, cost, emission]
}

/// What the joint program gave. Where its seconds ended it, the computer has a say in this table.
enum ExactTable: TableSchema {
    static let file = "exact.csv"
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value")
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [quantity, value, unit]

    /// What two of the quantities are called; the others are names of sizes.
    static let cost = "cost"
    static let bound = "least possible cost"
}

/// The tidy tables of decided sizes, one per file.
extension SizingResult {
    public var tables: [ResultTable] {
        let systems = SystemTables(
            currency: source.currency,
            parts: system.days.map {
                .init(day: $0.day.name, system: $0.day.system, solution: $0.solution, fleets: $0.fleets)
            })
        return [sizeTable, investmentTable, yearTable, dayTable] + systems.all + ownIndexTable(indices)
            + (study.map { [ConvergenceTable.table($0.log, unit: yearly, sign: -1)] } ?? []) + [exactTable]
    }

    /// Money a year.
    var yearly: String { "\(source.currency)/a" }

    private var sizeTable: ResultTable {
        var table = ResultTable(SizeTable.self)
        for (decision, size) in zip(sizing.game.space.decisions, system.sizes) {
            table.add([
                SizeTable.size(decision.name), SizeTable.value(size), SizeTable.unit(decision.unit),
                SizeTable.lower(decision.lower), SizeTable.upper(decision.upper),
            ])
        }
        return table
    }

    private var investmentTable: ResultTable {
        var table = ResultTable(InvestmentTable.self, money: source.currency)
        for purchase in system.purchases {
            table.add([
                InvestmentTable.device(purchase.device), InvestmentTable.size(purchase.size),
                InvestmentTable.unit(purchase.unit), InvestmentTable.outlay(purchase.outlay),
                InvestmentTable.annual(purchase.annual),
            ])
        }
        return table
    }

    private var yearTable: ResultTable {
        var table = ResultTable(YearSumTable.self)
        func add(_ quantity: String, of party: String = "", _ value: Double, _ unit: String, kind: RowKind? = nil) {
            table.add(
                [
                    YearSumTable.party(party), YearSumTable.quantity(quantity), YearSumTable.value(value),
                    YearSumTable.unit(unit),
                ] + (kind.map { [$0.cell] } ?? []))
        }
        for item in system.items { add(item.name, of: item.party, item.cost, yearly, kind: .item) }
        add("operation", system.operation, yearly, kind: .total)
        add(YearSumTable.investment, system.investment, yearly, kind: .item)
        add("cost", system.cost, yearly, kind: .total)
        add("emission", system.emission, "kg/a")
        if let cost = system.carbonCost { add("carbon cost", cost, yearly) }
        if let cost = scenarioCheck?.all { add("cost over all scenarios", cost, yearly) }
        for (carrier, energy) in system.unserved { add("unserved \(carrier)", energy, "kWh/a") }
        return table
    }

    private var dayTable: ResultTable {
        var table = ResultTable(DayTable.self, money: source.currency)
        for day in system.days {
            let parties = day.solution.parties
            table.add([
                DayTable.day(day.day.name), DayTable.weight(day.day.weight),
                DayTable.cost(parties.reduce(0) { $0 + $1.totalCost }),
                DayTable.emission(parties.reduce(0) { $0 + $1.totalEmission }),
            ])
        }
        return table
    }

    private var exactTable: ResultTable {
        var table = ResultTable(ExactTable.self)
        guard let best = exact.best else { return table }
        func add(_ quantity: String, _ value: Double, _ unit: String) {
            table.add([ExactTable.quantity(quantity), ExactTable.value(value), ExactTable.unit(unit)])
        }
        add(ExactTable.cost, best.cost, yearly)
        add(ExactTable.bound, best.bound, yearly)
        for (decision, size) in zip(sizing.game.space.decisions, best.sizes) { add(decision.name, size, decision.unit) }
        return table
    }
}
