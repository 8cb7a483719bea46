import Foundation
import TestSupport

/// Damage to one file of a case, chosen by random numbers: the same numbers give the same damage.
public struct Mutation: Sendable {
    public private(set) var input: FuzzCase
    /// What was done, for the report.
    public private(set) var name = ""
    /// Whether a case that is still read must say the same as before: what was written cannot mean anything.
    public private(set) var mayChangeNothing = false

    /// Words that a case may have as keys only where its schema knows them.
    static let keys = [
        "capacity", "efficiency", "demand", "devices", "type", "min", "max", "price", "steps", "step", "file", "index",
        "carrier", "share", "window", "discomfort", "profile", "sessions", "ladder", "base_price", "interval", "growth",
        "investment", "lifetime", "weight", "duration", "charge_efficiency", "power", "v2g", "quota", "followers",
        "ties",
    ]
    private static let noNumbers = [
        "nan", ".nan", "NaN", "inf", "-.inf", "Infinity", "1e999", "-1e999", "0x1F", "1_0", "n/a",
    ]
    private static let extremes = [
        "1e308", "-1e308", "1e-308", "-0", "0", "1e9", "-1", "999999999999999999999", "1e15", "4e-320", "1e6", "1e-9",
        "100",
    ]
    private static let units = [
        "kW", "MW", "W", "GW", "kWh", "MWh", "Wh", "CNY/kWh", "CNY/MWh", "h", "min", "s", "kg", "t", "g/kWh", "kg/kWh",
        "%", "1/h",
        "1", "furlong",
    ]
    private static let spice: [[UInt8]] = [
        "{", "}", "[", "]", ":", "- ", "\n", "\t", "\"", "'", ",", "#", "&a ", "*a", "<<: ", "null", "-1", "---\n",
        "? ", "| \n", "%",
        "MW", "\u{FEFF}", "é", "\r", "  ", "1e-320", "!!int ", "\0", "\u{2028}", "~", "no", "10:00", "🚗", "....", "%%",
    ].map { Array($0.utf8) }

    /// Words after which a whole number or a name of its own stands.
    private static let counts = [
        "count", "population", "evaluations", "steps", "seed", "workers", "groups", "chargers", "keep",
    ]
    private static let times = [
        "2024-10-27T02:00", "2024-10-27T02:00+02:00", "2024-10-27T02:00:00.000Z", "2024-03-31T02:30", "0001-01-01",
        "9999-12-31T23:59:59",
        "2024-02-30T00:00", "2024-07-15T00:00+99:00", "2024-07-15T24:00", "15.07.2024 00:00", "1721001600",
        "-2024-07-15", "2024-07-15T",
        "2924-07-15T00:00-12:00", "2024-07-15 01:00 +0100",
    ]
    private static let zones = [
        "Europe/Berlin", "Mars/Phobos", "UTC", "Asia/Shanghai", "Pacific/Apia", "PST", "../etc/passwd", "GMT+25",
        "Australia/Lord_Howe", "\"\"",
        "europe/berlin",
    ]

    public init(of original: FuzzCase, _ numbers: inout SeededNumbers) {
        input = original
        let names = original.files.keys.sorted()
        // The case file holds most of what can go wrong, but a large table would be hit as often.
        let isOfCase = original.files["case.yaml"] != nil
        let file = isOfCase && numbers.whole(0...9) < 7 ? "case.yaml" : names[numbers.whole(0...names.count - 1)]
        var bytes = Array(original.files[file] ?? Data())
        switch numbers.whole(0...25) {
        case 20...21: retime(&bytes, file, &numbers)
        case 22: recount(&bytes, &numbers)
        case 23...24: retable(&bytes, file, &numbers)
        case 25: disguise(&bytes, &numbers)
        case 0...6:
            for _ in 0..<numbers.whole(1...4) { Self.damageBytes(&bytes, &numbers) }
            name = "bytes"
        case 7...8: damageLines(&bytes, file, &numbers)
        case 9...11:
            name = "extreme number"
            replaceNumber(&bytes, &numbers) { Self.extremes[$0.whole(0...Self.extremes.count - 1)] }
        case 12...13:
            name = "no number"
            mayChangeNothing = replaceNumber(&bytes, &numbers) {
                Self.noNumbers[$0.whole(0...Self.noNumbers.count - 1)]
            }
        case 14: swapNumbers(&bytes, &numbers)
        case 15...16: swapUnit(&bytes, &numbers)
        case 17: misspell(&bytes, file, &numbers)
        case 18: reshape(&bytes, &numbers)
        default: explode(&bytes, &numbers)
        }
        if bytes == Array(original.files[file] ?? Data()) {
            mayChangeNothing = false
            Self.damageBytes(&bytes, &numbers)
        }
        if !names.isEmpty { input.files[file] = Data(bytes) }
    }

