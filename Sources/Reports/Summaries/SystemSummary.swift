import Energy
import ResultFiles
import Writing

/// What the parties of a solved system pay and emit, as the lines of a summary and the objects of its JSON.
struct SystemSummary {
    let solution: SystemSolution
    let currency: String
    private let shown: [SystemSolution.PartySolution]

    init(solution: SystemSolution, currency: String) {
        (self.solution, self.currency, shown) = (solution, currency, Self.shown(of: solution.parties))
    }

    /// Where there are more parties than this, a terminal shows those with the greatest sums, and all others as one.
    static let mostParties = 30
    private static let shownOfMany = 10

    private static func shown(of parties: [SystemSolution.PartySolution]) -> [SystemSolution.PartySolution] {
        guard parties.count > mostParties else { return parties }
        let sums = parties.map { abs($0.totalCost) }
        let greatest = parties.indices.sorted { sums[$0] > sums[$1] }.prefix(shownOfMany)
        return greatest.sorted().map { parties[$0] }
    }

    /// One row per party and item: what it pays; income is negative, as in the tables.
    var parties: String {
        var table = TextTable(header: ["party", "item", currency])
        func add(_ name: String, _ items: [(String, Double)], _ sum: Double) {
            for (item, amount) in items where abs(amount) >= 0.005 {
                table.rows.append([name, item, NumberText.grouped(amount, decimals: 2)])
            }
            table.rows.append([name, "in all", NumberText.grouped(sum, decimals: 2)])
        }
        let names = Set(shown.map(\.name))
        let others = solution.parties.filter { !names.contains($0.name) }
        if !others.isEmpty {
            let items = others.flatMap(\.items)
            let sums = Dictionary(items, uniquingKeysWith: +)
            add("\(others.count) others", sums.sorted { $0.key < $1.key }.map { ($0, $1) }, sums.values.reduce(0, +))
        }
        for party in shown { add(party.name, party.items, party.totalCost) }
        let which =
            others.isEmpty ? "" : ", of \(solution.parties.count) parties the \(names.count) with the greatest sums"
        return "Costs (income is negative\(which)):\n" + table.text
    }

    /// A sentence per party that emits.
    var carbon: String {
        shown.compactMap { party -> String? in
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

    static func json(of solution: SystemSolution) -> [Party] {
        solution.parties.map { party in
            Party(
                name: party.name, cost: NumberText.amount(party.totalCost),
                emission: NumberText.amount(party.totalEmission),
                carbonCost: party.carbon.map { NumberText.amount($0.cost) },
                items: Dictionary(party.items.map { ($0.0, NumberText.amount($0.1)) }) { first, _ in first })
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
