import Figures
import ResultFiles
import Writing

/// What a page opens with: what the result is worth and how much better it could be, all posted prices in one figure,
/// and every user's bill.
struct AnswerSection {
    let record: ResultRecord
    let time: PageTime

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Answer")
            let items = try AnswerItems(record: record).all
            if !items.isEmpty { section.lead = [.answer(items)] }
            if let verdicts = record.manifest.verdicts, !verdicts.isEmpty {
                let checks = HTML.checks(verdicts)
                // What must not be used says so before it says a number.
                section.lead.insert(checks, at: verdicts.allSatisfy(\.holds) ? section.lead.count : 0)
            }
            let bills = try Bills(record: record)
            let prices = try PostedPrices(record: record, time: time)
            section.text = prices.text
            section.figures = prices.figures + [bills.figure].compactMap(\.self)
            section.tables = bills.tables + bills.text.map(HTML.paragraph)
            return section
        }
    }
}
