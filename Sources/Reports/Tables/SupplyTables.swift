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
    static let quantity = Column<Double>("quantity", amounts: true)
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
        let supplies = ResultTable(SupplyTable.self, of: parts, day: \.day, money: currency) { part in
            part.supplies.flatMap { comparison in
                comparison.options.map { option in
                    [
                        SupplyTable.party(comparison.party), SupplyTable.supply(option.name),
                        SupplyTable.cost(option.cost), SupplyTable.taken(option.name == comparison.taken ? 1 : 0),
                    ]
                }
            }
        }
        let charges = ResultTable(ChargeTable.self, of: parts, day: \.day, money: currency) { part in
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
        let choices = parts.flatMap { part in
            part.supplies.map { (day: part.day ?? "", party: $0.party, supply: $0.taken) }
        }
        func unique(_ names: [String]) -> [String] {
            var seen: Set<String> = []
            return names.filter { seen.insert($0).inserted }
        }
        return unique(choices.map(\.party)).map { party in
            let own = choices.filter { $0.party == party }
            let places = unique(own.map(\.supply)).map { supply in
                let days = own.filter { $0.supply == supply }.map(\.day)
                let shown = days.prefix(6).joined(separator: ", ") + (days.count > 6 ? ", …" : "")
                let name = supply == EnergySystem.outsider ? supply : "under \(supply)"
                return "\(name) on \(days.count) of \(parts.count) days (\(shown))"
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
