/// Lays a variant's dotted keys over a case: each replaces the value at its path, adds it, or, where it is `null`,
/// takes it away.
struct VariantOverlay {
    let log: DiagnosticLog

    /// - Parameter root: the case without its `variants`.
    func apply(_ changes: [YamlEntry], variant: String, to root: YamlNode) -> YamlNode {
        var result = root
        for change in changes { result = apply(change, variant: variant, to: result) }
        return result
    }

    private func apply(_ change: YamlEntry, variant: String, to root: YamlNode) -> YamlNode {
        let steps = change.key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard !steps.contains("") else {
            log.error(
                change.place, "variants.\(variant)",
                "'\(change.key)' is no path. Write keys with dots between them, such as carbon.ladder.growth.")
            return root
        }
        if let section = steps.first, ["case", "variants", "units"].contains(section) {
            log.error(change.place, "variants.\(variant)", "'\(section)' cannot be changed by a variant.")
            return root
        }
        return replace(steps[...], of: root, by: change, variant: variant, walked: [])
    }

    private func replace(
        _ steps: ArraySlice<String>, of node: YamlNode, by change: YamlEntry, variant: String, walked: [String]
    ) -> YamlNode {
        guard let step = steps.first else { return change.node }
        let path = "variants.\(variant).\(change.key)"
        let above = walked.isEmpty ? "the case" : "'\(walked.joined(separator: "."))'"
        guard var entries = node.entries else {
            log.error(change.place, path, "\(above) is no map, so it has no '\(step)'.")
            return node
        }
        let isLast = steps.count == 1
        guard let position = entries.firstIndex(where: { $0.key == step }) else {
            if isLast, !change.node.isNull {
                entries.append(YamlEntry(key: step, place: change.place, node: change.node))
                return YamlNode(place: node.place, content: .map(entries))
            }
            log.error(
                change.place, path,
                "there is no '\(step)' in \(above)." + Sentence.suggestion(for: step, among: entries.map(\.key)))
            return node
        }
        if isLast, change.node.isNull {
            entries.remove(at: position)
        } else if isLast {
            entries[position].place = change.place
            entries[position].node = change.node
        } else {
            entries[position].node = replace(
                steps.dropFirst(), of: entries[position].node, by: change, variant: variant, walked: walked + [step])
        }
        return YamlNode(place: node.place, content: .map(entries))
    }
}
