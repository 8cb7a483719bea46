import Energy
import EnergyGames
import Writing

/// Reads `trades`: who may sell what to whom.
struct TradeReader {
    let context: CaseContext
    let parties: [PartyDraft]
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }
    private var names: [String] { parties.map(\.name) }

    /// - Returns: one offer per pair and direction; nil where one could not be read.
    func read(_ entry: YamlEntry) -> [CoalitionTerms.Offer]? {
        guard let entries = reader.map(entry.node, path: "trades") else { return nil }
        if entries.isEmpty {
            log.error(entry.location, "trades", "holds no trade. Add one, as local: {max: 2 MW}.")
            return nil
        }
        guard Set(names).count == names.count else { return nil }
        if names.count < 2 {
            log.error(entry.location, "trades", "needs two parties, and the case has \(names.count). Add 'parties'.")
            return nil
        }
        let read = entries.compactMap(offers)
        guard read.count == entries.count else { return nil }
        var known: [String: String] = [:]
        for (entry, offers) in zip(entries, read) {
            for trade in offers.map(\.trade) {
                guard
                    let other = known.updateValue(entry.key, forKey: "\(trade.seller) \(trade.buyer) \(trade.carrier)")
                else { continue }
                log.error(
                    entry.location, "trades.\(entry.key)",
                    "\(trade.seller) sells \(trade.carrier) to \(trade.buyer) in '\(other)' already. Name other sellers or "
                        + "buyers.")
                return nil
            }
        }
        return read.flatMap { $0 }
    }

    private func offers(_ entry: YamlEntry) -> [CoalitionTerms.Offer]? {
        let path = "trades.\(entry.key)"
        guard reader.checkName(entry, path: path), let entries = reader.map(entry.node, path: path) else { return nil }
        if names.contains(entry.key) {
            log.error(entry.location, path, "'\(entry.key)' is the name of a party. Choose another.")
            return nil
        }
        let section = CaseSchema.trade
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        guard let sellers = people("sellers", of: entries, path: path),
            let buyers = people("buyers", of: entries, path: path), let band = band(entries, path: path),
            read.isComplete, context.hasTime, let carrier = read.values.optionalText("carrier"),
            let limit = read.values.optionalSeries("max")
        else { return nil }
        let fee = read.values.optionalNumber("fee") ?? 0
        let pairs = sellers.flatMap { seller in buyers.filter { $0 != seller }.map { (seller, $0) } }
        if pairs.isEmpty {
            log.error(entry.location, path, "has one party alone, which cannot sell to itself. Name another buyer.")
            return nil
        }
        var offers: [CoalitionTerms.Offer] = []
        for (seller, buyer) in pairs {
            let trade = Trade(
                name: "\(entry.key).\(seller).\(buyer)", seller: seller, buyer: buyer, carrier: carrier,
                price: .fixed([]), limit: limit, fee: fee)
            guard let offer = offer(trade, within: band, read) else { return nil }
            offers.append(offer)
        }
        return offers
    }

    /// The parties that a list names; all without one.
    private func people(_ key: String, of entries: [YamlEntry], path: String) -> [String]? {
        guard let entry = entries[key] else { return names }
        let path = "\(path).\(key)"
        guard let items = entry.node.items, !items.isEmpty else {
            log.error(
                entry.node.location, path,
                "must be a list of parties, as [\(names.prefix(2).joined(separator: ", "))], but is \(entry.node.shown)."
            )
            return nil
        }
        var people: [String] = []
        for (k, item) in items.enumerated() {
            guard let name = reader.text(item, path: "\(path)[\(k)]") else { return nil }
            guard names.contains(name) else {
                log.error(
                    item.location, "\(path)[\(k)]",
                    "there is no party '\(name)'." + Sentence.suggestion(for: name, among: names, called: "Parties"))
                return nil
            }
            guard !people.contains(name) else {
                log.error(item.location, "\(path)[\(k)]", "'\(name)' is named twice. Keep one of them.")
                return nil
            }
            people.append(name)
        }
        context.list(path, people.joined(separator: ", "), at: entry.location)
        return people
    }

    // MARK: Prices

    private func band(_ entries: [YamlEntry], path: String) -> ReadValues? {
        let section = CaseSchema.tradePrice
        let path = "\(path).price"
        let entry = entries["price"]
        guard let map = entry.map({ reader.map($0.node, path: path) }) ?? [] else { return nil }
        let about = reader.about(entries["carrier"]?.node.text ?? "electricity")
        let read = about.read(
            map, at: entry?.location ?? entries.first?.location ?? SourceLocation(file: ""), path: path,
            schema: section.attributes)
        return read.isComplete ? read : nil
    }

    /// A trade with its band, given or by the grids of both sides.
    private func offer(_ trade: Trade, within band: ReadValues, _ read: ReadValues) -> CoalitionTerms.Offer? {
        let seller = market(of: trade.seller, trade.carrier)
        let buyer = market(of: trade.buyer, trade.carrier)
        let least = band.values.optionalSeries("min")
        let most = band.values.optionalSeries("max")
        // What is wrong with a party is told there.
        guard parties.allSatisfy({ $0.isComplete || ![trade.seller, trade.buyer].contains($0.name) }) else {
            return nil
        }
        let unknown = parties.first { $0.isElsewhere && [trade.seller, trade.buyer].contains($0.name) }
        if let unknown, least == nil || most == nil {
            log.error(
                read.location, read.path,
                "has no prices that are known to both \(trade.seller) and \(trade.buyer): the grid of \(unknown.name) is "
                    + "elsewhere. Add price: {min: …, max: …}.")
            return nil
        }
        guard let upper = most ?? buyer?.buyPrice else {
            log.error(
                read.location, read.path,
                "has no greatest price for what \(trade.buyer) buys, which has no grid to compare with. Add price: "
                    + "{min: …, max: …}.")
            return nil
        }
        // A seller without a grid sale would get nothing elsewhere.
        let outside = least ?? seller?.sellPrice ?? upper.map { min(0, $0) }
        // Where the seller's market pays more than the buyer's asks, nothing lies between.
        let lower = least == nil ? zip(outside, upper).map(min) : outside
        if let step = lower.indices.first(where: { lower[$0] > upper[$0] }) {
            let unit = context.units.engineSymbol(of: .energyPrice)
            let (low, high) = NumberText.compared(unit: unit, lower[step], upper[step])
            log.error(
                band.location(of: "min"), "\(band.path).min",
                "is \(low) at hour \(NumberText.rounded(context.time.start(of: step))), above the greatest price, \(high), of what "
                    + "\(trade.buyer) buys from \(trade.seller). Lower it, or raise max.")
            return nil
        }
        return CoalitionTerms.Offer(trade: trade, lower: lower, upper: upper)
    }

    private func market(of party: String, _ carrier: String) -> MarketExchange? {
        parties.first { $0.name == party }?.components.lazy.compactMap { $0 as? MarketExchange }
            .first { $0.carrier == carrier }
    }
}
