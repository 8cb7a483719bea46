import Foundation

@testable import Figures

/// A PDF file read back: its objects by the places that its cross-reference table names, and the marks of its page.
struct PDFReader {
    struct Mark {
        let operation: String
        let operands: [String]

        func number(_ k: Int) -> Double { Double(operands[k]) ?? .nan }
    }

    private(set) var faults: [String] = []
    private(set) var box: [Double] = []
    private(set) var marks: [Mark] = []

    /// How many operands each operator takes that a picture needs.
    private static let operands = [
        "cm": 6, "q": 0, "Q": 0, "rg": 3, "RG": 3, "w": 1, "d": 2, "j": 1, "gs": 1, "m": 2, "l": 2, "c": 6, "re": 4,
        "h": 0, "f": 0, "S": 0, "B": 0, "n": 0, "BT": 0, "ET": 0, "Tm": 6, "Tf": 2, "Ts": 1, "Tj": 1,
    ]

    init(_ data: Data) {
        // One character a byte.
        let text = String(decoding: data.map { UInt16($0) }, as: UTF16.self)
        let characters = Array(text)
        func at(_ offset: Int) -> String { String(characters[min(offset, characters.count)...].prefix(400)) }
        func check(_ holds: Bool, _ fault: String) { if !holds { faults.append(fault) } }
        check(text.hasPrefix("%PDF-1.4\n"), "no header")
        check(text.hasSuffix("%%EOF\n"), "no end")
        check(characters.count == data.count, "not one character a byte")
        let tail = text.components(separatedBy: "startxref\n").last?.split(separator: "\n").first
        let table = tail.flatMap { Int($0) } ?? -1
        let lines = table < 0 ? [] : String(characters[min(table, characters.count)...]).components(separatedBy: "\n")
        check(lines.first == "xref", "startxref does not lead to the table")
        let count = lines.count > 1 ? Int(lines[1].split(separator: " ")[1]) ?? 0 : 0
        check(text.contains("/Size \(count) "), "the size of the trailer")
        for number in 1..<max(2, count) where lines.count > number + 2 {
            // Each entry has twenty bytes, its end included.
            check(lines[number + 2].count == 19 && lines[number + 2].hasSuffix(" 00000 n "), "entry \(number)")
            let place = Int(lines[number + 2].prefix(10)) ?? -1
            check(place > 0 && at(place).hasPrefix("\(number) 0 obj\n"), "object \(number) is not at \(place)")
        }
        if let range = text.range(of: "/MediaBox [") {
            box = text[range.upperBound...].prefix { $0 != "]" }.split(separator: " ").compactMap { Double($0) }
        }
        guard let length = text.range(of: "/Length "), let start = text.range(of: "stream\n"),
            let end = text.range(of: "endstream")
        else {
            faults.append("no stream")
            return
        }
        let stream = String(text[start.upperBound..<end.lowerBound])
        check(Int(text[length.upperBound...].prefix { $0.isNumber }) == stream.count, "the length of the stream")
        read(stream)
    }

    private mutating func read(_ stream: String) {
        var operands: [String] = []
        var (depth, isText) = (0, false)
        for token in Self.tokens(stream) {
            guard let first = token.first, first.isLetter else {
                operands.append(token)
                continue
            }
            guard let wanted = Self.operands[token] else {
                faults.append("unknown operator \(token)")
                continue
            }
            if operands.count != wanted { faults.append("\(token) has \(operands)") }
            marks.append(Mark(operation: token, operands: operands))
            operands = []
            depth += token == "q" ? 1 : token == "Q" ? -1 : 0
            if ["BT", "ET"].contains(token) {
                if isText == (token == "BT") { faults.append("text inside text") }
                isText = token == "BT"
            }
            if depth < 0 { faults.append("Q without q") }
        }
        if depth != 0 || isText || !operands.isEmpty { faults.append("something is left open") }
    }

    /// Numbers, names, operators, strings with their escapes undone, and lists.
    private static func tokens(_ stream: String) -> [String] {
        var tokens: [String] = []
        var rest = Array(stream)[...]
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "(" {
                rest.removeFirst()
                var text = "("
                while let next = rest.popFirst(), next != ")" {
                    guard next == "\\" else {
                        text.append(next)
                        continue
                    }
                    if let digit = rest.first, digit.isNumber {
                        let code = UInt32(String(rest.prefix(3)), radix: 8) ?? 0
                        rest = rest.dropFirst(3)
                        text.unicodeScalars.append(UnicodeScalar(code) ?? "?")
                    } else if let plain = rest.popFirst() {
                        text.append(plain)
                    }
                }
                tokens.append(text)
            } else if first == "[" {
                let end = rest.firstIndex(of: "]") ?? rest.endIndex - 1
                tokens.append(String(rest[...end]))
                rest = rest[(end + 1)...]
            } else {
                let word = rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != "[" }
                tokens.append(String(word))
                rest = rest.dropFirst(word.count)
            }
        }
        return tokens
    }

    /// Each line of text, its runs joined.
    var texts: [String] {
        marks.reduce(into: []) { texts, mark in
            if mark.operation == "BT" { texts.append("") }
            if mark.operation == "Tj" { texts[texts.count - 1] += mark.operands[0].dropFirst() }
        }
    }

    /// Where paths begin and where they lead.
    var points: [PixelPoint] {
        marks.filter { ["m", "l"].contains($0.operation) }.map { PixelPoint(x: $0.number(0), y: $0.number(1)) }
    }
}
