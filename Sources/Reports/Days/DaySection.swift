import ResultFiles
import Writing

/// The days that one tariff is posted for, and what knowing them beforehand is worth.
struct DaySection {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "One tariff, several days")
            // Other results have a table of days, too.
            guard let days = record.table(PriceDayTable.self), days.has(PriceDayTable.payoff) else { return section }
            let names = days.optional(PriceDayTable.day)
            let numbers = try [
                PriceDayTable.weight, PriceDayTable.payoff, PriceDayTable.bills, PriceDayTable.emission,
                PriceDayTable.alone, PriceDayTable.bound, PriceDayTable.forecast,
            ].filter { days.has($0) }.map { try days[$0] }
            section.tables = [
                .table(
                    "Each day, in money of one such day", header: days.header,
                    days.rows.map { row in
                        [names[row]]
                            + numbers.map { $0[row].isFinite ? NumberText.grouped($0[row], decimals: 2) : "" }
                    })
            ]
            if record.table(SupplyTable.self) != nil {
                section.text.append(
                    "Who may choose its supply does so on each day anew, as if each day had a contract of its own.")
            }
            if record.table(ChargeTable.self) != nil {
                section.text.append(
                    "Fees, demand charges and limits of a tariff are those of each day, as if it were a billing period."
                )
            }
            guard let knowledge = record.table(KnowledgeTable.self) else { return section }
            let (quantities, values) = (try knowledge[KnowledgeTable.quantity], try knowledge[KnowledgeTable.value])
            section.tables.append(
                .table(
                    "What knowing the day is worth", header: knowledge.header,
                    knowledge.rows.map { [quantities[$0], NumberText.grouped(values[$0], decimals: 2)] }))
            section.text.append(PriceResult.knowledgeRemark)
            return section
        }
    }
}
