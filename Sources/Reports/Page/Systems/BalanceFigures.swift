import Figures
import Foundation
import ResultFiles
import Writing

/// The power balance of each party and carrier: what comes in above zero, what goes out below it, and the sum of both
/// on zero.
struct BalanceFigures {
    let record: ResultRecord
    let time: PageTime

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Power balances")
            guard let flows = record.table(FlowTable.self) else { return section }
            let units = try flows[FlowTable.unit]
            let power = flows.rows.filter { units[$0] == FlowTable.power }
            let flow = try Flow(flows)
            let groups = record.leaderFirst(
                flows.groups([FlowTable.day, FlowTable.party, FlowTable.carrier], among: power))
            let figures = groups.compactMap { key, rows in
                figure(flow, day: key[0], party: key[1], carrier: key[2], rows)
            }
            let held = figures.held(to: SystemSections.most, rest: FlowTable.file)
            (section.figures, section.text) = (held.figures, held.text)
            return section
        }
    }

    /// The columns of the table, read once for all figures.
    private struct Flow {
        let names: [String]
        let owners: [SeriesOwner]
        let steps: [Int]
        let values: [Double]

        init(_ flows: ResultTable) throws {
            let (components, quantities) = (try flows[FlowTable.component], try flows[FlowTable.quantity])
            let counterparties = flows.optional(FlowTable.counterparty)
            owners = flows.rows.map { .flow(components[$0], quantities[$0], counterparties[$0]) }
            names = flows.rows.map { BalanceFigures.label(components[$0], quantities[$0], counterparties[$0]) }
            steps = try flows.steps(FlowTable.step)
            values = try flows[FlowTable.value]
        }
    }

    private func figure(
        _ flow: Flow, day: String, party: String, carrier: String, _ rows: [Int]
    ) -> PageFigure? {
        let count = (rows.map { flow.steps[$0] }.max() ?? 0) + 1
        var series: [StackChart.Series] = []
        var places: [String: Int] = [:]
        for row in rows {
            let name = flow.names[row]
            let k = places[name] ?? series.count
            if k == series.count {
                places[name] = k
                series.append(
                    StackChart.Series(name, [Double](repeating: 0, count: count), owner: flow.owners[row]))
            }
            series[k].values[flow.steps[row]] += flow.values[row]
        }
        let moving = Self.fewer(series.filter { $0.values.contains { abs($0) > 1e-9 } })
        guard !moving.isEmpty else { return nil }
        func energy(_ series: StackChart.Series) -> Double { series.values.reduce(0, +) * time.hours }
        let sorted = moving.filter { energy($0) >= 0 } + moving.filter { energy($0) < 0 }
        let chart = StackChart(
            title: "\(SystemSections.on(day))\(party), \(carrier)", x: time.axis(count), y: Axis("power [kW]"),
            borders: (0...count).map(time.start), series: sorted, sumName: "sources less sinks", shape: .column)
        return PageFigure(
            name: "balance \(day) \(party) \(carrier)", figure: chart, reading: reading(sorted, chart.sums, energy))
    }

    /// Series that a figure can tell apart.
    static let most = 16

    /// Where there are more, those that move most, and the others as one on each side of zero.
    static func fewer(_ series: [StackChart.Series]) -> [StackChart.Series] {
        guard series.count > most else { return series }
        let moved = series.map { $0.values.reduce(0) { $0 + abs($1) } }
        let order = series.indices.sorted { moved[$0] > moved[$1] }
        let others = order.dropFirst(most - 2).map { series[$0] }
        func rest(_ name: String, _ isOfIt: (Double) -> Bool) -> StackChart.Series? {
            let own = others.filter { isOfIt($0.values.reduce(0, +)) }
            guard let first = own.first else { return nil }
            let sums = own.dropFirst().reduce(into: first.values) { sums, next in
                for t in sums.indices { sums[t] += next.values[t] }
            }
            return StackChart.Series("\(own.count) other \(name)", sums)
        }
        return order.prefix(most - 2).sorted().map { series[$0] }
            + [rest("sources") { $0 >= 0 }, rest("sinks") { $0 < 0 }].compactMap(\.self)
    }

    private func reading(
        _ series: [StackChart.Series], _ sums: [Double], _ energy: (StackChart.Series) -> Double
    ) -> String {
        func part(_ sign: Double) -> (total: Double, largest: StackChart.Series?, amount: Double) {
            let amounts = series.map { $0.values.reduce(0) { $0 + max(0, sign * $1) } * time.hours }
            let k = amounts.indices.max { amounts[$0] < amounts[$1] }
            return (amounts.reduce(0, +), k.map { series[$0] }, k.map { amounts[$0] } ?? 0)
        }
        let (sources, sinks) = (part(1), part(-1))
        func words(_ part: (total: Double, largest: StackChart.Series?, amount: Double)) -> String {
            "\(NumberText.grouped(part.total)) kWh"
                + (part.largest.map { ", most of all \($0.name) with \(NumberText.grouped(part.amount))" } ?? "")
        }
        let gap = sums.map(abs).max() ?? 0
        let largest = series.flatMap(\.values).map(abs).max() ?? 0
        return "Sources give \(words(sources)); sinks take \(words(sinks)). Sources less sinks is "
            + (gap < max(1e-6, 1e-9 * largest)
                ? "zero in every step" : "at most \(NumberText.significant(gap, digits: 3)) kW") + "."
    }

    /// What a flow is called in a figure. Groups of one fleet, and other components that differ in a number alone, are
    /// one.
    static func label(_ component: String, _ quantity: String, _ counterparty: String) -> String {
        switch quantity {
        case "sale": "sale to \(counterparty)"
        case "purchase": "purchase from \(counterparty)"
        case "output", "supply": stem(component)
        case "vent": "vented"
        case "fixed": "fixed demand"
        default: "\(stem(component)) \(quantity)"
        }
    }

    /// A name without the number at its end.
    static func stem(_ component: String) -> String {
        let stem = component.reversed().drop { $0.isASCII && $0.isNumber }
        return stem.isEmpty ? component : String(stem.reversed())
    }
}
