/// Applies the dotted keys of a variant or of a typical day to a case: each replaces the value at its path, adds it,
/// with its section if the case leaves that out, or, if it is `null`, removes it.
struct VariantOverlay {
    /// What changes the case.
    enum Kind: String {
        case variant, day

        var section: String { "\(self)s" }
        /// Sections that it may not change; of `time`, a day may change the start.
        var untouchable: Set<String> {
            switch self {
            case .variant: ["case", "variants", "units"]
            case .day: ["case", "variants", "units", "time", "economics", "days", "indices", "game", "optimiser"]
            }
        }
    }

    static let mostChanges = 5_000

    let kind: Kind
    let log: DiagnosticLog

    /// - Parameter root: the case without its `variants`.
    func apply(_ changes: [YamlEntry], name: String, to root: YamlNode) -> YamlNode {
        // Each change searches for its place among all keys.
        guard changes.count <= Self.mostChanges else {
            log.error(
                changes[0].location, "\(kind.section).\(name)",
                "makes \(changes.count) changes; at most \(Self.mostChanges) are taken. Write a case of its own.")
            return root
        }
        var result = root
        for change in changes { result = apply(change, name: name, to: result) }
        return result
    }

    private func apply(_ change: YamlEntry, name: String, to root: YamlNode) -> YamlNode {
        let steps = change.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !steps.contains("") else {
            log.error(
                change.location, "\(kind.section).\(name)",
                "'\(change.key)' is not a path. Write keys with dots between them, such as carbon.ladder.growth.")
            return root
        }
        // Of a table of a year each typical day takes its own hours.
        let mayMove = kind == .day && steps == ["time", "start"]
        if let section = steps.first, kind.untouchable.contains(section), !mayMove {
            log.error(change.location, "\(kind.section).\(name)", "'\(section)' cannot be changed by a \(kind).")
            return root
        }
        return replace(steps[...], of: root, by: change, name: name, walked: [])
    }

    private func replace(
        _ steps: ArraySlice<String>, of node: YamlNode, by change: YamlEntry, name: String, walked: [String]
    ) -> YamlNode {
        guard let step = steps.first else { return change.node }
        let path = "\(kind.section).\(name).\(change.key)"
        let above = walked.isEmpty ? "the case" : "'\(walked.joined(separator: "."))'"
        guard var entries = node.entries else {
            log.error(change.location, path, "\(above) is not a map, so it has no '\(step)'.")
            return node
        }
        let isLast = steps.count == 1
        guard let position = entries.firstIndex(where: { $0.key == step }) else {
            if isLast, !change.node.isNull {
                entries.append(YamlEntry(key: step, location: change.location, node: change.node))
                return YamlNode(location: node.location, content: .map(entries))
            }
            // A section that is left out has its defaults, as an empty one.
            if !isLast, !change.node.isNull, CaseSchema.isSection((walked + [step]).joined(separator: ".")) {
                let empty = YamlNode(location: change.location, content: .map([]))
                let filled = replace(
                    steps.dropFirst(), of: empty, by: change, name: name, walked: walked + [step])
                entries.append(YamlEntry(key: step, location: change.location, node: filled))
                return YamlNode(location: node.location, content: .map(entries))
            }
            log.error(
                change.location, path,
                "there is no '\(step)' in \(above)." + Sentence.suggestion(for: step, among: entries.map(\.key)))
            return node
        }
        if isLast, change.node.isNull {
            entries.remove(at: position)
        } else if isLast {
            entries[position].location = change.location
            entries[position].node = change.node
        } else {
            entries[position].node = replace(
                steps.dropFirst(), of: entries[position].node, by: change, name: name, walked: walked + [step])
        }
        return YamlNode(location: node.location, content: .map(entries))
    }
}
