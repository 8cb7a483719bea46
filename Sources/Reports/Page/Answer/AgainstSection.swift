import ResultFiles
import Writing

/// Bills and emissions beside those of other prices.
struct AgainstSection {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Beside other prices")
            guard let table = record.table(AgainstTable.self), !table.rows.isEmpty else { return section }
            let (parties, quantities) = (table.optional(AgainstTable.party), table.optional(AgainstTable.quantity))
            let counterparties = table.optional(AgainstTable.counterparty)
            let units = table.optional(AgainstTable.unit)
            let (here, there) = (try table[AgainstTable.here], try table[AgainstTable.there])
            let difference = try table[AgainstTable.difference]
            func number(_ value: Double) -> String { NumberText.grouped(value, decimals: 2) }
            section.tables = [
                .table(
                    "Costs and emissions; income is negative",
                    header: ["party", "quantity", "paid to", "here", "there", "difference", "unit"], words: 3,
                    table.rows.map {
                        [
                            parties[$0], quantities[$0], counterparties[$0], number(here[$0]), number(there[$0]),
                            number(difference[$0]),
                            units[$0],
                        ]
                    })
            ]
            return section
        }
    }
}
