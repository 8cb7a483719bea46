import Energy
import EnergyGames
import ResultFiles
import Writing

/// Numbers by which operations are compared: the sums, and what practitioners call indices.
extension DispatchResult {
    /// What a sweep tells of a point, and `indices.csv`.
    var quantities: [SweepResult.Quantity] {
        let isOfYear = parts.contains { $0.day != nil }
        var quantities: [SweepResult.Quantity] = [
            .init("cost", unit: unit, cost), .init("emission", unit: isOfYear ? "kg/a" : "kg", emission),
        ]
        let carbon = parts.map { part in (part.weight, part.answer.solution.parties.compactMap(\.carbon)) }
        if carbon.contains(where: { !$0.1.isEmpty }) {
            let paid = carbon.reduce(0) { $0 + $1.0 * $1.1.reduce(0) { $0 + $1.cost } }
            quantities.append(.init("carbon cost", unit: unit, paid))
        }
        let use = parts.map { $0.weight * $0.answer.solution.renewableUse }
        if let first = use.first, let share = use.dropFirst().reduce(first, +).share {
            quantities.append(.init("renewable use", unit: "%", 100 * share))
        }
        let figures = SweepResult.Quantity.figures(
            parts.map { ($0.weight, $0.answer.solution) }, currency: source.currency, per: isOfYear ? "/a" : "")
        return quantities + figures + markets
    }

    /// Of each market: the greatest less the least power that is bought of it, sales subtracted, on any of the days;
    /// and of each carrier that markets sell the share of what demand and devices take that is not bought.
    private var markets: [SweepResult.Quantity] {
        var net: [String: [Double]] = [:]
        var (bought, taken): ([String: Double], [String: Double]) = ([:], [:])
        var (names, carriers): ([String], [String]) = ([], [])
        for part in parts {
            let hours = part.weight * part.answer.solution.time.hours
            for (party, ledger) in zip(part.dispatch.system.parties, part.answer.solution.parties) {
                let markets = Dictionary(
                    party.components.compactMap { $0 as? MarketExchange }.map { ($0.name, $0) }
                ) { first, _ in first }
                for flow in ledger.flows {
                    let energy = hours * flow.power.reduce(0, +)
                    guard let market = markets[flow.component] else {
                        if flow.isUse { taken[flow.carrier, default: 0] -= energy }
                        continue
                    }
                    if flow.isGiven { bought[market.carrier, default: 0] += energy }
                    if !carriers.contains(market.carrier) { carriers.append(market.carrier) }
                }
                for market in party.components.compactMap({ $0 as? MarketExchange }) {
                    let name = "\(party.name).\(market.name)"
                    if net[name] == nil { names.append(name) }
                    let flows = ledger.flows(of: market.name)
                    net[name, default: []] += part.answer.solution.time.indices.map { t in
                        flows.reduce(0) { $0 + $1.power[t] }
                    }
                }
            }
        }
        return names.map { name in
            let (low, high) = (net[name]?.min() ?? 0, net[name]?.max() ?? 0)
            return .init("peak to valley of \(name)", unit: "kW", high - low)
        }
            + carriers.compactMap { carrier in
                guard let taken = taken[carrier], taken > 0 else { return nil }
                let share = 1 - (bought[carrier] ?? 0) / taken
                return .init("self-sufficiency in \(carrier)", unit: "%", 100 * share)
            }
    }
}

extension SweepResult.Quantity {
    /// What components tell beside flows and money, summed over horizons.
    ///
    /// - Parameter horizons: each with how often it counts.
    static func figures(
        _ horizons: [(weight: Double, solution: SystemSolution)], currency: String, per year: String
    ) -> [SweepResult.Quantity] {
        var found: [SweepResult.Quantity] = []
        for (weight, solution) in horizons {
            for party in solution.parties {
                for figure in party.figures {
                    let name = "\(figure.name) of \(party.name).\(figure.component)"
                    let unit = (figure.unit == .energy ? "kWh" : currency) + year
                    let before = found.firstIndex { $0.name == name }
                    let sum = (before.map { found[$0].value } ?? 0) + weight * figure.amount
                    let quantity = SweepResult.Quantity(name, short: figure.name, unit: unit, sum)
                    if let before { found[before] = quantity } else { found.append(quantity) }
                }
            }
        }
        return found
    }
}

extension Ledger.Flow {
    /// Whether demand or a device takes it: stores, trades, vents and what goes unserved aside.
    fileprivate var isUse: Bool {
        switch kind {
        case .component, .demand: !isGiven
        case .charge, .discharge, .vent, .sale, .purchase, .supply, .unserved: false
        }
    }
}

/// What operations are compared by.
enum IndexTable: TableSchema {
    static let file = "indices.csv"
    static let quantity = Column<String>("quantity")
    static let value = Column<Double>("value")
    static let unit = Column<String>("unit")
    static let columns: [any TableColumn] = [quantity, value, unit]
}

extension DispatchResult {
    var indexTable: ResultTable {
        var table = ResultTable(IndexTable.self)
        for quantity in quantities {
            table.add([
                IndexTable.quantity(quantity.name), IndexTable.value(quantity.value), IndexTable.unit(quantity.unit),
            ])
        }
        return table
    }

    /// Beside the sums, which the summary tells in a sentence.
    var indexLines: String {
        var table = TextTable(header: ["index", "value", "unit"])
        for quantity in quantities.dropFirst(2) {
            table.rows.append([quantity.name, NumberText.grouped(quantity.value, decimals: 2), quantity.unit])
        }
        return table.rows.isEmpty ? "" : table.text + "\n"
    }
}
