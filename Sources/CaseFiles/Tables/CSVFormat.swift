import Energy

/// How the text of a table is written: what separates its cells, what marks decimals, and what stands between
/// thousands.
public struct CSVFormat: Sendable, Hashable {
    let separator: Character
    let decimal: Character
    /// nil where nothing does.
    let thousands: Character?
    /// Whether a case or an option may say it.
    var mayBeDeclared = true

    /// Commas between cells, decimal points, nothing between thousands.
    public static let standard = CSVFormat()

    /// The same where nothing can be declared: in tables that the program itself writes.
    static let fixed = {
        var format = standard
        format.mayBeDeclared = false
        return format
    }()

    static let separators: KeyValuePairs<String, Character> = [",": ",", ";": ";", "|": "|", "tab": "\t"]
    static let decimals: KeyValuePairs<String, Character> = [".": ".", ",": ","]
    static let marks: KeyValuePairs<String, Character> = [".": ".", ",": ",", "'": "'", "space": " "]

    /// What a case calls a mark that it writes as it is; nil where it is none.
    static func word(for mark: String) -> String? {
        [separators, decimals, marks].joined().first { "\($0.value)" == mark }?.key
    }

    private init() { (separator, decimal, thousands) = (",", ".", nil) }

    /// - Parameters:
    ///   - separator, decimal, thousands: as a case or an option writes them; nil for what is usual.
    /// - Throws: `InputProblem` for a word that is not known, and for one mark with two meanings.
    public init(separator: String?, decimal: String?, thousands: String?) throws(InputProblem) {
        func mark(
            _ key: String, _ word: String?, _ known: KeyValuePairs<String, Character>
        ) throws(InputProblem) -> Character? {
            guard let word else { return nil }
            if let found = known.first(where: { $0.key == word || "\($0.value)" == word }) { return found.value }
            let words = known.map { "'\($0.key)'" }.joined(separator: ", ")
            throw InputProblem(at: key, "'\(word.prefix(20))' is none of \(words). Write one of these.")
        }
        self.separator = try mark("separator", separator, Self.separators) ?? ","
        self.decimal = try mark("decimal", decimal, Self.decimals) ?? "."
        self.thousands = try mark("thousands", thousands, Self.marks)
        if self.thousands == self.decimal {
            throw InputProblem(
                at: "thousands", "is '\(self.decimal)', which marks decimals. Name another mark, or leave it out.")
        }
        for (key, mark) in [("decimal", self.decimal), ("thousands", self.thousands)] where mark == self.separator {
            throw InputProblem(
                at: key,
                "is '\(self.separator)', which separates cells too. Declare what separates them, as separator: \";\".")
        }
    }

    private var isUsual: Bool { decimal == "." && thousands == nil }

    /// A finite decimal number that is the whole cell.
    func number(_ cell: String) -> Double? {
        if isUsual { return Quantity.plainNumber(cell) }
        let parts = cell.split(separator: decimal, maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let whole = ungrouped(first) else { return nil }
        guard parts.count == 2 else { return Quantity.plainNumber(whole) }
        return parts[1].contains { ".,".contains($0) } ? nil : Quantity.plainNumber("\(whole).\(parts[1])")
    }

    /// The digits before the decimal mark without marks between thousands; nil where other marks stand there, or not
    /// every three digits.
    private func ungrouped(_ text: Substring) -> String? {
        guard let thousands else { return text.contains { ".,".contains($0) } ? nil : String(text) }
        let isMark: (Character) -> Bool = {
            $0 == thousands || thousands == " " && ($0 == "\u{00A0}" || $0 == "\u{202F}")
        }
        let sign = text.first.map { "+-".contains($0) } == true ? text.prefix(1) : ""
        let groups = text.dropFirst(sign.count).split(omittingEmptySubsequences: false, whereSeparator: isMark)
        guard !groups.contains(where: { $0.contains { ".,".contains($0) } }) else { return nil }
        if groups.count > 1 {
            guard let first = groups.first, (1...3).contains(first.count),
                groups.dropFirst().allSatisfy({ $0.count == 3 }),
                groups.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } })
            else { return nil }
        }
        return sign + groups.joined()
    }

    /// Why a cell is not a number.
    func noNumber(_ cell: String) -> String {
        guard !isUsual, let mark = cell.first(where: { ".,".contains($0) && ($0 != decimal) && ($0 != thousands) }),
            cell.allSatisfy({ $0.isASCII && ($0.isNumber || ".,+-' eE".contains($0)) })
        else { return TableColumn.noNumber(cell, mayDeclare: mayBeDeclared) }
        return "'\(cell.prefix(60))' has a \(mark == "." ? "point" : "comma"), but the table is declared with the "
            + "decimal mark '\(decimal)'"
            + (thousands.map { " and '\($0)' between thousands" } ?? "") + ". Correct the cell or the declaration."
    }
}
