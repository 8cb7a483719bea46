/// The parts of a YAML text that could make parsing take very long: anchors with aliases, keys that are entire maps,
/// and brackets in brackets.
///
/// The scan reads raw lines and ignores quotes and blocks of text, so that nothing can be hidden from it. Text that
/// only looks like an alias is accepted, unless there are many and also an anchor.
struct YamlScan {
    /// Aliases up to this number cannot make a file much larger.
    static let mostAliases = 5

    private(set) var hasAnchors = false
    /// Lines and columns of possible aliases.
    private(set) var aliases: [(line: Int, column: Int)] = []
    /// Lines and columns of `?` before a key.
    private(set) var longKeys: [(line: Int, column: Int)] = []
    /// The place where more brackets are open than any case needs, ignoring quotes: each costs the parser time at every
    /// later word.
    private(set) var tooDeep: (line: Int, column: Int)?
    private static let mostBrackets = 200
    private var brackets = 0

    mutating func read(_ line: Substring, _ number: Int) {
        // A line that begins with a number sign is a comment, or text: never a key, an anchor or an alias.
        guard let first = line.first(where: { !$0.isWhitespace }), first != "#" else { return }
        countBrackets(line, number)
        guard line.utf8.contains(where: { $0 == 0x26 || $0 == 0x2A || $0 == 0x3F }) else { return }
        var before: Unicode.Scalar = " "
        var begins = true
        let scalars = line.unicodeScalars
        var index = scalars.startIndex
        var column = 0
        while index < scalars.endIndex {
            let scalar = scalars[index]
            let after = scalars.index(after: index)
            column += 1
            let next = after < scalars.endIndex ? scalars[after] : " "
            // An indicator is at the beginning, after a space, or after a mark that ends another word.
            if Self.isSpace(before) || "[{,:-?".unicodeScalars.contains(before) {
                if scalar == "&", !Self.isSpace(next) { hasAnchors = true }
                if scalar == "*", !Self.isSpace(next) { aliases.append((number, column)) }
                if scalar == "?", Self.isSpace(next), begins || "[{,".unicodeScalars.contains(before) {
                    longKeys.append((number, column))
                }
            }
            if !Self.isSpace(scalar), !"-?:[{,".unicodeScalars.contains(scalar) { begins = false }
            if scalar == "," || scalar == "{" || scalar == "[" { begins = true }
            (before, index) = (scalar, after)
        }
    }

    private mutating func countBrackets(_ line: Substring, _ number: Int) {
        for (location, byte) in line.utf8.enumerated() {
            if byte == UInt8(ascii: "[") || byte == UInt8(ascii: "{") {
                brackets += 1
                if brackets > Self.mostBrackets, tooDeep == nil { tooDeep = (number, location + 1) }
            } else if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") {
                brackets = max(0, brackets - 1)
            }
        }
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar.properties.isWhitespace }
}
