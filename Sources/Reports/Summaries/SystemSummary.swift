import Energy
import ResultFiles
import Writing

/// What the parties of a solved system pay and emit, as the lines of a summary and the objects of its JSON.
struct SystemSummary {
    let solution: SystemSolution
    let currency: String

    /// One row per party and item: what it pays; income is negative, as in the tables.
    var parties: String {
        var table = TextTable(header: ["party", "item", currency])
        for party in solution.parties {
            for (item, amount) in party.items where abs(amount) >= 0.005 {
                table.rows.append([party.name, item, NumberText.grouped(amount, decimals: 2)])
            }
            table.rows.append([party.name, "in all", NumberText.grouped(party.totalCost, decimals: 2)])
        }
        return "Costs (income is negative):\n" + table.text
    }

    /// A sentence per party that emits.
    var carbon: String {
        solution.parties.compactMap { party -> String? in
            guard party.totalEmission != 0 else { return nil }
            var line = "\(party.name) emits \(NumberText.grouped(party.totalEmission)) kg"
            if let carbon = party.carbon {
                line += " against a quota of \(NumberText.grouped(carbon.quota)) kg; "
                line += "carbon costs \(NumberText.grouped(carbon.cost, decimals: 2)) \(currency)"
            }
            return line + ".\n"
        }.joined()
    }

    struct Party: Codable {
        let name: String
        let cost: Double
        let emission: Double
        let carbonCost: Double?
        let items: [String: Double]
    }

    var json: [Party] {
        solution.parties.map { party in
            Party(
                name: party.name, cost: party.totalCost, emission: party.totalEmission, carbonCost: party.carbon?.cost,
                items: Dictionary(party.items) { first, _ in first })
        }
    }
}

extension SystemSolution.PartySolution {
    /// What is paid under each item's name, in the order of the ledger.
    var items: [(String, Double)] {
        var items: [(String, Double)] = []
        for cost in costs {
            if let k = items.firstIndex(where: { $0.0 == cost.item }) {
                items[k].1 += cost.amount
            } else {
                items.append((cost.item, cost.amount))
            }
        }
        return items
    }
}
