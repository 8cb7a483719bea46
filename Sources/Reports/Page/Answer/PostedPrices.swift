import Figures
import ResultFiles
import Writing

/// All prices that are posted, those that were decided and those that the case fixes: prices of energy in one figure
/// for each unit, where colours tell the carrier and dashes the price; other parts of a tariff in a sentence.
struct PostedPrices {
    /// One for each unit; none where no price of energy is posted.
    let figures: [PageFigure]
    /// Fees, demand charges and all else that is decided as one number, each with its unit.
    let text: [String]

    /// More lines than these cannot be told apart.
    private static let most = 12

    private struct Price {
        let name: String
        let carrier: String
        let unit: String
        let points: [LineSeries.Point]

        var mean: Double { points.reduce(0) { $0 + $1.y } / Double(max(1, points.count)) }
        var text: String { "\(name) \(NumberText.grouped(mean, decimals: 4))" }
    }

    init(record: ResultRecord, time: PageTime) throws {
        let table = record.table(PriceTable.self)
        let decided = try table.map { try Self.decided($0, time) } ?? (ofEnergy: [], single: [])
        let ofEnergy = decided.ofEnergy + (table == nil ? [] : try Self.fixed(record, time))
        var units: [String] = []
        for price in ofEnergy where !units.contains(price.unit) { units.append(price.unit) }
        figures = units.map { unit in
            Self.figure(
                ofEnergy.filter { $0.unit == unit }, name: units.count > 1 ? " in \(unit)" : "", in: unit, record, time)
        }
        let single = decided.single.map { "\($0.text) \($0.unit)" }
        text = single.isEmpty ? [] : ["One number over the whole horizon: \(single.joined(separator: ", "))."]
    }

    /// - Parameter name: what tells the figure from those of other units.
    private static func figure(
        _ all: [Price], name: String, in unit: String, _ record: ResultRecord, _ time: PageTime
    ) -> PageFigure {
        let shown = all.prefix(most)
        let series = shown.map { price in
            LineSeries(
                price.name, points: time.steps(price.points), form: .steps,
                owner: record.owner(carrier: price.carrier))
        }
        let rest = all.count > shown.count ? " \(all.count - shown.count) more stand in prices.csv." : ""
        let steps = shown.map(\.points.count).max() ?? 0
        return PageFigure(
            name: "posted prices" + name,
            figure: LineChart(
                title: "Posted prices" + name, x: time.axis(steps), y: Axis("price [\(unit)]"), series: series,
                shape: .column),
            reading: "Means in \(unit): \(shown.map(\.text).joined(separator: ", ")).\(rest)")
    }

    private static func decided(_ table: ResultTable, _ time: PageTime) throws -> (ofEnergy: [Price], single: [Price]) {
        let (steps, values) = (try table.steps(PriceTable.step), try table[PriceTable.value])
        let carriers = table.optional(PriceTable.carrier)
        let prices = try PricesByUnit(table)
        let names = short((prices.ofEnergy + prices.single).map { $0.key[0] })
        let all = zip(prices.ofEnergy + prices.single, names).map { price, name in
            Price(
                name: name, carrier: carriers[price.rows[0]], unit: price.unit,
                points: price.rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) })
        }
        return (Array(all.prefix(prices.ofEnergy.count)), Array(all.dropFirst(prices.ofEnergy.count)))
    }

    private static func fixed(_ record: ResultRecord, _ time: PageTime) throws -> [Price] {
        // Of typical days, and where nobody is led, prices between parties are not what the page is about.
        guard let table = record.table(MarketTable.self), !table.has(MarketTable.day) else { return [] }
        let (steps, values) = (try table.steps(MarketTable.step), try table[MarketTable.value])
        let unit = table.unit(of: MarketTable.value)
        let groups = table.groups([
            MarketTable.component, MarketTable.party, MarketTable.carrier, MarketTable.quantity,
        ])
        return groups.filter { $0.key[0].isEmpty }.map { key, rows in
            Price(
                name: "\(key[2]), \(key[1]) \(key[3].replacing("price ", with: ""))", carrier: key[2], unit: unit,
                points: rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) })
        }
    }

    /// Paths of a case without the part that says that they are prices.
    private static func short(_ names: [String]) -> [String] {
        let short = names.map { $0.replacing("prices.", with: "") }
        return Set(short).count == names.count ? short : names
    }
}
