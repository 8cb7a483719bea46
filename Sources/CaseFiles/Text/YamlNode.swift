/// A value of a YAML file with its location. Scalars are kept as text.
struct YamlNode: Sendable {
    indirect enum Content: Sendable {
        case scalar(String, quoted: Bool)
        case map([YamlEntry])
        case list([YamlNode])
    }

    var location: SourceLocation
    var content: Content

    var entries: [YamlEntry]? {
        if case .map(let entries) = content { entries } else { nil }
    }
    var items: [YamlNode]? {
        if case .list(let items) = content { items } else { nil }
    }
    var text: String? {
        if case .scalar(let text, _) = content { text } else { nil }
    }

    /// Nothing, `~` or `null`: in a variant, the request to remove a key.
    var isNull: Bool {
        guard case .scalar(let text, quoted: false) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The text if a message can repeat it, else the kind of value.
    var shown: String {
        switch content {
        case .scalar(let text, _): "'\(text.count > 60 ? text.prefix(57) + "…" : text[...])'"
        case .map: "a map"
        case .list: "a list"
        }
    }
}

/// A key of a map with its value, in file order.
struct YamlEntry: Sendable {
    var key: String
    var location: SourceLocation
    var node: YamlNode
}

extension [YamlEntry] {
    subscript(_ key: String) -> YamlEntry? { first { $0.key == key } }
}
