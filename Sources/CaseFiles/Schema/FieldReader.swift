import Energy

/// Reads the fields of a file that knows no units or tables: numbers, words, and lists and maps of them.
///
/// Every error goes to the log, and the value is nil.
struct FieldReader {
    let log: DiagnosticLog

    /// The entries of a map, with all keys known and all required keys present.
    func fields(
        _ node: YamlNode, _ known: KeyValuePairs<String, String>, optional: Set<String> = [], path: String
    ) -> [YamlEntry]? {
        guard let entries = map(node, path: path) else { return nil }
        let errors = log.errorCount
        let names = known.map(\.key)
        for entry in entries where !names.contains(entry.key) {
            log.error(entry.location, Self.join(path, entry.key), Sentence.unknownKey(entry.key, among: names))
        }
        for (name, meaning) in known where !optional.contains(name) && entries[name] == nil {
            log.error(node.location, path, Sentence.missing(name, meaning))
        }
        return log.errorCount == errors ? entries : nil
    }

    func map(_ node: YamlNode, path: String) -> [YamlEntry]? {
        if let entries = node.entries { return entries }
        log.error(node.location, path, "must be a map of keys, but is \(node.shown).")
        return nil
    }

    func items(_ node: YamlNode, path: String) -> [YamlNode]? {
        if let items = node.items { return items }
        log.error(node.location, path, "must be a list, but is \(node.shown).")
        return nil
    }

    func number(_ node: YamlNode, path: String) -> Double? {
        guard case .scalar(let text, quoted: false) = node.content, let value = Double(text), value.isFinite,
            text.allSatisfy({ "0123456789+-.eE".contains($0) })
        else {
            log.error(node.location, path, "\(node.shown) is not a number. Write it as in 0.5 or -3, without quotes.")
            return nil
        }
        return value
    }

    func numbers(_ node: YamlNode, path: String) -> [Double]? {
        list(node, path: path) { number($0, path: $1) }
    }

    func wholeNumber(_ node: YamlNode, path: String) -> Int? {
        guard let number = number(node, path: path) else { return nil }
        if let whole = Int(exactly: number) { return whole }
        log.error(node.location, path, "\(node.shown) is not a whole number.")
        return nil
    }

    /// Every item of a list; nil where one cannot be read.
    func list<Item>(_ node: YamlNode, path: String, _ read: (YamlNode, _ path: String) -> Item?) -> [Item]? {
        guard let items = items(node, path: path) else { return nil }
        let found = items.enumerated().compactMap { read($1, "\(path)[\($0)]") }
        return found.count == items.count ? found : nil
    }

    func text(_ node: YamlNode, path: String) -> String? {
        if let text = node.text, !node.isNull, !text.trimmingSpaces.isEmpty { return text }
        log.error(node.location, path, node.text == nil ? "must be text, but is \(node.shown)." : Attribute.noValue)
        return nil
    }

    func flag(_ node: YamlNode, path: String) -> Bool? {
        if case .scalar("true", quoted: false) = node.content { return true }
        if case .scalar("false", quoted: false) = node.content { return false }
        log.error(node.location, path, Sentence.notAFlag(node.shown))
        return nil
    }

    func choice(_ node: YamlNode, _ words: [String], path: String) -> String? {
        if let text = node.text, words.contains(text) { return text }
        let hint = node.text.flatMap { Nearest.word(to: $0, among: words) }.map { "Did you mean '\($0)'?" }
        log.error(
            node.location, path,
            "\(node.shown) is not known. \(hint ?? "Write one of: \(words.joined(separator: ", ")).")")
        return nil
    }

    static func join(_ path: String, _ key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }
}
