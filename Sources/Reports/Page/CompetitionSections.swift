import Figures
import ResultFiles
import Writing

/// Operators beside each other: what they are paid and could be, their prices over the day beside what users buy from
/// each, and how payoffs went from round to round.
struct CompetitionSections {
    let record: ResultRecord
    let time: PageTime

    var all: [PageSection] {
        get throws {
            guard let payoffs = record.table(OperatorTable.self) else { return [] }
            return [try outcome(payoffs), try sellers(), try rounds()]
        }
    }

    private func number(_ value: Double) -> String { value.isFinite ? NumberText.grouped(value, decimals: 2) : "" }

    private func outcome(_ table: ResultTable) throws -> PageSection {
        var section = PageSection(title: "What each operator is paid")
        let unit = table.unit(of: OperatorTable.payoff)
        let names = try table[OperatorTable.operator_]
        let columns = [
            try table[OperatorTable.payoff], try table[OperatorTable.bound], try table[OperatorTable.regret],
            try table[OperatorTable.share],
        ]
        section.text = [
            "The bound is proved: with the prices of its rivals as they are, no prices of an operator pay more. The regret is what is "
                + "between the bound and the payoff."
        ]
        section.tables = [
            .table(
                "In \(unit)", header: ["operator", "payoff", "bound", "regret", "regret [%]"], words: 1,
                table.rows.map { row in [names[row]] + columns.map { number($0[row]) } })
        ]
        if let ends = record.table(EquilibriumTable.self) {
            let mean = try ends[EquilibriumTable.mean]
            let (payoff, regret) = (try ends[EquilibriumTable.payoff], try ends[EquilibriumTable.regret])
            let numbers = try ends[EquilibriumTable.number]
            let words = [
                ends.optional(EquilibriumTable.end), ends.optional(EquilibriumTable.starts),
                ends.optional(EquilibriumTable.operator_), ends.optional(EquilibriumTable.price),
            ]
            section.tables.append(
                .table(
                    "Where starts ended",
                    header: ["number", "end", "starts", "operator", "price", "mean price", "payoff", "regret"],
                    words: 5,
                    ends.rows.map { row in
                        ["\(numbers[row])"] + words.map { $0[row] }
                            + [NumberText.grouped(mean[row], decimals: 4), number(payoff[row]), number(regret[row])]
                    }))
        }
        return section
    }

    /// Prices over the day, and beside them what all users buy from each operator.
    private func sellers() throws -> PageSection {
        var section = PageSection(title: "Prices and sellers")
        guard let prices = record.table(PriceTable.self), let flows = record.table(FlowTable.self) else {
            return section
        }
        let (steps, values) = (try prices.steps(PriceTable.step), try prices[PriceTable.value])
        let unit = prices.unit(of: PriceTable.value)
        let operators = Set(try prices[OperatorTable.operator_])
        let (counterparties, parties) = (flows.optional(FlowTable.counterparty), flows.optional(FlowTable.party))
        let (flowSteps, powers) = (try flows.steps(FlowTable.step), try flows[FlowTable.value])
        let flowCarriers = flows.optional(FlowTable.carrier)
        for (key, rows) in prices.groups([PriceTable.carrier]) {
            let carrier = key[0]
            let lines = prices.groups([PriceTable.price, OperatorTable.operator_], among: rows).map { key, rows in
                LineSeries(
                    key[0],
                    points: time.steps(rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) }),
                    form: .steps, owner: SeriesOwner(key[1]))
            }
            let count = Set(rows.map { steps[$0] }).count
            section.figures.append(
                PageFigure(
                    name: "prices of \(carrier)",
                    figure: LineChart(
                        title: "Prices of \(carrier)", x: time.axis(count), y: Axis("price [\(unit)]"), series: lines,
                        shape: .column),
                    reading: "What each operator asks or pays for \(carrier)."))
            var bought: [StackChart.Series] = []
            for name in prices.groups([OperatorTable.operator_]).map(\.key[0]) {
                var sum = [Double](repeating: 0, count: count)
                for row in flows.rows
                where flowCarriers[row] == carrier && counterparties[row] == name && !operators.contains(parties[row])
                    && flowSteps[row] < count
                { sum[flowSteps[row]] += powers[row] }
                bought.append(StackChart.Series(name, sum, owner: SeriesOwner(name)))
            }
            let totals = bought.map { series in
                "\(series.name) \(NumberText.grouped(series.values.reduce(0, +) * time.hours)) kWh"
            }
            section.figures.append(
                PageFigure(
                    name: "sellers of \(carrier)",
                    figure: StackChart(
                        title: "What users buy of \(carrier)", x: time.axis(count), y: Axis("power [kW]"),
                        borders: (0...count).map { time.start($0) }, series: bought, sumName: "all operators",
                        shape: .column),
                    reading: "Bought in all, less what users sell: \(totals.joined(separator: ", "))."))
        }
        return section
    }

    private func rounds() throws -> PageSection {
        var section = PageSection(title: "Best responses in turn")
        guard let table = record.table(ResponseTable.self) else { return section }
        let (rounds, after) = (try table[ResponseTable.round], try table[ResponseTable.after])
        let unit = table.unit(of: ResponseTable.after)
        for (key, rows) in table.groups([ResponseTable.start]) {
            let lines = table.groups([ResponseTable.operator_], among: rows).map { name, rows in
                LineSeries(
                    name[0], points: rows.map { LineSeries.Point(x: Double(rounds[$0]), y: after[$0]) }, form: .steps,
                    owner: SeriesOwner(name[0]))
            }
            let last = rows.map { rounds[$0] }.max() ?? 0
            section.figures.append(
                PageFigure(
                    name: "rounds from \(key[0])",
                    figure: LineChart(
                        title: "From the \(key[0]) of the bands", x: Axis("round"), y: Axis("payoff [\(unit)]"),
                        series: lines, shape: .column),
                    reading: "What each operator is paid after its turn, over \(last) rounds; rivals move after it."))
        }
        return section
    }
}
