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
        let hasStrategy = entries["strategy"] != nil
        let section = hasStrategy ? CaseSchema.chargingFleet : mayRespond ? CaseSchema.fleet : CaseSchema.ownFleet
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        let fleet =
            hasStrategy
            ? charging(entry.key, read)
            : mayRespond
                ? responsive(entry.key, read)
                // As a station's.
                : VehicleReader(context: context).fleet(
                    entry.key, entries, at: entry.location, path: path, values: read)
        return fleet.map { ($0, read) }
    }

    private func responsive(_ name: String, _ read: ReadValues) -> (any Component)? {
        guard let sampling = read.entries["sampling"] else {
            log.error(
                read.location, read.path,
                Sentence.missing("sampling", "Vehicles drawn from distributions, as {count: 30, …}.")
            )
            return nil
        }
        let vehicles = SamplingReader(context: context)
            .wholeStays(sampling, path: "\(read.path).sampling", values: read)
        return made(from: read, vehicles) { vehicles throws(InputProblem) in
            try ResponsiveFleet(name: name, vehicles: vehicles, values: read.values, time: context.time) {
                IncentiveResponse().share(charging: $0, discharging: $1)
            }
        }
    }

    private func charging(_ name: String, _ read: ReadValues) -> (any Component)? {
        let (sessions, sampling) = (read.entries["sessions"], read.entries["sampling"])
        if let sampling, sessions != nil {
            log.error(sampling.location, "\(read.path).sampling", "and sessions are both given. Keep one of them.")
            return nil
        }
        let vehicles: [Vehicle]?
        if let sessions {
            vehicles = SessionTable(context: context)
                .read(sessions, path: "\(read.path).sessions", values: read, isCyclic: true)
        } else if let sampling {
            vehicles = SamplingReader(context: context).wholeStays(
                sampling, path: "\(read.path).sampling", values: read, draws: (try? read.values.count("draws")) ?? 1)
        } else {
            log.error(
                read.location, read.path,
                "has no vehicles. Add 'sessions': the name of a table with one row a stay, or 'sampling'.")
            return nil
        }
        return made(from: read, vehicles) { vehicles throws(InputProblem) in
            try ChargingFleet(name: name, vehicles: vehicles, values: read.values, time: context.time)
        }
    }

    private func made<Fleet: Component>(
        from read: ReadValues, _ vehicles: [Vehicle]?, _ make: ([Vehicle]) throws(InputProblem) -> Fleet
    ) -> Fleet? {
        guard let vehicles, read.isComplete, context.hasTime else { return nil }
        return read.made(telling: log) { () throws(InputProblem) in try make(vehicles) }
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
