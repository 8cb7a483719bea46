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
        let said = HeaderUnit(name, UnitSystem(), anyCurrency: true)
        let advice =
            if case .unknown(let unit) = said {
                ", with a known unit in brackets behind it, which '\(unit)' is not. Known are "
                    + "\(UnitSystem(currency: "EUR").allKnown), EUR being the case's currency."
            } else { "." }
        return "cannot be referred to: names of columns consist of letters, digits and '_'. Rename it in the file, as "
            + HeaderUnit.rewritten(name, said).header + advice
    }

    /// Why a column's unit is not read, and where the case may say another.
    ///
    /// - Parameter mayHaveFactor: whether a factor may stand before the column where it is used.
    static func unknownUnit(
        _ symbol: String, of column: CSVText.Column, _ dimension: Dimension, mayHaveFactor: Bool, _ units: UnitSystem
    ) -> String {
        let sentence = unknownUnit(symbol, in: column.header, units)
        guard let declared = column.declared else { return sentence }
        let known = "\(sentence) Known are \(units.allKnown)."
        guard let advice = declaration(of: column, units.bareUnit(of: dimension)) else { return known }
        let symbol = units.bareUnit(of: dimension).symbol
        guard mayHaveFactor else { return "\(known) If its numbers are in \(symbol), say so, as \(advice)." }
        let names = declared.split(separator: ".")
        return
            "\(known) If its numbers are in \(symbol), say so, as \(advice). If they are in no known unit, unit: 1 takes "
            + "them as plain numbers for a factor, as in 0.01 \(symbol) * \(names.dropFirst().first ?? "").\(names.last ?? "")."
    }

    /// Words in parentheses where a unit could be.
    static func noUnit(_ remark: String, of column: CSVText.Column, _ unit: Unit) -> String {
        "'\(remark)' in '\(column.header)' is no unit, so its numbers are taken in \(unit.symbol). "
            + (declaration(of: column, unit).map { "Say what they are in, as \($0)." }
                ?? "If they are in another, write it into the header in brackets.")
    }

    /// `tables.market.columns.price: {header: "Price (net)", unit: EUR/kWh}`; nil where an option names the column.
    static func declaration(of column: CSVText.Column, _ unit: Unit) -> String? {
        guard let declared = column.declared, !declared.isEmpty else { return nil }
        let header = column.header.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
        return "\(declared): {header: \"\(header)\", unit: \(unit.symbol)}"
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

    /// `1 of 5 stays asks for more than its charger can give, and gets 3 kWh less in all: line 5.`
    ///
    /// - Parameters:
    ///   - lines: of these stays, of which the first three are named.
    ///   - energy: that they get less, in kWh.
    static func clipped(_ lines: [Int], of count: Int, energy: Double) -> String {
        let isOne = lines.count == 1
        return
            "\(lines.count) of \(count) stays \(isOne ? "asks" : "ask") for more than \(isOne ? "its" : "their") charger "
            + "can give, and \(isOne ? "gets" : "get") \(NumberText.hundredths(energy)) kWh less in all: "
            + "\(isOne ? "line" : "lines") \(lines.prefix(3).map { "\($0)" }.joined(separator: ", "))"
            + (lines.count > 3 ? ", …" : ".")
    }

    static func notAFlag(_ shown: String) -> String { "\(shown) is neither true nor false. Write true or false." }
}
