import ResultFiles
import Studies

/// Each day that a tariff is posted for: what it pays there, and what prices for that day alone would.
enum PriceDayTable: TableSchema {
    static let file = "days.csv"
    static let day = SystemTables.day
    static let weight = Column<Double>("weight")
    static let payoff = Column<Double>("payoff", .money)
    /// Of everybody but the operator together.
    static let bills = Column<Double>("bills", .money)
    static let emission = Column<Double>("emission", "kg")
    static let alone = Column<Double>("payoff priced alone", .money)
    static let bound = Column<Double>("bound alone", .money)
    static let forecast = Column<Double>("payoff at prices for the mean", .money)
    static let columns: [any TableColumn] = [day, weight, payoff, bills, emission, alone, bound, forecast]
}

/// What it is worth to know which day comes.
enum KnowledgeTable: TableSchema {
    static let file = "knowledge.csv"
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value", .money)
    static let columns: [any TableColumn] = [quantity, value]
}

extension PriceResult {
    var dayTables: [ResultTable] {
        guard energyGame.hasDays else { return [] }
        let prices = knowledge?.forecast.flatMap { $0.payoff == nil ? nil : energyGame.payoffs(of: $0) }
        let days = system.dayTable(source.currency, knowledge, forecast: prices)
        guard let values = value else { return [days] }
        var table = ResultTable(KnowledgeTable.self, money: unit)
        for (quantity, value) in values.rows {
            table.add([KnowledgeTable.quantity(quantity), KnowledgeTable.value(value)])
        }
        return [days, table]
    }
}

extension EvaluationResult {
    var dayTables: [ResultTable] { energyGame.hasDays ? [system.dayTable(source.currency)] : [] }
}

extension PricedSystem {
    /// - Parameters:
    ///   - knowledge: what each day would pay alone; its columns are left out where it is nil.
    ///   - forecast: what each day pays at prices made for the mean.
    func dayTable(
        _ currency: String, _ knowledge: KnowledgeFindings? = nil, forecast: [Double]? = nil
    ) -> ResultTable {
        var table = ResultTable(
            PriceDayTable.self,
            columns: PriceDayTable.columns.filter { column in
                switch column.name {
                case PriceDayTable.alone.name, PriceDayTable.bound.name: knowledge != nil
                case PriceDayTable.forecast.name: forecast != nil
                default: true
                }
            }, money: currency)
        for (k, day) in days.enumerated() {
            var row = [
                PriceDayTable.day(day.name), PriceDayTable.weight(day.weight), PriceDayTable.payoff(day.payoff),
                PriceDayTable.bills(bills(on: day).reduce(0) { $0 + $1.bill }),
                PriceDayTable.emission(day.emission),
            ]
            if let alone = knowledge?.scenarios[k] {
                row += [PriceDayTable.alone(alone.payoff), PriceDayTable.bound(alone.bound.ifFinite)]
            }
            if let forecast { row.append(PriceDayTable.forecast(forecast[k])) }
            table.add(row)
        }
        return table
    }
}
