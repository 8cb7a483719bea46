import Figures
import ResultFiles
import Writing

/// What each party pays, income negative, as a waterfall from its first item to its total.
struct CostFigures {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Costs and income")
            guard let table = record.table(CostTable.self) else { return section }
            let (items, amounts) = (try table[CostTable.item], try table[CostTable.amount])
            let areTotals = table.areTotals(CostTable.item, called: CostTable.total)
            let unit = table.unit(of: CostTable.amount)
            var rows: [[String]] = []
            let parties = record.leaderFirst(table.groups([CostTable.day, CostTable.party]))
            let figures = parties.compactMap { key, group -> PageFigure? in
                var paid: [WaterfallChart.Item] = []
                for row in group where !areTotals[row] {
                    if let k = paid.firstIndex(where: { $0.name == items[row] }) {
                        paid[k].amount += amounts[row]
                    } else {
                        paid.append(WaterfallChart.Item(items[row], amounts[row]))
                    }
                }
                let moving = paid.filter { abs($0.amount) >= 0.005 }
                guard !moving.isEmpty else { return nil }
                let sorted = moving.filter { $0.amount > 0 } + moving.filter { $0.amount <= 0 }
                let chart = WaterfallChart(
                    title: "\(SystemSections.on(key[0]))\(key[1]): costs less income", x: Axis("cost [\(unit)]"),
                    items: sorted, sumName: "in all", shape: .column)
                let place = key[0].isEmpty ? [] : [key[0]]
                for item in sorted + [.init("in all", chart.sum)] {
                    rows.append(place + [key[1], item.name, NumberText.grouped(item.amount, decimals: 2)])
                }
                return PageFigure(
                    name: "costs \(key.joined(separator: " "))", figure: chart,
                    reading: reading(sorted, chart.sum, unit))
            }
            let held = figures.held(to: SystemSections.most, rest: CostTable.file)
            (section.figures, section.text) = (held.figures, held.text)
            let days = table.has(CostTable.day) ? ["day"] : []
            if !rows.isEmpty, rows.count <= 400 {
                section.tables = [
                    .table(
                        "Costs; income is negative", header: days + ["party", "item", "cost [\(unit)]"],
                        words: 2 + days.count, rows)
                ]
            }
            return section
        }
    }

    private func reading(_ items: [WaterfallChart.Item], _ sum: Double, _ unit: String) -> String {
        func side(_ sign: Double) -> (Double, WaterfallChart.Item?) {
            let these = items.filter { $0.amount * sign > 0 }
            return (these.reduce(0) { $0 + $1.amount.magnitude }, these.max { $0.amount * sign < $1.amount * sign })
        }
        func words(_ side: (Double, WaterfallChart.Item?)) -> String {
            NumberText.grouped(side.0, decimals: 2) + (side.1.map { ", most of it \($0.name)" } ?? "")
        }
        return
            "Costs \(words(side(1))); income \(words(side(-1))); in all \(NumberText.grouped(sum, decimals: 2)) \(unit)."
    }
}
