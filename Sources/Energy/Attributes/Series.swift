/// A number that holds at every step, or one value per step.
///
///     let flat: Series = 0.6
///     let two: Series = [0.3, 0.9]
///     let read = Series(tariff)
public enum Series: Sendable, Equatable {
    case constant(Double)
    case values([Double])

    public init(_ values: [Double]) { self = .values(values) }

    /// One value per step; of another number of steps where the values are so many.
    func spread(over time: TimeGrid) -> [Double] {
        switch self {
        case .constant(let number): Array(repeating: number, count: time.steps)
        case .values(let values): values
        }
    }
}

extension Series: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    public init(floatLiteral number: Double) { self = .constant(number) }
    public init(integerLiteral number: Int) { self = .constant(Double(number)) }
    public init(arrayLiteral values: Double...) { self = .values(values) }
}
