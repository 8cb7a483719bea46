import Energy
import EnergyGames
import Writing

/// Reads the operator with its outer market.
struct OperatorReader {
    static let name = Park.leaderName
    let context: CaseContext
    let parties: PartyReader
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    func read(_ root: [YamlEntry], stations: Bool) -> (draft: PartyDraft, prices: OperatorPrices) {
        let entry = root["operator"]
        var draft = PartyDraft(
            name: Self.name, location: entry?.location ?? root["grid"]?.location ?? SourceLocation(file: ""),
            path: "operator")
        var prices = OperatorPrices()
        if let grid = root["grid"] { readGrid(grid, into: &draft) }
        guard let entry, let entries = reader.map(entry.node, path: "operator") else {
            draft.isComplete = false
            prices.isComplete = false
            return (draft, prices)
        }
        let section = CaseSchema.operator_
        let read = reader.read(
            entries, at: entry.location, path: "operator", schema: section.attributes, others: section.partNames)
        if !read.isComplete { draft.isComplete = false }
        parties.readParts(entries, into: &draft)
        if let fleets = entries["fleets"] { parties.readFleets(fleets.node, into: &draft) }
        if let node = entries["prices"]?.node, let map = reader.map(node, path: "operator.prices") {
            prices = PriceReader(context: context, stations: stations).read(map, path: "operator.prices")
            if map.isEmpty { log.error(node.location, "operator.prices", "has no price. \(Self.addPrices)") }
        } else if entries["prices"] != nil {
            prices.isComplete = false
        }
        return (draft, prices)
    }

    static let addPrices =
        "Add at least one, as electricity_sell: {min: 0.3, max: 1.1}."

    /// The grid is the operator's component of type `market`.
    private func readGrid(_ entry: YamlEntry, into draft: inout PartyDraft) {
        guard let entries = reader.map(entry.node, path: "grid") else {
            draft.isComplete = false
            return
        }
        let whole = reader.read(
            entries, at: entry.location, path: "grid", schema: CaseSchema.grid.attributes,
            others: CaseSchema.grid.partNames)
        var isComplete = whole.isComplete
        var values: [String: AttributeValue] = [:]
        var sources: [YamlEntry] = entries
        for key in CaseSchema.grid.attributes.map(\.name) { values[key] = whole.values[key] }
        if entries["buy"] == nil {
            log.error(
                entry.location, "grid", Sentence.missing("buy", "What it buys, as {price: 0.8 CNY/kWh, max: 3 MW}."))
            isComplete = false
        }
        let about = if case .text(let carrier)? = whole.values["carrier"] { reader.about(carrier) } else { reader }
        for (key, section) in [("buy", CaseSchema.gridBuy), ("sell", CaseSchema.gridSell)] {
            guard let part = entries[key] else { continue }
            guard let map = reader.map(part.node, path: section.path) else {
                isComplete = false
                continue
            }
            let read = about.read(map, at: part.location, path: section.path, schema: section.attributes)
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
            values: AttributeValues(values, defaultsFrom: MarketExchange.attributes), isComplete: true, path: "grid",
            location: entry.location, entries: sources)
        draft.sources["grid"] = read
        warnOfFeedIn(read)
        do throws(InputProblem) {
            draft.components.append(try MarketExchange(name: "grid", values: read.values, time: context.time))
        } catch {
            read.report(error, to: log)
            draft.isComplete = false
        }
    }

    private func warnOfFeedIn(_ read: ReadValues) {
        guard let buy = read.values.optionalSeries("buy_price"), let sell = read.values.optionalSeries("sell_price"),
            let step = sell.indices.first(where: { sell[$0] > buy[$0] })
        else { return }
        let unit = context.units.engineSymbol(of: .energyPrice)
        let (sale, purchase) = NumberText.compared(unit: unit, sell[step], buy[step])
        log.warning(
            read.location(of: "sell_price"), "grid.sell.price",
            "\(sale) is above the purchase price of \(purchase) at hour \(NumberText.rounded(context.time.start(of: step))). The model "
                + "then needs binaries.")
    }
}
