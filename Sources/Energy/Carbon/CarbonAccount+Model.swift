import LinearModels

extension CarbonAccount {
    func build(in party: PartyBuilder) throws -> Ledger<LinearExpression>.Carbon {
        try check(party.party.name)
        let emission = party.ledger.totalEmission
        let allowance = try allowance(in: party)
        let difference = emission - allowance
        guard !difference.isConstant else {
            throw InputProblem("the carbon account of \(party.party.name) has no emission to count.")
        }
        let cost =
            intervalShare == nil
            ? try ladder(over: difference, in: party)
            : try tiers(emission: emission, quota: allowance, in: party)
        party.cost(cost, item: "carbon")
        return .init(account: self, emission: emission, quota: allowance, cost: cost)
    }

    /// Intervals that are shares of the quota know no stepped reward, and need a cost that is convex.
    private func check(_ party: String) throws {
        guard let intervalShare else { return }
        func refuse(_ fact: String) -> InputProblem {
            InputProblem("the carbon account of \(party) has intervals that are shares of the quota, \(fact)")
        }
        if intervalShare <= 0 { throw refuse("but the share is \(intervalShare). Give more than 0.") }
        if growth < 0 { throw refuse("but its price falls from one to the next. Give a growth of 0 or more.") }
        if case .stepped = reward {
            throw refuse("and a stepped reward beside. Give a flat reward, or intervals in kg.")
        }
        if !isConvex { throw refuse("and a reward above the base price. Give at most that.") }
    }

    private func allowance(in party: PartyBuilder) throws -> LinearExpression {
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
        return allowance
    }

    /// The cost of an excess by intervals in kg. Where prices fall on the way up it takes binaries, whose widths need
    /// the least and greatest excess that there can be.
    private func ladder(over difference: LinearExpression, in party: PartyBuilder) throws -> LinearExpression {
        let reach = party.usableReach(of: difference)
        guard reach.lowerBound.isFinite, reach.upperBound.isFinite else {
            let endless = party.unbounded(in: difference).prefix(3).joined(separator: ", ")
            throw InputProblem(
                "the carbon account of \(party.party.name) cannot be bounded, since \(endless) has no limit: give every "
                    + "device that emits a capacity, and every exchange and trade a maximum.")
        }
        let function = try cost(from: reach.lowerBound, to: reach.upperBound)
        return try party.piecewiseLinear(
            function, of: difference, use: .minimised, "carbon", "ladder", meaning: .law(in: .plain))
    }

    /// A tier of prices by the ratio of emission to quota: `price * emission - allowed * quota`, both in CNY/kg, from
    /// the k-th interval above the quota on.
    ///
    /// In the interval that begins at the ratio `r` the cost is `level * quota + price * (emission - r * quota)`, which
    /// is linear in the emission and in the quota.
    public func tier(_ k: Int) -> (price: Double, allowed: Double) {
        let share = intervalShare ?? 0
        let level = (0..<k).reduce(0.0) { $0 + share * price(above: $1) }
        return (price(above: k), price(above: k) * (1 + share * Double(k)) - level)
    }

    /// The cost by the ratio of emission to quota: at least what each tier says, since prices rise (no binaries).
    ///
    /// Below the quota the reward goes on; `over` is what the tiers add to it.
    private func tiers(
        emission: LinearExpression, quota: LinearExpression, in party: PartyBuilder
    ) throws -> LinearExpression {
        let reward = if case .flat(let price) = reward { price } else { 0.0 }
        let over = try party.variable("carbon", "over", nil, meaning: .law(in: .plain))
        for k in 0..<steps {
            let (price, allowed) = tier(k)
            guard k > 0 || price > reward else { continue }
            try party.add(
                over - (price - reward) * emission + (allowed - reward) * quota >= 0, "carbon", "tier\(k)",
                meaning: .law(in: .plain))
        }
        return reward * (emission - quota) + over
    }

    /// The most that a kWh can be worth in CNY that is given an allowance and emits, both in kg, at whatever price the
    /// account may reach. What is bought for less may be bought for its quota alone.
    package func worth(ofAllowance allowance: Double, emission: Double) -> Double {
        let above = (0..<steps).map { k -> Double in
            let (price, allowed) = tier(k)
            return allowed * allowance - price * emission
        }
        let below: [Double] =
            switch reward {
            case .none: [0]
            case .flat(let price): [price * (allowance - emission)]
            case .stepped(let growth, let start, let own):
                (0..<(own ?? steps)).map { price(below: $0, growth, start, own ?? steps) * (allowance - emission) }
            }
        return (above + below).max() ?? 0
    }
}
