import Energy
import EnergyGames
import Writing

/// Reads `days`: each the case with changes, and a weight. With `scenarios`, each is as many days as scenarios of it
/// are kept.
struct DayReader {
    /// Reads a case with a log of its own, and with changed columns.
    typealias WholeReading = ([YamlEntry], DiagnosticLog, CaseContext.ColumnChanges) -> (EnergySystem, CaseContext)

    struct Day {
        let name: String
        let weight: Double
        let system: EnergySystem
        /// Of the reading of this day.
        let context: CaseContext
    }

    /// Of the case itself, which has been read.
    let context: CaseContext
    /// Whether every scenario that is drawn is kept, whatever the case says.
    let scenarios: ScenarioChoice
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Parameters:
    ///   - document: the case, its variant applied.
    func read(
        _ entry: YamlEntry, of document: YamlNode, by readWhole: WholeReading
    ) -> (days: [Day], scenarios: [DayScenarios]) {
        guard let entries = reader.map(entry.node, path: "days") else { return ([], []) }
        if entries.isEmpty { log.error(entry.location, "days", "is empty. Add a day, as {winter: {weight: 365}}.") }
        let parts = entries.enumerated().compactMap { day($1, at: $0, of: document, by: readWhole) }
        let days = parts.flatMap(\.days)
        if parts.count == entries.count { checkYear(days, at: entry.location) }
        if days.count > 1, !context.decidesSizes, let system = days.first?.system {
            for sentence in DayTerms(of: system).sentences { log.warning(entry.location, "days", sentence) }
        }
        for scenario in parts.filter({ $0.scenarios != nil }).flatMap(\.days) {
            guard let other = entries[scenario.name] else { continue }
            log.error(
                other.location, "days.\(other.key)",
                "is also the name of a scenario's day. Choose another, without a number at its end.")
        }
        guard scenarios == .mean, days.count > 1, parts.count == entries.count, !log.hasErrors else {
            return (days, parts.compactMap(\.scenarios))
        }
        return (mean(of: days, entries, document, by: readWhole).map { [$0] } ?? [], [])
    }

    private func day(
        _ entry: YamlEntry, at position: Int, of document: YamlNode, by readWhole: WholeReading
    ) -> (days: [Day], scenarios: DayScenarios?)? {
        let path = "days.\(entry.key)"
        guard reader.checkName(entry, path: path), let entries = reader.map(entry.node, path: path) else { return nil }
        let changes = entries.filter { $0.key != "weight" }
        let own = reader.read(
            entries.filter { $0.key == "weight" }, at: entry.location, path: path, schema: CaseSchema.day.attributes)
        let weight = own.values.optionalNumber("weight")
        if weight == 0 {
            log.error(
                own.location(of: "weight"), "\(path).weight", "must be above 0. Take the day out if no year has it.")
        }
        let errors = log.errorCount
        let changed = VariantOverlay(kind: .day, log: log).apply(changes, name: entry.key, to: document)
        guard log.errorCount == errors else { return nil }
        let dayLog = DiagnosticLog()
        let root = changed.entries ?? []
        let (system, dayContext) = readWhole(root, dayLog, .init())
        var drawn: ScenarioReader.Drawn?
        if let section = root["scenarios"], scenarios == .kept || scenarios == .every, dayContext.hasTime,
            !dayLog.hasErrors, !log.hasErrors
        {
            drawn = ScenarioReader(context: dayContext)
                .draw(section, of: entry.key, position: position, keepsAll: scenarios == .every)
        }
        log.absorb(dayLog, from: path)
        checkDevices(dayContext, path, at: entry.location)
        checkStart(dayContext, path, at: entries["time.start"]?.node.location ?? entry.location)
        checkPrices(dayContext, path, at: entry.location)
        guard let weight else { return nil }
        guard let drawn else {
            return ([Day(name: entry.key, weight: weight, system: system, context: dayContext)], nil)
        }
        context.list("\(path).scenarios", drawn.summary.sentence, at: entry.location)
        context.list("\(path).scenarios.distance", drawn.summary.distanceSentence, at: entry.location)
        let days = drawn.factors.enumerated().map { k, factors in
            let ownLog = DiagnosticLog()
            let name = DayScenarios.name(of: drawn.summary.kept[k], on: entry.key)
            let (system, context) = readWhole(root, ownLog, .init(shares: factors))
            log.absorb(ownLog, from: "\(path), scenario \(drawn.summary.kept[k] + 1)")
            if !log.hasErrors { checkPrices(context, path, at: entry.location) }
            return Day(
                name: name, weight: weight * drawn.summary.probabilities[k], system: system, context: context)
        }
        return (days, drawn.summary)
    }

