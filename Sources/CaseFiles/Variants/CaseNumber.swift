import Writing

/// A number that replaces the one that a case has at a path, or stands where the case leaves one out.
public struct CaseNumber: Sendable, Equatable {
    /// Dotted, as in variants: `carbon.ladder.base_price`.
    public let path: String
    /// In the unit that the case writes there; in its own units where it leaves the number out.
    public let value: Double
    /// As the case writes it; empty if it writes none, or before the case is read.
    public let unit: String

    public init(path: String, value: Double) { self.init(path: path, value: value, unit: "") }

    init(path: String, value: Double, unit: String) {
        self.path = path
        self.value = value
        self.unit = unit
    }
}

/// Puts numbers into a case: in place of one that it has, or, as a variant may, under a key that it leaves out. Whether
/// there is such a key the readers of the case know, and tell.
struct NumberOverlay {
    let log: DiagnosticLog

    /// - Returns: the number with its unit.
    func apply(_ number: CaseNumber, to root: inout YamlNode) -> CaseNumber {
        let asked = SourceLocation(file: number.path)
        let steps = number.path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        if let section = steps.first, VariantOverlay.Kind.variant.untouchable.contains(section) {
            log.error(asked, "'\(section)' says how the case is read, so no number of it can be changed.")
            return number
        }
        var node = root
        for (depth, step) in steps.enumerated() {
            let above = depth == 0 ? "the case" : "'\(steps[..<depth].joined(separator: "."))'"
            guard let entries = node.entries else {
                log.error(asked, "\(above) is \(node.shown), no map, so it has no '\(step)'.")
                return number
            }
            guard let entry = entries[step] else {
                let sections = steps.indices.dropLast().dropFirst(depth).map { steps[...$0].joined(separator: ".") }
                guard !steps.contains(""), sections.allSatisfy(CaseSchema.isSection) else {
                    log.error(
                        asked,
                        "there is no '\(step)' in \(above)."
                            + Sentence.suggestion(for: step, among: entries.map(\.key)))
                    return number
                }
                return put(number, unit: "", at: asked, in: &root)
            }
            node = entry.node
        }
        guard let text = node.text, let unit = Quantity.unitText(after: text) else {
            log.error(
                asked,
                "\(node.shown) is there (\(node.location.file):\(node.location.line ?? 0)), which is not a number."
                    + (node.entries.map { " Name a number in it, as \(number.path).\($0.first?.key ?? "…")." } ?? "")
            )
            return number
        }
        return put(number, unit: unit, at: node.location, in: &root)
    }

    private func put(
        _ number: CaseNumber, unit: String, at location: SourceLocation, in root: inout YamlNode
    ) -> CaseNumber {
        let value = NumberText.plain(number.value) + (unit.isEmpty ? "" : " \(unit)")
        let written = YamlNode(location: location, content: .scalar(value, quoted: true))
        root = VariantOverlay(kind: .variant, log: log)
            .apply([YamlEntry(key: number.path, location: location, node: written)], name: number.path, to: root)
        return CaseNumber(path: number.path, value: number.value, unit: unit)
    }
}

extension Quantity {
    /// The text after a number; nil if the text does not begin with one.
    static func unitText(after text: String) -> String? {
        guard let (_, rest) = leadingNumber(text.trimmingSpaces) else { return nil }
        let unit = rest.trimmingSpaces
        // A time or a date is not a number with a unit.
        guard unit.isEmpty || unit.first.map({ $0.isLetter || $0 == "%" || $0 == "1" }) == true else { return nil }
        return unit
    }
}
