import Energy
import EnergyGames
import Writing

/// Reads `operator.prices`, and the prices of a party beside others.
struct PriceReader {
    let context: CaseContext
    let stations: Bool
    /// Whose prices they are, where there are several operators.
    var owner: String?
    var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// A decided price before it is known what bounds it from above.
    struct Draft {
        var key: String
        var carrier: String
        var isSale: Bool
        var entry: YamlEntry
        var fixed: [Double]?
        var lower: [Double] = []
        var upper: [Double]?
        var upperName: String?
        var upperLocation: SourceLocation
        var mean: Double?
        var meanLocation: SourceLocation
        /// Steps of an interval; nil where the case does not say.
        var interval: Int?
        /// The period of each step, where the case gives them.
        var periods: [Int]?
        /// At most so many periods, where the search chooses them.
        var chosen: Int?
        var rules = TariffRules()
        var formLocation: SourceLocation
    }

    func read(_ entries: [YamlEntry], path: String) -> OperatorPrices {
        var result = OperatorPrices()
        var drafts: [Draft] = []
        let keys = entries.map(\.key)
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard let (carrier, isSale) = meaning(of: entry, path: path),
                let draft = draft(entry, carrier: carrier, isSale: isSale, keys: keys, path: path)
            else {
                result.isComplete = false
                continue
            }
            drafts.append(draft)
        }
        for draft in drafts {
            if let entry = finish(draft, among: drafts, path: "\(path).\(draft.key)") {
                result.entries.append(entry)
            } else {
                result.isComplete = false
            }
        }
        checkBuying(drafts, path: path)
        if result.isComplete, result.posted.count > 1, let first = entries.first {
            result.isComplete = isPossible(result.posted, at: first.location, path: path)
        }
        return result
    }

    /// What a price's name says: whose carrier, and in which direction.
    private func meaning(of entry: YamlEntry, path: String) -> (String, Bool)? {
        let key = entry.key
        let names = context.carriers.flatMap { ["\($0)_sell", "\($0)_buy"] } + ["ev_sell"]
        if key == "ev_sell" {
            guard reader.checkCarrier("electricity", at: entry.location, path: path) else { return nil }
            if stations { return ("electricity", true) }
            log.error(
                entry.location, path,
                "no EV station takes this price. Add one under 'ev_stations', or take the price out."
            )
            return nil
        }
        for (suffix, isSale) in [("_sell", true), ("_buy", false)] where key.hasSuffix(suffix) {
            let carrier = String(key.dropLast(suffix.count))
            if context.carriers.contains(carrier) { return (carrier, isSale) }
        }
        if ChargeReader.meaning(of: key, carriers: context.carriers) != nil {
            log.error(
                entry.location, path,
                "is a part of a tariff that only an operator without rivals posts. Take it out: rivals post prices per kWh."
            )
            return nil
        }
        let others = ChargeReader.keys(context.carriers)
        let isNear = Nearest.word(to: key, among: names) == nil && Nearest.word(to: key, among: others) != nil
        log.error(
            entry.location, path,
            "unknown price. Prices are <carrier>_sell, <carrier>_buy and ev_sell."
                + Sentence.suggestion(for: key, among: isNear ? others : names, called: "Known here"))
        return nil
    }

    private func draft(_ entry: YamlEntry, carrier: String, isSale: Bool, keys: [String], path: String) -> Draft? {
        var draft = Draft(
            key: entry.key, carrier: carrier, isSale: isSale, entry: entry, upperLocation: entry.node.location,
            meanLocation: entry.node.location, formLocation: entry.node.location)
        let reader = reader.about(carrier)
        guard let entries = entry.node.entries else {
            guard let series = reader.series(entry.node, .energyPrice, CaseSchema.anyPrice, path: path) else {
                return nil
            }
            list(series, path, at: entry.location)
            draft.fixed = series
            return draft
        }
        let section = CaseSchema.price
        let read = reader.read(
            entries, at: entry.node.location, path: path, schema: section.attributes, others: section.partNames)
        var isFine = read.isComplete
        draft.mean = read.values.optionalNumber("mean_max")
        draft.meanLocation = read.location(of: "mean_max")
        if let hours = read.values.optionalNumber("interval") {
            draft.interval = steps(of: hours, at: read.location(of: "interval"), path: "\(path).interval")
            if draft.interval == nil { isFine = false }
        }
        if read.isComplete { isFine = readRules(read, entries, into: &draft, path: path) && isFine }
        for part in section.parts where ["min", "max"].contains(part.name) && entries[part.name] == nil {
            log.error(entry.node.location, path, Sentence.missing(part.name, part.meaning))
            isFine = false
        }
        if let minimum = entries["min"] {
            if let series = reader.series(minimum.node, .energyPrice, CaseSchema.anyPrice, path: "\(path).min") {
                list(series, "\(path).min", at: minimum.location)
                draft.lower = series
            } else {
                isFine = false
            }
        }
        if let maximum = entries["max"] {
            draft.upperLocation = maximum.node.location
            if let name = maximum.node.text, Identifier.isValid(name) {
                isFine =
                    checkReference(name, in: draft.key, keys, at: maximum.node.location, path: "\(path).max") && isFine
                draft.upperName = name
                context.list("\(path).max", name, at: maximum.location)
            } else if let series = reader.series(maximum.node, .energyPrice, CaseSchema.anyPrice, path: "\(path).max") {
                list(series, "\(path).max", at: maximum.location)
                draft.upper = series
            } else {
                isFine = false
            }
        }
        return isFine ? draft : nil
    }

    private func checkReference(
        _ name: String, in key: String, _ keys: [String], at location: SourceLocation, path: String
    ) -> Bool {
        if name == key {
            log.error(location, path, "a price cannot bound itself.")
            return false
        }
        if keys.contains(name) { return true }
        log.error(
            location, path,
            "'\(name)' is neither a number, nor a table column, nor another price."
                + Sentence.suggestion(for: name, among: keys.filter { $0 != key }, called: "Prices"))
        return false
    }

    private func list(_ series: [Double], _ path: String, at location: SourceLocation) {
        context.list(
            path, AttributeReader.shown(.series(series)), unit: context.units.engineSymbol(of: .energyPrice),
            at: location)
    }

    private func steps(of hours: Double, at location: SourceLocation, path: String) -> Int? {
        guard context.hasTime else { return nil }
        let ratio = hours / context.time.hours
        let steps = ratio.rounded()
        guard steps >= 1, abs(ratio - steps) < 1e-6 else {
            log.error(
                location, path,
                "is \(NumberText.duration(hours: hours)), but must be a multiple of the step of "
                    + "\(NumberText.duration(hours: context.time.hours)).")
            return nil
        }
        return Int(min(steps, Double(context.time.steps)))
    }

    // MARK: Bounds an interval

    private func name(_ key: String) -> String { "prices.\(OperatorPrices.name(key, of: owner))" }

    private func finish(_ given: Draft, among drafts: [Draft], path: String) -> OperatorPrices.Entry? {
        var draft = given
        func entry(_ price: Price, _ posted: PostedPrice?) -> OperatorPrices.Entry {
            OperatorPrices.Entry(
                key: draft.key, path: path, carrier: draft.carrier, isSale: draft.isSale,
                location: draft.entry.location,
                price: price,
                posted: posted)
        }
        if let fixed = draft.fixed { return entry(.fixed(fixed), nil) }
        guard context.hasTime else { return nil }
        let above = draft.upperName.flatMap { name in drafts.first { $0.key == name } }
        if let name = draft.upperName {
            guard let above else { return nil }
            guard above.upperName == nil else {
                log.error(
                    draft.upperLocation, "\(path).max",
                    "'\(name)' is itself bounded by '\(above.upperName ?? "")'. Name that price here, or give numbers.")
                return nil
            }
        }
        let width = draft.interval ?? above?.interval ?? 1
        if let above, above.fixed == nil, (above.interval ?? 1) != width {
            let hours = context.time.hours
            let (own, other) = NumberText.compared(
                hours: Double(width) * hours, Double(above.interval ?? 1) * hours)
            log.error(
                draft.upperLocation, "\(path).max",
                "holds for \(own), but '\(above.key)', which bounds it, for \(other). Give "
                    + "both the same interval.")
            return nil
        }
        guard let upperSeries = draft.upper ?? above?.fixed ?? above?.upper else { return nil }
        guard let index = intervals(of: &draft, below: above, width: width, path: path) else { return nil }
        let band = PriceBand(from: draft.lower, to: upperSeries, index: index)
        guard checkOrder(draft, band, path: path), checkMean(draft, band, path: path) else { return nil }
        let posted = PostedPrice(
            name: name(draft.key), carrier: draft.carrier, in: band, meanMaximum: draft.mean,
            atMost: above?.fixed == nil ? draft.upperName.map(name) : nil,
            interval: band.intervals.map(\.count).max() ?? width, time: context.time, rules: draft.rules)
        guard checkRules(draft, posted, path: path) else { return nil }
        return entry(posted.price, posted)
    }
}
