import Energy
import Scenarios

/// Reads the operator's own fleets: vehicles that charge at its place, and what they answer to.
struct FleetReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Returns: the fleet with what it was read from; nil where it could not be read.
    func read(_ entry: YamlEntry, path: String) -> (fleet: ResponsiveFleet, source: ReadValues)? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let section = CaseSchema.fleet
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        guard let sampling = entries["sampling"] else {
            log.error(
                entry.location, path,
                Sentence.missing("sampling", "Vehicles drawn from distributions, as {count: 30, …}.")
            )
            return nil
        }
        guard
            let vehicles = SamplingReader(context: context).wholeStays(
                sampling, path: "\(path).sampling", values: read),
            read.isComplete, context.hasTime
        else { return nil }
        do throws(InputProblem) {
            let fleet = try ResponsiveFleet(
                name: entry.key, vehicles: vehicles, values: read.values, time: context.time
            ) { IncentiveResponse().share(charging: $0, discharging: $1) }
            return (fleet, read)
        } catch {
            read.report(error, to: log)
            return nil
        }
    }
}
