import Energy
import EnergyGames
import Games
import TestSupport
import Testing

/// Small coalitions against what can be told of them without a solver.
@Suite struct RandomCoalitionTests {
    private static let seeds: ClosedRange<UInt64> = 1...20

    @Test(arguments: seeds) func everyGroupGainsWhatItsNetLoadSays(seed: UInt64) throws {
        let coalition = RandomCoalition(seed: seed)
        let solved = try coalition.solved()
        for mask in solved.game.values.indices {
            let expected = coalition.value(mask)
            #expect(abs(solved.game.values[mask] - expected) < 1e-6 * max(1, abs(expected)), "\(mask)")
        }
    }

    /// Over all orders in which parties may come.
    private func shapley(_ coalition: RandomCoalition) -> [Double] {
        let count = coalition.sites.count
        var sums = [Double](repeating: 0, count: count)
        var orders = 0.0
        func go(_ order: [Int], _ mask: Int) {
            guard order.count < count else {
                orders += 1
                return
            }
            for next in 0..<count where mask >> next & 1 == 0 {
                // An arrival counts in as many orders as there are of those who are still to come.
                let rest = (1...max(1, count - order.count - 1)).reduce(1, *)
                sums[next] += Double(rest) * (coalition.value(mask | 1 << next) - coalition.value(mask))
                go(order + [next], mask | 1 << next)
            }
        }
        go([], 0)
        return sums.map { $0 / orders }
    }

    @Test(arguments: seeds) func divisionsAreThoseOfTheirDefinitions(seed: UInt64) throws {
        let coalition = RandomCoalition(seed: seed, parties: 2...5)
        let solved = try coalition.solved()
        let all = coalition.value((1 << coalition.sites.count) - 1)
        let scale = max(1, all)
        let energy = try EnergyCoalition(coalition.system(), coalition.terms()).energy(in: solved.together)
        func agreement(_ division: CoalitionTerms.Division) throws -> CoalitionAgreement {
            try CoalitionAgreement(
                coalition.terms(division), energy: energy, before: solved.before, game: solved.game)
        }
        for (found, expected) in zip(try agreement(.shapley).shares, shapley(coalition)) {
            #expect(abs(found - expected) < 1e-6 * scale)
        }
        // No transfer between any two parties makes the sorted complaints smaller in their order.
        let nucleolus = try agreement(.nucleolus).shares
        let complaints = sortedComplaints(nucleolus, coalition)
        for payer in coalition.sites.indices {
            for payee in coalition.sites.indices where payee != payer {
                var other = nucleolus
                other[payer] -= 1e-3 * scale
                other[payee] += 1e-3 * scale
                guard other[payer] >= -1e-9 * scale else { continue }
                let changed = sortedComplaints(other, coalition)
                let first = zip(complaints, changed).first { abs($0 - $1) > 1e-6 * scale }
                #expect(first.map { $0.1 > $0.0 } ?? false)
            }
        }
        var traders: Set<String> = []
        for (offer, energy) in zip(coalition.offers, energy) where energy.contains(where: { $0 > 1e-6 }) {
            traders.formUnion([offer.trade.seller, offer.trade.buyer])
        }
        let nash = try agreement(.nash).shares
        for (site, share) in zip(coalition.sites, nash) {
            let expected = traders.contains(site.name) ? all / Double(traders.count) : 0
            #expect(abs(share - expected) < 1e-6 * scale)
        }
    }

    private func sortedComplaints(_ shares: [Double], _ coalition: RandomCoalition) -> [Double] {
        let count = coalition.sites.count
        return (1..<((1 << count) - 1)).map { mask in
            coalition.value(mask)
                - (0..<count).filter { mask >> $0 & 1 == 1 }.reduce(0) { $0 + shares[$1] }
        }.sorted(by: >)
    }

