import Energy
import Writing

/// Reads `carbon`: who pays for emission, and how much.
struct CarbonReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Parameters:
    ///   - parties: names that may pay.
    ///   - components: names of a party's components.
    /// - Returns: nil without an account, or where it could not be read.
    func read(_ entry: YamlEntry, parties: [String], components: (String) -> [String]) -> (
        payer: String, account: CarbonAccount
    )? {
        guard let entries = reader.map(entry.node, path: "carbon") else { return nil }
        let section = CaseSchema.carbon
        let read = reader.read(
            entries, at: entry.location, path: "carbon", schema: section.attributes, others: section.partNames)
        let payer = read.values.optionalText("payer") ?? OperatorReader.name
        if !parties.contains(payer) {
            log.error(
                read.location(of: "payer"), "carbon.payer",
                "there is no party '\(payer)'." + Sentence.suggestion(for: payer, among: parties, called: "Parties"))
        }
        let isEnabled = read.values["enabled"] != AttributeValue.flag(false)
        guard let ladderEntry = entries["ladder"] else {
            if isEnabled {
                log.error(
                    entry.location, "carbon",
                    Sentence.missing("ladder", "What emission above the quota costs, as {base_price: 0.25 CNY/kg}."))
            }
            return nil
        }
        guard let ladder = ladder(ladderEntry), read.isComplete, isEnabled, parties.contains(payer) else { return nil }
        var account = ladder
        account.quota = (try? read.values.perCarrier("quota")) ?? []
        if let entry = entries["baseline"] {
            guard let baselines = baselines(entry, components: components(payer)) else { return nil }
            account.baselines = baselines
        }
        account.fixedQuota = read.values.optionalNumber("fixed_quota") ?? 0
        return (payer, account)
    }

    /// Allowances by component; nil where one could not be read.
    private func baselines(_ entry: YamlEntry, components: [String]) -> [CarbonAccount.Baseline]? {
        let path = CaseSchema.baseline.path
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let baselines = entries.compactMap { entry -> CarbonAccount.Baseline? in
            let path = "\(path).\(entry.key)"
            guard components.contains(entry.key) else {
                log.error(
                    entry.location, path,
                    "the payer has no component '\(entry.key)'."
                        + Sentence.suggestion(for: entry.key, among: components, called: "Its components"))
                return nil
            }
            guard case .perCarrier(let allowances)? = reader.perCarrier(entry.node, .emissionFactor, 0...10, path: path)
            else { return nil }
            for allowance in allowances {
                let unit = context.units.engineSymbol(of: .emissionFactor)
                context.list(
                    "\(path).\(allowance.carrier)", NumberText.rounded(allowance.amount), unit: unit, at: entry.location
                )
            }
            return CarbonAccount.Baseline(component: entry.key, allowances: allowances)
        }
        return baselines.count == entries.count ? baselines : nil
    }

    private func ladder(_ entry: YamlEntry) -> CarbonAccount? {
        guard let entries = reader.map(entry.node, path: "carbon.ladder") else { return nil }
        let read = reader.read(entries, at: entry.location, path: "carbon.ladder", schema: CaseSchema.ladder.attributes)
        guard read.isComplete, let basePrice = read.values.optionalNumber("base_price"),
            case .count(let steps)? = read.values["steps"]
        else { return nil }
        let surplus = read.values.optionalNumber("surplus_price")
        let mirror = read.values.optionalNumber("reward_growth")
        let interval = read.values.optionalNumber("interval")
        if interval == nil, steps > 1 {
            log.error(
                entry.location, "carbon.ladder", Sentence.missing("interval", "Width of an interval, as 2000 kg."))
            return nil
        }
        if surplus != nil, mirror != nil {
            log.error(
                read.location(of: "reward_growth"), "carbon.ladder.reward_growth",
                "and surplus_price are both given. Keep one of them.")
            return nil
        }
        return CarbonAccount(
            basePrice: basePrice, interval: interval ?? 1, growth: read.values.optionalNumber("growth") ?? 0,
            steps: steps, reward: surplus.map { .flat(price: $0) } ?? mirror.map { .stepped(growth: $0) } ?? .none)
    }
}
