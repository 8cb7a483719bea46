import LinearModels

/// What components write into while a party's part of a model is built.
///
/// Flows into a balance are positive, flows out of it negative; costs are positive, income negative.
public final class PartyBuilder {
    public let party: Party
    public let time: TimeGrid
    private let system: SystemBuilder
    public internal(set) var ledger: Ledger<LinearExpression>
    private var claimed: [String: [Double]] = [:]
    private var balancesNeeded: Set<String> = []
    private var deferred: [() throws -> Void] = []
    private var bounds: [String: (takes: Double, gives: Double)] = [:]
    private var supplies: [(carrier: Carrier, power: [Variable])] = []

    init(party: Party, system: SystemBuilder) {
        self.party = party
        self.system = system
        time = system.time
        ledger = Ledger(party: party.name, steps: system.time.steps)
    }

    // MARK: Variables and rows

    /// A variable named `party.component.quantity@step`.
    public func variable(
        _ component: String, _ quantity: String, _ step: Int?, in bounds: ClosedRange<Double> = 0...Double.infinity,
        kind: Variable.Kind = .continuous, meaning: RuleMeaning? = nil
    ) throws -> Variable {
        let range = kind == .binary ? 0...1 : bounds
        return try system.model.variable(tag(component, quantity, step, meaning), in: range, kind: kind)
    }

    /// One variable per step, from 0 to the given upper bounds.
    public func variables(
        _ component: String, _ quantity: String, upTo upper: [Double], meaning: RuleMeaning? = nil
    ) throws -> [Variable] {
        try time.indices.map { try variable(component, quantity, $0, in: 0...max(0, upper[$0]), meaning: meaning) }
    }

    /// One variable per step, from 0 to an upper bound that may hold parameters.
    public func variables(_ component: String, _ quantity: String, upTo upper: ParameterExpression) throws -> [Variable]
    {
        try variables(
            component, quantity, from: time.indices.map { _ in .init() }, upTo: time.indices.map { _ in upper })
    }

    /// One variable per step between bounds that may hold parameters.
    public func variables(
        _ component: String, _ quantity: String, from lower: [ParameterExpression], upTo upper: [ParameterExpression],
        meaning: RuleMeaning? = nil
    ) throws -> [Variable] {
        try time.indices.map {
            try system.model.variable(tag(component, quantity, $0, meaning), from: lower[$0], to: upper[$0])
        }
    }

    /// One variable per step between constant bounds.
    public func variables(
        _ component: String, _ quantity: String, in bounds: ClosedRange<Double> = 0...Double.infinity,
        kind: Variable.Kind = .continuous
    ) throws -> [Variable] {
        try time.indices.map { try variable(component, quantity, $0, in: bounds, kind: kind) }
    }

    /// A row named `party.component.rule@step`, or without a step where it spans several.
    ///
    /// - Parameter meaning: what it is called where it is in the way of a solution; a limit in kW called by its rule's
    ///   name, where nothing is said.
    public func add(
        _ relation: Relation, _ component: String, _ rule: String, _ step: Int? = nil, meaning: RuleMeaning? = nil
    ) throws {
        try system.model.add(relation, tag(component, rule, step, meaning))
    }

    private func tag(_ component: String, _ item: String, _ step: Int? = nil, _ meaning: RuleMeaning? = nil) -> ModelTag
    {
        ModelTag(owner: party.name, part: component, item: item, step: step, meaning: meaning)
    }

    /// The value of a piecewise-linear function of an expression; see `LinearModel`.
    public func piecewiseLinear(
        _ function: PiecewiseLinear, of argument: some LinearExpressible, use: PiecewiseUse, _ component: String,
        _ quantity: String, meaning: RuleMeaning? = nil
    ) throws -> LinearExpression {
        try system.model.piecewiseLinear(
            function, of: argument, use: use, tag(component, quantity, nil, meaning))
    }

    /// The least and greatest value of an expression that the bounds of its variables allow.
    public func reach(of expression: LinearExpression) -> ClosedRange<Double> { system.model.reach(of: expression) }

    /// Adds rows that need to know everything that the party's other components and trades do; see
    /// ``rest(of:besides:at:)``.
    public func afterAll(_ add: @escaping () throws -> Void) { deferred.append(add) }

