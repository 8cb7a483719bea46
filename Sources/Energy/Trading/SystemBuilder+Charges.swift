import LinearModels

/// Which trades and charges of a model stand only under some of the supplies of which a party takes one.
struct SupplyGates {
    private var open: [String: LinearExpression] = [:]

    /// Adds a binary for each supply, and that exactly one is taken.
    mutating func add(_ choice: SupplyChoice, in builder: SystemBuilder) throws -> [LinearExpression] {
        func tag(_ item: String, _ meaning: RuleMeaning) -> ModelTag {
            ModelTag(owner: choice.party, part: "trade", item: item, meaning: meaning)
        }
        let taken = try choice.options.map { option in
            try builder.model.variable(
                tag(option.name, .law("supply from \(option.name)", in: .plain)), in: 0...1, kind: .binary)
        }
        try builder.model.add(sum(taken) == 1, tag("one_supply", .law("one supply", in: .plain)))
        for contract in choice.options.reduce(into: Set<String>(), { $0.formUnion($1.contracts) }) {
            let under = zip(choice.options, taken).filter { $0.0.contracts.contains(contract) }.map(\.1)
            if under.count < taken.count { open[contract] = sum(under) }
        }
        return taken.map(\.linearExpression)
    }

    /// 1 where a trade or charge stands, 0 where it does not; nil where it always does.
    subscript(contract: String) -> LinearExpression? { open[contract] }
}

extension SystemBuilder {
    /// What is traded in each step. Nothing is where the gate is closed.
    func volume(of trade: Trade, gate: LinearExpression?) throws -> [Variable] {
        let variables = try time.indices.map { try model.variable(trade.tag(at: $0), in: 0...trade.limit[$0]) }
        guard let gate else { return variables }
        for t in time.indices where trade.limit[t] > 0 {
            guard trade.limit[t].isFinite else {
                throw InputProblem(
                    "'\(trade.name)' has no limit at step \(t), and stands under some supplies only. Limit what its party can "
                        + "take or give of \(trade.carrier).")
            }
            try model.add(
                variables[t] - trade.limit[t] * gate <= 0,
                ModelTag(owner: nil, part: trade.name, item: "open", step: t, meaning: .exclusion("open")))
        }
        return variables
    }

    /// The quantities of a charge: variables that are no less than what their definition says, which a price holds
    /// down to it.
    ///
    /// - Parameters:
    ///   - volumes: of trades by name, kW in each step.
    ///   - limits: of the same trades.
    func quantities(
        of charge: Charge, gate: LinearExpression?, volumes: [String: [Variable]], limits: [String: [Double]]
    ) throws -> [LinearExpression] {
        if case .fixed(let prices) = charge.price, prices.contains(where: { $0 < 0 }) {
            throw InputProblem("'\(charge.name)' has a price below 0, for which nothing holds its quantity down.")
        }
        let hours = time.hours
        func power(_ names: [String], _ step: Int) -> LinearExpression { sum(names.compactMap { volumes[$0]?[step] }) }
        func most(_ names: [String], _ step: Int) -> Double { names.reduce(0) { $0 + (limits[$1]?[step] ?? 0) } }
        func tag(_ step: Int? = nil) -> ModelTag {
            ModelTag(owner: nil, part: charge.name, item: "trade", step: step, meaning: .law("quantity", in: .plain))
        }
        func variable(_ step: Int? = nil, upTo upper: Double) throws -> Variable {
            try model.variable(tag(step), in: 0...max(0, upper))
        }
        func all(_ weight: (Int) -> Double) -> LinearExpression {
            sum(time.indices.map { hours * weight($0) * power(charge.purchases, $0) })
        }
        func due(_ least: Double) -> LinearExpression { gate.map { least * $0 } ?? LinearExpression(least) }
        switch charge.basis {
        case .contract: return [try gate ?? model.variable(tag(), in: 1...1).linearExpression]
        case .peak:
            let peak = try variable(upTo: time.indices.map { most(charge.purchases, $0) }.max() ?? 0)
            for t in time.indices where most(charge.purchases, t) > 0 {
                try model.add(peak - power(charge.purchases, t) >= 0, tag(t))
            }
            return [peak.linearExpression]
        case .above(let limit):
            let beyond = time.indices.reduce(0) { $0 + hours * most(charge.purchases, $1) } - limit
            let more = try variable(upTo: beyond)
            if beyond > 0 { try model.add(more - all { _ in 1 } >= -limit, tag()) }
            return [more.linearExpression]
        case .below(let limit):
            let less = try variable(upTo: limit)
            try model.add(less + all { _ in 1 } - due(limit) >= 0, tag())
            return [less.linearExpression]
        case .bill(let least, let prices):
            let less = try variable(upTo: least)
            try model.add(less + all { prices[$0] } - due(least) >= 0, tag())
            return [less.linearExpression]
        case .surplus(let periods, _):
            return try periods.map { steps in
                let first = steps.lowerBound
                let upper = steps.reduce(0) { $0 + hours * most(charge.sales, $1) }
                let surplus = try variable(first, upTo: upper)
                guard upper > 0 else { return surplus.linearExpression }
                let net = sum(steps.map { hours * (power(charge.sales, $0) - power(charge.purchases, $0)) })
                try model.add(surplus - net >= 0, tag(first))
                return surplus.linearExpression
            }
        }
    }

