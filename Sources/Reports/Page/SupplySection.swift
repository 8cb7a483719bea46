import ResultFiles
import Writing

/// Who may choose its supply, what each would cost it, and what fees and other charges are paid for.
struct SupplySection {
    let record: ResultRecord

    /// More rows help nobody.
    private static let most = 400

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Tariffs and supplies")
            if let decided = try decided() { section.tables.append(decided) }
            if let supplies = record.table(SupplyTable.self), supplies.rows.count <= Self.most {
                section.text = [
                    "A user that may choose takes the supply under which it pays least, altogether. An empty cost is a supply "
                        + "that it cannot do with."
                ]
                let unit = supplies.unit(of: SupplyTable.cost)
                let (parties, names) = (try supplies[SupplyTable.party], try supplies[SupplyTable.supply])
                let (costs, taken) = (try supplies[SupplyTable.cost], try supplies[SupplyTable.taken])
                let (head, days) = Self.days(supplies)
                section.tables.append(
                    .table(
                        "Least cost under each supply in \(unit)",
                        header: head + ["party", "supply", "taken", "least cost"], words: head.count + 3,
                        supplies.rows.map { row in
                            let cost = costs[row].isFinite ? NumberText.grouped(costs[row], decimals: 2) : ""
                            return days(row) + [parties[row], names[row], taken[row] == 1 ? "yes" : "no", cost]
                        }))
            }
            if let charges = record.table(ChargeTable.self), charges.rows.count <= Self.most {
                let unit = charges.unit(of: ChargeTable.amount)
                let (parties, others) = (try charges[ChargeTable.party], try charges[ChargeTable.counterparty])
                let (items, units) = (try charges[ChargeTable.item], try charges[ChargeTable.unit])
                let (quantities, amounts) = (try charges[ChargeTable.quantity], try charges[ChargeTable.amount])
                let (head, days) = Self.days(charges)
                section.tables.append(
                    .table(
                        "Charges beside prices",
                        header: head + ["party", "paid to", "for", "unit", "quantity", "amount [\(unit)]"],
                        words: head.count + 4,
                        charges.rows.map { row in
                            days(row) + [parties[row], others[row], items[row], units[row]]
                                + [quantities[row], amounts[row]].map { NumberText.grouped($0, decimals: 2) }
                        }))
            }
            return section
        }
    }

    /// The head and the cells of a column of days; none of a case's own horizon.
    private static func days(_ table: ResultTable) -> (head: [String], cells: (Int) -> [String]) {
        guard table.has(SystemTables.day) else { return ([], { _ in [] }) }
        let days = table.optional(SystemTables.day)
        return (["day"], { [days[$0]] })
    }

    /// Parts of tariffs that are one number over the whole horizon, which no figure shows.
    private func decided() throws -> HTML? {
        guard let table = record.table(PriceTable.self) else { return nil }
        let (values, lower, upper) = (
            try table[PriceTable.value], try table[PriceTable.lower], try table[PriceTable.upper]
        )
        let rows = try PricesByUnit(table).single.flatMap { part in
            part.rows.map { row in
                [part.key[0], part.unit]
                    + [values[row], lower[row], upper[row]].map { NumberText.grouped($0, decimals: 4) }
            }
        }
        guard !rows.isEmpty else { return nil }
        return .table(
            "Decided beside prices", header: ["part of a tariff", "unit", "decided", "least", "most"], words: 2, rows)
    }
}
