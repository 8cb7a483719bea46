import Writing

/// The values that a sweep puts at one place of a case: numbers, or names of its variants.
public struct SweepAxis: Sendable, Equatable {
    /// As the user wrote it: `carbon.ladder.base_price=0.1:0.6:6`.
    public let text: String
    /// Path of a number; ``variants`` for variants.
    public let path: String
    public let values: [Value]

    public enum Value: Sendable, Equatable {
        case number(Double)
        case variant(String)

        public var text: String {
            switch self {
            case .number(let number): NumberText.plain(number)
            case .variant(let name): name
            }
        }
        public var number: Double? {
            if case .number(let number) = self { number } else { nil }
        }
    }

    /// The word in place of a path to sweep over variants.
    public static let variants = "variant"
    static let mostValues = 10_000

    public var isOfVariants: Bool { path == Self.variants }

    /// Reads `PATH=from:to:steps`, `PATH=a,b,c` or `variant=name,name`.
    ///
    /// - Throws: ``CaseFileError`` with what is wrong.
    public init(_ text: String) throws(CaseFileError) {
        guard let sign = text.firstIndex(of: "="), sign > text.startIndex else {
            throw Self.refused(text, "does not say what to sweep over. Write it as carbon.ladder.base_price=0.1:0.6:6.")
        }
        self.text = text
        path = String(text[..<sign]).trimmingSpaces
        let range = String(text[text.index(after: sign)...])
        let words = range.split(separator: ",", omittingEmptySubsequences: false).map { String($0).trimmingSpaces }
        if path == Self.variants {
            guard !words.contains("") else {
                throw Self.refused(text, "a name is missing. Write variants with commas between them: variant=a,b.")
            }
            values = words.map { .variant($0) }
        } else if range.contains(":") {
            values = try Self.steps(range, of: text).map { .number($0) }
        } else {
            var numbers: [Double] = []
            for word in words {
                guard let number = Quantity.plainNumber(word) else {
                    throw Self.refused(
                        text,
                        "'\(word)' is not a number. Write from:to:steps, or numbers with commas, in the unit that "
                            + "the case writes there."
                    )
                }
                numbers.append(number)
            }
            values = numbers.map { .number($0) }
        }
        for (k, value) in values.enumerated() where values[..<k].contains(value) {
            throw Self.refused(text, "\(value.text) appears twice. Take one out.")
        }
    }

    private static func steps(_ range: String, of text: String) throws(CaseFileError) -> [Double] {
        let parts = range.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let from = Quantity.plainNumber(parts[0]), let to = Quantity.plainNumber(parts[1])
        else {
            throw refused(text, "'\(range)' is not a range. Write it as from:to:steps, such as 0.1:0.6:6.")
        }
        guard let count = Int(parts[2].trimmingSpaces), (2...mostValues).contains(count) else {
            throw refused(
                text,
                "'\(parts[2])' is not a number of values. Write a whole number from 2 to \(mostValues), both ends "
                    + "counted."
            )
        }
        guard from != to else { throw refused(text, "the range begins where it ends. Give two ends, or one number.") }
        return (0..<count).map { k in
            // Nine digits: 0.3 rather than 0.30000000000000004.
            NumberText.roundedNumber(from + (to - from) * Double(k) / Double(count - 1))
        }
    }

    static func refused(_ text: String, _ message: String) -> CaseFileError {
        CaseFileError(diagnostics: [Diagnostic(at: SourceLocation(file: "--over \(text)"), message)])
    }
}
