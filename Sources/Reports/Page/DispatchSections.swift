import Figures
import ResultFiles
import Writing

/// Figures of a dispatch: what one more kWh costs and emits, and the cost of emitting less.
struct DispatchSections {
    let record: ResultRecord
    let time: PageTime

    var all: [PageSection] { get throws { [try marginals(), try front()] } }

    private func marginals() throws -> PageSection {
        var section = PageSection(title: "Marginal prices")
        guard let table = record.table(MarginalTable.self), !table.rows.isEmpty else { return section }
        let steps = try table.steps(MarginalTable.step)
        let days = table.optional(MarginalTable.day)
        let unit = table.unit(of: MarginalTable.price)
        let quantities: [(Column<Double>, String, String)] = [
            (MarginalTable.price, "What one more kWh costs", "marginal price [\(unit)]"),
            (MarginalTable.emission, "What one more kWh emits", "marginal emission [kg/kWh]"),
        ]
        for (column, title, label) in quantities {
            let values = try table[column]
            guard values.contains(where: { $0.isFinite && $0 != 0 }) else { continue }
            for day in Set(days).sorted().prefix(SystemSections.most) {
                var series: [LineSeries] = []
                var readings: [String] = []
                for (key, rows) in table.groups([MarginalTable.party, MarginalTable.carrier]) {
                    let known = rows.filter { days[$0] == day && values[$0].isFinite }
                    guard known.contains(where: { values[$0] != 0 }), series.count < 8 else { continue }
                    let points = known.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) }
                    series.append(
                        LineSeries(
                            key.joined(separator: " "), points: time.steps(points), form: .steps,
                            owner: record.owner(carrier: key[1])))
                    let mean = known.reduce(0) { $0 + values[$1] } / Double(max(1, known.count))
                    readings.append("\(key.joined(separator: " ")) \(NumberText.grouped(mean, decimals: 4))")
                }
                guard !series.isEmpty else { continue }
                let chart = LineChart(
                    title: SystemSections.on(day) + title, x: time.axis((steps.max() ?? 0) + 1), y: Axis(label),
                    series: series, shape: .column)
                section.figures.append(
                    PageFigure(
                        name: "marginal-\(column.name.split(separator: " ").last ?? "")\(day.isEmpty ? "" : "-\(day)")",
                        figure: chart, reading: "Means: \(readings.joined(separator: ", "))."))
            }
        }
        return section
    }

    private func front() throws -> PageSection {
        var section = PageSection(title: "Cost of emitting less")
        guard let table = record.table(FrontTable.self), table.rows.count > 1 else { return section }
        let (cost, emission) = (try table[FrontTable.cost], try table[FrontTable.emission])
        let unit = table.unit(of: FrontTable.cost)
        let points = table.rows.map { LineSeries.Point(x: emission[$0], y: cost[$0]) }.sorted { $0.x < $1.x }
        let chart = LineChart(
            title: "Least cost at each limit of the emission", x: Axis("emission [kg]"), y: Axis("cost [\(unit)]"),
            series: [LineSeries("least cost", points: points)], shape: .column)
        let (first, last) = (table.rows.startIndex, table.rows.index(before: table.rows.endIndex))
        let (dirtiest, cleanest) = (table.rows[first], table.rows[last])
        section.figures = [
            PageFigure(
                name: "front", figure: chart,
                reading:
                    "From \(NumberText.grouped(emission[dirtiest])) kg at \(NumberText.grouped(cost[dirtiest])) \(unit) "
                    + "to \(NumberText.grouped(emission[cleanest])) kg at \(NumberText.grouped(cost[cleanest])) \(unit)."
            )
        ]
        return section
    }
}
