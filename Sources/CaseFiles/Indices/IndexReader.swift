import Energy
import Writing

/// Reads `indices`: numbers that the case defines as weighted sums of its results.
struct IndexReader {
    let context: CaseContext
    private var log: DiagnosticLog { context.log }
    private var reader: AttributeReader { AttributeReader(context: context) }

    /// Names of results that stand beside indices, in a table's columns.
    private static let taken = ["cost", "emission", "payoff", "investment", "operation", "gap", "distance"]
    static let weights = -1e12...1e12

    /// - Parameter system: of the case; nil where it could not be read, so that nobody knows what it has results for.
    func read(_ entry: YamlEntry, of system: EnergySystem?) -> [NamedIndex] {
        guard let entries = reader.map(entry.node, path: "indices") else { return [] }
        if entries.isEmpty {
            log.error(entry.location, "indices", "is empty. Add an index, as {bill: {terms: {cost: 1}}}.")
        }
        let sources = system.flatMap(Self.sources)
        var indices: [NamedIndex] = []
        for (k, entry) in entries.enumerated() {
            let index = index(
                entry, after: entries[..<k].map(\.key), before: entries[(k + 1)...].map(\.key), sources: sources)
            if let index { indices.append(index) }
        }
        return indices
    }

    /// What a system has results for, by name; nil where its model cannot be built, which is reported elsewhere.
    private static func sources(of system: EnergySystem) -> [(name: String, quantity: SystemQuantity)]? {
        guard let built = try? system.build(system.parties.map(\.name), minimising: []) else { return nil }
        return SystemQuantity.all(of: system, built.ledgers).map { ($0.name, $0) }
    }

    private func index(
        _ entry: YamlEntry, after earlier: [String], before later: [String],
        sources: [(name: String, quantity: SystemQuantity)]?
    ) -> NamedIndex? {
        let (name, path) = (entry.key, "indices.\(entry.key)")
        guard reader.checkName(entry, path: path) else { return nil }
        if Self.taken.contains(name) {
            log.error(entry.location, path, "is the name of a result that stands beside it. Choose another.")
        }
        guard let entries = reader.map(entry.node, path: path) else { return nil }
        let section = CaseSchema.index
        let read = reader.read(
            entries, at: entry.location, path: path, schema: section.attributes, others: section.partNames)
        let unit = read.values.optionalText("unit") ?? "1"
        if let sign = unit.first(where: { "[]".contains($0) || $0.isNewline }) {
            log.error(
                read.location(of: "unit"), "\(path).unit",
                "holds \(sign.isNewline ? "a line break" : "'\(sign)'"), which no heading of a table may. Take it out.")
        }
        guard let termsEntry = entries["terms"] else {
            log.error(
                entry.location, path,
                Sentence.missing("terms", "Weights by result, as {cost: 1, energy of operator.grid.electricity: 0.1}."))
            return nil
        }
        guard let weights = reader.map(termsEntry.node, path: "\(path).terms") else { return nil }
        if weights.isEmpty {
            log.error(termsEntry.location, "\(path).terms", "is empty. Name a result with its weight, as {cost: 1}.")
        }
        let terms = weights.compactMap { entry -> NamedIndex.Term? in
            let own = "\(path).terms.\(entry.key)"
            let source = source(entry, of: name, path: own, after: earlier, before: later, sources: sources)
            guard let weight = reader.quantity(entry.node, .ratio, Self.weights, path: own) else { return nil }
            context.list(own, NumberText.rounded(weight), at: entry.location)
            return source.map { NamedIndex.Term(weight, $0) }
        }
        return NamedIndex(
            name, unit: unit, constant: read.values.optionalNumber("constant") ?? 0, terms)
    }

    /// What a term weights; nil where that is not known.
    private func source(
        _ entry: YamlEntry, of own: String, path: String, after earlier: [String], before later: [String],
        sources: [(name: String, quantity: SystemQuantity)]?
    ) -> NamedIndex.Source? {
        if earlier.contains(entry.key) { return .index(entry.key) }
        guard let sources else { return nil }
        if let source = sources.first(where: { $0.name == entry.key }) { return .quantity(source.quantity) }
        if entry.key == own {
            log.error(entry.location, path, "is the index itself. Take it out.")
            return nil
        }
        if later.contains(entry.key) {
            log.error(entry.location, path, "stands below. An index holds those above it: move '\(entry.key)' up.")
            return nil
        }
        let known = sources.map(\.name)
        if let kind = Self.ofFlows.first(where: entry.key.hasPrefix) {
            let flow = String(entry.key.dropFirst(kind.count))
            let flows = known.filter { $0.hasPrefix(kind) }.map { String($0.dropFirst(kind.count)) }
            log.error(
                entry.location, path,
                "there is no flow '\(flow.prefix(60))'."
                    + Sentence.suggestion(for: flow, among: flows, called: "Flows"))
            return nil
        }
        let others = known.filter { name in !Self.ofFlows.contains(where: name.hasPrefix) }
        log.error(
            entry.location, path,
            "there is no result '\(entry.key.prefix(60))'."
                + Sentence.suggestion(
                    for: entry.key, among: earlier + others + Self.ofFlows.map { $0 + Self.anyFlow }, called: "Results")
        )
        return nil
    }

    private static let ofFlows = ["energy of ", "peak of "]
    private static let anyFlow = "<party>.<component>.<carrier>"
}
