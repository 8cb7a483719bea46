import Figures
import ResultFiles
import Writing

/// Decided sizes, what they cost to buy, and what the year costs.
struct SizingSections {
    let record: ResultRecord

    var all: [PageSection] {
        get throws { [try sizes(), try year()] }
    }

    private func sizes() throws -> PageSection {
        var section = PageSection(title: "Sizes and investment")
        guard let sizes = record.table(SizeTable.self) else { return section }
        let (names, units) = (try sizes[SizeTable.size], try sizes[SizeTable.unit])
        let (values, lower, upper) = (
            try sizes[SizeTable.value], try sizes[SizeTable.lower], try sizes[SizeTable.upper]
        )
        if !sizes.rows.isEmpty {
            section.tables.append(
                .table(
                    "Decided sizes", header: ["size", "decided", "least allowed", "most allowed", "unit"],
                    sizes.rows.map { row in
                        [names[row]]
                            + [values[row], lower[row], upper[row]].map { NumberText.grouped($0, decimals: 2) }
                            + [units[row]]
                    }))
        }
        guard let bought = record.table(InvestmentTable.self), !bought.rows.isEmpty else { return section }
        let (devices, outlay) = (try bought[InvestmentTable.device], try bought[InvestmentTable.outlay])
        let (annual, size) = (try bought[InvestmentTable.annual], try bought[InvestmentTable.size])
        let sizeUnits = try bought[InvestmentTable.unit]
        let paid = bought.rows.filter { annual[$0] != 0 }
        let unit = bought.unit(of: InvestmentTable.annual)
        let chart = WaterfallChart(
            title: "Investment by device", x: Axis("cost [\(unit)]"),
            items: paid.map { .init(devices[$0], annual[$0]) }, sumName: "investment", shape: .column)
        if let largest = paid.max(by: { annual[$0] < annual[$1] }) {
            section.figures.append(
                PageFigure(
                    name: "investment", figure: chart,
                    reading:
                        "\(paid.count) devices cost \(NumberText.grouped(chart.sum)) \(unit), most of all \(devices[largest]) with "
                        + "\(NumberText.grouped(annual[largest]))."))
        }
        section.tables.append(
            .table(
                "Investment",
                header: [
                    "device", "size", "unit", "outlay [\(bought.unit(of: InvestmentTable.outlay))]", "annual [\(unit)]",
                ],
                bought.rows.map { row in
                    [devices[row], NumberText.grouped(size[row]), sizeUnits[row]]
                        + [outlay[row], annual[row]].map { NumberText.grouped($0) }
                }))
        return section
    }

    private func year() throws -> PageSection {
        var section = PageSection(title: "The year")
        guard let year = record.table(YearSumTable.self) else { return section }
        let (parties, quantities) = (try year[YearSumTable.party], try year[YearSumTable.quantity])
        let (values, units) = (try year[YearSumTable.value], try year[YearSumTable.unit])
        let several = Set(parties.filter { !$0.isEmpty }).count > 1
        let unit = (record.manifest.currency ?? "") + "/a"
        var items = year.rows.filter { !parties[$0].isEmpty && abs(values[$0]) >= 0.005 }.map { row in
            WaterfallChart.Item((several ? parties[row] + ": " : "") + quantities[row], values[row])
        }
        if let row = year.rows.first(where: { parties[$0].isEmpty && quantities[$0] == YearSumTable.investment }) {
            items.append(.init(YearSumTable.investment, values[row]))
        }
        if !items.isEmpty {
            let chart = WaterfallChart(
                title: "What a year costs", x: Axis("cost [\(unit)]"), items: items, sumName: "cost", shape: .column)
            let largest = items.max { $0.amount < $1.amount } ?? items[0]
            section.figures = [
                PageFigure(
                    name: "year", figure: chart,
                    reading:
                        "A year costs \(NumberText.grouped(chart.sum)) \(unit); the largest item is \(largest.name) with "
                        + "\(NumberText.grouped(largest.amount)).")
            ]
        }
        section.tables = [
            .table(
                "The year in sums", header: ["party", "quantity", "value", "unit"], words: 2,
                year.rows.map {
                    [
                        parties[$0].isEmpty ? "all" : parties[$0], quantities[$0], NumberText.grouped(values[$0]),
                        units[$0],
                    ]
                })
        ]
        if let days = record.table(DayTable.self) {
            let (names, weights) = (try days[DayTable.day], try days[DayTable.weight])
            let (costs, emissions) = (try days[DayTable.cost], try days[DayTable.emission])
            section.tables.append(
                .table(
                    "Typical days", header: days.header,
                    days.rows.map { row in
                        [names[row]]
                            + [weights[row], costs[row], emissions[row]].map { NumberText.grouped($0, decimals: 2) }
                    }))
        }
        return section
    }
}
