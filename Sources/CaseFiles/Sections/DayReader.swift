import Energy
import Writing

/// Reads `days`: each the case with changes, and a weight. With `scenarios`, each is as many days as scenarios of it
/// are kept.
struct DayReader {
    /// Reads a case with a log of its own, its columns as in a scenario: shares of what tables say, by `table.column`.
    typealias WholeReading = ([YamlEntry], DiagnosticLog, [String: [Double]]) -> (EnergySystem, CaseContext)

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
        for scenario in parts.filter({ $0.scenarios != nil }).flatMap(\.days) {
            guard let other = entries[scenario.name] else { continue }
            log.error(
                other.location, "days.\(other.key)",
                "is also the name of a scenario's day. Choose another, without a number at its end.")
        }
        return (days, parts.compactMap(\.scenarios))
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
        let (system, dayContext) = readWhole(root, dayLog, [:])
        var drawn: ScenarioReader.Drawn?
        if let section = root["scenarios"], scenarios != .none, dayContext.hasTime, !dayLog.hasErrors, !log.hasErrors {
            drawn = ScenarioReader(context: dayContext)
                .draw(section, of: entry.key, position: position, keepsAll: scenarios == .every)
        }
        log.absorb(dayLog, from: path)
        checkDevices(dayContext, path, at: entry.location)
        checkStart(dayContext, path, at: entries["time.start"]?.node.location ?? entry.location)
        guard let weight else { return nil }
        guard let drawn else {
            return ([Day(name: entry.key, weight: weight, system: system, context: dayContext)], nil)
        }
        context.list("\(path).scenarios", drawn.summary.sentence, at: entry.location)
        context.list("\(path).scenarios.distance", drawn.summary.distanceSentence, at: entry.location)
        let days = drawn.factors.enumerated().map { k, factors in
            let ownLog = DiagnosticLog()
            let name = DayScenarios.name(of: drawn.summary.kept[k], on: entry.key)
            let (system, context) = readWhole(root, ownLog, factors)
            log.absorb(ownLog, from: "\(path), scenario \(drawn.summary.kept[k] + 1)")
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

    private func checkYear(_ days: [Day], at location: SourceLocation) {
        let hours = context.time.hours * Double(context.time.steps)
        let sum = days.reduce(0) { $0 + $1.weight } * hours / 24
        guard context.hasTime, abs(sum - 365) > 0.01, abs(sum - 366) > 0.01 else { return }
        log.warning(
            location, "days", "the weights make a year of \(NumberText.rounded(sum)) days. One has 365, or 366.")
    }
}
