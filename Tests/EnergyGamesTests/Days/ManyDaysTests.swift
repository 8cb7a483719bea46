import CaseFiles
import EnergyGames
import Games
import TestSupport
import Testing

/// A horizon of days that no rule ties together is to the game as the days one by one, though it is one party's model:
/// it is solved in parts.
@Suite struct ManyDaysTests {
    private static let days = 10

    /// - Parameter loads: of each hour, kW.
    private static func game(_ loads: [Double]) throws -> EnergyGame {
        let gas = loads.indices.map { $0 % 24 < 7 ? 0.2 : $0 % 24 < 17 ? 0.35 : 0.6 }
        return try EnergyGame(
            readCase(
                """
                case: {schema: 1, name: many-days}
                time: {start: "2024-01-15T00:00", steps: \(loads.count), step: 1 h}
                carriers: {electricity: {}}
                grid: {buy: {price: \(gas), max: 500}}
                operator: {prices: {electricity_sell: {min: 0.1, max: 1.2}}}
                users:
                  homes:
                    demand: {electricity: \(loads)}
                    flexibility:
                      moved: {type: shiftable, carrier: electricity, share: 0.2, max_power: 30}
                      cut: {type: curtailable, carrier: electricity, share: 0.3, discomfort: 0.5, growth: 2, pieces: 3}
                """))
    }

    @Test func daysAddUp() throws {
        var random = SeededNumbers(seed: 4)
        let loads = (0..<24 * Self.days).map { _ in 20 + 80 * random.uniform(in: 0...1).rounded(toPlaces: 2) }
        let whole = try Self.game(loads)
        let single = try (0..<Self.days).map { try Self.game(Array(loads[24 * $0..<24 * $0 + 24])) }
        // Parties are those of the case, whatever they are solved as.
        #expect(whole.game.parties.map(\.name) == ["homes"] && whole.groups == [["homes"]])
        #expect(whole.game.followers.count > 1 && single.allSatisfy { $0.game.followers.count == 1 })
        for ties in TieRule.allCases {
            let evaluator = try Evaluator(whole.game.with(ties: ties))
            let evaluators = try single.map { try Evaluator($0.game.with(ties: ties)) }
            for round in 0..<12 {
                // Few levels make many ties.
                let prices = loads.map { _ in
                    round.isMultiple(of: 2)
                        ? random.uniform(in: 0.1...1.2) : [0.2, 0.5, 0.7][random.whole(0...2)]
                }
                let found = try evaluator.evaluate(prices)
                let alone = try evaluators.enumerated().map {
                    try $1.evaluate(Array(prices[24 * $0..<24 * $0 + 24]))
                }
                let (payoff, costs) = (alone.compactMap(\.payoff), alone.flatMap(\.followerCosts))
                #expect(payoff.count == Self.days)
                #expect(abs((found.payoff ?? .infinity) - payoff.reduce(0, +)) < 1e-6)
                #expect(whole.game.partyCosts(of: found).count == 1)
                #expect(abs(whole.game.partyCosts(of: found)[0] - costs.reduce(0, +)) < 1e-6)
                // Ledgers tell of the same variables, hour by hour.
                let homes = try #require(whole.solution(of: found).party("homes"))
                #expect(abs(homes.costs.reduce(0) { $0 + $1.amount } - costs.reduce(0, +)) < 1e-6)
                for hour in loads.indices {
                    #expect(abs(homes.flows.reduce(0) { $0 + $1.power[hour] }) < 1e-6)
                }
            }
        }
    }
}

extension Double {
    fileprivate func rounded(toPlaces places: Int) -> Double {
        var factor = 1.0
        for _ in 0..<places { factor *= 10 }
        return (self * factor).rounded() / factor
    }
}
