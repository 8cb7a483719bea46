import Energy
import EnergyGames
import Games
import TestSupport
import Testing

/// What is best for all, found by messages, beside one program of all.
@Suite struct CoalitionNegotiationTests {
    /// With a battery at every second site, whose binaries keep it from charging and discharging at once.
    private func system(_ coalition: RandomCoalition, batteries: Bool) throws -> EnergySystem {
        var system = try coalition.system()
        guard batteries else { return system }
        for k in stride(from: 0, to: system.parties.count, by: 2) {
            system.parties[k].components.append(
                try Storage("battery", capacity: 60, power: 25))
        }
        return system
    }

    /// - Returns: what the agreed trades cost more than the best ones, and how much more the run says that is possible,
    ///   as shares of the least joint cost.
    private func checked(
        seed: UInt64, _ method: CoalitionTerms.Method, batteries: Bool
    ) throws -> (missed: Double, stated: Double) {
        let coalition = RandomCoalition(seed: seed)
        let system = try system(coalition, batteries: batteries)
        var terms = coalition.terms()
        terms.method = method
        let whole = try EnergyCoalition(system, terms)
        let alone = try whole.alone().reduce(0) { $0 + $1.cost }
        let together = try whole.together().cost
        let log = try MessageLog()
        let parties = try terms.members.map { try system.negotiator($0.name, in: terms) }
        let exchange = try #require(terms.exchangeMethod)
        let outcome = try exchange.solve(
            terms.network(system.time), asking: ExchangeRoundTrip(inTurn: parties), log: log)
        let (run, _, before) = terms.result(of: outcome, system.time)
        // What all can keep to costs no less than the best, and the bound is no higher than it.
        let agreed = try whole.operation(trading: outcome.trades).cost
        let scale = max(1, abs(together))
        #expect(agreed >= together - 1e-6 * scale)
        #expect(alone - run.most <= together + 1e-6 * scale)
        #expect(abs(alone - before.reduce(0, +) - agreed) <= 1e-5 * scale)
        return ((agreed - together) / scale, (run.most - before.reduce(0, +)) / scale)
    }

    @Test(arguments: 1...20 as ClosedRange<UInt64>, [CoalitionTerms.Method.admm, .dantzigWolfe])
    func messagesFindTheLeastJointCost(seed: UInt64, method: CoalitionTerms.Method) throws {
        #expect(try checked(seed: seed, method, batteries: false).missed <= 1e-3)
    }

    @Test(arguments: [2, 3, 5, 8, 13] as [UInt64], [CoalitionTerms.Method.admm, .dantzigWolfe])
    func wholeNumbersToo(seed: UInt64, method: CoalitionTerms.Method) throws {
        let (missed, stated) = try checked(seed: seed, method, batteries: true)
        // Multipliers have no guarantee then: they end within what they say themselves.
        #expect(missed <= (method == .admm ? stated + 1e-5 : 1e-3))
    }
}
