import Energy
import Writing

extension CaseSchema {
    /// One key of the case format, as a printed schema shows it.
    public struct Row: Sendable, Hashable {
        public let section: String
        public let name: String
        /// Such as `number`, `series`, `true or false`, `one of a, b`.
        public let kind: String
        /// The engine's unit; empty for words.
        public let unit: String
        /// Range in the engine's unit; empty if every value is allowed.
        public let range: String
        /// The value if the key is left out: a value, `required` or `none`.
        public let standard: String
        public let meaning: String
    }

    /// Every key of the format, section by section.
    public static var rows: [Row] { sections().flatMap(rows(of:)) }

    public static func rows(of section: Section) -> [Row] {
        section.attributes.map { attribute in
            let (kind, unit, range) = describe(attribute.kind)
            let standard =
                switch attribute.need {
                case .required: "required"
                case .optional: "none"
                case .standard(let value): AttributeReader.shown(value)
                }
            return Row(
                section: section.path, name: attribute.name, kind: kind, unit: unit, range: range, standard: standard,
                meaning: attribute.meaning)
        }
            + section.parts.map {
                Row(
                    section: section.path, name: $0.name, kind: $0.kind, unit: "", range: "", standard: "",
                    meaning: $0.meaning)
            }
    }

    private static func describe(_ kind: Attribute.Kind) -> (kind: String, unit: String, range: String) {
        switch kind {
        case .quantity(let dimension, let range): ("number", dimension.unit, text(range))
        case .size(let dimension, let range): ("number or {min, max}", dimension.unit, text(range))
        case .series(let dimension, let range): ("series", dimension.unit, text(range))
        case .perCarrier(let dimension, let range): ("number per carrier", dimension.unit, text(range))
        case .points(let x, let y, let minimum): ("\(minimum) or more pairs", "\(x.unit), \(y.unit)", "")
        case .list(let dimension, let range, let count): ("\(count) numbers", dimension.unit, text(range))
        case .matrix(let dimension, let range): ("rows of numbers", dimension.unit, text(range))
        case .count(let range):
            ("whole number", "", "\(range.lowerBound) …\(range.upperBound == Int.max ? "" : " \(range.upperBound)")")
        case .choice(let words): ("one of \(words.joined(separator: ", "))", "", "")
        case .flag: ("true or false", "", "")
        case .text, .mark: ("text", "", "")
        case .carrier: ("carrier", "", "")
        }
    }

    private static func text(_ range: ClosedRange<Double>) -> String {
        let low = range.lowerBound > -1e6 ? NumberText.rounded(range.lowerBound) : ""
        let high = range.upperBound < 1e6 ? NumberText.rounded(range.upperBound) : ""
        return low.isEmpty && high.isEmpty ? "" : "\(low) … \(high)".trimmingSpaces
    }

    /// The whole format as text, one heading per section and one line per key.
    public static func text(_ components: ComponentCatalogue = .standard) -> String {
        sections(components).map { section in
            let heading = section.path.isEmpty ? "top level" : section.path
            let lines = rows(of: section).map { row in
                var facts = [row.kind]
                if !row.unit.isEmpty, row.unit != "1" { facts.append(row.unit) }
                if !row.range.isEmpty { facts.append(row.range) }
                if row.standard == "required" {
                    facts.append("required")
                } else if !row.standard.isEmpty, row.standard != "none" {
                    facts.append("default \(row.standard)")
                }
                return "  \(row.name) (\(facts.joined(separator: "; "))): \(row.meaning)"
            }
            return "\(heading): \(section.meaning)\n" + lines.joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