    /// A device is bought once, for all days.
    private func checkDevices(_ day: CaseContext, _ path: String, at location: SourceLocation) {
        for key in Set(context.lasting.keys).union(day.lasting.keys).sorted()
        where context.lasting[key]?.value != day.lasting[key]?.value {
            log.error(
                day.lasting[key]?.location ?? location, path,
                "\(key) is not what it is in the case, but a device is bought once for all days. Take the change out of the day."
            )
        }
    }

    /// Windows and intervals of a case are by the clock, and the same on all days.
    private func checkStart(_ day: CaseContext, _ path: String, at location: SourceLocation) {
        guard let own = day.timeline?.startHour, let usual = context.timeline?.startHour, own != usual else { return }
        log.error(
            location, "\(path).time.start",
            "begins at \(NumberText.rounded(own)) o'clock, but the case at \(NumberText.rounded(usual)). Let all days begin at the "
                + "same hour.")
    }

    /// What may be charged is the same on all days: only what is charged for is not.
    private func checkPrices(_ day: CaseContext, _ path: String, at location: SourceLocation) {
        guard !log.hasErrors else { return }
        for key in Set(context.posted.keys).union(day.posted.keys).sorted()
        where context.posted[key]?.price != day.posted[key]?.price {
            let place = day.posted[key]?.location
            log.error(
                place == context.posted[key]?.location ? location : place ?? location, path,
                "\(key) is not bounded here as it is in the case, but one tariff is posted for all days. Give it the same bounds and interval on all days."
            )
        }
    }

    /// The mean of all days, each as often as it comes.
    ///
    /// - Returns: nil where days change more than files of tables of series.
    private func mean(
        of days: [Day], _ entries: [YamlEntry], _ document: YamlNode, by readWhole: WholeReading
    ) -> Day? {
        let columns = context.references.keys.sorted()
        let tables = Set(columns.map { String($0.prefix { $0 != "." }) })
        let changes = entries.flatMap { ($0.node.entries ?? []).map(\.key) }.filter { $0 != "weight" }
        let isOfSeries = changes.allSatisfy { key in tables.contains { key == "tables.\($0).file" } }
        guard isOfSeries, days.allSatisfy({ Set($0.context.references.keys) == Set(columns) }) else { return nil }
        let all = days.reduce(0) { $0 + $1.weight }
        var mean = CaseContext.ColumnChanges()
        for column in columns {
            var values = [Double](repeating: 0, count: context.time.steps)
            for day in days {
                for (t, value) in (day.context.references[column]?.values ?? []).enumerated() {
                    values[t] += day.weight / all * value
                }
            }
            mean.values[column] = values
        }
        let ownLog = DiagnosticLog()
        let (system, context) = readWhole(document.entries ?? [], ownLog, mean)
        return ownLog.hasErrors ? nil : Day(name: "mean", weight: all, system: system, context: context)
    }

    private func checkYear(_ days: [Day], at location: SourceLocation) {
        let weights = days.map(\.weight)
        guard context.hasTime, !TypicalDay.makeYear(weights, of: context.time) else { return }
        let sum = weights.reduce(0, +) * context.time.hours * Double(context.time.steps) / 24
        guard context.posted.isEmpty else {
            let all = weights.reduce(0, +)
            guard abs(all - 1) > 1e-6 else { return }
            log.warning(
                location, "days",
                "the weights are \(NumberText.rounded(all)) in all: neither shares, which are 1, nor a year of 365 or 366 days, for which they make \(NumberText.rounded(sum))."
            )
            return
        }
        log.warning(
            location, "days", "the weights make a year of \(NumberText.rounded(sum)) days. One has 365, or 366.")
    }
}