    private static func damageBytes(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        guard !bytes.isEmpty else { return }
        let at = numbers.whole(0...bytes.count - 1)
        switch numbers.whole(0...5) {
        case 0: bytes[at] = UInt8(numbers.whole(0...255))
        case 1: bytes.insert(contentsOf: spice[numbers.whole(0...spice.count - 1)], at: at)
        case 2: bytes.removeSubrange(at..<min(bytes.count, at + numbers.whole(1...20)))
        case 3:
            let end = min(bytes.count, at + numbers.whole(1...60))
            bytes.insert(contentsOf: Array(bytes[at..<end]), at: numbers.whole(0...bytes.count - 1))
        case 4: bytes[at] = UInt8(numbers.whole(48...57))
        default: bytes.swapAt(at, numbers.whole(0...bytes.count - 1))
        }
    }

    private mutating func damageLines(_ bytes: inout [UInt8], _ file: String, _ numbers: inout SeededNumbers) {
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map(Array.init)
        let at = numbers.whole(0...lines.count - 1)
        // A row of a table of hours is missed, or stands twice; one of vehicles may well come and go.
        let isRow = file.hasSuffix(".csv") && lines[0].starts(with: Array("hour".utf8)) && !lines[at].isEmpty
        switch numbers.whole(0...3) {
        case 0:
            name = "line left out"
            mayChangeNothing = isRow
            lines.remove(at: at)
        case 1:
            name = "line twice"
            mayChangeNothing = isRow
            lines.insert(lines[at], at: at)
        case 2:
            name = "lines exchanged"
            lines.swapAt(at, numbers.whole(0...lines.count - 1))
        default:
            name = "indentation"
            let width = numbers.whole(0...8)
            lines[at] = Array(repeating: UInt8(ascii: " "), count: width) + lines[at].drop { $0 == UInt8(ascii: " ") }
        }
        bytes = Array(lines.joined(separator: [UInt8(ascii: "\n")]))
    }

    // MARK: Words

    /// Places of numbers that stand where a value does.
    private static func numbers(in bytes: [UInt8]) -> [Range<Int>] {
        words(in: bytes) { word in
            let text = String(decoding: word, as: UTF8.self)
            return Double(text) != nil && text.first?.isLetter == false
        }
    }

    /// Runs of bytes between blanks, brackets and commas.
    private static func words(in bytes: [UInt8], where isWanted: (ArraySlice<UInt8>) -> Bool) -> [Range<Int>] {
        let breaks = Set(" ,:{}[]\n\r\"".utf8)
        var found: [Range<Int>] = []
        var start = 0
        for end in 0...bytes.count where end == bytes.count || breaks.contains(bytes[end]) {
            if end > start, isWanted(bytes[start..<end]) { found.append(start..<end) }
            start = end + 1
        }
        return found
    }

    /// - Returns: whether there was a number.
    @discardableResult
    private func replaceNumber(
        _ bytes: inout [UInt8], _ numbers: inout SeededNumbers, by text: (inout SeededNumbers) -> String
    ) -> Bool {
        let places = Self.numbers(in: bytes)
        guard !places.isEmpty else { return false }
        bytes.replaceSubrange(places[numbers.whole(0...places.count - 1)], with: Array(text(&numbers).utf8))
        return true
    }

    private mutating func swapNumbers(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        name = "numbers exchanged"
        let places = Self.numbers(in: bytes)
        guard places.count > 1 else { return }
        let two = [places[numbers.whole(0...places.count - 1)], places[numbers.whole(0...places.count - 1)]]
            .sorted { $0.lowerBound < $1.lowerBound }
        guard two[0] != two[1] else { return }
        let (first, second) = (Array(bytes[two[0]]), Array(bytes[two[1]]))
        bytes.replaceSubrange(two[1], with: first)
        bytes.replaceSubrange(two[0], with: second)
    }

