import Energy

/// A party as far as it could be read, with the places of its parts.
struct PartyDraft {
    let name: String
    let location: SourceLocation
    let path: String
    var demand: [(carrier: String, power: [Double])] = []
    var components: [any Component] = []
    /// What each component was read from, by name.
    var sources: [String: ReadValues] = [:]
    var carbon: CarbonAccount?
    var outputEmissions: [OutputEmission] = []
    /// Where its carbon account is, if it has one of its own.
    var carbonLocation: SourceLocation?
    /// False where anything of it is missing or wrong.
    var isComplete = true
    /// Whether it may sell what it bought.
    var resells = false
    /// Where its model is, for a party that may trade with others of its kind.
    var isElsewhere = false
    var command: String?
    /// What it posts to users, as one of several operators.
    var prices: OperatorPrices?
    var pricesLocation: SourceLocation?
    /// What it may do instead of buying from the operator.
    var outside: OperatorPrices?
    var outsideLocation: SourceLocation?

    var party: Party {
        Party(
            name: name, demand: demand, components: components, carbon: carbon, outputEmissions: outputEmissions,
            resells: resells)
    }
}

/// Reads what parties have: demands, devices, flexible demands, vehicles, a grid and a carbon account.
struct PartyReader {
    let context: CaseContext
    /// Names that no component may have: parties, and words that the model uses for itself.
    let reserved: Set<String>
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    static let modelWords: Set<String> = [
        "demand", "supply", "vent", "balance", "carbon", "trade", "operator", "grid", "outside",
    ]

    func user(_ entry: YamlEntry) -> PartyDraft {
        var draft = PartyDraft(name: entry.key, location: entry.location, path: "users.\(entry.key)")
        guard let (_, entries) = read(entry, CaseSchema.user, into: &draft) else { return draft }
        readAll(entries, into: &draft)
        if let outside = entries["outside"] {
            draft.outside = TariffReader(context: context).outside(outside, path: "\(draft.path).outside")
            draft.outsideLocation = outside.location
            if draft.outside == nil { draft.isComplete = false }
        }
        checkUse(&draft, called: "user")
        return draft
    }

    /// A party of its own that may trade with the others.
    func party(_ entry: YamlEntry) -> PartyDraft {
        var draft = PartyDraft(name: entry.key, location: entry.location, path: "parties.\(entry.key)")
        guard let (read, entries) = read(entry, CaseSchema.party, into: &draft) else { return draft }
        draft.resells = true
        draft.isElsewhere = read.values["elsewhere"] == .flag(true)
        draft.command = read.values.optionalText("command")
        if draft.isElsewhere {
            if let part = entries.first(where: { CaseSchema.party.partNames.contains($0.key) }) {
                log.error(
                    part.location, "\(draft.path).\(part.key)",
                    "has no effect, because the party is elsewhere: its model is not in this case. Take one of them out."
                )
                draft.isComplete = false
            }
            return draft
        }
        if let entry = entries["prices"] { readPrices(entry, into: &draft) }
        readAll(entries, into: &draft)
        checkUse(&draft, called: "party")
        return draft
    }

    private func readPrices(_ entry: YamlEntry, into draft: inout PartyDraft) {
        let path = "\(draft.path).prices"
        guard let entries = reader.map(entry.node, path: path) else {
            draft.isComplete = false
            return
        }
        if entries.isEmpty { log.error(entry.location, path, "has no price. \(OperatorReader.addPrices)") }
        draft.prices = PriceReader(context: context, stations: false, owner: draft.name).read(entries, path: path)
        draft.pricesLocation = entry.location
    }

    private func read(
        _ entry: YamlEntry, _ section: CaseSchema.Section, into draft: inout PartyDraft
    ) -> (values: ReadValues, entries: [YamlEntry])? {
        guard reader.checkName(entry, path: draft.path), let entries = reader.map(entry.node, path: draft.path) else {
            draft.isComplete = false
            return nil
        }
        let read = reader.read(
            entries, at: entry.location, path: draft.path, schema: section.attributes, others: section.partNames)
        draft.isComplete = read.isComplete
        return (read, entries)
    }

    private func checkUse(_ draft: inout PartyDraft, called noun: String) {
        if draft.isComplete, draft.demand.isEmpty, draft.components.isEmpty {
            log.error(
                draft.location, draft.path, "has neither a demand nor a device. Add one, or take the \(noun) out.")
            draft.isComplete = false
        }
    }

    /// All parts that every party may have, as far as the map has them.
    private func readAll(_ entries: [YamlEntry], into draft: inout PartyDraft) {
        if let grid = entries["grid"] {
            GridReader(context: context).read(grid, path: "\(draft.path).grid", into: &draft)
        }
        readParts(entries, into: &draft)
        if let fleets = entries["fleets"] { readFleets(fleets.node, into: &draft) }
        if let carbon = entries["carbon"] { readCarbon(carbon, into: &draft) }
    }

