import Energy
import Writing

/// Reads `carbon`: who pays for emission, and how much.
struct CarbonReader {
    let context: CaseContext
    /// Of the section: the case's own, whose payer it names, or a party's.
    var path = "carbon"
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// Who pays, by which account if any, and what emission by outputs counts.
    struct Reading {
        let payer: String
        /// nil where emission is not paid for.
        var account: CarbonAccount?
        var outputs: [OutputEmission] = []
    }

    /// Reads the case's section, which names who pays.
    ///
    /// - Parameters:
    ///   - parties: names that may pay.
    ///   - components: names of a party's components.
    /// - Returns: nil where it could not be read.
    func read(_ entry: YamlEntry, parties: [String], components: (String) -> [String]) -> Reading? {
        guard let read = values(entry, CaseSchema.carbon) else { return nil }
        let payer = read.values.optionalText("payer") ?? OperatorReader.name
        guard parties.contains(payer) else {
            log.error(
                read.location(of: "payer"), "\(path).payer",
                "there is no party '\(payer)'." + Sentence.suggestion(for: payer, among: parties, called: "Parties"))
            return reading(read, of: payer, components: nil)
        }
        return reading(read, of: payer, components: components(payer))
    }

    /// Reads a party's own section.
    func read(_ entry: YamlEntry, of party: String, components: [String]) -> Reading? {
        values(entry, CaseSchema.ownCarbon).flatMap { reading($0, of: party, components: components) }
    }

