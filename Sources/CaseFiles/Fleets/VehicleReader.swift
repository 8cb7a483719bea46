import Energy

/// Reads what a party knows of its vehicles: stays in a table, stays drawn from distributions, or an envelope of all.
struct VehicleReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    private static let ways = CaseSchema.fleetWays.map(\.name)

    /// - Returns: nil where the fleet could not be read.
    func fleet(
        _ name: String, _ entries: [YamlEntry], at location: SourceLocation, path: String, values read: ReadValues
    ) -> (any Component)? {
        let given = entries.filter { Self.ways.contains($0.key) }
        guard given.count < 2 else {
            log.error(
                given[1].location, "\(path).\(given[1].key)", "and \(given[0].key) are both given. Keep one of them.")
            return nil
        }
        switch given.first {
        case let entry? where entry.key == "envelope":
            return aggregateFleet(name, entry, path: "\(path).envelope", station: read)
        case let entry?:
            let vehicles =
                entry.key == "sessions"
                ? SessionTable(context: context).read(entry, path: "\(path).sessions", values: read)
                : SamplingReader(context: context).read(entry, path: "\(path).sampling", values: read)
            guard let vehicles, context.hasTime, read.isComplete else { return nil }
            return read.made(telling: log) { () throws(InputProblem) in
                try EVFleet(name: name, vehicles: vehicles, values: read.values, time: context.time)
            }
        case nil:
            log.error(
                location, path,
                "has no vehicles. Add 'sessions': the name of a table with one row a stay.")
            return nil
        }
    }

    private func aggregateFleet(_ name: String, _ entry: YamlEntry, path: String, station: ReadValues)
        -> AggregateFleet?
    {
        for key in EVFleet.keysOfVehicles where station.values.written.contains(key) {
            log.error(
                station.location(of: key), "\(station.path).\(key)",
                "has no effect, because an envelope tells no vehicles apart. Take it out, or give 'sessions'.")
        }
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let read = reader.read(entries, at: entry.location, path: path, schema: CaseSchema.envelope.attributes)
        guard context.hasTime, read.isComplete, station.isComplete else { return nil }
        var values: [String: AttributeValue] = [:]
        for attribute in FleetOperation.attributes { values[attribute.name] = station.values[attribute.name] }
        for attribute in AggregateFleet.envelopeAttributes { values[attribute.name] = read.values[attribute.name] }
        return read.made(telling: log) { () throws(InputProblem) in
            try AggregateFleet(name: name, values: AttributeValues(values), time: context.time)
        }
    }
}
