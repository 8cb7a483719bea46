import Energy
import Writing

/// Reads what a party trades with the outer market: its component `grid`, of type `market`.
struct GridReader {
    static let name = "grid"
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    func read(_ entry: YamlEntry, path: String, into draft: inout PartyDraft) {
        guard let entries = reader.map(entry.node, path: path) else {
            draft.isComplete = false
            return
        }
        let whole = reader.read(
            entries, at: entry.location, path: path, schema: CaseSchema.grid.attributes,
            others: CaseSchema.grid.partNames)
        var isComplete = whole.isComplete
        var values: [String: AttributeValue] = [:]
        var sources: [YamlEntry] = entries
        for key in CaseSchema.grid.attributes.map(\.name) { values[key] = whole.values[key] }
        if entries["buy"] == nil {
            log.error(
                entry.location, path, Sentence.missing("buy", "What it buys, as {price: 0.8 CNY/kWh, max: 3 MW}."))
            isComplete = false
        }
        let about = if case .text(let carrier)? = whole.values["carrier"] { reader.about(carrier) } else { reader }
        for (key, section) in [("buy", CaseSchema.gridBuy), ("sell", CaseSchema.gridSell)] {
            guard let part = entries[key] else { continue }
            guard let map = reader.map(part.node, path: "\(path).\(key)") else {
                isComplete = false
                continue
            }
            let read = about.read(map, at: part.location, path: "\(path).\(key)", schema: section.attributes)
            if !read.isComplete { isComplete = false }
            for attribute in section.attributes {
                let long =
                    MarketExchange.attributes.contains { $0.name == attribute.name }
                    ? attribute.name : "\(key)_\(attribute.name)"
                if let value = read.values[attribute.name] { values[long] = value }
                if var source = map[attribute.name] {
                    source.key = long
                    sources.append(source)
                }
            }
        }
        guard isComplete, context.hasTime else {
            draft.isComplete = false
            return
        }
        let read = ReadValues(
            values: AttributeValues(values, defaultsFrom: MarketExchange.attributes), isComplete: true, path: path,
            location: entry.location, entries: sources)
        draft.sources[Self.name] = read
        warnOfFeedIn(read, path: path)
        let market = read.made(telling: log) { () throws(InputProblem) in
            try MarketExchange(name: Self.name, values: read.values, time: context.time)
        }
        if let market { draft.components.append(market) } else { draft.isComplete = false }
    }

    private func warnOfFeedIn(_ read: ReadValues, path: String) {
        guard let buy = read.values.optionalSeries("buy_price"), let sell = read.values.optionalSeries("sell_price"),
            let step = sell.indices.first(where: { sell[$0] > buy[$0] })
        else { return }
        let unit = context.units.engineSymbol(of: .energyPrice)
        let (sale, purchase) = NumberText.compared(unit: unit, sell[step], buy[step])
        log.warning(
            read.location(of: "sell_price"), "\(path).sell.price",
            "\(sale) is above the purchase price of \(purchase) at hour \(NumberText.rounded(context.time.start(of: step))). The model "
                + "then needs binaries.")
    }
}
