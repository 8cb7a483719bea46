import Energy
import Writing

/// The sentences of messages that several readers share.
enum Sentence {
    /// ` Did you mean 'capacity'?`, or the known words if none is near, or nothing if none is known.
    static func suggestion(for word: String, among known: [String], called name: String = "Known here") -> String {
        if let nearest = Nearest.word(to: word, among: known) { return " Did you mean '\(nearest)'?" }
        guard !known.isEmpty else { return "" }
        let shown = known.prefix(30).joined(separator: ", ")
        return " \(name): \(shown)\(known.count > 30 ? ", …" : "")."
    }

    static func unknownKey(_ key: String, among known: [String]) -> String {
        "unknown key.\(suggestion(for: key, among: known, called: "Known keys"))"
    }

    /// `line 3`, `lines 3, 5` or `lines 3, 5, 8, …`.
    static func lines(_ numbers: [Int]) -> String {
        "line\(numbers.count == 1 ? "" : "s") " + numbers.prefix(3).map { "\($0)" }.joined(separator: ", ")
            + (numbers.count > 3 ? ", …" : "")
    }

    static func missing(_ key: String, _ meaning: String) -> String {
        "'\(key)' is missing. Add it: \(meaning.first.map { $0.lowercased() + meaning.dropFirst() } ?? "")"
    }

    /// A time in the hour that a clock skips.
    static func noSuchTime(_ text: String, on clock: LocalClock?) -> String {
        "'\(text)' is a time that clocks in \(clock?.name ?? "UTC") never showed: they were put forward over it. "
            + "Write its "
            + "offset from UTC, as in \(text)+01:00."
    }

    /// Advice for dates such as 10/27/2024; empty for other texts.
    static func dayOrMonthFirst(_ text: String) -> String {
        let parts = text.prefix { $0 != " " && $0 != "T" }.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isNumber) }), parts[0].count < 4
        else {
            return ""
        }
        return " Whether its day or its month comes first is not said."
    }

    /// Why a case cannot refer to a column of that name.
    static func noColumnName(_ name: String) -> String {
        "cannot be referred to: names of columns consist of letters, digits and '_'. Rename it in the file, as "
            + "\(Identifier.near(name))."
    }

    static func wrongDimension(_ text: String, _ unit: Unit, needed dimension: Dimension, _ units: UnitSystem) -> String
    {
        let symbol = units.engineSymbol(of: dimension)
        let needed = symbol == "1" ? "is needed" : "(\(symbol)) is needed"
        let hint =
            units.lacksHeatingValue(unit, for: dimension)
            ? " Volumes are read as energy where 'carriers' gives their carrier a heating_value." : ""
        return "\(text) is \(units.noun(for: unit)), but \(dimension.noun) \(needed).\(hint)"
    }

    static func unknownUnit(_ symbol: String, in text: String, _ units: UnitSystem) -> String {
        let hint =
            units.suggestion(for: symbol).map { " Did you mean '\($0)'?" }
            ?? (units.isOtherMoney(symbol)
                ? " Money is in \(units.currency) here; units: {currency: …} names another." : "")
        return "'\(symbol)' in '\(text)' is not a known unit.\(hint)"
    }

    static func notANumber(_ shown: String, needed dimension: Dimension, _ units: UnitSystem) -> String {
        let symbol = units.engineSymbol(of: dimension)
        let example = symbol == "1" ? "0.5 or 50 %" : "12 \(symbol)"
        return "\(shown) is not a number\(symbol == "1" ? "" : " with a unit"). Write it as in \(example)."
    }

    static func notAFlag(_ shown: String) -> String { "\(shown) is neither true nor false. Write true or false." }
}
