import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import Studies
import Testing

/// Operators who post prices to the same users, against games that are solved by hand.
@Suite struct CompetitionTests {
    /// A boiler for each operator that makes heat of gas at 0.2 CNY/kWh, and users who pay at most 1 CNY/kWh.
    private static func boilers(
        _ operators: [(name: String, efficiency: Double, capacity: Double)], demand: Double = 10, least: Double = 0
    ) throws -> EnergyCompetition {
        let parties = operators.map {
            """
              \($0.name):
                devices: {boiler: {type: boiler, capacity: \($0.capacity), efficiency: {heat: \($0.efficiency)}}}
                prices: {heat_sell: {min: \(least), max: 1}}
            """
        }
        return try EnergyCompetition(
            readCase(
                """
                case: {schema: 1, name: street}
                time: {steps: 1, step: 1 h}
                carriers: {heat: {}, gas: {price: 0.2}}
                parties:
                \(parties.joined(separator: "\n"))
                users:
                  homes: {demand: {heat: \(demand)}}
                """))
    }

    private static func search(
        _ competition: EnergyCompetition, tick: Double = 0.005, rounds: Int = 400, workers: Int = 1
    ) throws -> CompetitionSearch {
        try CompetitionSearch.run(
            competition.rivalry,
            CompetitionSettings(
                search: StudySettings(population: 10, evaluations: 40, workers: workers), tick: tick, rounds: rounds,
                nodes: 50))
    }

    /// Bertrand: with the same cost, each goes below the other until nothing is left to gain. A price above the cost by
    /// more than two ticks is undercut: all of the demand at a tick less is worth more than half of it.
    @Test func equalCostsLeaveNothing() throws {
        let tick = 0.005
        let found = try Self.search(Self.boilers([("east", 1, 100), ("west", 1, 100)]), tick: tick)
        for end in found.ends {
            #expect(end.path.end == .equilibrium)
            let price = try #require(end.answer.decision.min())
            #expect(abs(price - 0.2) <= 2 * tick + 1e-9, "\(price)")
            for regret in end.regrets {
                let payoff = try #require(regret.payoff)
                #expect(payoff >= -1e-9 && payoff <= 2 * tick * 10 + 1e-9)
            }
        }
    }

    /// The cheaper one asks what the dearer one needs, and sells everything.
    @Test func theCheaperOneSellsAll() throws {
        let tick = 0.005
        let found = try Self.search(Self.boilers([("east", 1, 100), ("west", 0.5, 100)]), tick: tick)
        for end in found.ends {
            #expect(end.path.end == .equilibrium)
            let price = end.answer.decision[0]
            #expect(price <= 0.4 + 2 * tick + 1e-9 && price >= 0.4 - 2 * tick - 1e-9, "\(price)")
            #expect(end.answer.decision[1] >= price)
            #expect(abs((end.regrets[0].payoff ?? 0) - 10 * (price - 0.2)) < 1e-6)
            #expect(abs(end.regrets[1].payoff ?? 1) < 1e-6)
        }
    }

    /// What an operator could gain at most is bounded by the certificate; prices on a grid, and the demand that follows
    /// from them, say what it could gain at least.
    @Test func regretsHoldAgainstAllPricesOfAGrid() throws {
        let costs = [0.2, 0.4]
        let found = try Self.search(Self.boilers([("east", 1, 100), ("west", 0.5, 100)]))
        for end in found.ends {
            for k in 0..<2 {
                let rival = end.answer.decision[1 - k]
                var best = 0.0
                for p in stride(from: 0.0, through: 1, by: 0.0005) where p < rival {
                    best = max(best, 10 * (p - costs[k]))
                }
                let regret = end.regrets[k]
                #expect(regret.bound >= best - 1e-9)
                #expect(regret.bound <= best + 10 * 0.0005 + 1e-6, "\(regret.bound) above \(best)")
            }
        }
    }

    /// Edgeworth: neither can serve all, so that the dear one still sells 3 kW of 10. At low prices it pays to ask 1
    /// for these, and at high ones to go below the rival: no prices are an equilibrium. By hand: selling 3 kW at 1
    /// brings 2.4; 7 kW bring more down to a price of 0.2 + 2.4 / 7 = 0.543.
    @Test func capacitiesMakeItCycle() throws {
        let tick = 0.02
        let found = try Self.search(Self.boilers([("east", 1, 7), ("west", 1, 7)]), tick: tick)
        #expect(found.ends.allSatisfy { $0.path.end == .cycle })
        let cycle = try #require(found.ends.first).path.cycle
        #expect(cycle.count > 3)
        let prices = cycle.flatMap(\.decision)
        #expect(abs((prices.max() ?? 0) - 1) < 1e-9)
        let lowest = try #require(prices.min())
        #expect(abs(lowest - 0.543) <= 2 * tick, "\(lowest)")
        // A kW that one cannot give is bought from the other: each sells at least 3 and at most 7 of the 10.
        for answer in cycle {
            for (price, payoff) in zip(answer.decision, answer.payoffs) {
                let sold = try #require(payoff) / (price - 0.2)
                #expect(sold > 3 - 1e-6 && sold < 7 + 1e-6)
            }
        }
        // Whatever the profile, one of them gains: proved regrets are above what the hand says for the last one.
        let last = try #require(found.ends.first)
        #expect(last.epsilon > 0.1)
    }

