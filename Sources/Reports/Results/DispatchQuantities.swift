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
        return quantities + markets
    }

    /// Of each market: the greatest less the least power that is bought of it, sales subtracted, on any of the days;
    /// and of each carrier that markets sell the share of what demand and devices take that is not bought.
    private var markets: [SweepResult.Quantity] {
        var ends: [(name: String, low: Double, high: Double)] = []
        var energies: [(carrier: String, bought: Double, taken: Double)] = []
        for part in parts {
            let time = part.answer.solution.time
            for (party, ledger) in zip(part.dispatch.system.parties, part.answer.solution.parties) {
                for market in party.components.compactMap({ $0 as? MarketExchange }) {
                    let flows = ledger.flows(of: market.name)
                    let net = time.indices.map { t in flows.reduce(0) { $0 + $1.power[t] } }
                    let name = "\(party.name).\(market.name)"
                    let (low, high) = (net.min() ?? 0, net.max() ?? 0)
                    if let k = ends.firstIndex(where: { $0.name == name }) {
                        (ends[k].low, ends[k].high) = (min(ends[k].low, low), max(ends[k].high, high))
                    } else {
                        ends.append((name, low, high))
                    }
                    let bought = flows.filter(\.isGiven).reduce(0) { $0 + $1.power.reduce(0, +) }
                    add(part.weight * time.hours * bought, 0, of: market.carrier, to: &energies)
                }
            }
            for ledger in part.answer.solution.parties {
                for flow in ledger.flows where !flow.isGiven {
                    switch flow.kind {
                    case .charge, .discharge, .vent, .sale, .purchase, .supply, .unserved: continue
                    case .component, .demand: break
                    }
                    guard energies.contains(where: { $0.carrier == flow.carrier }), !isMarket(flow, ledger.name, part)
                    else { continue }
                    add(0, -part.weight * time.hours * flow.power.reduce(0, +), of: flow.carrier, to: &energies)
                }
            }
        }
        return ends.map { .init("peak to valley of \($0.name)", unit: "kW", $0.high - $0.low) }
            + energies.filter { $0.taken > 0 }.map {
                .init("self-sufficiency in \($0.carrier)", unit: "%", 100 * (1 - $0.bought / $0.taken))
            }
    }

    private func isMarket(_ flow: Ledger<Double>.Flow, _ party: String, _ part: Part) -> Bool {
        part.dispatch.system.parties.first { $0.name == party }?.components
            .contains { $0.name == flow.component && $0 is MarketExchange } ?? false
    }

    private func add(
        _ bought: Double, _ taken: Double, of carrier: String,
        to energies: inout [(carrier: String, bought: Double, taken: Double)]
    ) {
        if let k = energies.firstIndex(where: { $0.carrier == carrier }) {
            energies[k].bought += bought
            energies[k].taken += taken
        } else {
            energies.append((carrier, bought, taken))
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