    private mutating func swapUnit(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        name = "unit"
        let unit = Self.units[numbers.whole(0...Self.units.count - 1)]
        let known = Set(Self.units.filter { $0 != "1" })
        let places = Self.words(in: bytes) { known.contains(String(decoding: $0, as: UTF8.self)) }
        if !places.isEmpty, numbers.whole(0...1) == 0 {
            bytes.replaceSubrange(places[numbers.whole(0...places.count - 1)], with: Array(unit.utf8))
        } else if let place = Self.numbers(in: bytes).randomElement(using: &numbers) {
            bytes.insert(contentsOf: Array(" \(unit)".utf8), at: place.upperBound)
        }
    }

    private mutating func misspell(_ bytes: inout [UInt8], _ file: String, _ numbers: inout SeededNumbers) {
        name = "misspelt key"
        let known = Set(Self.keys)
        let places = Self.words(in: bytes) { word in
            word.endIndex < bytes.count && bytes[word.endIndex] == UInt8(ascii: ":")
                && known.contains(String(decoding: word, as: UTF8.self))
        }
        guard file == "case.yaml", let place = places.randomElement(using: &numbers) else { return }
        mayChangeNothing = true
        let letter = UInt8(numbers.whole(97...122))
        let at = numbers.whole(place.lowerBound...place.upperBound)
        bytes.insert(letter, at: at)
        if numbers.whole(0...1) == 0, at + 1 < place.upperBound { bytes.remove(at: at + 1) }
        // Some letters make another key.
        if let word = Self.words(in: bytes, where: { $0.startIndex == place.lowerBound }).first {
            mayChangeNothing = !known.contains(String(decoding: bytes[word], as: UTF8.self))
        }
    }

    // MARK: Times, counts and tables

    /// Times where numbers or other times stood, in one row or in all; zones and starts.
    private mutating func retime(_ bytes: inout [UInt8], _ file: String, _ numbers: inout SeededNumbers) {
        name = "time"
        func one(_ words: [String], _ numbers: inout SeededNumbers) -> String {
            words[numbers.whole(0...words.count - 1)]
        }
        var text = String(decoding: bytes, as: UTF8.self)
        if file == "case.yaml" {
            let (time, zone) = (one(Self.times, &numbers), one(Self.zones, &numbers))
            let keys = numbers.whole(0...1) == 0 ? "start: \"\(time)\"" : "timezone: \(zone), start: \"\(time)\""
            text = text.replacing(/start: "[^"]*"/, with: keys)
            if !text.contains("start: ") { text = text.replacing("time: {", with: "time: {\(keys), ") }
            bytes = Array(text.utf8)
            return
        }
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count > 2 else { return }
        let day = numbers.whole(0...1) == 0 ? "2024-10-27" : "2024-03-31"
        let offset = one(["", "", "Z", "+02:00", ":00-08:00"], &numbers)
        let at = numbers.whole(1...lines.count - 1)
        let isAll = numbers.whole(0...2) > 0
        let skips = numbers.whole(0...3)
        for k in 1..<lines.count where !lines[k].isEmpty && (isAll || k == at) {
            let hour = k - 1 + (k > at ? skips : 0)
            let time = isAll ? "\(day)T\(hour % 24 < 10 ? "0" : "")\(hour % 24):00\(offset)" : one(Self.times, &numbers)
            var cells = lines[k].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            cells[numbers.whole(0...4) == 0 ? numbers.whole(0...cells.count - 1) : 0] = time
            lines[k] = cells.joined(separator: ",")
        }
        bytes = Array(lines.joined(separator: "\n").utf8)
    }

    /// Counts that no machine has room for.
    private mutating func recount(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        name = "huge count"
        let text = String(decoding: bytes, as: UTF8.self)
        let key = Self.counts[numbers.whole(0...Self.counts.count - 1)]
        let value = ["2000000000", "9223372036854775807", "9223372036854775808", "100000", "0", "-1", "1e9"][
            numbers.whole(0...6)]
        guard let place = text.firstRange(of: "\(key): ") else { return }
        let rest = text[place.upperBound...]
        let end = rest.firstIndex { ",}\n".contains($0) } ?? rest.endIndex
        bytes = Array((text[..<place.upperBound] + value + text[end...]).utf8)
    }

