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
        /// A number, a list of one number per step, or a reference `table.column`: the mean over each step, or for an
        /// energy what is there at its end.
        case series(Dimension, ClosedRange<Double>)
        /// A map from carrier to quantity, such as `{electricity: 0.36, heat: 0.46}`.
        case perCarrier(Dimension, ClosedRange<Double>)
        /// A list of pairs, such as the corner points of an operating region.
        case points(Dimension, Dimension, minimum: Int)
        /// A list of quantities of fixed length.
        case list(Dimension, ClosedRange<Double>, count: Int)
        /// A list of rows, each a list of as many quantities.
        case matrix(Dimension, ClosedRange<Double>)
        case count(ClosedRange<Int>)
        case choice([String])
        case flag
        case text
        /// A character, or a word for it; a space or a tab may be one.
        case mark
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
    /// One number per step.
    case series([Double])
    case perCarrier([CarrierAmount])
    case points([Point])
    case list([Double])
    /// Row by row.
    case matrix([[Double]])
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
