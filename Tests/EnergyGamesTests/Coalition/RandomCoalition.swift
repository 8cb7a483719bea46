import Energy
import EnergyGames
import Games
import TestSupport

/// A few parties with a load, a roof and a grid each, who may sell to each other, drawn from a seed.
///
/// What a group costs needs no solver: in each step its surplus goes where most is paid for it, and its lack comes from
/// where least is asked, since every grid asks more than any grid pays.
struct RandomCoalition {
    struct Site {
        let name: String
        let load: [Double]
        let roof: [Double]
        let buy: [Double]
        let sell: [Double]
    }

    let time: TimeGrid
    let sites: [Site]

    init(seed: UInt64, parties: ClosedRange<Int> = 2...6) {
        var numbers = SeededNumbers(seed: seed)
        let count = numbers.whole(parties)
        let time = TimeGrid(steps: numbers.whole(2...6), hours: numbers.whole(1...4) == 1 ? 0.5 : 1)
        sites = (0..<count).map { k in
            func series(_ range: ClosedRange<Double>) -> [Double] {
                time.indices.map { _ in numbers.uniform(in: range) }
            }
            return Site(
                name: "site\(k)", load: series(0...100), roof: series(0...(k % 2 == 0 ? 160 : 60)),
                buy: series(0.4...1), sell: series(0...0.3))
        }
        self.time = time
    }

    func system() throws -> EnergySystem {
        let parties = try sites.map { site in
            Party(
                name: site.name, demand: [("electricity", site.load)],
                components: [
                    try MarketExchange(
                        buyPrice: .init(site.buy), buyMaximum: 1000, sellPrice: .init(site.sell), sellMaximum: 1000,
                        time: time),
                    try Photovoltaic(
                        "roof", capacity: 200, profile: .init(site.roof.map { $0 / 200 }), time: time),
                ], resells: true)
        }
        return EnergySystem(
            time: time, carriers: [Carrier(name: "electricity")], parties: parties, trades: offers.map(\.trade))
    }

    var offers: [CoalitionTerms.Offer] {
        sites.flatMap { seller in
            sites.filter { $0.name != seller.name }.map { buyer in
                CoalitionTerms.Offer(
                    trade: Trade(
                        name: "local.\(seller.name).\(buyer.name)", seller: seller.name, buyer: buyer.name,
                        carrier: "electricity", price: .fixed([]), limit: time.indices.map { _ in 500 }),
                    lower: seller.sell, upper: buyer.buy)
            }
        }
    }

    func terms(
        _ division: CoalitionTerms.Division = .nash, _ weights: CoalitionTerms.Weights = .equal
    ) -> CoalitionTerms {
        CoalitionTerms(
            members: sites.map { .init($0.name) }, offers: offers, division: division, weights: weights)
    }

    /// What a group of sites costs, by hand.
    func cost(of group: [Int]) -> Double {
        time.indices.reduce(0) { cost, t in
            let lack = group.reduce(0) { $0 + sites[$1].load[t] - sites[$1].roof[t] }
            let price =
                lack > 0
                ? group.map { sites[$0].buy[t] }.min() ?? 0 : group.map { sites[$0].sell[t] }.max() ?? 0
            return cost + time.hours * lack * price
        }
    }

    /// What a group gains against each of its members alone.
    func value(_ mask: Int) -> Double {
        let group = sites.indices.filter { mask >> $0 & 1 == 1 }
        return group.reduce(0) { $0 + cost(of: [$1]) } - cost(of: group)
    }

    /// Everything from the solver.
    struct Solved {
        let alone: [DispatchAnswer]
        let together: DispatchAnswer
        let before: [Double]
        let game: CooperativeGame
    }

    func solved() throws -> Solved {
        let coalition = try EnergyCoalition(system(), terms())
        let alone = try coalition.alone()
        let together = try coalition.together()
        let before = coalition.members.enumerated().map {
            alone[$0].cost - EnergyCoalition.ownCost(of: $1, in: together)
        }
        let game = try coalition.game(alone: alone, together: together)
        guard let game else { throw DispatchError.notFound }
        return Solved(alone: alone, together: together, before: before, game: game)
    }
}
