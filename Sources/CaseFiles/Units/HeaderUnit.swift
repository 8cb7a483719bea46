import Foundation

/// What brackets or parentheses anywhere in a header say: `Price (EUR/MWh)`, `Load [MW] forecast`, `Price (net)`.
enum HeaderUnit: Equatable {
    /// A unit that a case may write.
    case known(String)
    /// What looks like a unit, but is none that is known.
    case unknown(String)
    /// Other words.
    case remark(String)

    /// - Parameter anyCurrency: whether money may be in another currency than the case's.
    /// - Returns: nil without brackets and parentheses.
    init?(_ header: String, _ units: UnitSystem, anyCurrency: Bool = false) {
        let texts = Self.texts(in: header)
        let known = texts.filter { text in
            (anyCurrency ? UnitSystem(inMoneyOf: text, else: units) : units).parse(text) != nil
        }
        // `Hall (A), load (kW)`: one letter is a unit only where nothing else is.
        if let unit = known.last(where: { $0.count > 1 }) ?? known.last {
            self = .known(unit)
        } else if let unit = texts.last(where: { UnitLook.isLikeUnit($0, units) }) {
            self = .unknown(unit)
        } else if let remark = texts.last {
            self = .remark(remark)
        } else {
            return nil
        }
    }

    private static let marks: KeyValuePairs<Character, Character> = ["(": ")", "[": "]", "（": "）", "［": "］", "【": "】"]

    /// The texts in brackets and parentheses, in their order.
    private static func texts(in header: String) -> [String] {
        var texts: [String] = []
        var open: (mark: Character, text: String)?
        for character in header {
            if marks.contains(where: { $0.key == character }) {
                open = (character, "")
            } else if let (mark, text) = open, marks.contains(where: { $0.key == mark && $0.value == character }) {
                if !text.trimmingSpaces.isEmpty { texts.append(text.trimmingSpaces) }
                open = nil
            } else {
                open?.text.append(character)
            }
        }
        return texts
    }

    /// A header as it should be in the file: a valid name, with a known unit in brackets behind it.
    ///
    /// - Parameter said: of the same header.
    static func rewritten(_ header: String, _ said: HeaderUnit?) -> (name: String, header: String) {
        func name(without text: String) -> String {
            var rest = header
            for (open, close) in marks {
                rest = rest.replacing("\(open)\(text)\(close)", with: " ")
            }
            return Identifier.near(rest)
        }
        switch said {
        case .known(let unit):
            let name = name(without: unit)
            return (name, "\(name) [\(unit)]")
        case .unknown(let unit):
            let name = name(without: unit)
            return (name, name)
        case .remark, nil:
            let name = Identifier.near(header)
            return (name, name)
        }
    }
}

/// Whether a text is written as units are, by the units that tables of meters and markets have.
///
/// Only where no number of such a column could be read rightly is a text worth refusing: a word such as `net`, `south`
/// or `PV 1` says nothing of its numbers.
enum UnitLook {
    static func isLikeUnit(_ text: String, _ units: UnitSystem) -> Bool {
        if text.contains(where: { $0.isCurrencySymbol || marks.contains($0) }) { return true }
        let words = text.split { !($0.isLetter || $0.isNumber) }.map(String.init)
        return words.contains { isPart($0, isAlone: words.count == 1, units) }
    }

    /// Of quotients, powers, shares and temperatures; of money and watts in Chinese and Japanese.
    private static let marks: Set<Character> = Set("/／%‰°℃℉µμΩ²³⁻^·元円瓦")

    private static func isPart(_ word: String, isAlone: Bool, _ units: UnitSystem) -> Bool {
        if exact.contains(word) || isAlone && ["J", "l", "L"].contains(word) { return true }
        let small = word.lowercased()
        if small == units.currency.lowercased() || long.contains(small) || UnitSystem.isCurrencyCode(word) {
            return true
        }
        if small.count > 1, small != "min", knownInSmallLetters.contains(small) { return true }
        // `kWel`, `MWhth`, `tCO2`, `kgCO2e`.
        return ["kW", "MW", "GW", "TW", "kVA", "MVA"].contains(where: word.hasPrefix)
            || ["kgco2", "gco2", "tco2", "mtco2"].contains(where: small.hasPrefix)
    }

    private static let knownInSmallLetters = Set(Unit.named.keys.map { $0.lowercased() })

    /// Short ones, which in other letters are names of places or tariffs, as CT and MA.
    private static let exact: Set<String> = [
        "VA", "Pa", "kV", "mV", "MV", "mA", "kA", "Wp", "Ah", "TW", "TJ", "PJ", "hl", "kt", "Mt", "mg", "lb", "oz",
        "ft", "cm", "mm", "Hz", "ct", "Ct", "bar", "var", "VAr",
    ]
    /// In small letters.
    private static let long: Set<String> = [
        "kva", "mva", "gva", "kvah", "mvah", "kvar", "mvar", "kvarh", "mvarh", "kwp", "mwp", "gwp", "twh", "btu",
        "kbtu",
        "mbtu", "mmbtu", "kcal", "mcal", "gcal", "nm3", "sm3", "cbm", "ccf", "mcf", "therm", "therms", "hpa", "kpa",
        "mpa", "mbar", "mah", "kah", "liter", "liters", "litre", "litres", "gallon", "gallons", "ton", "tons", "tonne",
        "tonnes", "toe", "ktoe", "mtoe", "tce", "ppm", "pct", "percent", "prozent", "cent", "cents", "eurocent", "euro",
        "euros", "dollar", "dollars", "pence", "yuan", "rmb",
    ]
}

extension UnitSystem {
    /// The units of a text whose money is in the first currency that it names.
    init(inMoneyOf text: String, else other: UnitSystem) {
        self = other
        let code = text.split(separator: "/").map(\.trimmingSpaces).first(where: Self.isCurrencyCode)
        if let code { currency = code }
    }

    /// Whether a text is a code of ISO 4217, as `EUR`.
    static func isCurrencyCode(_ text: String) -> Bool { currencyCodes.contains(text) }

    private static let currencyCodes = Set(Locale.commonISOCurrencyCodes)
}
