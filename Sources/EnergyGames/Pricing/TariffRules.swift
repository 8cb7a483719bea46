import Energy

/// What holds for the numbers of a posted price beside its band, its intervals and the cap on its mean.
///
/// Series have one value per step, other than the price itself, which has one per interval.
public struct TariffRules: Sendable, Equatable {
    /// How few different prices there may be, where it is open which intervals share one.
    public enum Form: Sendable, Equatable {
        /// At most so many periods, each of neighbouring intervals; around, the last interval and the first are
        /// neighbours.
        case periods(atMost: Int, isAround: Bool)
        /// At most so many different prices, at any intervals.
        case levels(atMost: Int)
    }

    /// `sum of price * demand * hours <= maximum`: what a reference consumption would bring.
    public struct RevenueCap: Sendable, Equatable {
        /// CNY over the horizon.
        public var maximum: Double
        /// kW.
        public var demand: [Double]

        public init(maximum: Double, demand: [Double]) {
            self.maximum = maximum
            self.demand = demand
        }
    }

    /// How far the prices of neighbouring steps may be apart.
    public struct ChangeCap: Sendable, Equatable {
        /// CNY/kWh.
        public var maximum: Double
        /// Whether the last step and the first are neighbours.
        public var isAround: Bool

        public init(maximum: Double, isAround: Bool = false) {
            self.maximum = maximum
            self.isAround = isAround
        }
    }

    public var form: Form?
    /// How much each step counts in the capped mean, such as a demand in kW; nil where all count the same.
    public var meanWeights: [Double]?
    public var revenue: RevenueCap?
    public var change: ChangeCap?
    /// The tariff in CNY/kWh that bills are compared with; see ``BillCap``.
    public var reference: [Double]?

    public init(
        form: Form? = nil, meanWeights: [Double]? = nil, revenue: RevenueCap? = nil, change: ChangeCap? = nil,
        reference: [Double]? = nil
    ) {
        self.form = form
        self.meanWeights = meanWeights
        self.revenue = revenue
        self.change = change
        self.reference = reference
    }
}

extension TariffRules {
    /// - Throws: `InputProblem` for a series of another length, a negative weight, or a form without a price.
    func check(steps: Int, of key: String) throws(InputProblem) {
        for (name, series) in [("mean weights", meanWeights), ("reference", reference), ("demand", revenue?.demand)] {
            guard let series, series.count != steps else { continue }
            throw InputProblem("\(key): the \(name) have \(series.count) values, but the park has \(steps) steps.")
        }
        if let weights = meanWeights, weights.contains(where: { !($0 >= 0) }) || !weights.contains(where: { $0 > 0 }) {
            throw InputProblem("\(key): weights of a mean must be 0 or more, and one of them above 0.")
        }
        if let change, !(change.maximum >= 0) {
            throw InputProblem("\(key): neighbouring prices may be 0 or more apart, and not \(change.maximum).")
        }
        switch form {
        case .periods(let most, _) where most < 1, .levels(let most) where most < 1:
            throw InputProblem("\(key): a tariff has 1 price at least, and not \(most).")
        default: break
        }
    }
}
