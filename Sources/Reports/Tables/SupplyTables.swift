import Energy
import EnergyGames
import ResultFiles
import Writing

/// What everybody who may choose its supply would pay under each at the least; nothing where it cannot do under it.
enum SupplyTable: TableSchema {
    static let file = "supplies.csv"
    static let party = Column<String>("party")
    static let supply = Column<String>("supply")
    static let cost = Column<Double>("least cost", .money)
    static let taken = Column<Int>("taken")
    static let columns: [any TableColumn] = [party, supply, cost, taken]
}

/// What charges beside prices per kWh are paid for: one row per quantity.
enum ChargeTable: TableSchema {
    static let file = "charges.csv"
    static let party = Column<String>("party")
    static let counterparty = Column<String>("counterparty")
    static let item = Column<String>("item")
    static let charge = Column<String>("charge")
    static let quantity = Column<Double>("quantity")
    static let unit = Column<String>("unit")
    static let amount = Column<Double>("amount", .money)
    static let columns: [any TableColumn] = [party, counterparty, item, charge, quantity, unit, amount]
}

/// The supplies of a solved game, for tables, summaries and verdicts.
struct SupplyReport {
    let supplies: [SupplyComparison]
    let solution: SystemSolution
    let currency: String

    /// None where nobody has a choice or pays a charge.
    var tables: [ResultTable] {
        var supply = ResultTable(SupplyTable.self, money: currency)
        for comparison in supplies {
            for option in comparison.options {
                supply.add([
                    SupplyTable.party(comparison.party), SupplyTable.supply(option.name),
                    SupplyTable.cost(option.cost), SupplyTable.taken(option.name == comparison.taken ? 1 : 0),
                ])
            }
        }
        var charges = ResultTable(ChargeTable.self, money: currency)
        for party in solution.parties {
            for due in party.dues {
                for (quantity, amount) in zip(due.quantities, due.amounts) {
                    charges.add([
                        ChargeTable.party(party.name), ChargeTable.counterparty(due.charge.seller),
                        ChargeTable.item(due.charge.item), ChargeTable.charge(due.charge.name),
                        ChargeTable.quantity(quantity), ChargeTable.unit(due.charge.basis.unit(currency)),
                        ChargeTable.amount(amount),
                    ])
                }
            }
        }
        return [supply, charges].filter { !$0.rows.isEmpty }
    }

    /// A sentence per party that may choose.
    var lines: String {
        func money(_ amount: Double?) -> String {
            amount.map { NumberText.grouped($0, decimals: 2) + " \(currency)" } ?? "no way"
        }
        return supplies.map { comparison in
            let others = comparison.options.filter { $0.name != comparison.taken }
                .map { "under \($0.name) \(money($0.cost))" }.joined(separator: ", ")
            let place = comparison.taken == EnergySystem.outsider ? "is outside" : "is under \(comparison.taken)"
            return "\(comparison.party) \(place) and pays \(money(comparison.paid)); \(others).\n"
        }.joined()
    }

    /// nil where nobody has a choice.
    var verdict: Verdict? {
        guard let worst = supplies.max(by: { $0.regret < $1.regret }) else { return nil }
        return Verdict(
            name: "supplies compared", holds: worst.regret <= SupplyComparison.tolerance,
            detail:
                "nobody pays more than under another supply, but for at most \(NumberText.csv(worst.regret)) relative")
    }

    struct Supply: Codable {
        let party: String
        let taken: String
        let paid: Double
        /// By supply; without those under which the party cannot do.
        let costs: [String: Double]
    }

    /// nil where nobody has a choice.
    var json: [Supply]? {
        supplies.isEmpty
            ? nil
            : supplies.map { comparison in
                Supply(
                    party: comparison.party, taken: comparison.taken, paid: comparison.paid,
                    costs: Dictionary(
                        comparison.options.compactMap { option in option.cost.map { (option.name, $0) } }
                    ) { first, _ in first })
            }
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