    private func values(_ entry: YamlEntry, _ section: CaseSchema.Section) -> ReadValues? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        return reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
    }

    /// - Parameter own: names of the payer's components; nil where nobody of that name is there.
    private func reading(_ read: ReadValues, of payer: String, components own: [String]?) -> Reading? {
        let entries = read.entries
        let isEnabled = read.values["enabled"] != AttributeValue.flag(false)
        var reading = Reading(payer: payer)
        if let own {
            guard let outputs = outputs(entries, components: own) else { return nil }
            reading.outputs = outputs
        }
        guard let ladderEntry = entries["ladder"] else {
            if isEnabled {
                log.error(
                    read.location, path,
                    Sentence.missing("ladder", "What emission above the quota costs, as {base_price: 0.25 CNY/kg}."))
            }
            return reading
        }
        guard let ladder = ladder(ladderEntry), read.isComplete, isEnabled, let own else { return reading }
        var account = ladder
        account.quota = (try? read.values.perCarrier("quota")) ?? []
        if let entry = entries["baseline"] {
            guard let baselines = perComponent(entry, 0...10, path: "\(path).baseline", components: own) else {
                return nil
            }
            account.baselines = baselines.map { .init(component: $0.component, allowances: $0.amounts) }
        }
        account.fixedQuota = read.values.optionalNumber("fixed_quota") ?? 0
        reading.account = account
        return reading
    }

    /// Emission by outputs; nil where one could not be read.
    private func outputs(_ entries: [YamlEntry], components: [String]) -> [OutputEmission]? {
        var outputs: [OutputEmission] = []
        if let entry = entries["output_factors"] {
            let path = "\(path).output_factors"
            guard let factors = perComponent(entry, -10...10, path: path, components: components) else { return nil }
            outputs += factors.map { OutputEmission($0.component, .factors($0.amounts)) }
        }
        if let entry = entries["output_curves"] {
            let path = "\(path).output_curves"
            guard let curves = reader.map(entry.node, path: path) else { return nil }
            let read = curves.compactMap { curve($0, path: "\(path).\($0.key)", components: components) }
            guard read.count == curves.count else { return nil }
            outputs += read
        }
        return outputs
    }

    private func curve(_ entry: YamlEntry, path: String, components: [String]) -> OutputEmission? {
        guard checkComponent(entry, path: path, components: components),
            let entries = reader.map(entry.node, path: path)
        else { return nil }
        let read = reader.read(entries, at: entry.location, path: path, schema: CaseSchema.outputCurve.attributes)
        guard read.isComplete else { return nil }
        return read.made(telling: log) { () throws(InputProblem) in
            try OutputEmission(curveOf: entry.key, values: read.values)
        }
    }

    private func checkComponent(_ entry: YamlEntry, path: String, components: [String]) -> Bool {
        if components.contains(entry.key) { return true }
        log.error(
            entry.location, path,
            "the payer has no component '\(entry.key)'."
                + Sentence.suggestion(for: entry.key, among: components, called: "Its components"))
        return false
    }

    /// Amounts by component and carrier; nil where one could not be read.
    private func perComponent(
        _ entry: YamlEntry, _ range: ClosedRange<Double>, path: String, components: [String]
    ) -> [(component: String, amounts: [CarrierAmount])]? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let read = entries.compactMap { entry -> (component: String, amounts: [CarrierAmount])? in
            let path = "\(path).\(entry.key)"
            guard checkComponent(entry, path: path, components: components),
                case .perCarrier(let amounts)? = reader.perCarrier(entry.node, .emissionFactor, range, path: path)
            else { return nil }
            for amount in amounts {
                let unit = context.units.engineSymbol(of: .emissionFactor)
                context.list(
                    "\(path).\(amount.carrier)", NumberText.rounded(amount.amount), unit: unit, at: entry.location)
            }
            return (entry.key, amounts)
        }
        return read.count == entries.count ? read : nil
    }

    private func ladder(_ entry: YamlEntry) -> CarbonAccount? {
        guard let entries = reader.map(entry.node, path: "\(path).ladder") else { return nil }
        let read = reader.read(
            entries, at: entry.location, path: "\(path).ladder", schema: CaseSchema.ladder.attributes)
        guard read.isComplete, let basePrice = read.values.optionalNumber("base_price"),
            case .count(let steps)? = read.values["steps"]
        else { return nil }
        let interval = read.values.optionalNumber("interval")
        let share = read.values.optionalNumber("interval_share")
        if interval != nil, share != nil {
            refuseBoth("interval_share", "interval", read)
            return nil
        }
        if interval == nil, share == nil, steps > 1 {
            log.error(
                entry.location, "\(path).ladder", Sentence.missing("interval", "Width of an interval, as 2000 kg."))
            return nil
        }
        guard let reward = reward(read, isByRatio: share != nil, basePrice: basePrice) else { return nil }
        return CarbonAccount(
            basePrice: basePrice, interval: interval ?? 1, intervalShare: share,
            growth: read.values.optionalNumber("growth") ?? 0, steps: steps, reward: reward)
    }

    private func refuseBoth(_ key: String, _ other: String, _ read: ReadValues) {
        log.error(
            read.location(of: key), "\(path).ladder.\(key)", "and \(other) are both given. Keep one of them.")
    }

    /// What emission below the quota earns; nil where keys contradict each other.
    private func reward(_ read: ReadValues, isByRatio: Bool, basePrice: Double) -> CarbonAccount.Reward? {
        let surplus = read.values.optionalNumber("surplus_price")
        let growth = read.values.optionalNumber("reward_growth")
        if growth != nil, surplus != nil {
            refuseBoth("reward_growth", "surplus_price", read)
            return nil
        }
        if growth != nil, isByRatio {
            refuseBoth("reward_growth", "interval_share", read)
            return nil
        }
        if growth == nil, let key = ["reward_start", "reward_steps"].first(where: { read.values[$0] != nil }) {
            log.error(
                read.location(of: key), "\(path).ladder.\(key)",
                "is given without reward_growth. Add reward_growth, or take it out.")
            return nil
        }
        if isByRatio, let surplus, surplus > basePrice {
            let unit = context.units.engineSymbol(of: .massPrice)
            let (paid, base) = NumberText.compared(unit: unit, surplus, basePrice)
            log.error(
                read.location(of: "surplus_price"), "\(path).ladder.surplus_price",
                "is \(paid), above base_price, \(base): with interval_share prices may only rise. Give at most base_price."
            )
            return nil
        }
        if let growth {
            return .stepped(
                growth: growth, start: (try? read.values.count("reward_start")) ?? 0,
                steps: try? read.values.count("reward_steps"))
        }
        return (surplus ?? (isByRatio ? basePrice : nil)).map { .flat(price: $0) } ?? CarbonAccount.Reward.none
    }
}