    /// What quantities of a charge cost, one by one.
    func amounts(of charge: Charge, _ quantities: [LinearExpression]) throws -> [LinearExpression] {
        guard case .surplus(let periods, let paid) = charge.basis else {
            return try quantities.map { try price(charge.price, at: 0).times($0) }
        }
        return try zip(periods, quantities).map { steps, quantity in
            let difference = try price(charge.price, at: steps.lowerBound) + -price(paid, at: steps.lowerBound)
            return try difference.times(quantity)
        }
    }
}

extension PartyBuilder {
    /// Notes of which supplies the party takes one.
    func choose(_ choice: SupplyChoice, taken: [LinearExpression]) {
        ledger.supplies = zip(choice.options, taken).map { .init(name: $0.name, taken: $1) }
    }

    /// Enters a charge on the side of who pays, or of who is paid.
    func settle(_ charge: Charge, _ quantities: [LinearExpression], _ amounts: [LinearExpression], isPayer: Bool) {
        let amount = sum(amounts)
        ledger.costs.append(
            .init(
                item: charge.item, kind: .charge(carrier: charge.carrier),
                counterparty: isPayer ? charge.seller : charge.buyer, amount: isPayer ? amount : -amount))
        ledger.joinLastCost()
        if isPayer { ledger.dues.append(.init(charge: charge, quantities: quantities, amounts: amounts)) }
    }

    /// Makes what the last trade added a part of the same trade under another supply, of which one is nothing.
    func joinLastTrade() {
        ledger.joinLastFlow()
        ledger.joinLastCost()
    }
}

extension Ledger<LinearExpression> {
    mutating func joinLastFlow() {
        guard let last = flows.last,
            let k = flows.dropLast().firstIndex(where: {
                $0.component == last.component && $0.carrier == last.carrier && $0.kind == last.kind
                    && $0.counterparty == last.counterparty
            })
        else { return }
        flows[k] = Flow(
            component: last.component, carrier: last.carrier, name: last.name, kind: last.kind, isGiven: last.isGiven,
            counterparty: last.counterparty, power: zip(flows[k].power, last.power).map { $0 + $1 })
        flows.removeLast()
    }

    mutating func joinLastCost() {
        guard let last = costs.last,
            let k = costs.dropLast().firstIndex(where: {
                $0.item == last.item && $0.kind == last.kind && $0.counterparty == last.counterparty
            })
        else { return }
        costs[k] = Cost(
            item: last.item, kind: last.kind, counterparty: last.counterparty, amount: costs[k].amount + last.amount)
        costs.removeLast()
    }
}