    /// Says that a component takes and gives no more than this in a step, in kW, where its rows say so and its
    /// variables' bounds do not.
    public func bound(_ component: String, takes: Double, gives: Double) { bounds[component] = (takes, gives) }

    /// What all but one component leave of a carrier in a step, in kW: at the least, negative, what they take together,
    /// at the most what they give. Meaningful within ``afterAll(_:)``.
    public func rest(of carrier: String, besides component: String, at step: Int) -> ClosedRange<Double> {
        let isEndless = system.carriers.first { $0.name == carrier }.map { ($0.mayBeVented, $0.price != nil) }
        let range = range(ledger.flows.filter { $0.carrier == carrier && $0.component != component }, at: step)
        return
            (isEndless?.0 == true ? -.infinity : range.lowerBound)...(isEndless?.1 == true
            ? .infinity : range.upperBound)
    }

    /// What flows can take, negative, and give together in a step, in kW.
    private func range(_ flows: [Ledger<LinearExpression>.Flow], at step: Int) -> ClosedRange<Double> {
        let bounded = bounds.filter { name, _ in flows.contains { $0.component == name } }
        let range = reach(of: sum(flows.filter { bounded[$0.component] == nil }.map { $0.power[step] }))
        let low = min(0, range.lowerBound) - bounded.values.map(\.takes).sorted().reduce(0, +)
        let high = max(0, range.upperBound) + bounded.values.map(\.gives).sorted().reduce(0, +)
        return low...high
    }

    /// The reach of an expression where no more is bought of a carrier in a step than the party can use of it then.
    ///
    /// The balance says so of what cannot be vented. What can be vented is not bought to be vented where it costs
    /// something: no emission is lowered by that. Meaningful when all is built.
    func usableReach(of expression: LinearExpression) -> ClosedRange<Double> {
        system.model.reach(of: expression, within: usableSupply)
    }

    /// The names of the variables that leave the usable reach of an expression without an end.
    func unbounded(in expression: LinearExpression) -> [String] {
        system.model.unbounded(in: expression, within: usableSupply).map(system.model.name)
    }

    /// The most that can be used of what is bought outside, kW, where no bound of its variable says that.
    private var usableSupply: [Variable: Double] {
        var limits: [Variable: Double] = [:]
        for (carrier, power) in supplies {
            let others = ledger.flows.filter {
                $0.carrier == carrier.name && $0.kind != .supply && $0.kind != .vent
            }
            for t in time.indices where !carrier.mayBeVented || (carrier.price?[t] ?? 0) >= 0 {
                // A little more, since sums of rounded numbers may be a little less.
                limits[power[t]] = -range(others, at: t).lowerBound * (1 + 1e-9)
            }
        }
        return limits
    }

    // MARK: Sizes

    /// A size as it stands in bounds and right-hand sides: its number, or where it is to be decided the parameter
    /// `party.component.attribute`.
    ///
    /// - Parameter dimension: power or energy.
    public func size(
        _ size: Size, _ component: String, _ attribute: String = "capacity", _ dimension: Dimension = .power
    ) throws -> ParameterExpression {
        switch size {
        case .fixed(let number): return ParameterExpression(number)
        case .decided(let range):
            let tag = tag(component, attribute)
            let value = try system.size(tag, in: range)
            if !ledger.sizes.contains(where: { $0.decision.name == tag.name }) {
                let decision = SizeDecision(
                    component: component, attribute: attribute, name: tag.name, range: range, dimension: dimension)
                ledger.sizes.append(.init(decision: decision, value: LinearExpression(value)))
            }
            return value
        }
    }

    /// Enters what a size costs to buy; nothing where nothing is paid for it.
    ///
    /// - Parameter dimension: power or energy.
    public func buy(
        _ size: ParameterExpression, _ component: String, _ dimension: Dimension = .power, for investment: Investment?
    ) {
        guard let investment else { return }
        let bought = LinearExpression(size)
        ledger.purchases.append(
            .init(
                component: component, investment: investment, size: bought, dimension: dimension,
                outlay: investment.price * bought))
    }

    // MARK: Balances

