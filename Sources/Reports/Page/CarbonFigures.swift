import Figures
import Writing

/// Where each party's emission stands on its ladder of carbon prices.
struct CarbonFigures {
    let files: ResultFiles

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Carbon")
            guard let table = files.columns("carbon.csv"), !table.rows.isEmpty else { return section }
            let (quantities, values) = (try table.texts("quantity"), try table.numbers("value"))
            for (key, rows) in table.groups(["party"]) {
                var excesses: [LadderChart.Amount] = []
                var sentences: [String] = []
                for (day, rows) in table.groups(["day"], among: rows).map({ ($0.key[0], $0.rows) }) {
                    let numbers = Dictionary(rows.map { (quantities[$0], values[$0]) }) { first, _ in first }
                    guard let excess = numbers["excess"], let emission = numbers["emission"] else { continue }
                    let cost = numbers["cost"] ?? 0
                    excesses.append(.init(day.isEmpty ? "excess over the quota" : day, excess))
                    sentences.append(
                        "\(SystemSections.on(day))\(NumberText.grouped(emission)) kg emitted against a quota of "
                            + "\(NumberText.grouped(numbers["quota"] ?? 0)) kg, \(NumberText.grouped(abs(excess))) kg "
                            + "\(excess < 0 ? "below" : "above") it, which \(cost < 0 ? "earns" : "costs") "
                            + "\(NumberText.grouped(abs(cost), decimals: 2)) \(files.manifest.currency ?? "")")
                }
                let rungs = try rungs(of: key[0])
                guard !excesses.isEmpty, !rungs.isEmpty else { continue }
                let unit = files.columns("ladder.csv")?.unit("price") ?? ""
                section.figures.append(
                    PageFigure(
                        name: "carbon \(key[0])",
                        figure: LadderChart(
                            title: "\(key[0]): carbon on its ladder", x: Axis("emission less quota [kg]"),
                            y: Axis("price [\(unit)]"), rungs: rungs, amounts: excesses, shape: .column),
                        reading: sentences.joined(separator: "; ") + "."))
            }
            section.tables = [try emissions(table)]
            return section
        }
    }

    private func emissions(_ table: Columns) throws -> HTML {
        let (quantities, values, units) = (
            try table.texts("quantity"), try table.numbers("value"), try table.texts("unit")
        )
        let (days, parties) = (table.optionalTexts("day"), try table.texts("party"))
        let hasDays = table.has("day")
        return .table(
            "Carbon account", header: (hasDays ? ["day"] : []) + ["party", "quantity", "value", "unit"],
            words: hasDays ? 3 : 2,
            table.rows.map { row in
                (hasDays ? [days[row]] : [])
                    + [parties[row], quantities[row], NumberText.grouped(values[row], decimals: 2), units[row]]
            })
    }

    /// The ladder of a party over all its days, each of which may know a part of it.
    private func rungs(of party: String) throws -> [LadderChart.Rung] {
        guard let table = files.columns("ladder.csv") else { return [] }
        let parties = try table.texts("party")
        let (from, to, price) = (try table.numbers("from"), try table.numbers("to"), try table.numbers("price"))
        let rows = table.rows.filter { parties[$0] == party }
        let ends = Set(rows.flatMap { [from[$0], to[$0]] }).sorted()
        return zip(ends, ends.dropFirst()).reduce(into: []) { rungs, piece in
            guard let row = rows.first(where: { from[$0] <= piece.0 && piece.1 <= to[$0] }) else { return }
            if let last = rungs.last, last.price == price[row], last.to == piece.0 {
                rungs[rungs.count - 1].to = piece.1
            } else {
                rungs.append(.init(from: piece.0, to: piece.1, price: price[row]))
            }
        }
    }
}
