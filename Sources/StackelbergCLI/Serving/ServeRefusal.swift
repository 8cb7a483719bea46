import Foundation

/// Why a request was not answered, as it is told to who asked.
struct ServeRefusal: Error, Equatable {
    enum Code: String, Encodable {
        case noFrame = "no_frame"
        case cutShort = "cut_short"
        case tooLong = "too_long"
        case unknownRequest = "unknown_request"
        case badLength = "bad_length"
        case notFinite = "not_finite"
        case outside
        case unanswered
    }

    let code: Code
    /// Counted from 0, as is all here.
    var row: Int?
    var column: Int?
    /// The name of the decision in that column.
    var decision: String?
    /// What is wrong, and what to do about it.
    let advice: String

    init(_ code: Code, row: Int? = nil, column: Int? = nil, decision: String? = nil, _ advice: String) {
        (self.code, self.row, self.column, self.decision, self.advice) = (code, row, column, decision, advice)
    }

    init(_ problem: FrameReader.Problem) {
        switch problem {
        case .noFrame(let found):
            let shown = found.map { (32..<127).contains($0) ? String(UnicodeScalar($0)) : "." }.joined()
            self.init(
                .noFrame,
                "a frame begins with the bytes STKB, but '\(shown)' came. Where the next frame begins is not known, so "
                    + "the server ends. Send a head of \(Frame.headLength) bytes before each content.")
        case .cutShort(let wanted, let found):
            self.init(
                .cutShort,
                "the input ended within a frame: \(found) of \(wanted) bytes came. Send frames as a whole.")
        case .tooLong(_, let length):
            self.init(
                .tooLong,
                "a frame of \(length) bytes was sent, but at most \(Frame.most) are taken. Send fewer rows at a time.")
        }
    }

    /// With its place.
    var message: String {
        let place = [row.map { "row \($0)" }, decision].compactMap(\.self).joined(separator: ", ")
        return place.isEmpty ? advice : "\(place): \(advice)"
    }

    /// - Parameter request: its number, counted from 0.
    func frame(request: Int) -> Frame {
        struct Output: Encodable {
            let code: Code
            let request: Int
            let row: Int?
            let column: Int?
            let decision: String?
            let message: String
        }
        let output = Output(
            code: code, request: request, row: row, column: column, decision: decision, message: message)
        return Frame(kind: 0, content: Array(lineOfJSON(output).utf8))
    }
}

/// JSON without line breaks, keys in order.
func lineOfJSON(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    // Everything that is written so is made of texts and finite numbers.
    return (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
}
