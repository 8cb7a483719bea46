import Energy
import EnergyGames
import ResultFiles
import Writing

/// What everybody who may choose its supply would pay under each at the least; nothing where it cannot do under it.
enum SupplyTable: TableSchema {
    static let file = "supplies.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let supply = Column<String>("supply")
    static let cost = Column<Double>("least cost", .money)
    static let taken = Column<Int>("taken")
    static let columns: [any TableColumn] = [day, party, supply, cost, taken]
}

/// What charges beside prices per kWh are paid for: one row per quantity.
enum ChargeTable: TableSchema {
    static let file = "charges.csv"
    static let day = SystemTables.day
    static let party = Column<String>("party")
    static let counterparty = Column<String>("counterparty")
    static let item = Column<String>("item")
    static let charge = Column<String>("charge")
    static let quantity = Column<Double>("quantity")
    static let unit = Column<String>("unit")
    static let amount = Column<Double>("amount", .money)
    static let columns: [any TableColumn] = [day, party, counterparty, item, charge, quantity, unit, amount]
}

/// The supplies of a solved game, for tables, summaries and verdicts.
struct SupplyReport {
    /// One solved system.
    struct Part {
        /// What tells it from the others; nil for a single system.
        let day: String?
        let supplies: [SupplyComparison]
        let solution: SystemSolution
    }

    let parts: [Part]
    let currency: String

    private var haveDays: Bool { parts.contains { $0.day != nil } }

    /// None where nobody has a choice or pays a charge.
    var tables: [ResultTable] {
        func table<Schema: TableSchema>(_ schema: Schema.Type, _ rows: (Part) -> [[ColumnCell]]) -> ResultTable {
            let columns = schema.columns.filter { haveDays || $0.name != SystemTables.day.name }
            var table = ResultTable(schema, columns: columns, money: currency)
            for part in parts {
                let day = part.day.map { [SystemTables.day($0)] } ?? []
                for row in rows(part) { table.add(day + row) }
            }
            return table
        }
        let supplies = table(SupplyTable.self) { part in
            part.supplies.flatMap { comparison in
                comparison.options.map { option in
                    [
                        SupplyTable.party(comparison.party), SupplyTable.supply(option.name),
                        SupplyTable.cost(option.cost), SupplyTable.taken(option.name == comparison.taken ? 1 : 0),
                    ]
                }
            }
        }
        let charges = table(ChargeTable.self) { part in
            part.solution.parties.flatMap { party in
                party.dues.flatMap { due in
                    zip(due.quantities, due.amounts).map { quantity, amount in
                        [
                            ChargeTable.party(party.name), ChargeTable.counterparty(due.charge.seller),
                            ChargeTable.item(due.charge.item), ChargeTable.charge(due.charge.name),
                            ChargeTable.quantity(quantity), ChargeTable.unit(due.charge.basis.unit(currency)),
                            ChargeTable.amount(amount),
                        ]
                    }
                }
            }
        }
        return [supplies, charges].filter { !$0.rows.isEmpty }
    }

    /// A sentence per party that may choose.
    var lines: String {
        func money(_ amount: Double?) -> String {
            amount.map { NumberText.grouped($0, decimals: 2) + " \(currency)" } ?? "no way"
        }
        guard !haveDays else { return dayLines }
        return parts.flatMap(\.supplies).map { comparison in
            let others = comparison.options.filter { $0.name != comparison.taken }
                .map { "under \($0.name) \(money($0.cost))" }.joined(separator: ", ")
            let place = comparison.taken == EnergySystem.outsider ? "is outside" : "is under \(comparison.taken)"
            return "\(comparison.party) \(place) and pays \(money(comparison.paid)); \(others).\n"
        }.joined()
    }

    /// Where each party that may choose is on which days; what it pays is in the table.
    private var dayLines: String {
        var days: [String: [(supply: String, days: [String])]] = [:]
        var parties: [String] = []
        for part in parts {
            for choice in part.supplies {
                if days[choice.party] == nil { parties.append(choice.party) }
                let day = part.day ?? ""
                if let k = days[choice.party]?.firstIndex(where: { $0.supply == choice.taken }) {
                    days[choice.party]?[k].days.append(day)
                } else {
                    days[choice.party, default: []].append((choice.taken, [day]))
                }
            }
        }
        return parties.map { party in
            let places = (days[party] ?? []).map { place in
                let shown = place.days.prefix(6).joined(separator: ", ") + (place.days.count > 6 ? ", …" : "")
                let name = place.supply == EnergySystem.outsider ? place.supply : "under \(place.supply)"
                return "\(name) on \(place.days.count) of \(parts.count) days (\(shown))"
            }
            return "\(party) is \(places.joined(separator: ", ")).\n"
        }.joined()
    }

    /// nil where nobody has a choice.
    var verdict: Verdict? {
        guard let worst = parts.flatMap(\.supplies).max(by: { $0.regret < $1.regret }) else { return nil }
        return Verdict(
            name: "supplies compared", holds: worst.regret <= SupplyComparison.tolerance,
            detail:
                "nobody pays more than under another supply, but for at most \(NumberText.csv(worst.regret)) relative")
    }

    struct Supply: Codable {
        /// nil for a case's own horizon.
        let day: String?
        let party: String
        let taken: String
        let paid: Double
        /// By supply; without those under which the party cannot do.
        let costs: [String: Double]
    }

    /// nil where nobody has a choice.
    var json: [Supply]? {
        let all = parts.flatMap { part in
            part.supplies.map { comparison in
                Supply(
                    day: part.day, party: comparison.party, taken: comparison.taken, paid: comparison.paid,
                    costs: Dictionary(
                        comparison.options.compactMap { option in option.cost.map { (option.name, $0) } }
                    ) { first, _ in first })
            }
        }
        return all.isEmpty ? nil : all
    }
}

extension Charge.Basis {
    /// Of its quantity.
    fileprivate func unit(_ currency: String) -> String {
        switch self {
        case .contract: "1"
        case .peak: "kW"
        case .above, .below, .surplus: "kWh"
        case .bill: currency
        }
    }
}
