import Energy

/// Reads `days`: each the case with changes, and a weight.
struct DayReader {
    struct Day {
        let name: String
        let weight: Double
        let system: EnergySystem
        /// Of the reading of this day.
        let context: CaseContext
    }

    /// Of the case itself, which has been read.
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Parameters:
    ///   - document: the case, its variant applied.
    ///   - readWhole: reads a case with a log of its own.
    func read(
        _ entry: YamlEntry, of document: YamlNode,
        by readWhole: ([YamlEntry], DiagnosticLog) -> (EnergySystem, CaseContext)
    ) -> [Day] {
        guard let entries = reader.map(entry.node, path: "days") else { return [] }
        if entries.isEmpty { log.error(entry.place, "days", "is empty. Add a day, as {winter: {weight: 365}}.") }
        let days = entries.compactMap { day($0, of: document, by: readWhole) }
        if days.count == entries.count { checkYear(days, at: entry.place) }
        return days
    }

    private func day(
        _ entry: YamlEntry, of document: YamlNode,
        by readWhole: ([YamlEntry], DiagnosticLog) -> (EnergySystem, CaseContext)
    ) -> Day? {
        let path = "days.\(entry.key)"
        guard reader.checkName(entry, path: path), let entries = reader.map(entry.node, path: path) else { return nil }
        let changes = entries.filter { $0.key != "weight" }
        let own = reader.read(
            entries.filter { $0.key == "weight" }, at: entry.place, path: path, schema: CaseSchema.day.attributes)
        let weight = own.values.optionalNumber("weight")
        if weight == 0 {
            log.error(own.place(of: "weight"), "\(path).weight", "must be above 0. Take the day out if no year has it.")
        }
        let errors = log.errorCount
        let changed = VariantOverlay(kind: .day, log: log).apply(changes, name: entry.key, to: document)
        guard log.errorCount == errors else { return nil }
        let dayLog = DiagnosticLog()
        let (system, dayContext) = readWhole(changed.entries ?? [], dayLog)
        log.absorb(dayLog, from: path)
        checkDevices(dayContext, path, at: entry.place)
        return weight.map { Day(name: entry.key, weight: $0, system: system, context: dayContext) }
    }

    /// A device is bought once, for all days.
    private func checkDevices(_ day: CaseContext, _ path: String, at place: Place) {
        for key in Set(context.lasting.keys).union(day.lasting.keys).sorted()
        where context.lasting[key]?.value != day.lasting[key]?.value {
            log.error(
                day.lasting[key]?.place ?? place, path,
                "\(key) is not what it is in the case, but a device is bought once for all days. Take the change out of the day."
            )
        }
    }

    private func checkYear(_ days: [Day], at place: Place) {
        let hours = context.time.hours * Double(context.time.steps)
        let sum = days.reduce(0) { $0 + $1.weight } * hours / 24
        guard context.hasTime, abs(sum - 365) > 0.01, abs(sum - 366) > 0.01 else { return }
        log.warning(
            place, "days", "the weights make a year of \(NumberText.rounded(sum)) days. One has 365, or 366.")
    }
}
