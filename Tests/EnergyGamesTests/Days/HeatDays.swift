import Energy
import EnergyGames
import Games

/// Days on which homes buy heat from an operator that makes it of gas, or make it themselves at twice the cost with a
/// stove that may be small. What a tariff pays is known in closed form.
struct HeatDay {
    let name: String
    let weight: Double
    /// CNY/kWh, of each hour: what a kWh of heat costs the operator.
    let gas: [Double]
    /// kW.
    let demand: [Double]
    /// kW.
    let stove: Double

    static let highest = 2.0

    func park() throws -> EnergyGame {
        let time = TimeGrid(steps: gas.count, hours: 1)
        var park = Park(time: time, carriers: [Carrier(name: "heat"), Carrier(name: "gas", price: gas)])
        park.operate([try Boiler("boiler", capacity: 1000, efficiency: ["heat": 1])])
        park.add(
            user: "homes", demand: ["heat": demand],
            [try Boiler("stove", capacity: .fixed(stove), efficiency: ["heat": 0.5])])
        try park.sell("heat", between: 0...Self.highest)
        return try park.game(named: name)
    }

    /// What prices pay the operator: homes buy all where that is no dearer than their stove, and at equal cost what
    /// pleases it, or what does not.
    func payoff(at prices: [Double], ties: TieRule = .optimistic) -> Double {
        prices.indices.reduce(0) { sum, t in
            let (margin, own) = (prices[t] - gas[t], min(stove, demand[t]))
            let isTie = abs(prices[t] - 2 * gas[t]) < 1e-9
            let buysAll = isTie ? (ties == .optimistic) == (margin >= 0) : prices[t] < 2 * gas[t]
            return sum + margin * (buysAll ? demand[t] : demand[t] - own)
        }
    }

    static func game(
        _ days: [HeatDay], risk: RiskMeasure = .mean, ties: TieRule = .optimistic
    ) throws -> EnergyGame {
        let parks = try days.map { try $0.park() }
        return try EnergyGame(
            name: "heat",
            days: zip(days, parks).map { TypicalDay(name: $0.name, weight: $0.weight, system: $1.system) },
            operatorName: Park.leaderName, prices: parks[0].prices, ties: ties, risk: risk)
    }

    static func expected(_ days: [HeatDay], at prices: [Double], ties: TieRule = .optimistic) -> Double {
        days.reduce(0) { $0 + $1.weight * $1.payoff(at: prices, ties: ties) }
    }

    /// Mean and mean of the worst, by the definition: what one falls short of at the best level.
    static func mixed(
        _ days: [HeatDay], at prices: [Double], weight: Double, level: Double, ties: TieRule = .optimistic
    ) -> Double {
        let payoffs = days.map { $0.payoff(at: prices, ties: ties) }
        let all = days.reduce(0) { $0 + $1.weight }
        var worst = -Double.infinity
        for eta in payoffs {
            let short = zip(days, payoffs).reduce(0.0) { sum, one in sum + one.0.weight * max(0, eta - one.1) }
            worst = max(worst, eta - short / (all * (1 - level)))
        }
        return (1 - weight) * expected(days, at: prices, ties: ties) + weight * all * worst
    }

    /// Days without a pattern, three hours each.
    static func random(_ numbers: inout some RandomNumberGenerator, count: Int) -> [HeatDay] {
        (0..<count).map { k in
            HeatDay(
                name: "d\(k)", weight: (Double.random(in: 1...9, using: &numbers)).rounded() / 10,
                gas: (0..<3).map { _ in Double.random(in: 0.1...0.9, using: &numbers) },
                demand: (0..<3).map { _ in Double.random(in: 10...100, using: &numbers) },
                stove: Double.random(in: 5...120, using: &numbers))
        }
    }
}
