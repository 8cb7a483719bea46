import Energy
import Scenarios

/// Reads the fleets of parties: vehicles that charge at their place by a strategy, by what drivers answer to
/// incentives, or as the party schedules them.
struct FleetReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Parameter mayRespond: whether a fleet without a strategy is one whose drivers respond to incentives, as the
    ///   operator's; else its party schedules it.
    /// - Returns: the fleet with what it was read from; nil where it could not be read.
    func read(_ entry: YamlEntry, path: String, mayRespond: Bool) -> (fleet: any Component, source: ReadValues)? {
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        if entries["strategy"] != nil { return charging(entry, entries, path: path) }
        return mayRespond ? responsive(entry, entries, path: path) : scheduled(entry, entries, path: path)
    }

    /// As a station's.
    private func scheduled(
        _ entry: YamlEntry, _ entries: [YamlEntry], path: String
    ) -> (fleet: any Component, source: ReadValues)? {
        let section = CaseSchema.ownFleet
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        return VehicleReader(context: context).fleet(
            entry.key, entries, at: entry.location, path: path, values: read
        ).map { ($0, read) }
    }

    private func responsive(
        _ entry: YamlEntry, _ entries: [YamlEntry], path: String
    ) -> (fleet: any Component, source: ReadValues)? {
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
        let vehicles = SamplingReader(context: context).wholeStays(sampling, path: "\(path).sampling", values: read)
        return made(from: read, vehicles) { vehicles throws(InputProblem) in
            try ResponsiveFleet(name: entry.key, vehicles: vehicles, values: read.values, time: context.time) {
                IncentiveResponse().share(charging: $0, discharging: $1)
            }
        }
    }

    private func charging(
        _ entry: YamlEntry, _ entries: [YamlEntry], path: String
    ) -> (fleet: any Component, source: ReadValues)? {
        let section = CaseSchema.chargingFleet
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        if let sampling = entries["sampling"], entries["sessions"] != nil {
            log.error(sampling.location, "\(path).sampling", "and sessions are both given. Keep one of them.")
            return nil
        }
        guard let vehicles = entries["sessions"] ?? entries["sampling"] else {
            log.error(
                entry.location, path,
                "has no vehicles. Add 'sessions': the name of a table with one row a stay, or 'sampling'.")
            return nil
        }
        let draws = (try? read.values.count("draws")) ?? 1
        let stays =
            vehicles.key == "sessions"
            ? SessionTable(context: context).read(vehicles, path: "\(path).sessions", values: read, isCyclic: true)
            : SamplingReader(context: context).wholeStays(
                vehicles, path: "\(path).sampling", values: read, draws: draws)
        return made(from: read, stays) { vehicles throws(InputProblem) in
            try ChargingFleet(name: entry.key, vehicles: vehicles, values: read.values, time: context.time)
        }
    }

    private func made<Fleet: Component>(
        from read: ReadValues, _ vehicles: [Vehicle]?, _ make: ([Vehicle]) throws(InputProblem) -> Fleet
    ) -> (fleet: any Component, source: ReadValues)? {
        guard let vehicles, read.isComplete, context.hasTime else { return nil }
        do throws(InputProblem) {
            return (try make(vehicles), read)
        } catch {
            read.report(error, to: log)
            return nil
        }
    }
}

extension SessionTable {
    /// The vehicles of the table that an entry names.
    func read(_ entry: YamlEntry, path: String, values: ReadValues, isCyclic: Bool = false) -> [Vehicle]? {
        guard let name = AttributeReader(context: context).text(entry.node, path: path),
            let declaration = context.tables.declaration(name, at: entry.node.location, path: path)
        else { return nil }
        return read(
            declaration, for: path, at: entry.node.location,
            chargeEfficiency: values.values.optionalNumber("charge_efficiency") ?? 1, isCyclic: isCyclic)
    }
}
