import Energy
import Scenarios
import Writing

/// Reads `scenarios`, and draws those of one typical day.
struct ScenarioReader {
    /// Of the reading of that day, as it stands; or of the case itself, where the section is only read.
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// A day's scenarios, and what columns have on each that is kept, as shares of what the tables say.
    struct Drawn {
        let summary: DayScenarios
        /// One a kept scenario: factors of each step, by `table.column`.
        let factors: [[String: [Double]]]
    }

    /// A column that may be wrong.
    private struct ForecastError {
        /// `table.column`.
        let column: String
        let read: ReadValues
        let path: String
        let location: SourceLocation
    }

    /// Reads the section of the case itself, for what is wrong with it and for the listing.
    func readSection(_ entry: YamlEntry, hasDays: Bool) {
        _ = read(entry)
        guard !hasDays else { return }
        log.error(
            entry.location, "scenarios",
            "are those of typical days, of which the case has none. Add days, as {days: {all: {weight: 365}}}.")
    }

    /// Draws and reduces, once the day has been read without a fault.
    ///
    /// - Parameters:
    ///   - position: among the days, so that their errors differ.
    ///   - keepsAll: whether all scenarios are kept, whatever the case says.
    func draw(_ entry: YamlEntry, of day: String, position: Int, keepsAll: Bool) -> Drawn? {
        guard let (values, errors) = read(entry) else { return nil }
        let forecasts = errors.compactMap(forecast)
        guard forecasts.count == errors.count, let count = try? values.count("count"),
            let keep = try? values.count("keep"), let seed = try? values.count("seed"),
            let method = values.optionalText("method").flatMap(ScenarioReduction.Method.init)
        else { return nil }
        do {
            let all = try SeriesForecast.scenarios(
                of: forecasts, count: count, seed: UInt64(max(0, seed)) &+ UInt64(position))
            let reduction = try ScenarioReduction(
                all, to: keepsAll ? count : keep, metric: .standardised(all, block: context.time.steps), method: method)
            let summary = DayScenarios(
                day: day, drawn: count, kept: reduction.kept, probabilities: reduction.reduced.probabilities,
                distance: reduction.distance, relativeDistance: reduction.relativeDistance)
            return Drawn(
                summary: summary,
                factors: reduction.reduced.vectors.map { vector in
                    var factors: [String: [Double]] = [:]
                    for (k, error) in errors.enumerated() {
                        let own = vector[k * context.time.steps..<(k + 1) * context.time.steps]
                        factors[error.column] = zip(own, forecasts[k].values).map { $1 == 0 ? 1 : $0 / $1 }
                    }
                    return factors
                })
        } catch {
            log.error(entry.location, "scenarios", "\(error)")
            return nil
        }
    }

    // MARK: The section

    private func read(_ entry: YamlEntry) -> (AttributeValues, [ForecastError])? {
        let section = CaseSchema.scenarios
        guard let entries = reader.map(entry.node, path: section.path) else { return nil }
        let read = reader.read(
            entries, at: entry.location, path: section.path, schema: section.attributes, others: section.partNames)
        guard let part = entries["errors"] else {
            log.error(
                entry.location, section.path,
                Sentence.missing("errors", "Forecast errors, as {profiles: {wind: {deviation: 30 %}}}."))
            return nil
        }
        guard let errors = errors(part), read.isComplete else { return nil }
        if let count = try? read.values.count("count"), let keep = try? read.values.count("keep"), keep > count {
            log.error(
                read.location(of: "keep"), "scenarios.keep",
                "\(keep) cannot be kept of the \(count) that are drawn. Lower it, or raise count.")
            return nil
        }
        return (read.values, errors)
    }

    private func errors(_ part: YamlEntry) -> [ForecastError]? {
        let path = "scenarios.errors"
        guard let tables = reader.map(part.node, path: path) else { return nil }
        var errors: [ForecastError] = []
        var isFine = true
        for table in tables {
            guard let columns = reader.map(table.node, path: "\(path).\(table.key)") else {
                isFine = false
                continue
            }
            for column in columns {
                let path = "\(path).\(table.key).\(column.key)"
                guard let entries = reader.map(column.node, path: path) else {
                    isFine = false
                    continue
                }
                let section = CaseSchema.forecastError
                let read = reader.read(
                    entries, at: column.location, path: path, schema: section.attributes, others: section.partNames)
                isFine = isFine && read.isComplete
                errors.append(
                    ForecastError(
                        column: "\(table.key).\(column.key)", read: read, path: path, location: column.location))
            }
        }
        if errors.isEmpty, isFine {
            log.error(
                part.location, path,
                "is empty. Name a column that may be wrong, as {profiles: {wind: {deviation: 30 %}}}."
            )
            return nil
        }
        return isFine ? errors : nil
    }

    /// What the day's table says of a column, and how wrong that may be.
    private func forecast(_ error: ForecastError) -> SeriesForecast? {
        guard let reference = context.references[error.column] else {
            log.error(
                error.location, error.path,
                "nothing in the case refers to the column '\(error.column)'."
                    + Sentence.suggestion(
                        for: error.column, among: context.references.keys.sorted(), called: "Columns in use"))
            return nil
        }
        let symbol = context.units.engineSymbol(of: reference.dimension)
        if let least = reference.values.min(), least < 0 {
            log.error(
                error.location, error.path,
                "\(error.column) is \(NumberText.with(unit: symbol, least)) at some step, but an error relative to the value has no "
                    + "meaning below 0. Take the column out.")
            return nil
        }
        var most = reference.range.upperBound
        if let node = error.read.entries["max"]?.node {
            guard let own = reader.quantity(node, reference.dimension, 0...most, path: "\(error.path).max") else {
                return nil
            }
            most = own
            if let highest = reference.values.max(), highest > most {
                log.error(
                    node.location, "\(error.path).max",
                    "is \(NumberText.with(unit: symbol, most)), but the table has up to \(NumberText.with(unit: symbol, highest)). Raise it."
                )
                return nil
            }
        }
        return SeriesForecast(
            reference.values, relativeDeviation: error.read.values.optionalNumber("deviation") ?? 0,
            correlation: error.read.values.optionalNumber("correlation") ?? 0, most: most)
    }
}
