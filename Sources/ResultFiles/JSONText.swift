import Foundation

/// Values as JSON, keys in order, for people who read it too. What is no number, or without limit, is the text `nan`,
/// `inf` or `-inf`.
package enum JSONText {
    package static func of(_ value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        guard let data = try? encoder.encode(value) else { return "{}" }
        return withoutSignedZero(String(decoding: data, as: UTF8.self))
    }

    /// Zero has no sign.
    private static func withoutSignedZero(_ json: String) -> String {
        guard json.contains("-0\n") || json.contains("-0,\n") else { return json }
        return json.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            for ending in ["-0", "-0,"] where line.hasSuffix(" " + ending) {
                return "\(line.dropLast(ending.count))\(ending.dropFirst())"
            }
            return String(line)
        }.joined(separator: "\n")
    }

    /// An object with one more text, in order.
    package static func adding(_ key: String, _ text: String, to object: String) -> String {
        let own = of([key: text]).split(separator: "\n").dropFirst().dropLast().first.map(String.init) ?? ""
        var lines = object.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let isKey: (String) -> Bool = { $0.hasPrefix("  \"") }
        guard lines.contains(where: isKey) else { return "{\n\(own)\n}" }
        if let next = lines.firstIndex(where: { isKey($0) && $0 > own }) {
            lines.insert(own + ",", at: next)
        } else {
            lines[lines.count - 2] += ","
            lines.insert(own, at: lines.count - 1)
        }
        return lines.joined(separator: "\n")
    }

    static func read<Value: Decodable>(_ text: String) throws -> Value {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(Value.self, from: Data(text.utf8))
    }
}
