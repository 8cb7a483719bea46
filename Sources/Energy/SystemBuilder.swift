import LinearModels

/// Parties of a system turned into one linear model, with the ledgers that say what its variables mean.
///
/// The same parties give the same columns and rows in the same order, wherever they stand: a follower's model alone is
/// column by column the block that it forms within a larger model.
public struct BuiltSystem: Sendable {
    /// Rows and variables of all parties; the objective is whatever the builder was asked to minimise.
    public private(set) var model: LinearModel
    /// One ledger per party, in the order of building.
    public private(set) var ledgers: [Ledger<LinearExpression>]
    /// What is traded in each step, in kW, by the trade's name: of trades that a party built so far takes part in.
    package private(set) var volumes: [String: [Variable]]
    /// What each charge that somebody built so far pays is a price of, by its name.
    private(set) var quantities: [String: [LinearExpression]]

    init(
        model: LinearModel, ledgers: [Ledger<LinearExpression>], volumes: [String: [Variable]],
        quantities: [String: [LinearExpression]] = [:]
    ) {
        self.model = model
        self.ledgers = ledgers
        self.volumes = volumes
        self.quantities = quantities
    }

    /// Systems as parts of one model that each was appended to.
    ///
    /// - Parameter parts: with the place of each one's model in the larger one.
    package init(_ parts: [(system: BuiltSystem, block: ModelBlock)], in model: LinearModel) {
        self.init(model: model, ledgers: [], volumes: [:])
        for (system, block) in parts {
            ledgers += system.ledgers.map { $0.map(block.moved) }
            for (trade, volume) in system.volumes { volumes[trade] = volume.map { block.variables[$0.index] } }
            for (charge, amounts) in system.quantities { quantities[charge] = amounts.map(block.moved) }
        }
    }

    public func ledger(of party: String) -> Ledger<LinearExpression>? { ledgers.first { $0.name == party } }
}

final class SystemBuilder {
    let time: TimeGrid
    let carriers: [Carrier]
    var model: LinearModel
    private var parameters: [String: Parameter]

    init(time: TimeGrid, carriers: [Carrier], behind model: LinearModel) {
        self.time = time
        self.carriers = carriers
        self.model = model
        parameters = Dictionary(model.parameters.map { (model.name(of: $0), $0) }) { first, _ in first }
    }

    /// The posted price at each step as a parameter expression; made when first asked for.
    func price(_ price: Price, at step: Int) throws -> ParameterExpression {
        switch price {
        case .fixed(let series): return ParameterExpression(series[step])
        case .posted(let name, let index, let factor):
            let key = "\(name)[\(index[step])]"
            if let known = parameters[key] { return factor * ParameterExpression(known) }
            let parameter = try model.parameter(key)
            parameters[key] = parameter
            return factor * ParameterExpression(parameter)
        }
    }

    /// A size that is to be decided, as the parameter of that tag.
    func size(_ tag: ModelTag, in range: ClosedRange<Double>) throws -> ParameterExpression {
        if let known = parameters[tag.name] { return ParameterExpression(known) }
        let parameter = try model.parameter(tag, in: range)
        parameters[tag.name] = parameter
        return ParameterExpression(parameter)
    }
}

extension EnergySystem {
    /// Builds the model of parties.
    ///
    /// A trade whose buyer or seller is among the parties becomes a flow of each side that is; where the other side is
    /// absent it is the outside world. The trade's variables belong to the side that decides: the one built first.
    ///
    /// - Parameters:
    ///   - group: parties by name.
    ///   - objective: whose cost is minimised. Payments within these parties cancel, and are left out.
    ///   - others: parties that are built already; the group's variables and rows follow theirs.
    public func build(
        _ group: [String], minimising objective: [String], behind others: BuiltSystem? = nil
    ) throws -> BuiltSystem {
        let builder = SystemBuilder(time: time, carriers: carriers, behind: others?.model ?? LinearModel())
        var builders: [String: PartyBuilder] = [:]
        var volumes = others?.volumes ?? [:]
        var quantities = others?.quantities ?? [:]
        let members = parties.filter { group.contains($0.name) }
        for party in members {
            let partyBuilder = PartyBuilder(party: party, system: builder)
            builders[party.name] = partyBuilder
            for component in party.components { try component.build(in: partyBuilder) }
            partyBuilder.addFixedDemand()
        }
        var gates = SupplyGates()
        for choice in choices {
            guard let party = builders[choice.party] else { continue }
            party.choose(choice, taken: try gates.add(choice, in: builder))
        }
        let optional = choices.reduce(into: Set<String>()) { $0.formUnion($1.options.flatMap(\.contracts)) }
        for trade in trades where group.contains(trade.seller) || group.contains(trade.buyer) {
            if volumes[trade.name] == nil {
                volumes[trade.name] = try builder.volume(of: trade, gate: gates[trade.name])
            }
            try settle(
                trade, volumes[trade.name] ?? [], isOptional: optional.contains(trade.name), group: group,
                builder: builder, builders: builders)
        }
        let limits = charges.isEmpty ? [:] : Dictionary(trades.map { ($0.name, $0.limit) }) { first, _ in first }
        for charge in charges where group.contains(charge.seller) || group.contains(charge.buyer) {
            // Who pays it decides about what it is paid for.
            if quantities[charge.name] == nil, group.contains(charge.buyer) {
                quantities[charge.name] = try builder.quantities(
                    of: charge, gate: gates[charge.name], volumes: volumes, limits: limits)
            }
            guard let amount = quantities[charge.name] else { continue }
            let paid = try builder.amounts(of: charge, amount)
            builders[charge.buyer]?.settle(charge, amount, paid, isPayer: true)
            builders[charge.seller]?.settle(charge, amount, paid, isPayer: false)
        }
        for party in members { try builders[party.name]?.close(carriers: carriers) }
        let ledgers = (others?.ledgers ?? []) + members.compactMap { builders[$0.name]?.ledger }
        var cost = LinearExpression()
        for ledger in ledgers where objective.contains(ledger.name) {
            for item in ledger.costs where !objective.contains(item.counterparty ?? "") { cost += item.amount }
        }
        try builder.model.minimise(cost)
        return BuiltSystem(model: builder.model, ledgers: ledgers, volumes: volumes, quantities: quantities)
    }

    /// Gives each side that is present its flow and its money.
    ///
    /// - Parameter isOptional: whether it stands under some supplies only: it may be one of several between the two
    ///   then.
    private func settle(
        _ trade: Trade, _ variables: [Variable], isOptional: Bool, group: [String], builder: SystemBuilder,
        builders: [String: PartyBuilder]
    ) throws {
        let volume = variables.map(\.linearExpression)
        var payment = LinearExpression()
        for t in time.indices { payment += try builder.price(trade.price, at: t).times(time.hours * volume[t]) }
        if group.contains(trade.buyer) {
            builders[trade.buyer]?.buy(volume, in: trade, paying: payment)
            if isOptional { builders[trade.buyer]?.joinLastTrade() }
            if trade.fee != 0 {
                let fee = (trade.fee * time.hours) * sum(volume)
                builders[trade.buyer]?.cost(fee, item: "\(trade.carrier) fee")
            }
        }
        if group.contains(trade.seller) {
            builders[trade.seller]?.sell(volume, in: trade, earning: payment)
            if isOptional { builders[trade.seller]?.joinLastTrade() }
        }
    }
}