    /// Demand, devices and flexible demands, as far as the map has them.
    func readParts(_ entries: [YamlEntry], into draft: inout PartyDraft) {
        if let demand = entries["demand"] { readDemand(demand.node, into: &draft) }
        if let devices = entries["devices"] {
            readComponents(devices.node, "devices", context.components.devices, into: &draft)
        }
        if let flexibility = entries["flexibility"] {
            readComponents(flexibility.node, "flexibility", context.components.flexibilities, into: &draft)
        }
    }

    private func readDemand(_ node: YamlNode, into draft: inout PartyDraft) {
        let path = "\(draft.path).demand"
        guard let entries = reader.map(node, path: path) else {
            draft.isComplete = false
            return
        }
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard reader.checkCarrier(entry.key, at: entry.location, path: path),
                let power = reader.about(entry.key).series(entry.node, .power, 0...1e9, path: path)
            else {
                draft.isComplete = false
                continue
            }
            context.list(path, AttributeReader.shown(.series(power)), unit: "kW", at: entry.location)
            draft.demand.append((entry.key, power))
        }
    }

    /// A party's own vehicles.
    func readFleets(_ node: YamlNode, into draft: inout PartyDraft) {
        let path = "\(draft.path).fleets"
        guard let entries = reader.map(node, path: path) else {
            draft.isComplete = false
            return
        }
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard checkComponentName(entry, draft, path: path),
                let (fleet, source) = FleetReader(context: context).read(
                    entry, path: path, mayRespond: draft.name == OperatorReader.name)
            else {
                draft.isComplete = false
                continue
            }
            draft.sources[entry.key] = source
            draft.components.append(fleet)
        }
    }

    private func readCarbon(_ entry: YamlEntry, into draft: inout PartyDraft) {
        draft.carbonLocation = entry.location
        guard
            let carbon = CarbonReader(context: context, path: "\(draft.path).carbon")
                .read(entry, of: draft.name, components: draft.components.map(\.name))
        else {
            draft.isComplete = false
            return
        }
        draft.carbon = carbon.account
        draft.outputEmissions = carbon.outputs
    }

    private func readComponents(
        _ node: YamlNode, _ section: String, _ types: [any Component.Type], into draft: inout PartyDraft
    ) {
        let path = "\(draft.path).\(section)"
        guard let entries = reader.map(node, path: path) else {
            draft.isComplete = false
            return
        }
        for entry in entries {
            let path = "\(path).\(entry.key)"
            guard checkComponentName(entry, draft, path: path), let read = readComponent(entry, types, path: path),
                section != "flexibility" || checkDemand(read, draft)
            else {
                draft.isComplete = false
                continue
            }
            draft.sources[entry.key] = read.values
            guard context.hasTime else { continue }
            let component = read.values.made(telling: log) { () throws(InputProblem) -> any Component in
                try read.type.init(name: entry.key, values: read.values.values, time: context.time)
            }
            if let component { draft.components.append(component) } else { draft.isComplete = false }
        }
    }

    private func checkComponentName(_ entry: YamlEntry, _ draft: PartyDraft, path: String) -> Bool {
        guard reader.checkName(entry, path: path) else { return false }
        if Self.modelWords.contains(entry.key) || reserved.contains(entry.key) {
            log.error(
                entry.location, path,
                "'\(entry.key)' is the name of \(reserved.contains(entry.key) ? "a party" : "a part of the model"). Choose another."
            )
            return false
        }
        if draft.sources[entry.key] != nil {
            log.error(entry.location, path, "\(draft.name) has another '\(entry.key)' already. Choose another name.")
            return false
        }
        return true
    }

    private func readComponent(
        _ entry: YamlEntry, _ types: [any Component.Type], path: String
    ) -> (type: any Component.Type, values: ReadValues)? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let known = types.map { $0.type }
        guard let typeEntry = entries["type"] else {
            log.error(entry.location, path, Sentence.missing("type", "One of \(known.joined(separator: ", "))."))
            return nil
        }
        guard let word = reader.text(typeEntry.node, path: "\(path).type") else { return nil }
        guard let type = types.first(where: { $0.type == word }) else {
            log.error(
                typeEntry.node.location, "\(path).type",
                "there is no type '\(word)'." + Sentence.suggestion(for: word, among: known, called: "Types"))
            return nil
        }
        context.list("\(path).type", word, at: typeEntry.location)
        let read = reader.read(entries, at: entry.location, path: path, schema: type.attributes, others: ["type"])
        return read.isComplete ? (type, read) : nil
    }

    /// A flexible demand needs a demand to be flexible about.
    private func checkDemand(_ read: (type: any Component.Type, values: ReadValues), _ draft: PartyDraft) -> Bool {
        guard let carrier = read.values.values.optionalText("carrier"), draft.isComplete,
            !draft.demand.contains(where: { $0.carrier == carrier })
        else { return true }
        log.error(
            read.values.location(of: "carrier"), "\(read.values.path).carrier",
            "\(draft.name) has no demand of \(carrier). Its demands are: "
                + "\(draft.demand.isEmpty ? "none" : draft.demand.map(\.carrier).joined(separator: ", ")).")
        return false
    }
}
