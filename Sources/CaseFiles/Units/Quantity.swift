import Energy

/// A number with an optional unit, as a case writes it: `0.26 CNY/kWh`, `3 MW`, `80 %`, `-5 degC`, `12`.
struct Quantity: Sendable {
    var number: Double
    var unit: Unit?
    /// As it was written.
    var text: String

    enum Problem: Error, Equatable {
        case notANumber
        case unknownUnit(String)
    }

    /// Only plain decimal numbers count; the special forms of YAML (`0x10`, `1_000`, `10:00`, `.inf`) do not.
    static func parse(_ text: String, units: UnitSystem) throws(Problem) -> Quantity {
        let trimmed = text.trimmingSpaces
        guard let (number, rest) = leadingNumber(trimmed) else { throw .notANumber }
        let symbol = rest.trimmingSpaces
        if symbol.isEmpty { return Quantity(number: number, unit: nil, text: trimmed) }
        let isSeparate = rest.first?.isWhitespace == true
        guard let first = symbol.first, first.isLetter || first == "%" || (isSeparate && symbol.hasPrefix("1")),
            symbol.allSatisfy({ $0.isLetter || $0.isNumber || "%/ ".contains($0) })
        else { throw .notANumber }
        guard let unit = units.parse(symbol) else {
            // Digits that touch letters are a number of another language rather than a unit.
            if !isSeparate, symbol.contains(where: \.isNumber) { throw .notANumber }
            throw .unknownUnit(symbol)
        }
        return Quantity(number: number, unit: unit, text: trimmed)
    }

    /// A finite decimal number that is the whole text.
    static func plainNumber(_ text: some StringProtocol) -> Double? {
        guard let (number, rest) = leadingNumber(text.trimmingSpaces), rest.isEmpty else { return nil }
        return number
    }

    static func leadingNumber(_ text: String) -> (Double, Substring)? {
        let bytes = Array(text.utf8)
        func isDigit(_ i: Int) -> Bool { i < bytes.count && (48...57).contains(bytes[i]) }
        func isOne(_ i: Int, of characters: StaticString) -> Bool {
            i < bytes.count && characters.withUTF8Buffer { $0.contains(bytes[i]) }
        }
        var i = isOne(0, of: "+-") ? 1 : 0
        let start = i
        while isDigit(i) { i += 1 }
        var digits = i - start
        if isOne(i, of: ".") {
            let point = i
            i += 1
            while isDigit(i) { i += 1 }
            digits += i - point - 1
        }
        guard digits > 0 else { return nil }
        if isOne(i, of: "eE") {
            let exponent = isOne(i + 1, of: "+-") ? i + 2 : i + 1
            if isDigit(exponent) {
                i = exponent
                while isDigit(i) { i += 1 }
            }
        }
        let numberText = text.utf8.prefix(i)
        guard let number = Double(String(decoding: numberText, as: UTF8.self)), number.isFinite else { return nil }
        return (number, text[text.utf8.index(text.startIndex, offsetBy: i)...])
    }
}
