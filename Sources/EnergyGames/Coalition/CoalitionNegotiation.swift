import Energy
import Games
import LinearModels

/// How parties of an energy system negotiate without showing each other more than trades and what these cost them.
///
/// Trades are powers in kW; money is per kW over a step.
extension CoalitionTerms {
    /// Who may trade with whom.
    public func network(_ time: TimeGrid) throws -> ExchangeNetwork {
        try ExchangeNetwork(
            parties: members.map(\.name),
            links: offers.map(\.trade).map {
                ExchangeNetwork.Link(
                    name: $0.name, seller: $0.seller, buyer: $0.buyer, capacity: $0.limit, fee: $0.fee * time.hours)
            })
    }

    /// The method of a negotiation; nil for the central one.
    public var exchangeMethod: ExchangeMethod? {
        switch method {
        case .central: return nil
        case .admm:
            var admm = AlternatingDirections()
            (admm.gap, admm.rounds) = (gap, rounds)
            return .alternatingDirections(admm)
        case .dantzigWolfe:
            var columns = ColumnGeneration()
            (columns.gap, columns.rounds) = (gap, rounds)
            return .columnGeneration(columns)
        }
    }

    /// What was negotiated.
    ///
    /// - Returns: the run, what is traded in kWh by offer and step, and what each member gains before payments.
    public func result(
        of outcome: ExchangeOutcome, _ time: TimeGrid
    ) -> (run: CoalitionRun, energy: [[Double]], before: [Double]) {
        let energy = outcome.trades.map { $0.map { $0 * time.hours } }
        var before = outcome.asks.map { -$0 }
        for (offer, energy) in zip(offers, energy) {
            guard let buyer = members.firstIndex(where: { $0.name == offer.trade.buyer }) else { continue }
            before[buyer] -= offer.trade.fee * energy.reduce(0, +)
        }
        let rounds = outcome.history.map { round in
            CoalitionRun.Round(
                number: round.round, primal: round.primalResidual * time.hours,
                dual: round.dualResidual / time.hours,
                most: round.lowerBound.map { -$0 }, gain: -round.best)
        }
        let run = CoalitionRun(
            method: method, rounds: rounds, most: -outcome.lowerBound, messages: outcome.messages,
            bytes: outcome.bytes, isDone: outcome.ending != .roundLimit)
        return (run, energy, before)
    }
}

extension EnergySystem {
    /// One of the parties, as it answers for itself in a negotiation.
    ///
    /// - Parameters:
    ///   - name: of the party, whose model this system holds.
    ///   - terms: those of the coalition.
    public func negotiator(
        _ name: String, in terms: CoalitionTerms, limits: SolveLimits = SolveLimits()
    ) throws -> LocalParty {
        var own = self
        own.parties.removeAll { $0.name != name }
        // Prices and fees come with the questions.
        own.trades = terms.offers.map(\.trade).filter { $0.seller == name || $0.buyer == name }.map {
            var trade = $0
            trade.price = .fixed(time.indices.map { _ in 0 })
            trade.fee = 0
            return trade
        }
        let built = try own.build([name], minimising: [name])
        return try LocalParty(
            name, in: try terms.network(time), model: built.model, variables: built.volumes, limits: limits)
    }
}

extension EnergyCoalition {
    /// The cheapest operation of all parties with given trades.
    ///
    /// - Parameter power: what is traded, kW by offer and step.
    public func operation(
        trading power: [[Double]], limits: SolveLimits = SolveLimits()
    ) throws -> DispatchAnswer {
        var fixed = system
        for (offer, power) in zip(terms.offers, power) {
            guard let place = fixed.trades.firstIndex(where: { $0.name == offer.trade.name }) else { continue }
            fixed.trades[place].limit = power.map { max(0, $0) }
        }
        let dispatch = try Dispatch(fixed)
        var model = dispatch.built.model
        for trade in fixed.trades {
            for (t, variable) in (dispatch.built.volumes[trade.name] ?? []).enumerated() {
                try model.add(variable >= trade.limit[t] * (1 - 1e-9), named: "agreed.\(trade.name)@\(t)")
            }
        }
        return try dispatch.answer(model, .cost, limits: limits, using: nil)
    }
}
