import LinearModels

/// A party's emission against its free quota, and what the difference costs.
///
/// Emission above the quota is bought at a price that rises by `growth` of the base price with every `interval`
/// (the stepped ladder of paper 001, eq. 20): for an excess in the k-th interval, k = 0, 1, …, a kilogram costs
/// `basePrice * (1 + growth * min(k, steps - 1))`. Emission below the quota earns, by the `reward` rule.
public struct CarbonAccount: Sendable, Equatable {
    /// What emission below the quota earns.
    public enum Reward: Sendable, Equatable {
        case none
        /// One price in CNY/kg, however far below.
        case flat(price: Double)
        /// The ladder mirrored: the further below, the more a kilogram earns. The cost is then not convex, and needs
        /// binaries.
        case stepped(growth: Double)
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
    public var growth: Double
    /// Number of prices on the ladder; 1 is a flat price.
    public var steps: Int
    public var reward: Reward

    public init(
        quota: [CarrierAmount] = [], baselines: [Baseline] = [], fixedQuota: Double = 0, basePrice: Double,
        interval: Double, growth: Double,
        steps: Int, reward: Reward
    ) {
        self.quota = quota
        self.baselines = baselines
        self.fixedQuota = fixedQuota
        self.basePrice = basePrice
        self.interval = interval
        self.growth = growth
        self.steps = steps
        self.reward = reward
    }

    /// Cost in CNY as a function of emission less quota in kg, on `lowest ... highest`.
    ///
    /// The last step goes on without end on either side.
    public func cost(from lowest: Double, to highest: Double) throws -> PiecewiseLinear {
        let (below, above) = (max(-lowest, 1), max(highest, 1))
        var breaks: [(width: Double, slope: Double)] = []
        var left = below
        switch reward {
        case .none: breaks.append((below, 0))
        case .flat(let price): breaks.append((below, price))
        case .stepped(let growth):
            var k = 0
            while left > 0 {
                let width = k >= steps - 1 ? left : min(interval, left)
                breaks.insert((width, basePrice * (1 + growth * Double(min(k, steps - 1)))), at: 0)
                left -= width
                k += 1
            }
        }
        let start = -breaks.reduce(0) { $0 + $1.width }
        let value = -breaks.reduce(0) { $0 + $1.width * $1.slope }
        var right = above
        var k = 0
        while right > 0 {
            let width = k >= steps - 1 ? right : min(interval, right)
            breaks.append((width, basePrice * (1 + growth * Double(min(k, steps - 1)))))
            right -= width
            k += 1
        }
        return try PiecewiseLinear(
            start: start, value: value, widths: breaks.map(\.width), slopes: breaks.map(\.slope))
    }

    /// Cost in CNY of an emission that lies `difference` kg above the quota (below, where negative), step by step from
    /// the definition.
    public func cost(of difference: Double) -> Double {
        func climb(_ mass: Double, growth: Double) -> Double {
            var left = mass
            var cost = 0.0
            var k = 0
            while left > 0 {
                let part = k >= steps - 1 ? left : min(interval, left)
                cost += part * basePrice * (1 + growth * Double(min(k, steps - 1)))
                left -= part
                k += 1
            }
            return cost
        }
        guard difference < 0 else { return climb(difference, growth: growth) }
        switch reward {
        case .none: return 0
        case .flat(let price): return price * difference
        case .stepped(let growth): return -climb(-difference, growth: growth)
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

    /// The ladder between two excesses in kg, from below the quota to above it, as ``cost(of:)`` counts it.
    public func rungs(from lowest: Double, to highest: Double) -> [Rung] {
        func climb(_ mass: Double, growth: Double) -> [Rung] {
            var rungs: [Rung] = []
            var start = 0.0
            while start < mass {
                let k = rungs.count
                let end = k >= steps - 1 ? mass : min(mass, interval * Double(k + 1))
                rungs.append(Rung(from: start, to: end, price: basePrice * (1 + growth * Double(min(k, steps - 1)))))
                start = end
            }
            return rungs
        }
        let below: [Rung] =
            switch reward {
            case .none: lowest < 0 ? [Rung(from: lowest, to: 0, price: 0)] : []
            case .flat(let price): lowest < 0 ? [Rung(from: lowest, to: 0, price: price)] : []
            case .stepped(let growth):
                climb(-lowest, growth: growth).reversed().map { Rung(from: -$0.to, to: -$0.from, price: $0.price) }
            }
        return below + climb(highest, growth: growth)
    }

    /// Whether the cost of this account needs binaries.
    public var isConvex: Bool {
        switch reward {
        case .none: true
        case .flat(let price): price <= basePrice
        case .stepped(let growth): growth <= 0 || steps <= 1
        }
    }

    func build(in party: PartyBuilder) throws -> Ledger<LinearExpression>.Carbon {
        let emission = party.ledger.totalEmission
        var allowance = LinearExpression(fixedQuota)
        for flow in party.ledger.flows where flow.kind == .sale {
            guard let factor = quota.first(where: { $0.carrier == flow.carrier })?.amount else { continue }
            allowance += (-factor * party.time.hours) * sum(flow.power)
        }
        for baseline in baselines {
            for (carrier, factor) in baseline.allowances.map({ ($0.carrier, $0.amount) }) {
                let given = party.ledger.flows.filter {
                    $0.component == baseline.component && $0.carrier == carrier && $0.isGiven
                }
                guard !given.isEmpty else {
                    throw InputProblem(
                        "the carbon account of \(party.party.name) has a baseline for \(carrier) of '\(baseline.component)', which gives "
                            + "none. Name a carrier that it buys or generates.")
                }
                allowance += (factor * party.time.hours) * sum(given.flatMap(\.power))
            }
        }
        let difference = emission - allowance
        guard !difference.isConstant else {
            throw InputProblem("the carbon account of \(party.party.name) has no emission to count.")
        }
        let reach = party.reach(of: difference)
        guard reach.lowerBound.isFinite, reach.upperBound.isFinite else {
            throw InputProblem(
                "the carbon account of \(party.party.name) cannot be bounded: give every device that emits a capacity, "
                    + "and every exchange a maximum.")
        }
        let function = try cost(from: reach.lowerBound, to: reach.upperBound)
        let cost = try party.piecewiseLinear(
            function, of: difference, use: .minimised, "carbon", "ladder", meaning: .law(in: .plain))
        party.cost(cost, item: "carbon")
        return .init(account: self, emission: emission, quota: allowance, cost: cost)
    }
}