    /// Another country's table: its separators, decimal marks, quotes and empty cells; rows missing, twice or out of
    /// order.
    private mutating func retable(_ bytes: inout [UInt8], _ file: String, _ numbers: inout SeededNumbers) {
        name = "table"
        guard file.hasSuffix(".csv") else { return misspell(&bytes, file, &numbers) }
        var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).map(
            String.init)
        let at = numbers.whole(0...lines.count - 1)
        switch numbers.whole(0...8) {
        case 0: lines = lines.map { $0.replacing(",", with: ";") }
        case 1: lines = lines.map { $0.replacing(",", with: "\t") }
        case 2: lines = lines.map { $0.replacing(",", with: ";").replacing(".", with: ",") }
        case 3: lines[at] = lines[at].replacing(".", with: ",")
        case 4:
            lines[at] = lines[at].split(separator: ",").map { "\"\($0.replacing(".", with: ","))\"" }.joined(
                separator: ",")
        case 5: lines[at] = String(repeating: ",", count: lines[at].count { $0 == "," })
        case 6: lines.removeSubrange(at..<min(lines.count, at + numbers.whole(1...8)))
        case 7: lines[0] = lines[0].replacing("[", with: "(").replacing("]", with: ")")
        default: lines.insert(contentsOf: lines[at..<min(lines.count, at + 8)], at: at)
        }
        bytes = Array(lines.joined(separator: "\n").utf8)
    }

    /// Aliases of odd names, as keys and behind marks of comments; characters by their numbers.
    private mutating func disguise(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        name = "disguise"
        let sign = ["_a", "-", "1", "ä", "a.b", "#"][numbers.whole(0...5)]
        let list = Array(repeating: "*\(sign)", count: numbers.whole(1...20)).joined(separator: ", ")
        switch numbers.whole(0...3) {
        case 0: bytes += Array("\nl: &\(sign) [1, 2]\nm: &\(sign) [\(list)]\n? *\(sign)\n: 1\n".utf8)
        case 1: bytes += Array("\nl: &\(sign) {a: 1}\nm: {\"#\": [\(list)], *\(sign) : 2}\n".utf8)
        case 2: bytes += Array("\ntitle: \"\\e[31m\\u202E\\0\"\n".utf8)
        default: bytes += Array((String(repeating: "? ", count: numbers.whole(1...200)) + "a\n").utf8)
        }
    }

    // MARK: Whole files

    private mutating func reshape(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        let text = String(decoding: bytes, as: UTF8.self)
        switch numbers.whole(0...7) {
        case 0: (name, bytes) = ("empty", [])
        case 1: (name, bytes) = ("byte order mark", [0xEF, 0xBB, 0xBF] + bytes)
        case 2: (name, bytes) = ("CRLF", Array(text.replacingOccurrences(of: "\n", with: "\r\n").utf8))
        case 3: (name, bytes) = ("CR", Array(text.replacingOccurrences(of: "\n", with: "\r").utf8))
        case 4:
            name = "no UTF-8"
            bytes.insert(contentsOf: [0xC3, 0x28, 0xFF], at: bytes.isEmpty ? 0 : numbers.whole(0...bytes.count - 1))
        case 5:
            name = "cut off"
            bytes.removeLast(bytes.isEmpty ? 0 : numbers.whole(0...bytes.count - 1))
        case 6: (name, bytes) = ("UTF-16", [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] })
        default: (name, bytes) = ("twice", bytes + bytes)
        }
    }

    private mutating func explode(_ bytes: inout [UInt8], _ numbers: inout SeededNumbers) {
        let at = bytes.isEmpty ? 0 : numbers.whole(0...bytes.count - 1)
        let many = numbers.whole(1...2_000)
        func insert(_ text: String) { bytes.insert(contentsOf: Array(text.utf8), at: at) }
        switch numbers.whole(0...6) {
        case 0:
            name = "deep nesting"
            insert(String(repeating: numbers.whole(0...1) == 0 ? "[" : "{a: ", count: many))
        case 1:
            name = "long line"
            insert(String(repeating: "x, ", count: 50 * many))
        case 2:
            name = "laughs"
            let rows = (1...numbers.whole(2...12)).map { k in
                "l\(k): &l\(k) [\(Array(repeating: k == 1 ? "ha" : "*l\(k - 1)", count: 9).joined(separator: ", "))]\n"
            }
            bytes = Array(rows.joined().utf8) + bytes
        case 3:
            name = "merge key"
            insert("\nbase: &base {a: 1}\nmore: {<<: *base}\n")
        case 4:
            name = "digits"
            insert(String(repeating: "9", count: many))
        case 5:
            name = "many lines"
            insert(String(repeating: "\n", count: 20 * many))
        default:
            name = "many quotes"
            insert(String(repeating: "\"", count: many))
        }
    }
}
