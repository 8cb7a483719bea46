import Energy

/// Between what a price may be, in intervals: of equal length, where the last one ends with the horizon, or of any
/// steps.
///
/// Bounds are given per step. An interval has one price, so it lies between the greatest lower bound and the least
/// upper bound of its steps.
public struct PriceBand: Sendable, Equatable {
    /// CNY/kWh, one value per interval.
    public let lower: [Double]
    public let upper: [Double]
    /// The steps of each interval.
    public let intervals: [[Int]]
    /// The interval of each step.
    public let index: [Int]

    /// - Parameters:
    ///   - lower: CNY/kWh, one value per step.
    ///   - upper: CNY/kWh, one value per step.
    ///   - interval: steps for which a price holds.
    public init(from lower: [Double], to upper: [Double], interval: Int = 1) {
        self.init(from: lower, to: upper, index: lower.indices.map { $0 / interval })
    }

    /// - Parameter index: the interval of each step; all from 0 on have one.
    public init(from lower: [Double], to upper: [Double], index: [Int]) {
        self.index = index
        var intervals = [[Int]](repeating: [], count: (index.max() ?? -1) + 1)
        for (step, interval) in index.enumerated() { intervals[interval].append(step) }
        self.intervals = intervals
        self.lower = intervals.map { steps in steps.map { lower[$0] }.max() ?? 0 }
        self.upper = intervals.map { steps in steps.map { upper[$0] }.min() ?? 0 }
    }

    /// Intervals whose lower bound is above their upper bound, so that no price is possible.
    public var crossed: [Int] { lower.indices.filter { lower[$0] > upper[$0] } }

    /// Mean over the horizon of one value per interval: one that the end cuts short counts by its steps.
    public func mean(_ values: [Double]) -> Double {
        let steps = intervals.map { Double($0.count) }
        return zip(steps, values).reduce(0) { $0 + $1.0 * $1.1 } / steps.reduce(0, +)
    }
}

extension PostedPrice {
    /// A price that the leader decides within a band.
    ///
    /// - Parameters:
    ///   - meanMaximum: cap on the mean over the horizon, CNY/kWh.
    ///   - atMost: name of the posted price that bounds this one from above.
    ///   - interval: steps for which a price holds; of the longest interval.
    public init(
        name: String, carrier: String, in band: PriceBand, meanMaximum: Double? = nil, atMost: String? = nil,
        interval: Int, time: TimeGrid, rules: TariffRules = TariffRules()
    ) {
        self.init(
            name: name, carrier: carrier, lower: band.lower, upper: band.upper, meanMaximum: meanMaximum,
            atMost: atMost, index: band.index, intervalHours: Double(interval) * time.hours, rules: rules)
    }

    /// As it stands in a trade.
    public var price: Price { .posted(name: name, index: index, factor: 1) }
}

extension Price {
    /// A share of this price.
    public func times(_ share: Double) -> Price {
        switch self {
        case .fixed(let series): .fixed(series.map { share * $0 })
        case .posted(let name, let index, let factor): .posted(name: name, index: index, factor: factor * share)
        }
    }
}