    /// Puts power (kW, mean over the step) into the party's balance of a carrier.
    ///
    /// - Parameters:
    ///   - flow: what the reports call it, such as `output` or `charge`.
    ///   - kind: what it is to the party.
    public func inject(
        _ power: [LinearExpression], into carrier: String, _ component: String, as flow: String,
        kind: FlowKind = .component
    ) {
        ledger.add(power, carrier: carrier, component: component, flow: flow, kind: kind, sign: 1)
    }

    /// Takes power (kW) out of the party's balance of a carrier; see ``inject(_:into:_:as:kind:)``.
    public func withdraw(
        _ power: [LinearExpression], from carrier: String, _ component: String, as flow: String,
        kind: FlowKind = .component
    ) {
        ledger.add(power, carrier: carrier, component: component, flow: flow, kind: kind, sign: -1)
    }

    // MARK: Money, emission, states

    /// Adds money (CNY over the horizon) to the party's cost under an item's name; income is negative.
    public func cost(_ amount: LinearExpression, item: String) {
        ledger.costs.append(.init(item: item, kind: .own, counterparty: nil, amount: amount))
    }

    /// Adds emission (kg over the horizon) to the party's account.
    ///
    /// - Parameter error: most by which it may be above what the emission follows, kg; of laws in linear pieces.
    public func emit(_ mass: LinearExpression, source: String, error: Double = 0) {
        ledger.emissions.append(.init(source: source, mass: mass, error: error))
    }

    /// A state worth reporting, such as stored energy at the end of each step.
    public func state(_ values: [LinearExpression], _ component: String, as name: String, unit: String) {
        ledger.states.append(.init(component: component, name: name, unit: unit, values: values))
    }

    /// A number worth reporting beside the party's flows and money; see ``Ledger/Figure``.
    public func figure(_ amount: LinearExpression, _ component: String, as name: String, unit: FigureUnit) {
        ledger.figures.append(.init(component: component, name: name, unit: unit, amount: amount))
    }

    /// Power in kW that weather offers to a component, of which it gives what it takes; see ``RenewableUse``.
    public func offer(_ power: [LinearExpression], of carrier: String, _ component: String) {
        ledger.offers.append(.init(component: component, carrier: carrier, power: power))
    }

    // MARK: Demand

    /// The party's base demand of a carrier in kW; zeros where it has none.
    public func demand(of carrier: String) -> [Double] {
        party.demand.first { $0.carrier == carrier }?.power ?? [Double](repeating: 0, count: time.steps)
    }

    /// Takes part of the base demand out of the fixed demand, because a flexible component now decides about it.
    ///
    /// - Parameter attribute: what says how much is claimed.
    /// - Throws: ``InputProblem`` when more than the whole demand of a step is claimed.
    public func claim(
        _ power: [Double], of carrier: String, by component: String, limitedBy attribute: String = "share"
    ) throws {
        var total = claimed[carrier] ?? [Double](repeating: 0, count: time.steps)
        let base = demand(of: carrier)
        for t in time.indices {
            total[t] += power[t]
            guard total[t] <= base[t] + 1e-9 * max(1, base[t]) else {
                throw InputProblem(
                    at: attribute,
                    "'\(component)' and the flexible demands before it claim more than the whole \(carrier) demand of "
                        + "\(party.name). "
                        + (attribute == "share" ? "Let their shares sum to at most 1." : "Lower one of them."))
            }
        }
        claimed[carrier] = total
    }

    // MARK: Trades

    func buy(_ volume: [LinearExpression], in trade: Trade, paying payment: LinearExpression) {
        ledger.add(
            volume, carrier: trade.carrier, component: trade.seller, flow: "purchase", kind: .purchase, sign: 1,
            counterparty: trade.seller)
        ledger.costs.append(
            .init(
                item: "\(trade.carrier) purchase", kind: .purchase(carrier: trade.carrier),
                counterparty: trade.seller, amount: payment))
    }

    func sell(_ volume: [LinearExpression], in trade: Trade, earning payment: LinearExpression) {
        ledger.add(
            volume, carrier: trade.carrier, component: trade.buyer, flow: "sale", kind: .sale, sign: -1,
            counterparty: trade.buyer)
        ledger.costs.append(
            .init(
                item: "\(trade.carrier) sale", kind: .sale(carrier: trade.carrier), counterparty: trade.buyer,
                amount: -payment))
    }

