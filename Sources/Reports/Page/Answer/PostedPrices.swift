import Figures
import ResultFiles
import Writing

/// All prices that are posted, those that were decided and those that the case fixes, in one figure: colours tell the
/// carrier, dashes the price.
struct PostedPrices {
    let record: ResultRecord
    let time: PageTime

    /// More lines than these cannot be told apart.
    private static let most = 12

    private struct Price {
        let name: String
        let carrier: String
        let points: [LineSeries.Point]
    }

    /// nil where no price is posted.
    var figure: PageFigure? {
        get throws {
            let all = try decided() + fixed()
            guard !all.isEmpty else { return nil }
            let shown = Array(all.prefix(Self.most))
            let names = Self.short(shown.map(\.name))
            let series = zip(shown, names).map { price, name in
                LineSeries(
                    name, points: time.steps(price.points), form: .steps, owner: record.owner(carrier: price.carrier))
            }
            let steps = shown.map(\.points.count).max() ?? 0
            let unit = record.table(PriceTable.self)?.unit(of: PriceTable.value) ?? ""
            let means = zip(shown, names).map { price, name in
                let sum = price.points.reduce(0) { $0 + $1.y }
                return "\(name) \(NumberText.grouped(sum / Double(max(1, price.points.count)), decimals: 4))"
            }
            let rest = all.count > shown.count ? " \(all.count - shown.count) more stand in prices.csv." : ""
            return PageFigure(
                name: "posted prices",
                figure: LineChart(
                    title: "Posted prices", x: time.axis(steps), y: Axis("price [\(unit)]"), series: series,
                    shape: .column),
                reading: "Means in \(unit): \(means.joined(separator: ", ")).\(rest)")
        }
    }

    private func decided() throws -> [Price] {
        guard let table = record.table(PriceTable.self) else { return [] }
        let (steps, values) = (try table.steps(PriceTable.step), try table[PriceTable.value])
        let carriers = table.optional(PriceTable.carrier)
        return table.groups([PriceTable.price]).map { key, rows in
            Price(
                name: key[0], carrier: carriers[rows[0]],
                points: rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) })
        }
    }

    private func fixed() throws -> [Price] {
        // Of typical days, and where nobody is led, prices between parties are not what the page is about.
        guard record.table(PriceTable.self) != nil, let table = record.table(MarketTable.self),
            !table.has(MarketTable.day)
        else { return [] }
        let (steps, values) = (try table.steps(MarketTable.step), try table[MarketTable.value])
        let groups = table.groups([
            MarketTable.component, MarketTable.party, MarketTable.carrier, MarketTable.quantity,
        ])
        return groups.filter { $0.key[0].isEmpty }.map { key, rows in
            Price(
                name: "\(key[2]), \(key[1]) \(key[3].replacing("price ", with: ""))", carrier: key[2],
                points: rows.map { LineSeries.Point(x: time.start(steps[$0]), y: values[$0]) })
        }
    }

    /// Paths of a case without the part that says that they are prices.
    private static func short(_ names: [String]) -> [String] {
        let short = names.map { $0.replacing("prices.", with: "") }
        return Set(short).count == names.count ? short : names
    }
}
