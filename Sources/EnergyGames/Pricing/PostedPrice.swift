import Energy

/// A price that the leader decides, one number per interval; or another part of a tariff, one number. An interval holds
/// any steps, such as the hours of a tariff's peak.
public struct PostedPrice: Sendable, Equatable {
    /// As in the names of decisions and parameters, such as `prices.electricity_sell`.
    public let name: String
    public let carrier: String
    /// Least and greatest price in money per kWh, one per interval.
    public let lower: [Double]
    public let upper: [Double]
    /// Cap on the mean over the horizon.
    public let meanMaximum: Double?
    /// Name of the posted price that bounds this one from above, interval by interval.
    public let atMost: String?
    /// The interval of each step.
    public let index: [Int]
    /// Of the longest interval, where they differ.
    public let intervalHours: Double
    /// Of what the bounds are: a price of energy, of power, or money.
    public let dimension: Dimension
    /// Whether it is another part of a tariff than a price by step.
    public let isCharge: Bool
    public let rules: TariffRules

    public init(
        name: String, carrier: String, lower: [Double], upper: [Double], meanMaximum: Double? = nil,
        atMost: String? = nil, index: [Int], intervalHours: Double, dimension: Dimension = .energyPrice,
        isCharge: Bool = false, rules: TariffRules = TariffRules()
    ) {
        self.name = name
        self.carrier = carrier
        self.lower = lower
        self.upper = upper
        self.meanMaximum = meanMaximum
        self.atMost = atMost
        self.index = index
        self.intervalHours = intervalHours
        self.dimension = dimension
        self.isCharge = isCharge
        self.rules = rules
    }

    /// A part of a tariff that is one number for the whole horizon.
    public init(name: String, carrier: String, in range: ClosedRange<Double>, of dimension: Dimension, time: TimeGrid) {
        self.init(
            name: name, carrier: carrier, lower: [range.lowerBound], upper: [range.upperBound],
            index: [Int](repeating: 0, count: time.steps), intervalHours: Double(time.steps) * time.hours,
            dimension: dimension, isCharge: true)
    }

    /// How much each interval counts in a mean over the horizon: 1 for the longest, and less for shorter ones, such as
    /// a last one that the horizon's end cuts short.
    public var weights: [Double] {
        var steps = [Double](repeating: 0, count: lower.count)
        for interval in index { steps[interval] += 1 }
        let most = steps.max() ?? 1
        return steps.map { $0 / most }
    }

    /// The cap on the mean in which all hours count the same; nil without one.
    public var plainMeanMaximum: Double? { rules.meanWeights == nil ? meanMaximum : nil }

    /// Mean over the horizon of one number per interval.
    public func mean(_ values: [Double]) -> Double {
        let weights = weights
        return zip(weights, values).reduce(0) { $0 + $1.0 * $1.1 } / max(1, weights.reduce(0, +))
    }
}
