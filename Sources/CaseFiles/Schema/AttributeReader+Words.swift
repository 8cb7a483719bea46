import Energy
import Foundation
import Writing

/// Whether a word may name something in a case.
package enum Identifier {
    package static func isValid(_ text: some StringProtocol) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter, text.utf8.count <= 60 else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
    static let rule = "Use letters, digits and '_', beginning with a letter."

    /// A valid spelling of a name.
    static func near(_ text: String) -> String {
        let plain = text.replacing("ß", with: "ss").folding(options: .diacriticInsensitive, locale: nil)
        let words = plain.split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        let joined = words.joined(separator: "_").prefix(50)
        return joined.first.map(\.isLetter) ?? false ? "\(joined)" : "c_\(joined)"
    }
}

extension AttributeReader {
    /// The text of a scalar, or a sentence about what is there instead.
    func scalar(_ node: YamlNode, _ wanted: String, path: String) -> String? {
        if let text = node.text, !node.isNull { return text }
        context.log.error(
            node.location, path, node.isNull ? Attribute.noValue : "must be \(wanted), but is \(node.shown).")
        return nil
    }

    func count(_ node: YamlNode, _ range: ClosedRange<Int>, path: String) -> Int? {
        guard let text = scalar(node, "a whole number", path: path) else { return nil }
        guard let value = Int(text), text.allSatisfy({ $0.isNumber || $0 == "-" }) else {
            context.log.error(node.location, path, "\(node.shown) is not a whole number.")
            return nil
        }
        guard range.contains(value) else {
            context.log.error(node.location, path, Attribute.outside(value, range))
            return nil
        }
        return value
    }

    func choice(_ node: YamlNode, _ words: [String], path: String) -> String? {
        guard let text = scalar(node, "one of \(words.joined(separator: ", "))", path: path) else { return nil }
        guard words.contains(text) else {
            let hint =
                Nearest.word(to: text, among: words).map { "Did you mean '\($0)'?" }
                ?? "Write one of: \(words.joined(separator: ", "))."
            context.log.error(node.location, path, "\(node.shown) is not known. \(hint)")
            return nil
        }
        return text
    }

    func flag(_ node: YamlNode, path: String) -> Bool? {
        switch node.content {
        case .scalar("true", _): return true
        case .scalar("false", _): return false
        default:
            context.log.error(node.location, path, Sentence.notAFlag(node.shown))
            return nil
        }
    }

    func text(_ node: YamlNode, path: String) -> String? {
        guard let text = scalar(node, "text", path: path) else { return nil }
        guard !text.trimmingSpaces.isEmpty else {
            context.log.error(node.location, path, Attribute.noValue)
            return nil
        }
        return text
    }

    /// A text that may be a tab or a space in quotation marks, for which its word is taken.
    func mark(_ node: YamlNode, path: String) -> String? {
        guard case .scalar(let text, quoted: true) = node.content, let word = CSVFormat.word(for: text) else {
            return self.text(node, path: path)
        }
        return word
    }

    func carrier(_ node: YamlNode, path: String) -> String? {
        guard let text = scalar(node, "the name of a carrier", path: path) else { return nil }
        return checkCarrier(text, at: node.location, path: path) ? text : nil
    }

    func checkCarrier(_ name: String, at location: SourceLocation, path: String) -> Bool {
        if context.carriers.contains(name) { return true }
        context.log.error(
            location, path,
            "the case declares no carrier '\(name)'."
                + Sentence.suggestion(for: name, among: context.carriers, called: "Carriers"))
        return false
    }

    /// Checks the name of something that the case names itself.
    func checkName(_ entry: YamlEntry, path: String) -> Bool {
        if Identifier.isValid(entry.key) { return true }
        let foreign = entry.key.first { $0.isLetter && !$0.isASCII }
        let letters = foreign.map { " '\($0)' is not one of a-z and A-Z: write \(Identifier.near(entry.key))." } ?? ""
        context.log.error(
            entry.location, path, "'\(entry.key.prefix(60))' cannot be a name. \(Identifier.rule)\(letters)")
        return false
    }

    /// The entries of a node that must be a map; none, with a sentence, if it is not.
    func map(_ node: YamlNode, path: String) -> [YamlEntry]? {
        if let entries = node.entries { return entries }
        context.log.error(
            node.location, path,
            node.isNull
                ? "has no value. Give a map of keys, or take it out." : "must be a map of keys, but is \(node.shown).")
        return nil
    }

    // MARK: Listing

    func list(
        _ value: AttributeValue, of attribute: Attribute, path: String, isDefault: Bool, at location: SourceLocation
    ) {
        let unit =
            switch attribute.kind {
            case .quantity(let dimension, _), .size(let dimension, _), .series(let dimension, _),
                .perCarrier(let dimension, _),
                .list(let dimension, _, _), .matrix(let dimension, _):
                context.units.engineSymbol(of: dimension)
            case .points(let x, let y, _):
                "\(context.units.engineSymbol(of: x)), \(context.units.engineSymbol(of: y))"
            default: ""
            }
        context.list(path, Self.shown(value), unit: unit, isDefault: isDefault, at: location)
    }

    static func shown(_ value: AttributeValue) -> String {
        switch value {
        case .number(let number): return NumberText.rounded(number)
        case .range(let range):
            return "to be decided, \(NumberText.rounded(range.lowerBound)) … \(NumberText.rounded(range.upperBound))"
        case .series(let series):
            guard let low = series.min(), let high = series.max() else { return "no values" }
            if low == high { return NumberText.rounded(low) }
            return "\(series.count) values, \(NumberText.rounded(low)) … \(NumberText.rounded(high))"
        case .perCarrier(let amounts):
            return "{" + amounts.map { "\($0.carrier): \(NumberText.rounded($0.amount))" }.joined(separator: ", ") + "}"
        case .points(let points):
            return "["
                + points.map { "[\(NumberText.rounded($0.x)), \(NumberText.rounded($0.y))]" }.joined(separator: ", ")
                + "]"
        case .matrix(let rows):
            return "["
                + rows.map { "[" + $0.map(NumberText.rounded).joined(separator: ", ") + "]" }.joined(separator: ", ")
                + "]"
        case .list(let list): return "[" + list.map(NumberText.rounded).joined(separator: ", ") + "]"
        case .count(let count): return "\(count)"
        case .text(let text): return text
        case .flag(let flag): return flag ? "true" : "false"
        }
    }
}
