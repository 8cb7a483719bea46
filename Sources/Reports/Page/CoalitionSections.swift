import Figures
import ResultFiles
import Writing

/// Figures of cooperation: payoffs, prices in their bands, convergence, what groups gain.
struct CoalitionSections {
    let record: ResultRecord
    let time: PageTime

    var all: [PageSection] { get throws { [try payoffs(), try prices(), try convergence(), try groups()] } }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    private func payoffs() throws -> PageSection {
        var section = PageSection(title: "Payoffs")
        guard let table = record.table(PayoffTable.self), !table.rows.isEmpty else { return section }
        let parties = table.optional(PayoffTable.party)
        let unit = table.unit(of: PayoffTable.alone)
        let columns: [(String, [Double])] = [
            ("alone", try table[PayoffTable.alone]), ("together, before payments", try table[PayoffTable.together]),
            ("after payments", try table[PayoffTable.after]), ("gain", try table[PayoffTable.gain]),
        ]
        let rows = table.rows.filter { parties[$0] != PayoffTable.all }
        if columns[0].1.contains(where: \.isFinite) {
            let names = ["alone", "together, before payments", "after payments"]
            let chart = BarChart(
                title: "What each party costs", y: Axis("cost [\(unit)]"), groups: rows.map { parties[$0] },
                series: zip(names, columns.prefix(3)).map { name, column in
                    .init(name, rows.map { column.1[$0] })
                }, shape: .column)
            let after = rows.map { "\(parties[$0]) \(money(columns[2].1[$0]))" }
            section.figures.append(
                PageFigure(
                    name: "payoffs", figure: chart, reading: "After payments: \(after.joined(separator: ", ")) \(unit)."
                ))
        }
        section.tables = [
            .table(
                "Costs and gains, \(unit)", header: ["party"] + columns.map(\.0), words: 1,
                table.rows.map { row in
                    [parties[row]] + columns.map { $0.1[row].isFinite ? money($0.1[row]) : "" }
                })
        ]
        return section
    }

    private func prices() throws -> PageSection {
        var section = PageSection(title: "Trades and their prices")
        guard let table = record.table(TradeTable.self), !table.rows.isEmpty else { return section }
        let steps = try table.steps(TradeTable.step)
        let (energy, price) = (try table[TradeTable.energy], try table[TradeTable.price])
        let (lower, upper) = (try table[TradeTable.lower], try table[TradeTable.upper])
        let unit = table.unit(of: TradeTable.price)
        var traded: [StackChart.Series] = []
        let count = (steps.max() ?? -1) + 1
        for (key, rows) in table.groups([TradeTable.seller, TradeTable.buyer]) {
            let name = key.joined(separator: " to ")
            let all = rows.reduce(0) { $0 + energy[$1] }
            guard all > 0 else { continue }
            var values = [Double](repeating: 0, count: count)
            for row in rows { values[steps[row]] += energy[row] }
            traded.append(.init(name, values, owner: SeriesOwner(name)))
            let points = rows.map {
                LineSeries.Point(x: time.start(steps[$0]), y: price[$0], lower: lower[$0], upper: upper[$0])
            }
            let chart = LineChart(
                title: name, x: time.axis(count), y: Axis("price [\(unit)]"),
                series: [
                    LineSeries(
                        "paid, with its band", points: time.steps(points), form: .steps, owner: SeriesOwner(name))
                ], shape: .column)
            let paid = rows.filter { price[$0].isFinite }.map { price[$0] }
            section.figures.append(
                PageFigure(
                    name: "trade-price-\(key.joined(separator: "-"))", figure: chart,
                    reading: "\(NumberText.grouped(all, decimals: 1)) kWh, from "
                        + "\(NumberText.grouped(paid.min() ?? .nan, decimals: 4)) to "
                        + "\(NumberText.grouped(paid.max() ?? .nan, decimals: 4)) \(unit)."))
        }
        guard !traded.isEmpty else { return section }
        let chart = StackChart(
            title: "Energy traded", x: time.axis(count), y: Axis("energy [kWh]"),
            borders: (0...count).map { time.start($0) }, series: traded, sumName: "all",
            shape: .column)
        section.figures.insert(
            PageFigure(
                name: "trades", figure: chart,
                reading: "\(money(traded.reduce(0) { $0 + $1.values.reduce(0, +) })) kWh in all."), at: 0)
        return section
    }