    // MARK: Closing

    /// Withdraws what no flexible component has claimed.
    func addFixedDemand() {
        for (carrier, _) in party.demand {
            withdraw(
                fixedDemand(of: carrier).map { LinearExpression($0) }, from: carrier, "demand", as: "fixed",
                kind: .demand)
        }
    }

    /// Adds outside supply and vents where the carrier has them, then one balance row per carrier and step:
    /// what flows in equals what flows out. The carbon account comes last, over all emissions.
    func close(carriers: [Carrier]) throws {
        for add in deferred { try add() }
        deferred = []
        for carrier in carriers where ledger.carriers.contains(carrier.name) {
            if !party.resells { try limitSales(of: carrier) }
            if let price = carrier.price {
                let supply = try supply(of: carrier)
                inject(supply, into: carrier.name, "supply", as: "supply", kind: .supply)
                var bill = LinearExpression()
                for t in time.indices { bill += price[t] * time.hours * supply[t] }
                cost(bill, item: carrier.name)
                if carrier.emissionFactor != 0 {
                    emit(carrier.emissionFactor * time.hours * sum(supply), source: carrier.name)
                }
            }
            if carrier.mayBeVented {
                withdraw(
                    try variables("vent", carrier.name).map(\.linearExpression), from: carrier.name, "vent", as: "vent",
                    kind: .vent)
            }
            for (t, balance) in ledger.balance(of: carrier.name).enumerated() {
                if carrier.price != nil, !balancesNeeded.contains(carrier.name) { continue }
                if balance.isConstant {
                    guard balance.constant.isConstant, abs(balance.constant.constant) <= 1e-9 else {
                        throw InputProblem(
                            "\(party.name) has \(carrier.name) demand at step \(t), but nothing of it can supply "
                                + "\(carrier.name). Add a device or a price for it.")
                    }
                    continue
                }
                try add(balance == 0, "balance", carrier.name, t, meaning: .balance(of: carrier.name))
            }
        }
        for emission in party.outputEmissions { try emission.build(in: self) }
        if let carbon = party.carbon { ledger.carbon = try carbon.build(in: self) }
    }

    /// What is sold of a carrier is at most what own components give of it in the step. Where nothing of it can be
    /// bought the balance says that already.
    private func limitSales(of carrier: Carrier) throws {
        let flows = ledger.flows.filter { $0.carrier == carrier.name }
        let sales = flows.filter { $0.counterparty != nil && !$0.isGiven }
        let isBought = carrier.price != nil || flows.contains { $0.counterparty != nil && $0.isGiven }
        guard !sales.isEmpty, isBought else { return }
        let own = flows.filter { $0.counterparty == nil && $0.isGiven }
        for t in time.indices {
            // Sales are negative in the balance.
            let left = sum(own.map { $0.power[t] }) + sum(sales.map { $0.power[t] })
            try add(
                left >= 0, "trade", carrier.name, t,
                meaning: RuleMeaning(.law, "sale of own \(carrier.name)", in: .power, isOfOwner: true))
        }
    }

    /// Power bought from outside. Where the party only ever uses the carrier this is the use itself, and needs neither
    /// variables nor balance rows.
    private func supply(of carrier: Carrier) throws -> [LinearExpression] {
        let balance = ledger.balance(of: carrier.name)
        if balance.allSatisfy({ reach(of: $0).upperBound <= 0 }) { return balance.map { -$0 } }
        balancesNeeded.insert(carrier.name)
        let power = try variables("supply", carrier.name)
        supplies.append((carrier, power))
        return power.map(\.linearExpression)
    }

    /// What is left of the base demand, to be met as it stands.
    func fixedDemand(of carrier: String) -> [Double] {
        let base = demand(of: carrier)
        guard let claimed = claimed[carrier] else { return base }
        return time.indices.map { max(0, base[$0] - claimed[$0]) }
    }
}

extension TimeGrid {
    /// The steps, `0 ..< steps`.
    public var indices: Range<Int> { 0..<steps }
}
