import Energy
import Games

/// Reads `game`, `optimiser` and `economics`.
struct SettingsReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// The values of a section that may be left out, defaults filled in.
    private func read(_ section: CaseSchema.Section, in entry: YamlEntry?, at location: SourceLocation) -> ReadValues {
        let entries = entry.flatMap { reader.map($0.node, path: section.path) } ?? []
        return reader.read(
            entries, at: entry?.location ?? location, path: section.path, schema: section.attributes,
            others: section.partNames)
    }

    func readGame(_ root: [YamlEntry], end: SourceLocation) -> GameSettings {
        let entry = root["game"]
        let location = entry?.location ?? end
        let game = read(CaseSchema.game, in: entry, at: location)
        let parts = entry?.node.entries ?? []
        _ = read(CaseSchema.leader, in: parts["leader"], at: location)
        let risk = parts["leader"]?.node.entries?["risk"].flatMap(readRisk)
        let followers = read(CaseSchema.followers, in: parts["followers"], at: location).values
        // A word that is not one of the rules has been reported.
        let ties = followers.optionalText("ties").flatMap(TieRule.init) ?? .optimistic
        let size = game.values.optionalNumber("tick")
        let tick = size.flatMap(Tick.init)
        if let size, tick == nil {
            log.error(
                game.location(of: "tick"), "game.tick",
                "\(size) has more than \(Tick.mostDecimals) decimals. Take a step that can be printed, such as 0.0001.")
        }
        return GameSettings(ties: ties, tick: tick, risk: risk ?? .mean)
    }

    private func readRisk(_ entry: YamlEntry) -> RiskMeasure? {
        let values = read(CaseSchema.risk, in: entry, at: entry.location).values
        guard context.hasDays, context.decidedSizes.isEmpty else {
            log.error(
                entry.location, CaseSchema.risk.path,
                context.hasDays
                    ? "weighs days by what prices earn on them, but sizes are to be decided. Take it out."
                    : "weighs bad days, and the case has one horizon. Add days, as {days: {calm: {weight: 0.3}}}, or take it out."
            )
            return nil
        }
        guard let weight = values.optionalNumber("weight"), let level = values.optionalNumber("level") else {
            return nil
        }
        return try? RiskMeasure(weight: weight, level: level)
    }

    /// Listed only where sizes are to be decided, or the case has the section.
    func readEconomics(_ root: [YamlEntry], end: SourceLocation) -> Economics {
        guard context.isSizing || root["economics"] != nil else { return Economics(discountRate: 0) }
        let read = read(CaseSchema.economics, in: root["economics"], at: end)
        return Economics(discountRate: read.values.optionalNumber("discount_rate") ?? 0)
    }

    func readOptimiser(_ root: [YamlEntry], end: SourceLocation) -> OptimiserSettings {
        let read = read(CaseSchema.optimiser, in: root["optimiser"], at: end)
        func count(_ name: String) -> Int { (try? read.values.count(name)) ?? 1 }
        var workers: Int?
        if let text = read.values.optionalText("workers"), text != "auto" {
            workers = Int(text)
            if workers.map({ !SearchLimits.workers.contains($0) }) ?? true {
                log.error(
                    read.location(of: "workers"), "optimiser.workers",
                    "'\(text)' is neither auto nor a number from 1 to \(SearchLimits.workers.upperBound).")
            }
        }
        let (population, evaluations) = (count("population"), count("evaluations"))
        if read.isComplete, evaluations < population {
            log.error(
                read.location(of: "evaluations"), "optimiser.evaluations",
                "\(evaluations) do not cover even one population of \(population). Raise it, or lower population.")
        }
        return OptimiserSettings(
            algorithm: read.values.optionalText("algorithm") ?? "", population: population, evaluations: evaluations,
            seed: UInt64(max(0, count("seed"))), workers: workers)
    }
}