    @Test(arguments: seeds) func groupsLeaveWhereTheyGainMore(seed: UInt64) throws {
        let coalition = RandomCoalition(seed: seed, parties: 2...5)
        let solved = try coalition.solved()
        let energy = try EnergyCoalition(coalition.system(), coalition.terms()).energy(in: solved.together)
        let agreement = try CoalitionAgreement(
            coalition.terms(), energy: energy, before: solved.before, game: solved.game)
        let groups = try CoalitionGroups(solved.game, agreement)
        expectLeaving(groups, coalition)
        if groups.isCoreEmpty { #expect(groups.divisions.allSatisfy { $0.leaving != nil }) }
    }

    /// One program instead of a table of all groups, for few parties and for more than a table holds.
    @Test(arguments: [(3, 2...5), (4, 2...5), (5, 2...5), (1, 13...13)] as [(UInt64, ClosedRange<Int>)])
    func oneProgramTellsWhoWouldLeave(seed: UInt64, parties: ClosedRange<Int>) throws {
        let coalition = RandomCoalition(seed: seed, parties: parties)
        let all = try EnergyCoalition(coalition.system(), coalition.terms())
        let (alone, together) = (try all.alone(), try all.together())
        #expect(try all.game(alone: alone, together: together) == nil || coalition.sites.count <= 12)
        let before = all.members.enumerated().map { alone[$0].cost - EnergyCoalition.ownCost(of: $1, in: together) }
        let agreement = try CoalitionAgreement(
            coalition.terms(), energy: all.energy(in: together), before: before, game: nil)
        let groups = try CoalitionGroups(all.program(), agreement)
        #expect(groups.divisions.map(\.name) == ["agreement", "nash", "least core"])
        expectLeaving(groups, coalition)
        for group in groups.values {
            let mask = coalition.sites.indices.filter { group.members.contains(coalition.sites[$0].name) }
                .reduce(0) { $0 | 1 << $1 }
            #expect(abs(group.gain - coalition.value(mask)) < 1e-5 * max(1, group.gain))
        }
    }

    /// Who would leave, against all groups by hand.
    private func expectLeaving(_ groups: CoalitionGroups, _ coalition: RandomCoalition) {
        for division in groups.divisions {
            let worst = sortedComplaints(division.gains, coalition)[0]
            if let leaving = division.leaving {
                #expect(abs(leaving.complaint - worst) < 1e-5 * max(1, worst))
                let mask = coalition.sites.indices.filter { leaving.members.contains(coalition.sites[$0].name) }
                    .reduce(0) { $0 | 1 << $1 }
                let share = coalition.sites.indices.filter { mask >> $0 & 1 == 1 }
                    .reduce(0) { $0 + division.gains[$1] }
                #expect(abs(coalition.value(mask) - share - worst) < 1e-5 * max(1, worst))
            } else {
                #expect(worst < 1e-4)
            }
        }
    }

    /// What every result holds to, whatever the division.
    @Test(arguments: seeds, CoalitionTerms.Division.allCases)
    func nobodyLosesAndPaymentsSumToZero(seed: UInt64, division: CoalitionTerms.Division) throws {
        let coalition = RandomCoalition(seed: seed, parties: 2...5)
        let solved = try coalition.solved()
        let energy = try EnergyCoalition(coalition.system(), coalition.terms()).energy(in: solved.together)
        let agreement = try CoalitionAgreement(
            coalition.terms(division), energy: energy, before: solved.before, game: solved.game)
        let scale = max(1, agreement.gain)
        #expect(agreement.gains.allSatisfy { $0 > -1e-6 * scale })
        #expect(abs(agreement.gains.reduce(0, +) - agreement.gain) < 1e-6 * scale)
        #expect(agreement.worstLoss < 1e-6 && agreement.imbalance < 1e-6 && agreement.outsideBand < 1e-9)
        // Payments by hand, from prices and energy.
        var paid = [String: Double]()
        for (k, offer) in coalition.offers.enumerated() {
            for t in coalition.time.indices {
                let money = (agreement.prices.prices[k][t] ?? 0) * energy[k][t]
                paid[offer.trade.buyer, default: 0] += money
                paid[offer.trade.seller, default: 0] -= money
            }
        }
        for (site, payment) in zip(coalition.sites, agreement.prices.payments) {
            #expect(abs((paid[site.name] ?? 0) - payment) < 1e-6 * scale)
        }
        switch agreement.prices.outcome {
        case .realised:
            for (gain, share) in zip(agreement.gains, agreement.shares) { #expect(abs(gain - share) < 1e-6 * scale) }
        case .bounded where division == .nash: checkOptimality(agreement, coalition, energy)
        case .bounded, .insufficient, .nothingTraded: break
        }
    }

    /// At the bargain no other prices have more of the gains, weighted by what more of each is worth: prices are free
    /// of each other, so that the most of it is found one by one.
    private func checkOptimality(
        _ agreement: CoalitionAgreement, _ coalition: RandomCoalition, _ energy: [[Double]]
    ) {
        let names = coalition.sites.map(\.name)
        let bargainers = names.indices.filter { agreement.gains[$0] > 1e-6 * agreement.gain }
        guard bargainers.count == names.count else { return }
        let rates = agreement.gains.map { 1 / $0 }
        var most = zip(agreement.before, rates).reduce(0) { $0 + $1.0 * $1.1 }
        for (k, offer) in coalition.offers.enumerated() {
            guard let seller = names.firstIndex(of: offer.trade.seller),
                let buyer = names.firstIndex(of: offer.trade.buyer)
            else { continue }
            for t in coalition.time.indices where agreement.prices.prices[k][t] != nil {
                let worth = energy[k][t] * (rates[seller] - rates[buyer])
                most += max(worth * offer.lower[t], worth * offer.upper[t])
            }
        }
        #expect(abs(most - Double(names.count)) < 1e-4)
    }

    /// Two parties: the bargain is half of the gain, or what the nearer end of the band leaves.
    @Test(arguments: seeds) func twoPartiesDivideAsTheBandAllows(seed: UInt64) throws {
        let coalition = RandomCoalition(seed: seed, parties: 2...2)
        let solved = try coalition.solved()
        let energy = try EnergyCoalition(coalition.system(), coalition.terms()).energy(in: solved.together)
        let agreement = try CoalitionAgreement(coalition.terms(), energy: energy, before: solved.before, game: nil)
        guard agreement.gain > 1e-6 else { return }
        var (least, most) = (0.0, 0.0)
        for (offer, energy) in zip(coalition.offers, energy) {
            let sign = offer.trade.buyer == "site0" ? 1.0 : -1
            for t in coalition.time.indices {
                let ends = [offer.lower[t], offer.upper[t]].map { sign * $0 * energy[t] }
                least += ends.min() ?? 0
                most += ends.max() ?? 0
            }
        }
        let wanted = solved.before[0] - agreement.gain / 2
        let expected = solved.before[0] - min(most, max(least, wanted))
        if expected > 1e-9, agreement.gain - expected > 1e-9 {
            #expect(abs(agreement.gains[0] - expected) < 1e-5 * agreement.gain)
        }
    }
}
