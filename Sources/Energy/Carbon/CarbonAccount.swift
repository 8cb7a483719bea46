import LinearModels

/// A party's emission against its free quota, and what the difference costs.
///
/// Emission above the quota is bought at a price that rises by `growth` of the base price with every `interval`
/// (the stepped ladder of paper 001, eq. 20): for an excess in the k-th interval, k = 0, 1, …, a kilogram costs
/// `basePrice * (1 + growth * min(k, steps - 1))`. Emission below the quota earns, by the `reward` rule.
///
/// With ``intervalShare`` an interval is that share of the quota: the price then rises with the ratio of emission to
/// quota (the excess ratio of paper 002, eq. 18-19, its last tier mended so that the cost has no jump).
public struct CarbonAccount: Sendable, Equatable {
    /// What emission below the quota earns.
    public enum Reward: Sendable, Equatable {
        case none
        /// One price in CNY/kg, however far below.
        case flat(price: Double)
        /// The ladder mirrored: the further below, the more a kilogram earns. The cost is then not convex, and needs
        /// binaries.
        ///
        /// In the k-th interval below the quota, k = 0, 1, …, a kilogram earns
        /// `basePrice * (1 + growth * (start + min(k, steps - 1)))`, with the account's own number of steps where none
        /// is given. Paper 003, eq. 27: start 1, steps 2.
        case stepped(growth: Double, start: Int = 0, steps: Int? = nil)
    }

    /// What a component may emit for free with each kWh that it gives: the baseline method (paper 004, eq. 9-12), which
    /// counts what is bought and what is generated.
    public struct Baseline: Sendable, Equatable {
        public var component: String
        /// kg/kWh, by carrier given.
        public var allowances: [CarrierAmount]

        public init(component: String, allowances: [CarrierAmount]) {
            self.component = component
            self.allowances = allowances
        }
    }

    /// Free allowance in kg per kWh delivered to other parties, by carrier.
    public var quota: [CarrierAmount]
    public var baselines: [Baseline]
    /// Free allowance in kg over the horizon, whatever is delivered.
    public var fixedQuota: Double
    /// CNY/kg.
    public var basePrice: Double
    /// kg over the horizon.
    public var interval: Double
    /// Width of an interval as a share of the quota, in place of `interval`. No binaries then, but also no stepped
    /// reward.
    public var intervalShare: Double?
    public var growth: Double
    /// Number of prices on the ladder; 1 is a flat price.
    public var steps: Int
    public var reward: Reward

    public init(
        quota: [CarrierAmount] = [], baselines: [Baseline] = [], fixedQuota: Double = 0, basePrice: Double,
        interval: Double, intervalShare: Double? = nil, growth: Double, steps: Int, reward: Reward
    ) {
        self.quota = quota
        self.baselines = baselines
        self.fixedQuota = fixedQuota
        self.basePrice = basePrice
        self.interval = interval
        self.intervalShare = intervalShare
        self.growth = growth
        self.steps = steps
        self.reward = reward
    }

    // MARK: Prices

    /// CNY/kg in the k-th interval above the quota.
    func price(above k: Int) -> Double { basePrice * (1 + growth * Double(min(k, steps - 1))) }

    /// CNY/kg in the k-th interval below the quota, under a stepped reward.
    func price(below k: Int, _ growth: Double, _ start: Int, _ steps: Int) -> Double {
        basePrice * (1 + growth * Double(start + min(k, steps - 1)))
    }

    /// Width of an interval in kg, at a quota in kg.
    public func width(quota: Double) -> Double { intervalShare.map { $0 * max(0, quota) } ?? interval }

    /// Intervals of a ladder as far as a mass reaches, from zero on; the last step goes on without end.
    private func intervals(
        of mass: Double, width: Double, steps: Int, price: (Int) -> Double
    ) -> [(width: Double, price: Double)] {
        var intervals: [(width: Double, price: Double)] = []
        var left = mass
        var k = 0
        while left > 0 {
            let part = k >= steps - 1 ? left : min(width, left)
            if part > 0 { intervals.append((part, price(k))) }
            left -= part
            k += 1
        }
        return intervals
    }

