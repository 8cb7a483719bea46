import Energy
import EnergyGames

/// Reads `coalition`: how the gain of trades is found and divided.
struct CoalitionReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// - Parameters:
    ///   - location: of the section, or where it would be.
    ///   - offers: the trades of the case.
    /// - Returns: nil where it could not be read.
    func read(
        _ entry: YamlEntry?, at location: SourceLocation, members: [CoalitionTerms.Member],
        offers: [CoalitionTerms.Offer]
    ) -> CoalitionTerms? {
        let section = CaseSchema.coalition
        guard let entries = entry.map({ reader.map($0.node, path: "coalition") }) ?? [] else { return nil }
        let read = reader.read(
            entries, at: entry?.location ?? location, path: "coalition", schema: section.attributes,
            others: section.partNames)
        guard let weights = weights(entries["weights"], members.map(\.name)), read.isComplete else { return nil }
        let division = read.values.optionalText("division").flatMap(CoalitionTerms.Division.init) ?? .nash
        if let given = entries["weights"], division != .nash {
            log.error(
                given.location, "coalition.weights",
                "has no effect, because the division is \(division.rawValue), which has no weights. Take one of them out."
            )
            return nil
        }
        return CoalitionTerms(
            members: members, offers: offers, division: division, weights: weights,
            method: read.values.optionalText("method").flatMap(CoalitionTerms.Method.init) ?? .central,
            gap: read.values.optionalNumber("gap") ?? 1e-4, rounds: (try? read.values.count("rounds")) ?? 500)
    }

    private func weights(_ entry: YamlEntry?, _ names: [String]) -> CoalitionTerms.Weights? {
        let path = "coalition.weights"
        guard let entry else { return .equal }
        guard let entries = entry.node.entries else {
            guard let word = reader.choice(entry.node, ["equal", "contribution"], path: path) else { return nil }
            context.list(path, word, at: entry.location)
            return word == "equal" ? .equal : .contribution
        }
        let given = names.map { name in
            Attribute(name, .quantity(.ratio, 1e-6...1e6), .required, "weight of \(name).")
        }
        let read = reader.read(entries, at: entry.location, path: path, schema: given)
        guard read.isComplete else { return nil }
        return .given(names.compactMap { read.values.optionalNumber($0) })
    }
}
