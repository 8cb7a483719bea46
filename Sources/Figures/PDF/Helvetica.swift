import Foundation

/// The widths and codes of Helvetica, one of the fourteen fonts that every viewer of PDF has: Adobe's font metrics
/// (Core 14 AFM files), in the encoding of Windows with a few signs in codes that it leaves free.
enum Helvetica {
    /// A stretch of text in one size.
    struct Run: Equatable {
        var bytes: [UInt8]
        /// As a share of the size of the text around it.
        let size: Double
        /// Above the baseline, as a share of the size of the text around it.
        let rise: Double

        /// As a share of the size of the text around it.
        var width: Double { size * bytes.reduce(0) { $0 + Helvetica.width($1) } }
    }

    /// Codes of `differences`, in its order.
    private static let signs: [(Character, name: String, width: Int)] = [
        ("−", "minus", 584), ("≤", "lessequal", 549), ("≥", "greaterequal", 549), ("≠", "notequal", 549),
        ("Δ", "Delta", 612), ("Σ", "summation", 600),
    ]
    static var differences: String { "1 " + signs.map { "/" + $0.name }.joined(separator: " ") }

    /// Exponents as raised digits: the font has but three of its own.
    private static let superscripts: [Character: Character] = [
        "⁻": "−", "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8", "⁹": "9",
    ]

    static func runs(_ text: String) -> [Run] {
        var runs: [Run] = []
        for character in text {
            let raised = superscripts[character]
            let bytes = bytes(raised ?? character)
            let size = raised == nil ? 1 : 0.65
            if runs.last?.size == size {
                runs[runs.count - 1].bytes += bytes
            } else {
                runs.append(Run(bytes: bytes, size: size, rise: raised == nil ? 0 : 0.36))
            }
        }
        return runs
    }

    static func missing(_ text: String) -> Set<Character> {
        Set(text.filter { superscripts[$0] == nil && known($0) == nil })
    }

    private static func bytes(_ character: Character) -> [UInt8] { known(character) ?? [UInt8(ascii: "?")] }

    /// nil for a character that the font has not got, without its accent neither.
    private static func known(_ character: Character) -> [UInt8]? {
        if character.isWhitespace { return [32] }
        if let code = code(character) { return [code] }
        switch character {
        case "∞": return Array("inf".utf8)
        default: break
        }
        guard let base = String(character).decomposedStringWithCanonicalMapping.unicodeScalars.first else { return nil }
        return code(Character(base)).map { [$0] }
    }

    private static func code(_ character: Character) -> UInt8? {
        if let k = signs.firstIndex(where: { $0.0 == character }) { return UInt8(k + 1) }
        let whole = String(character).precomposedStringWithCanonicalMapping.unicodeScalars
        guard whole.count == 1, let scalar = whole.first?.value else { return nil }
        if (32..<127).contains(scalar) || (160..<256).contains(scalar) { return UInt8(scalar) }
        return middle.firstIndex(of: scalar).map { UInt8($0 + 128) }
    }

    /// What Windows has in the codes 128 to 159; 0 where it has nothing.
    private static let middle: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]

    /// The width of a code, as a share of the size.
    static func width(_ code: UInt8) -> Double {
        if code >= 1, code <= signs.count { return Double(signs[Int(code) - 1].width) / 1000 }
        return code < 32 ? 0 : Double(widths[Int(code) - 32]) / 1000
    }

    /// Of the codes from 32 on, in thousandths.
    private static let widths: [Int] = [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
        556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 0,
        556, 0, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 0, 611, 0,
        0, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 333, 944, 0, 500, 667,
        278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 556, 584, 333, 737, 333,
        400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 556, 834, 834, 834, 611,
        667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
        722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
        556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
        556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
    ]
}
