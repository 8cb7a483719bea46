/// Order statistics of a sample.
public struct Quartiles: Sendable, Equatable, Codable {
    public let minimum: Double
    public let lower: Double
    public let median: Double
    public let upper: Double
    public let maximum: Double

    /// Linear interpolation between order statistics (type 7 of Hyndman and Fan 1996, the default of NumPy and R).
    ///
    /// - Returns: nil for an empty sample.
    public init?(_ sample: [Double]) {
        guard !sample.isEmpty else { return nil }
        let sorted = sample.sorted()
        func quantile(_ share: Double) -> Double {
            let place = share * Double(sorted.count - 1)
            let below = Int(place)
            let above = min(below + 1, sorted.count - 1)
            // Equal neighbours, infinite ones among them, need no interpolation.
            guard sorted[below] != sorted[above], place > Double(below) else { return sorted[below] }
            return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
        }
        minimum = sorted[0]
        lower = quantile(0.25)
        median = quantile(0.5)
        upper = quantile(0.75)
        maximum = sorted[sorted.count - 1]
    }
}
