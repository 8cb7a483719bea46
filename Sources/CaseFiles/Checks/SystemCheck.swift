import Energy
import EnergyGames
import Writing

/// Builds every party alone, before anything is solved: finds demand that nothing can supply, carriers that nobody
/// declares, and how much each trade can carry at most.
struct SystemCheck {
    let context: CaseContext
    let carriers: [Carrier]
    /// Whether parties trade, and nobody posts prices.
    var trading = false
    private var log: DiagnosticLog { context.log }

    /// - Returns: the trades that somebody can use, with their limits; see `TradeLimits`.
    func limit(_ trades: [Trade], parties: [PartyDraft], operators: Set<String>) -> [Trade] {
        var reaches: [String: PartyReach] = [:]
        let tradesOf = trades.byParty
        for party in parties where party.isComplete {
            guard let reach = reach(of: party, tradesOf[party.name] ?? []) else { continue }
            reaches[party.name] = reach
        }
        return TradeLimits.limited(trades, reaches: reaches, leaders: operators)
    }

    /// - Parameter own: the trades in which the party takes part.
    private func reach(of draft: PartyDraft, _ own: [Trade]) -> PartyReach? {
        do {
            let reach = try PartyReach(of: draft.party, trades: own, carriers: carriers, time: context.time)
            guard checkCarriers(reach, draft) else { return nil }
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
    private func checkCarriers(_ reach: PartyReach, _ draft: PartyDraft) -> Bool {
        let declared = Set(carriers.map(\.name))
        var isFine = true
        var seen: Set<String> = []
        for (component, carrier) in reach.carriers where !declared.contains(carrier) {
            guard seen.insert("\(component) \(carrier)").inserted else { continue }
            let source = draft.sources[component]
            log.error(
                source?.location ?? draft.location, source?.path ?? draft.path,
                "works with \(carrier), but the case declares no such carrier. Add '\(carrier): {}' to 'carriers'."
            )
            isFine = false
        }
        return isFine
    }

    /// Demand above all that devices can give, where nothing can be bought.
    private func checkSupply(_ reach: PartyReach, _ draft: PartyDraft, _ trades: [Trade]) {
        for carrier in carriers where carrier.price == nil {
            guard let needs = reach.needs[carrier.name], let gives = reach.gives[carrier.name],
                !trades.contains(where: { $0.buyer == draft.name && $0.carrier == carrier.name }),
                let step = needs.indices.first(where: { needs[$0] > gives[$0] * (1 + 1e-9) + 1e-9 })
            else { continue }
            let (needed, given) = NumberText.compared(needs[step], gives[step])
            log.error(
                draft.location, draft.path,
                "\(draft.name) cannot meet \(carrier.name) at hour \(NumberText.rounded(context.time.start(of: step))): "
                    + "\(needed) kW are needed, \(given) kW available. "
                    + (trading
                        ? "Widen its grid, or add a device: alone it must do without trades."
                        : "Post \(carrier.name)_sell, or add a device."))
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
    func checkTaken(_ prices: OperatorPrices, trades: [Trade], charges: [Charge]) {
        for entry in prices.everyEntry {
            guard let posted = entry.posted else { continue }
            if !trades.pay(posted.name), !charges.contains(where: { $0.posted.contains(posted.name) }) {
                log.error(
                    entry.location, entry.path,
                    entry.isSale
                        ? "no follower takes \(entry.carrier) at this price. Add a demand or a device that does, or take the price out."
                        : "no follower can sell \(entry.carrier) at this price. Add a device that gives it, or take the price out."
                )
            }
        }
    }
}
