import Writing

/// Something a component refuses in its input. The reader adds the place in the file.
public struct InputProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The attribute that is wrong; nil when it is the component as a whole.
    public var attribute: String?
    /// Fact, reason and fix, as a sentence that follows the path.
    public var message: String

    public init(at attribute: String? = nil, _ message: String) {
        self.attribute = attribute
        self.message = message
    }

    public var description: String { (attribute.map { "\($0): " } ?? "") + message }

    /// A number in a message, to two decimals.
    static func text(_ number: Double) -> String { NumberText.hundredths(number) }

    /// Two numbers that a message compares, to two decimals or as many digits as tell them apart.
    static func texts(_ first: Double, _ second: Double) -> (String, String) {
        NumberText.compared(first, second, shown: text)
    }
}
