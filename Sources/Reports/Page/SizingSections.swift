import Figures
import Writing

/// Decided sizes, what they cost to buy, and what the year costs.
struct SizingSections {
    let files: ResultFiles

    var all: [PageSection] {
        get throws { [try sizes(), try year()] }
    }

    private func sizes() throws -> PageSection {
        var section = PageSection(title: "Sizes and investment")
        guard let sizes = files.columns("sizes.csv") else { return section }
        let (names, units) = (try sizes.texts("size"), try sizes.texts("unit"))
        let (values, lower, upper) = (
            try sizes.numbers("value"), try sizes.numbers("lower"), try sizes.numbers("upper")
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
        guard let bought = files.columns("investments.csv"), !bought.rows.isEmpty else { return section }
        let (devices, outlay, annual) = (
            try bought.texts("device"), try bought.numbers("outlay"), try bought.numbers("annual")
        )
        let paid = bought.rows.filter { annual[$0] != 0 }
        let unit = bought.unit("annual")
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
                header: ["device", "size", "unit", "outlay [\(bought.unit("outlay"))]", "annual [\(unit)]"],
                try bought.rows.map { row in
                    [devices[row], NumberText.grouped(try bought.numbers("size")[row]), try bought.texts("unit")[row]]
                        + [outlay[row], annual[row]].map { NumberText.grouped($0) }
                }))
        return section
    }

    private func year() throws -> PageSection {
        var section = PageSection(title: "The year")
        guard let year = files.columns("year.csv") else { return section }
        let (parties, quantities) = (try year.texts("party"), try year.texts("quantity"))
        let (values, units) = (try year.numbers("value"), try year.texts("unit"))
        let several = Set(parties.filter { !$0.isEmpty }).count > 1
        let unit = (files.manifest.currency ?? "") + "/a"
        var items = year.rows.filter { !parties[$0].isEmpty && abs(values[$0]) >= 0.005 }.map { row in
            WaterfallChart.Item((several ? parties[row] + ": " : "") + quantities[row], values[row])
        }
        if let row = year.rows.first(where: { parties[$0].isEmpty && quantities[$0] == "investment" }) {
            items.append(.init("investment", values[row]))
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
        if let days = files.columns("days.csv") {
            section.tables.append(
                .table(
                    "Typical days", header: days.table.header,
                    days.table.rows.map { row in
                        row.enumerated().map { k, cell in
                            k == 0 ? cell : Double(cell).map { NumberText.grouped($0, decimals: 2) } ?? cell
                        }
                    }))
        }
        return section
    }
}
