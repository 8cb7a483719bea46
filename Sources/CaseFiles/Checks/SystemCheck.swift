import Energy
import LinearModels
import Writing

/// Builds every party alone, before anything is solved: finds demand that nothing can supply, carriers that nobody
/// declares, and how much each trade can carry at most.
struct SystemCheck {
    let context: CaseContext
    let carriers: [Carrier]
    private var log: DiagnosticLog { context.log }

    /// What the components of a party can take and give, in kW by carrier, one a step; infinite where nothing bounds them.
    private struct Reach {
        var takes: [String: [Double]] = [:]
        var gives: [String: [Double]] = [:]
        /// What they take whatever happens.
        var needs: [String: [Double]] = [:]
    }

    /// - Returns: the trades that somebody can use, each limited to what its follower can take or give. A limit never
    ///   cuts a use off: it only keeps a party from passing through what it neither uses nor makes.
    func limit(_ trades: [Trade], parties: [PartyDraft], operatorName: String) -> [Trade] {
        var reaches: [String: Reach] = [:]
        var tradesOf: [String: [Trade]] = [:]
        for trade in trades {
            tradesOf[trade.buyer, default: []].append(trade)
            tradesOf[trade.seller, default: []].append(trade)
        }
        for party in parties where party.isComplete {
            guard let ledger = build(party, tradesOf[party.name] ?? []) else { continue }
            reaches[party.name] = ledger
        }
        return trades.compactMap { trade in
            var limited = trade
            if trade.buyer != operatorName, let reach = reaches[trade.buyer] {
                Self.lower(&limited.limit, to: reach.takes[trade.carrier])
            }
            if trade.seller != operatorName, let reach = reaches[trade.seller] {
                Self.lower(&limited.limit, to: reach.gives[trade.carrier])
            }
            return limited.limit.contains { $0 > 0 } ? limited : nil
        }
    }

    private static func lower(_ limit: inout [Double], to reach: [Double]?) {
        for t in limit.indices { limit[t] = min(limit[t], (reach?[t] ?? 0) * (1 + 1e-9)) }
    }

    /// - Parameter own: the trades in which the party takes part.
    private func build(_ draft: PartyDraft, _ own: [Trade]) -> Reach? {
        let system = EnergySystem(time: context.time, carriers: carriers, parties: [draft.party], trades: own)
        do {
            let built = try system.build([draft.name], minimising: [draft.name])
            guard let ledger = built.ledger(of: draft.name), checkCarriers(ledger, draft) else { return nil }
            let reach = reach(ledger, built.model)
            checkSupply(reach, draft, own)
            return reach
        } catch let problem as InputProblem {
            report(problem, draft)
        } catch {
            log.error(draft.location, draft.path, "its model cannot be built: \(error)")
        }
        return nil
    }

    /// Components may name carriers of their own accord, as a boiler names heat.
    private func checkCarriers(_ ledger: Ledger<LinearExpression>, _ draft: PartyDraft) -> Bool {
        let declared = Set(carriers.map(\.name))
        var isFine = true
        var seen: Set<String> = []
        for flow in ledger.flows where !declared.contains(flow.carrier) {
            guard seen.insert("\(flow.component) \(flow.carrier)").inserted else { continue }
            let source = draft.sources[flow.component]
            log.error(
                source?.location ?? draft.location, source?.path ?? draft.path,
                "works with \(flow.carrier), but the case declares no such carrier. Add '\(flow.carrier): {}' to 'carriers'."
            )
            isFine = false
        }
        return isFine
    }

    private func reach(_ ledger: Ledger<LinearExpression>, _ model: LinearModel) -> Reach {
        var reach = Reach()
        let nothing = [Double](repeating: 0, count: context.time.steps)
        for flow in ledger.flows
        where flow.counterparty == nil && flow.kind != .supply && flow.kind != .vent {
            var takes = reach.takes[flow.carrier] ?? nothing
            var gives = reach.gives[flow.carrier] ?? nothing
            var needs = reach.needs[flow.carrier] ?? nothing
            for t in context.time.indices {
                let range = model.reach(of: flow.power[t])
                takes[t] += max(0, -range.lowerBound)
                gives[t] += max(0, range.upperBound)
                needs[t] += max(0, -range.upperBound)
            }
            reach.takes[flow.carrier] = takes
            reach.gives[flow.carrier] = gives
            reach.needs[flow.carrier] = needs
        }
        return reach
    }

    /// Demand above all that devices can give, where nothing can be bought.
    private func checkSupply(_ reach: Reach, _ draft: PartyDraft, _ trades: [Trade]) {
        for carrier in carriers where carrier.price == nil {
            guard let needs = reach.needs[carrier.name], let gives = reach.gives[carrier.name],
                !trades.contains(where: { $0.buyer == draft.name && $0.carrier == carrier.name }),
                let step = needs.indices.first(where: { needs[$0] > gives[$0] * (1 + 1e-9) + 1e-9 })
            else { continue }
            let (needed, given) = NumberText.compared(needs[step], gives[step])
            log.error(
                draft.location, draft.path,
                "\(draft.name) cannot meet \(carrier.name) at hour \(NumberText.rounded(context.time.start(of: step))): "
                    + "\(needed) kW are needed, \(given) kW available. Post "
                    + "\(carrier.name)_sell, or add a device.")
        }
    }

    /// A problem found while building does not say whose it is; its sentence names the component in quotes.
    private func report(_ problem: InputProblem, _ draft: PartyDraft) {
        if problem.attribute != nil,
            let source = draft.sources.first(where: { problem.message.contains("'\($0.key)'") })
        {
            source.value.report(problem, to: log)
        } else {
            log.error(draft.location, draft.path, problem.message)
        }
    }

    /// A decision that no follower ever pays would change nothing.
    func checkTaken(_ prices: OperatorPrices, trades: [Trade], path: String) {
        for entry in prices.entries {
            guard let posted = entry.posted else { continue }
            let isTaken = trades.contains { trade in
                if case .posted(let name, _, _) = trade.price { name == posted.name } else { false }
            }
            if !isTaken {
                log.error(
                    entry.location, "\(path).\(entry.key)",
                    entry.isSale
                        ? "no follower takes \(entry.carrier) at this price. Add a demand or a device that does, or take the price out."
                        : "no follower can sell \(entry.carrier) at this price. Add a device that gives it, or take the price out."
                )
            }
        }
    }
}
