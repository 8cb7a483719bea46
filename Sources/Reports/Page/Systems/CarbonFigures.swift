import Figures
import ResultFiles
import Writing

/// Where each party's emission stands on its ladder of carbon prices.
struct CarbonFigures {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Carbon")
            guard let table = record.table(CarbonTable.self), !table.rows.isEmpty else { return section }
            let (quantities, values) = (try table[CarbonTable.quantity], try table[CarbonTable.value])
            for (key, rows) in table.groups([CarbonTable.party]) {
                var days: [Day] = []
                for (day, rows) in table.groups([CarbonTable.day], among: rows).map({ ($0.key[0], $0.rows) }) {
                    let known = rows.compactMap { row in
                        CarbonTable.Quantity(rawValue: quantities[row]).map { ($0, values[row]) }
                    }
                    let numbers = Dictionary(known) { first, _ in first }
                    guard let excess = numbers[.excess], let emission = numbers[.emission] else { continue }
                    let cost = numbers[.cost] ?? 0
                    days.append(
                        Day(
                            name: day, excess: .init(day.isEmpty ? "excess over the quota" : day, excess),
                            sentence:
                                "\(SystemSections.on(day))\(NumberText.grouped(emission)) kg emitted against a quota of "
                                + "\(NumberText.grouped(numbers[.quota] ?? 0)) kg, \(NumberText.grouped(abs(excess))) kg "
                                + "\(excess < 0 ? "below" : "above") it, which \(cost < 0 ? "earns" : "costs") "
                                + "\(NumberText.grouped(abs(cost), decimals: 2)) \(record.manifest.currency ?? "")"))
                }
                // Where intervals are shares of the quota, each day has a ladder of its own.
                let parts = try isShared(by: key[0]) ? [(key[0], days)] : days.map { ("\(key[0]) \($0.name)", [$0]) }
                for (name, days) in parts {
                    let rungs = try rungs(of: key[0], on: parts.count > 1 ? days[0].name : nil)
                    guard !days.isEmpty, !rungs.isEmpty else { continue }
                    let unit = record.table(LadderTable.self)?.unit(of: LadderTable.price) ?? ""
                    section.figures.append(
                        PageFigure(
                            name: "carbon \(name)",
                            figure: LadderChart(
                                title: "\(name): carbon on its ladder", x: Axis("emission less quota [kg]"),
                                y: Axis("price [\(unit)]"), rungs: rungs, amounts: days.map(\.excess), shape: .column),
                            reading: days.map(\.sentence).joined(separator: "; ") + "."))
                }
            }
            section.tables = [try emissions(table)]
            return section
        }
    }

    /// A party's account on a day.
    private struct Day {
        let name: String
        let excess: LadderChart.Amount
        let sentence: String
    }

    /// Whether a party's days know parts of one ladder: no two of them have different prices for the same kilogram.
    private func isShared(by party: String) throws -> Bool {
        guard let table = record.table(LadderTable.self), table.has(LadderTable.day) else { return true }
        let parties = try table[LadderTable.party]
        let (from, to) = (try table[LadderTable.from], try table[LadderTable.to])
        let price = try table[LadderTable.price]
        let rows = table.rows.filter { parties[$0] == party }.sorted { (from[$0], to[$0]) < (from[$1], to[$1]) }
        return zip(rows, rows.dropFirst()).allSatisfy { a, b in
            price[a] == price[b] || from[b] >= to[a] - 1e-9 * max(1, abs(to[a]))
        }
    }

    private func emissions(_ table: ResultTable) throws -> HTML {
        let (quantities, values, units) = (
            try table[CarbonTable.quantity], try table[CarbonTable.value], try table[CarbonTable.unit]
        )
        let (days, parties) = (table.optional(CarbonTable.day), try table[CarbonTable.party])
        let hasDays = table.has(CarbonTable.day)
        return .table(
            "Carbon account", header: (hasDays ? ["day"] : []) + ["party", "quantity", "value", "unit"],
            words: hasDays ? 3 : 2,
            table.rows.map { row in
                (hasDays ? [days[row]] : [])
                    + [parties[row], quantities[row], NumberText.grouped(values[row], decimals: 2), units[row]]
            })
    }

    /// The ladder of a party over all its days, each of which may know a part of it; or that of one day.
    private func rungs(of party: String, on day: String?) throws -> [LadderChart.Rung] {
        guard let table = record.table(LadderTable.self) else { return [] }
        let parties = try table[LadderTable.party]
        let (from, to) = (try table[LadderTable.from], try table[LadderTable.to])
        let price = try table[LadderTable.price]
        let days = table.optional(LadderTable.day)
        let rows = table.rows.filter { parties[$0] == party && (day == nil || days[$0] == day) }
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
