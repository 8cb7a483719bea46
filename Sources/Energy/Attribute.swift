import Writing

/// One line of the schema of a case file: a key, what it may hold, and what it means.
///
/// The reader, the checks, the messages and the printed schema all come from the same table, so that nothing about a
/// key is said twice.
public struct Attribute: Sendable {
    public indirect enum Kind: Sendable {
        /// A number with a unit, within a range in the engine's unit.
        case quantity(Dimension, ClosedRange<Double>)
        /// A number, or `{min: …, max: …}` where it is to be decided; see ``Size``.
        case size(Dimension, ClosedRange<Double>)
        /// A number, a list of one number a step, or a reference `table.column`: the mean over each step, or for an energy
        /// what is there at its end.
        case series(Dimension, ClosedRange<Double>)
        /// A map from carrier to quantity, such as `{electricity: 0.36, heat: 0.46}`.
        case perCarrier(Dimension, ClosedRange<Double>)
        /// A list of pairs, such as the corner points of an operating region.
        case points(Dimension, Dimension, minimum: Int)
        /// A list of quantities of fixed length.
        case list(Dimension, ClosedRange<Double>, count: Int)
        case count(ClosedRange<Int>)
        case choice([String])
        case flag
        case text
        /// Name of a carrier declared in the case.
        case carrier
    }

    public enum Need: Sendable {
        case required
        case optional
        /// Taken when the key is absent.
        case standard(AttributeValue)
    }

    public let name: String
    public let kind: Kind
    public let need: Need
    /// One sentence for the printed schema and for messages.
    public let meaning: String

    public init(_ name: String, _ kind: Kind, _ need: Need, _ meaning: String) {
        self.name = name
        self.kind = kind
        self.need = need
        self.meaning = meaning
    }

    /// A key that must be there.
    public init(_ name: String, _ kind: Kind, _ meaning: String) { self.init(name, kind, .required, meaning) }
}

/// What a key of a case file was read as, in the engine's units.
public enum AttributeValue: Sendable, Equatable {
    case number(Double)
    /// A number that is to be decided, between its least and its greatest value.
    case range(ClosedRange<Double>)
    /// One number a step.
    case series([Double])
    case perCarrier([CarrierAmount])
    case points([Point])
    case list([Double])
    case count(Int)
    case text(String)
    case flag(Bool)
}

/// A number that belongs to a carrier.
public struct CarrierAmount: Sendable, Equatable {
    public var carrier: String
    public var amount: Double
    public init(_ carrier: String, _ amount: Double) {
        self.carrier = carrier
        self.amount = amount
    }
}

/// A pair of numbers, such as heat and power at a corner of an operating region.
public struct Point: Sendable, Equatable {
    public var x: Double
    public var y: Double
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// The values read for one component, by attribute name; defaults are filled in already.
public struct AttributeValues: Sendable {
    private var values: [String: AttributeValue]
    /// Names of the keys that the case itself wrote.
    public let written: Set<String>

    public init(_ values: [String: AttributeValue], written: Set<String>? = nil) {
        self.values = values
        self.written = written ?? Set(values.keys)
    }

    /// Values as a program would write them, with the defaults of a schema filled in.
    public init(_ values: [String: AttributeValue], defaultsFrom attributes: [Attribute]) {
        var filled = values
        for attribute in attributes where filled[attribute.name] == nil {
            if case .standard(let value) = attribute.need { filled[attribute.name] = value }
        }
        self.init(filled, written: Set(values.keys))
    }

    public subscript(_ name: String) -> AttributeValue? { values[name] }

    public func number(_ name: String) throws(InputProblem) -> Double {
        guard case .number(let number) = values[name] else { throw missing(name) }
        return number
    }
    public func optionalNumber(_ name: String) -> Double? {
        guard case .number(let number) = values[name] else { return nil }
        return number
    }
    public func size(_ name: String) throws(InputProblem) -> Size {
        guard let size = optionalSize(name) else { throw missing(name) }
        return size
    }
    public func optionalSize(_ name: String) -> Size? {
        switch values[name] {
        case .number(let number): .fixed(number)
        case .range(let range): .decided(range)
        default: nil
        }
    }
    public func series(_ name: String) throws(InputProblem) -> [Double] {
        guard case .series(let series) = values[name] else { throw missing(name) }
        return series
    }
    public func optionalSeries(_ name: String) -> [Double]? {
        guard case .series(let series) = values[name] else { return nil }
        return series
    }
    public func perCarrier(_ name: String) throws(InputProblem) -> [CarrierAmount] {
        guard case .perCarrier(let amounts) = values[name] else { throw missing(name) }
        return amounts
    }
    public func points(_ name: String) -> [Point]? {
        guard case .points(let points) = values[name] else { return nil }
        return points
    }
    public func list(_ name: String) -> [Double]? {
        guard case .list(let list) = values[name] else { return nil }
        return list
    }
    public func count(_ name: String) throws(InputProblem) -> Int {
        guard case .count(let count) = values[name] else { throw missing(name) }
        return count
    }
    public func text(_ name: String) throws(InputProblem) -> String {
        guard case .text(let text) = values[name] else { throw missing(name) }
        return text
    }
    public func optionalText(_ name: String) -> String? {
        guard case .text(let text) = values[name] else { return nil }
        return text
    }
    public func flag(_ name: String) throws(InputProblem) -> Bool {
        guard case .flag(let flag) = values[name] else { throw missing(name) }
        return flag
    }

    private func missing(_ name: String) -> InputProblem {
        InputProblem(at: name, "is missing. Add '\(name)'.")
    }
}

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
