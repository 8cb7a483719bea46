/// How large a device is: a number of the case, or one that is to be decided.
///
/// A decided size enters a model as a parameter in bounds and right-hand sides, never as the coefficient of a variable.
/// Where it would multiply a binary, ``largest`` stands in as the big M.
public enum Size: Sendable, Equatable {
    /// kW or kWh.
    case fixed(Double)
    /// Between the least and the greatest size, kW or kWh.
    case decided(ClosedRange<Double>)

    /// The greatest value that it can have.
    public var largest: Double {
        switch self {
        case .fixed(let number): number
        case .decided(let range): range.upperBound
        }
    }

    /// The number, where there is nothing to decide.
    public var number: Double? {
        if case .fixed(let number) = self { number } else { nil }
    }

    public var isDecided: Bool { number == nil }
}

extension Size: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    public init(floatLiteral number: Double) { self = .fixed(number) }
    public init(integerLiteral number: Int) { self = .fixed(Double(number)) }

    var value: AttributeValue {
        switch self {
        case .fixed(let number): .number(number)
        case .decided(let range): .range(range)
        }
    }
}
