import Energy
import Writing

/// Builds the party that pays for carbon with its account: finds outputs that are not there, and accounts that nothing
/// bounds, at the place of the section. Warns of quota that is worth more than what must be bought for it.
struct CarbonCheck {
    let context: CaseContext
    let carriers: [Carrier]

    /// - Parameters:
    ///   - location: where the section of the account is.
    ///   - trades: all of the case.
    ///   - path: of that section.
    func check(_ party: Party, trades: [Trade], at location: SourceLocation, path: String) {
        let own = trades.filter { $0.buyer == party.name || $0.seller == party.name }
        let alone = EnergySystem(time: context.time, carriers: carriers, parties: [party], trades: own)
        do {
            _ = try alone.build([party.name], minimising: [party.name])
        } catch let problem as InputProblem {
            context.log.error(location, path, problem.message)
        } catch {
            context.log.error(location, path, "its model cannot be built: \(error)")
        }
        if let account = party.carbon { checkPump(account, of: party, at: location, path: path) }
    }

    private func checkPump(_ account: CarbonAccount, of party: Party, at location: SourceLocation, path: String) {
        for market in party.components.compactMap({ $0 as? MarketExchange }) {
            let allowance = account.baselines.filter { $0.component == market.name }
                .flatMap(\.allowances).filter { $0.carrier == market.carrier }.reduce(0) { $0 + $1.amount }
            guard allowance > 0 else { continue }
            var added = 0.0
            for output in party.outputEmissions where output.component == market.name {
                // A curve only adds to it.
                if case .factors(let factors) = output.law {
                    added += factors.filter { $0.carrier == market.carrier }.reduce(0) { $0 + $1.amount }
                }
            }
            let steps = market.buyPrice.indices.map { t in
                (step: t, worth: account.worth(ofAllowance: allowance, emission: market.emissionFactor[t] + added))
            }
            guard
                let (cheapest, worth) = steps.max(by: {
                    $0.worth - market.buyPrice[$0.step] < $1.worth - market.buyPrice[$1.step]
                }), worth > market.buyPrice[cheapest] + 1e-12
            else { continue }
            let unit = context.units.engineSymbol(of: .energyPrice)
            let (price, value) = NumberText.compared(unit: unit, market.buyPrice[cheapest], worth)
            context.log.warning(
                location, path,
                "gives so much quota for \(market.carrier) of '\(market.name)' that a kWh of it may be worth \(value) less its "
                    + "own emission, and at hour \(NumberText.rounded(context.time.start(of: cheapest))) it costs \(price): "
                    + "\(party.name) may buy it for its quota alone. Lower the baseline or the prices of the ladder.")
        }
    }
}