    private func convergence() throws -> PageSection {
        var section = PageSection(title: "Rounds")
        guard let table = record.table(RoundTable.self), table.rows.count > 1 else { return section }
        let rounds = try table.steps(RoundTable.round).map(Double.init)
        func curve(_ name: String, _ column: Column<Double>) throws -> LineSeries? {
            let values = try table[column]
            let points = table.rows.filter { values[$0].isFinite }.map { (x: rounds[$0], y: values[$0]) }
            return points.isEmpty ? nil : LineSeries(name, points)
        }
        for (column, title) in [
            (RoundTable.primal, "How far trades agree"), (RoundTable.dual, "How far prices settle"),
        ] {
            guard var series = try curve("", column) else { continue }
            series.points.removeAll { $0.y <= 0 }
            guard !series.points.isEmpty else { continue }
            section.figures.append(
                PageFigure(
                    name: column.name.replacing(" ", with: "-"),
                    figure: LineChart(
                        title: title, x: Axis("round"),
                        y: Axis("\(column.name) [\(table.unit(of: column))]", .logarithmic), series: [series],
                        shape: .column),
                    reading: "\(table.rows.count) rounds."))
        }
        let gains = try [curve("most possible gain", RoundTable.most), curve("gain", RoundTable.gain)]
            .compactMap { $0 }
        if !gains.isEmpty {
            let unit = table.unit(of: RoundTable.gain)
            section.figures.append(
                PageFigure(
                    name: "gains",
                    figure: LineChart(
                        title: "Gain found and gain possible", x: Axis("round"), y: Axis("gain [\(unit)]"),
                        series: gains, shape: .column),
                    reading: gains.map { "\($0.name) ends at \(money($0.points.last?.y ?? .nan)) \(unit)" }
                        .joined(separator: ", ") + "."))
        }
        return section
    }

    private func groups() throws -> PageSection {
        var section = PageSection(title: "What groups gain")
        guard let table = record.table(GroupTable.self), !table.rows.isEmpty else { return section }
        let members = table.optional(GroupTable.members)
        let (value, received) = (try table[GroupTable.value], try table[GroupTable.received])
        let unit = table.unit(of: GroupTable.value)
        let shown = table.rows.filter { members[$0].contains(" ") }.prefix(24)
        if !shown.isEmpty {
            let chart = BarChart(
                title: "What each group gains", y: Axis("gain [\(unit)]"), groups: shown.map { members[$0] },
                series: [
                    .init("by itself", shown.map { value[$0] }), .init("by the agreement", shown.map { received[$0] }),
                ], shape: .column)
            let unhappy = table.rows.filter { value[$0] > received[$0] + 1e-6 * max(1, abs(value[$0])) }
            section.figures = [
                PageFigure(
                    name: "coalitions", figure: chart,
                    reading: unhappy.isEmpty
                        ? "No group gains more by itself."
                        : "\(unhappy.map { members[$0] }.joined(separator: "; ")) would leave.")
            ]
        }
        if let divisions = record.table(DivisionTable.self), !divisions.rows.isEmpty {
            let (names, parties) = (
                divisions.optional(DivisionTable.division), divisions.optional(DivisionTable.party)
            )
            let gains = try divisions[DivisionTable.gain]
            let (stable, leaving) = (
                divisions.optional(DivisionTable.isStable), divisions.optional(DivisionTable.leaving)
            )
            section.tables = [
                .table(
                    "Gains by other ways to divide, \(unit)",
                    header: ["division", "party", "gain", "nobody would leave", "would leave"], words: 2,
                    divisions.rows.map {
                        [names[$0], parties[$0], money(gains[$0]), stable[$0], leaving[$0]]
                    })
            ]
        }
        return section
    }
}