    private static let goods = """
        case: {schema: 1, name: street}
        time: {steps: 2, step: 1 h}
        carriers: {heat: {}, electricity: {}, gas: {price: 0.2}}
        """
    private static let heatSeller = """
        {devices: {boiler: {type: boiler, capacity: 100, efficiency: {heat: 1}}},
            prices: {heat_sell: {min: 0, max: 1}}}
        """
    private static let powerSeller = """
        {grid: {buy: {price: [0.3, 0.4], max: 100}}, prices: {electricity_sell: {min: 0, max: 1}}}
        """
    /// With a boiler of half the efficiency, and a demand half of which can be spared at 0.8.
    private static let buyers = """
        users:
          homes:
            demand: {heat: [10, 6], electricity: [8, 12]}
            devices: {stove: {type: boiler, capacity: 100, efficiency: {heat: 0.5}}}
            flexibility: {thrift: {type: curtailable, carrier: electricity, share: 0.5, discomfort: 0.8}}
        """

    /// Who alone sells a good has a monopoly: the homes' own heat costs 0.4, and electricity is spared above 0.8, so
    /// that at these prices all is sold. The same games of one operator each pay the same.
    @Test func differentGoodsAreMonopolies() throws {
        let source = try readCase(
            "\(Self.goods)\nparties:\n  east: \(Self.heatSeller)\n  west: \(Self.powerSeller)\n\(Self.buyers)")
        let found = try Self.search(EnergyCompetition(source))
        let end = try #require(found.ends.first)
        #expect(end.path.end == .equilibrium)
        let byHand = [16 * (0.4 - 0.2), 8 * (0.8 - 0.3) + 12 * (0.8 - 0.4)]
        let alone = try [
            (Self.heatSeller, "electricity: [8, 12]", "heat: [10, 6], "), (Self.powerSeller, "heat: [10, 6], ", ""),
        ].enumerated().map { k, one in
            var buyers = Self.buyers
            if k == 0 {
                buyers = buyers.replacing(", electricity: [8, 12]", with: "")
                buyers = String(buyers[..<(try #require(buyers.firstRange(of: "\n    flexibility"))).lowerBound])
            } else {
                buyers = buyers.replacing(one.1, with: one.2)
            }
            let parts =
                one.0.hasPrefix("{grid: ")
                ? "grid: {buy: {price: [0.3, 0.4], max: 100}}\noperator: {prices: {electricity_sell: {min: 0, max: 1}}}"
                : "operator: \(one.0)"
            let game = try EnergyGame(readCase("\(Self.goods)\n\(parts)\n\(buyers)")).game
            return try Study.run(game, StudySettings(population: 10, evaluations: 40)).best.payoff
        }
        for (regret, alone) in zip(end.regrets, alone) {
            #expect(
                abs((regret.payoff ?? 0) - (alone ?? 1)) < 1e-6, "\(String(describing: regret.payoff)), \(alone ?? 0)")
        }
        for (regret, expected) in zip(end.regrets, byHand) {
            #expect(abs((regret.payoff ?? 0) - expected) < 0.011 * 20, "\(String(describing: regret.payoff))")
            #expect(regret.bound >= expected - 1e-6 && regret.bound < expected + 0.05)
        }
    }

    /// Names of the operators and their order do not matter.
    @Test func theOrderOfOperatorsDoesNotMatter() throws {
        let one = try Self.search(Self.boilers([("east", 1, 100), ("west", 0.5, 100)]), tick: 0.01)
        let other = try Self.search(Self.boilers([("west", 0.5, 100), ("east", 1, 100)]), tick: 0.01)
        let (a, b) = (try #require(one.ends.first), try #require(other.ends.first))
        #expect(a.path.end == b.path.end)
        #expect(abs((a.regrets[0].payoff ?? 0) - (b.regrets[1].payoff ?? 1)) <= 2 * 0.01 * 10)
        #expect(abs((a.regrets[1].payoff ?? 0) - (b.regrets[0].payoff ?? 1)) <= 1e-6)
    }

    /// At the same price, each sells half, and the whole is shared whichever is first.
    @Test func equalPricesShareTheDemand() throws {
        let competition = try Self.boilers([("east", 1, 100), ("west", 0.8, 100)])
        let answer = try RivalryEvaluator(competition.rivalry).evaluate([0.5, 0.5])
        #expect(answer.isSplit)
        #expect(abs((answer.payoffs[0] ?? 0) - 5 * (0.5 - 0.2)) < 1e-6)
        #expect(abs((answer.payoffs[1] ?? 0) - 5 * (0.5 - 0.25)) < 1e-6)
        #expect(abs(answer.turnover - 5) < 1e-6)
    }

    @Test func workersDoNotMatter() throws {
        let competition = try Self.boilers([("east", 1, 7), ("west", 0.9, 100)])
        let one = try Self.search(competition, tick: 0.05, rounds: 30)
        let three = try Self.search(competition, tick: 0.05, rounds: 30, workers: 3)
        #expect(one.ends.map(\.answer.decision) == three.ends.map(\.answer.decision))
        #expect(one.ends.map { $0.regrets.map(\.bound) } == three.ends.map { $0.regrets.map(\.bound) })
        #expect(one.ends.flatMap(\.paths).map(\.moves) == three.ends.flatMap(\.paths).map(\.moves))
    }

    /// What two boilers can give is shared out, so that nobody is asked for more.
    @Test func capacityIsSharedOut() throws {
        let source = try readCase(
            """
            case: {schema: 1, name: street}
            time: {steps: 1, step: 1 h}
            carriers: {heat: {}, gas: {price: 0.2}}
            parties:
              east:
                demand: {heat: 1}
                devices: {boiler: {type: boiler, capacity: 7, efficiency: {heat: 1}}}
                prices: {heat_sell: {min: 0, max: 1}}
              west:
                devices: {boiler: {type: boiler, capacity: 100, efficiency: {heat: 1}}}
                prices: {heat_sell: {min: 0, max: 1}}
            users:
              homes: {demand: {heat: 10}}
              school: {demand: {heat: 20}}
            """)
        let competition = try EnergyCompetition(source)
        let limits = competition.system.trades.filter { $0.seller == "east" }.map { $0.limit[0] }
        #expect(abs(limits[0] - 2) < 1e-6 && abs(limits[1] - 4) < 1e-6, "\(limits)")
        let answer = try RivalryEvaluator(competition.rivalry).evaluate([0.3, 0.6])
        #expect(abs((answer.payoffs[0] ?? 0) - (6 * (0.3 - 0.2) - 0.2)) < 1e-6)
        #expect(abs((answer.payoffs[1] ?? 0) - 24 * (0.6 - 0.2)) < 1e-6)
    }

    /// On the users of the shipped park: who has a rival asks less than who has none. Demand-weighted means of what
    /// users pay for a kWh, beside one operator alone with the same users and bands.
    @Test func competitionOnThePark() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/cases/two-operators")
        let competition = try EnergyCompetition(CaseReader.read(folder))
        let found = try CompetitionSearch.run(
            competition.rivalry,
            CompetitionSettings(search: StudySettings(population: 10, evaluations: 10), rounds: 4, nodes: 0))
        var system = competition.system
        system.parties.removeAll { $0.name == "renewables" }
        system.trades.removeAll { $0.seller == "renewables" }
        let alone = try EnergyGame(
            name: "alone", system: system, operatorName: "cogeneration", prices: competition.operators[0].prices,
            ties: .optimistic)
        let monopoly = try Study.run(alone.game, StudySettings(population: 10, evaluations: 60)).best
        let dear = Self.meanPrices(alone.solution(of: monopoly), time: system.time)
        for end in found.ends {
            #expect(end.epsilon.isFinite && end.epsilon >= 0)
            #expect(end.regrets.allSatisfy { $0.bound >= ($0.payoff ?? .infinity) - 1e-6 * abs($0.bound) })
            // Users as they answer everybody, from the first operator's side.
            let solution = competition.games[0].solution(of: end.answer.evaluations[0])
            let cheap = Self.meanPrices(solution, time: system.time)
            for (carrier, price) in dear { #expect((cheap[carrier] ?? .infinity) < price, "\(carrier)") }
        }
        #expect(dear.count == 2)
    }

    /// CNY/kWh by carrier: what users pay operators, over what they buy from them.
    private static func meanPrices(_ solution: SystemSolution, time: TimeGrid) -> [String: Double] {
        var (paid, bought): ([String: Double], [String: Double]) = ([:], [:])
        for user in solution.parties.filter({ ["industrial", "commercial", "residential"].contains($0.name) }) {
            for item in user.costs where item.counterparty != nil {
                for carrier in ["electricity", "heat"] where item.item.contains(carrier) {
                    paid[carrier, default: 0] += item.amount
                }
            }
            for flow in user.flows where flow.counterparty != nil {
                bought[flow.carrier, default: 0] += time.hours * flow.power.reduce(0, +)
            }
        }
        return paid.reduce(into: [:]) { $0[$1.key] = $1.value / (bought[$1.key] ?? 0) }
    }

    @Test func oneLeaderGamesNameTheCommand() throws {
        let source = try readCase(
            "\(Self.goods)\nparties:\n  east: \(Self.heatSeller)\n  west: \(Self.powerSeller)\n\(Self.buyers)")
        #expect(throws: CompetitionError.severalOperators(case: "street")) { try EnergyGame(source) }
        #expect(source.isCompetition && !source.isCentral)
        #expect(source.prices.map(\.name) == ["prices.east.heat_sell", "prices.west.electricity_sell"])
        #expect(source.system.trades.map(\.name).contains("east.heat_sell.homes"))
        let check = try CaseCheck(source)
        #expect(check.isSound && check.payoff != nil)
    }
}