    /// What lies below the quota, from zero downwards.
    private func below(_ mass: Double, width: Double) -> [(width: Double, price: Double)] {
        switch reward {
        case .none: mass > 0 ? [(mass, 0)] : []
        case .flat(let price): mass > 0 ? [(mass, price)] : []
        case .stepped(let growth, let start, let own):
            intervals(of: mass, width: width, steps: own ?? steps) {
                price(below: $0, growth, start, own ?? steps)
            }
        }
    }

    private func above(_ mass: Double, width: Double) -> [(width: Double, price: Double)] {
        intervals(of: mass, width: width, steps: steps) { price(above: $0) }
    }

    // MARK: Cost

    /// Cost in CNY as a function of emission less quota in kg, on `lowest ... highest`.
    ///
    /// The last step goes on without end on either side.
    ///
    /// - Parameter quota: kg; matters where intervals are shares of it.
    public func cost(from lowest: Double, to highest: Double, quota: Double = 0) throws -> PiecewiseLinear {
        let width = width(quota: quota)
        let left = Array(below(max(-lowest, 1), width: width).reversed())
        let pieces = left + above(max(highest, 1), width: width)
        return try PiecewiseLinear(
            start: -left.reduce(0) { $0 + $1.width }, value: -left.reduce(0) { $0 + $1.width * $1.price },
            widths: pieces.map(\.width), slopes: pieces.map(\.price))
    }

    /// Cost in CNY of an emission that lies `difference` kg above the quota (below, where negative), step by step from
    /// the definition.
    ///
    /// - Parameter quota: kg; matters where intervals are shares of it.
    public func cost(of difference: Double, quota: Double = 0) -> Double {
        func climb(_ mass: Double, growth: Double, start: Int, steps: Int) -> Double {
            let interval = width(quota: quota)
            var left = mass
            var cost = 0.0
            var k = 0
            while left > 0 {
                let part = k >= steps - 1 ? left : min(interval, left)
                cost += part * basePrice * (1 + growth * Double(start + min(k, steps - 1)))
                left -= part
                k += 1
            }
            return cost
        }
        guard difference < 0 else { return climb(difference, growth: growth, start: 0, steps: steps) }
        switch reward {
        case .none: return 0
        case .flat(let price): return price * difference
        case .stepped(let growth, let start, let own):
            return -climb(-difference, growth: growth, start: start, steps: own ?? steps)
        }
    }

    /// What a kilogram costs or earns from one excess over the quota to another.
    public struct Rung: Sendable, Equatable {
        /// kg above the quota; negative below it.
        public let from: Double
        public let to: Double
        /// CNY/kg.
        public let price: Double
    }

    /// The ladder between two excesses in kg, from below the quota to above it, as ``cost(of:quota:)`` counts it.
    ///
    /// - Parameter quota: kg; matters where intervals are shares of it.
    public func rungs(from lowest: Double, to highest: Double, quota: Double = 0) -> [Rung] {
        let width = width(quota: quota)
        func climb(_ mass: Double, steps: Int, price: (Int) -> Double) -> [Rung] {
            var rungs: [Rung] = []
            var start = 0.0
            var k = 0
            while start < mass {
                let end = k >= steps - 1 ? mass : min(mass, width * Double(k + 1))
                if end > start { rungs.append(Rung(from: start, to: end, price: price(k))) }
                start = end
                k += 1
            }
            return rungs
        }
        let below: [Rung] =
            switch reward {
            case .none: lowest < 0 ? [Rung(from: lowest, to: 0, price: 0)] : []
            case .flat(let price): lowest < 0 ? [Rung(from: lowest, to: 0, price: price)] : []
            case .stepped(let growth, let start, let own):
                climb(-lowest, steps: own ?? steps) { price(below: $0, growth, start, own ?? steps) }
                    .reversed().map { Rung(from: -$0.to, to: -$0.from, price: $0.price) }
            }
        return below + climb(highest, steps: steps) { price(above: $0) }
    }

    /// Whether the cost of this account needs no binaries.
    public var isConvex: Bool {
        switch reward {
        case .none: true
        case .flat(let price): price <= basePrice
        case .stepped(let growth, let start, let own): growth <= 0 || (start == 0 && (own ?? steps) <= 1)
        }
    }

    /// Whether a kilogram less is cheaper, however much is emitted.
    var alwaysPrices: Bool {
        switch reward {
        case .none: false
        case .flat(let price): price > 0 && basePrice > 0
        case .stepped: basePrice > 0
        }
    }
}
