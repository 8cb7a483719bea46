import Energy
import EnergyGames
import Foundation
import Games
import LinearModels
import Studies
import Testing

@testable import CaseFiles

/// Cases whose prices are for several days.
@Suite struct PriceDayTests {
    static let yaml = """
        case: {schema: 1, name: heat}
        time: {steps: 2}
        tables: {day: {file: mild.csv, index: hour}}
        carriers: {heat: {}, gas: {price: day.gas}}
        operator:
          devices: {boiler: {type: boiler, capacity: 1000 kW, efficiency: {heat: 1}}}
          prices: {heat_sell: {min: 0, max: 2}}
        users:
          homes:
            demand: {heat: day.load}
            devices: {stove: {type: boiler, capacity: 200 kW, efficiency: {heat: 0.5}}}
        days:
          mild: {weight: 0.3}
          cold: {weight: 0.7, tables.day.file: cold.csv}
        """
    static let gas = ["mild": [0.3, 0.2], "cold": [0.5, 0.6]]
    static let load = ["mild": [100.0, 40], "cold": [60, 90]]

    static func files(_ changes: [(String, String)] = []) -> [String: String] {
        var files = ["case.yaml": changes.reduce(yaml) { $0.replacing($1.0, with: $1.1) }]
        for (day, prices) in gas {
            let rows = zip(prices, load[day] ?? []).enumerated().map { "\($0),\($1.0),\($1.1)" }
            files["\(day).csv"] = "hour,gas [CNY/kWh],load [kW]\n" + rows.joined(separator: "\n") + "\n"
        }
        return files
    }

    /// What may be traded ends a billionth above what can be used, see `TradeLimits`.
    private static let rounding = 1e-6

    /// Homes buy all at up to twice the price of gas: their stove loses half of it.
    private static func payoff(_ gas: [Double], _ load: [Double], at prices: [Double]) -> Double {
        prices.indices.reduce(0) { $0 + (prices[$1] <= 2 * gas[$1] ? load[$1] * (prices[$1] - gas[$1]) : 0) }
    }

    @Test func daysShareTheTariff() throws {
        let source = try Workshop.read(Self.files())
        #expect(!source.isSizing && !source.isCentral && source.warnings.isEmpty)
        let game = try EnergyGame(source)
        #expect(game.days.map(\.name) == ["mild", "cold"] && game.days.map(\.weight) == [0.3, 0.7])
        #expect(game.game.space.count == 2 && game.game.followers.map(\.name) == ["mild: homes", "cold: homes"])
        #expect(game.hasDays && !game.isOfYear)
        let evaluator = try Evaluator(game.game)
        for prices in [[0.5, 0.3], [0.6, 0.4], [0.9, 1.1], [1.5, 0.1]] {
            let hand = ["mild", "cold"].map { Self.payoff(Self.gas[$0] ?? [], Self.load[$0] ?? [], at: prices) }
            let evaluation = try evaluator.evaluate(prices)
            for (found, expected) in zip(game.payoffs(of: evaluation), hand) {
                #expect(abs(found - expected) < Self.rounding)
            }
            #expect(abs(try #require(evaluation.payoff) - (0.3 * hand[0] + 0.7 * hand[1])) < Self.rounding)
        }
        let check = try CaseCheck(source)
        #expect(check.isSound && check.warnings.isEmpty)
    }

    /// A year of days: payoffs are of the year.
    @Test func weightsMayMakeAYear() throws {
        let source = try Workshop.read(Self.files([("0.3}", "1380}"), ("0.7,", "3000,")]))
        // A horizon of two hours comes 4380 times.
        #expect(source.warnings.isEmpty)
        #expect(try EnergyGame(source).isOfYear)
    }

    /// The mean day has the weighted means of all columns, and nothing else changes.
    @Test func theMeanDayIsTheMeanOfItsColumns() throws {
        let source = try Workshop.read(Self.files())
        let mean = try #require(try source.onMeanDay())
        #expect(mean.days.map(\.name) == ["mean"] && mean.days.map(\.weight) == [1])
        func average(_ columns: [String: [Double]]) -> [Double] {
            zip(columns["mild"] ?? [], columns["cold"] ?? []).map { mild, cold in 0.3 * mild + 0.7 * cold }
        }
        let game = try EnergyGame(mean)
        for prices in [[0.5, 0.3], [0.88, 0.96], [1.2, 0.1]] {
            let expected = Self.payoff(average(Self.gas), average(Self.load), at: prices.map { $0 - 1e-12 })
            #expect(abs(try #require(Evaluator(game.game).evaluate(prices).payoff) - expected) < 1e-6)
        }
        // A day that changes more than a table has no mean with others.
        #expect(try Workshop.read(Self.files([("0.3}", "0.3, users.homes.demand.heat: 50}")])).onMeanDay() == nil)
    }

    /// A factor of zero stands for the mean of its column, too.
    @Test func nothingOfAColumnIsNothingOnTheMeanDay() throws {
        let source = try Workshop.read(Self.files([("{price: day.gas}", "{price: 0 * day.gas}")]))
        // Where gas costs nothing, homes heat with it.
        for days in [source, try #require(try source.onMeanDay())] {
            let payoff = try Evaluator(EnergyGame(days).game).evaluate([0.5, 0.3]).payoff
            #expect(abs(try #require(payoff)) < Self.rounding)
        }
    }

    /// A fee that is decided is a tariff for all days, as a price is.
    @Test func otherPartsOfATariffAreTheSameOnAllDays() throws {
        let fee = ("{heat_sell: {min: 0, max: 2}}", "{heat_sell: 0.3, heat_fee: {min: 0, max: 9}}")
        let source = try Workshop.read(Self.files([fee]))
        #expect(!source.isSizing && source.prices.count == 1)
        let found = try Workshop.complaints(
            Self.files([fee, ("weight: 0.3}", "weight: 0.3, operator.prices.heat_fee.max: 5}")]))
        // A fee is paid on each day, which is a warning (`DayTermsTests`).
        #expect(
            found.filter { !$0.contains("warning:") } == [
                "case.yaml:13:3  days.mild: operator.prices.heat_fee is not bounded here as it is in the case, but one tariff is posted for all days. Give it the same bounds and interval on all days."
            ])
    }

    /// With scenarios the days are these, and their mean is the forecast.
    @Test func scenariosAreDaysOfTheTariff() throws {
        let scenarios = """

            scenarios: {count: 20, keep: 3, seed: 4, errors: {day: {load: {deviation: 30 %}}}}
            """
        var files = Self.files([("  cold: {weight: 0.7, tables.day.file: cold.csv}", ""), ("0.3}", "1}")])
        files["case.yaml"]? += scenarios
        files["cold.csv"] = nil
        let source = try Workshop.read(files)
        #expect(source.days.count == 3 && source.scenarios[0].drawn == 20 && source.warnings.isEmpty)
        #expect(abs(source.days.reduce(0) { $0 + $1.weight } - 1) < 1e-12)
        let game = try EnergyGame(source)
        let evaluation = try Evaluator(game.game).evaluate([0.5, 0.3])
        for (day, payoff) in zip(source.days, game.payoffs(of: evaluation)) {
            let load = try #require(day.system.parties.first { $0.name == "homes" }?.demand.first?.power)
            #expect(abs(payoff - Self.payoff(Self.gas["mild"] ?? [], load, at: [0.5, 0.3])) < Self.rounding)
        }
        // On all that were drawn, each as likely as another.
        let every = try Workshop.withFolder(files.mapValues { Data($0.utf8) }) {
            try CaseReader.read($0, scenarios: .every)
        }
        let check = try TariffCheck(
            game, on: every.days, decision: [0.5, 0.3], kept: try #require(evaluation.payoff))
        let hand = try every.days.reduce(0.0) { sum, day in
            let load = try #require(day.system.parties.first { $0.name == "homes" }?.demand.first?.power)
            return sum + Self.payoff(Self.gas["mild"] ?? [], load, at: [0.5, 0.3]) / 20
        }
        #expect(every.days.count == 20 && check.failures.isEmpty)
        #expect(abs(try #require(check.all) - hand) < Self.rounding)
        let forecast = try #require(try source.onMeanDay())
        #expect(forecast.days.map(\.name) == ["mild"])
        #expect(forecast.days[0].system.parties.first { $0.name == "homes" }?.demand.first?.power == [100, 40])
    }

    /// Two days that are one, each half of the time: the same payoff, prices and bounds.
    @Test func twoEqualDaysAreOne() throws {
        let park = """
            case: {schema: 1, name: small-park}
            time: {steps: 6, step: 4 h}
            carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.3, co2: 0.2}}
            grid: {buy: {price: [0.4, 0.4, 0.9, 0.9, 1.1, 0.6], max: 2000 kW}}
            operator:
              devices:
                chp: {type: chp, capacity: 300 kW, efficiency: {electricity: 0.36, heat: 0.46}}
                boiler: {type: boiler, capacity: 500 kW, efficiency: {heat: 0.9}}
              prices:
                electricity_sell: {min: 0.3, max: 1.2, mean_max: 0.8}
                heat_sell: {min: 0.2, max: 0.6}
            users:
              homes:
                demand: {electricity: [200, 180, 320, 300, 420, 260], heat: [150, 160, 120, 110, 140, 160]}
                devices:
                  heater: {type: electric_boiler, capacity: 60 kW, efficiency: {heat: 0.95}}
                flexibility:
                  washing: {type: shiftable, carrier: electricity, share: 0.2}

            """
        let one = try EnergyGame(Workshop.read(["case.yaml": park]))
        let two = try EnergyGame(
            Workshop.read(["case.yaml": park + "days: {first: {weight: 0.5}, second: {weight: 0.5}}\n"]))
        let settings = StudySettings(population: 10, evaluations: 400, seed: 1)
        let (a, b) = (try Study.run(one.game, settings), try Study.run(two.game, settings))
        let payoff = try #require(a.best.payoff)
        #expect(abs(payoff - (try #require(b.best.payoff))) <= 1e-9 * abs(payoff))
        for (x, y) in zip(a.best.decision, b.best.decision) { #expect(abs(x - y) <= 1e-9) }
        let (alone, together) = (try CheapBounds(one.game), try CheapBounds(two.game))
        #expect(abs(alone.highPoint - together.highPoint) <= 1e-9 * abs(alone.highPoint))
        #expect(try abs(#require(alone.payments) - #require(together.payments)) <= 1e-9 * abs(payoff))
        for ties in [TieRule.optimistic, .pessimistic] {
            for heights in [0.0, 0.3, 0.7, 1] {
                let prices = one.game.space.decisions.map { $0.lower + heights * ($0.upper - $0.lower) }
                let (x, y) = try (
                    #require(Evaluator(one.game).evaluate(prices, ties: ties).payoff),
                    #require(Evaluator(two.game).evaluate(prices, ties: ties).payoff)
                )
                #expect(abs(x - y) <= 1e-9 * max(1, abs(x)))
            }
        }
        // What is paid for certain: day by day, and the same prices are the worst on both.
        let reaches = try [one, two].map { PriceReach(try PriceGame($0.game)) }
        for heights in [0.0, 0.3, 0.7, 1] {
            let prices = one.game.space.rounded(
                one.game.space.decisions.map { $0.lower + heights * ($0.upper - $0.lower) })
            let alone = try #require(try Evaluator(one.game).bankable(prices, reaches[0]))
            let both = try #require(try Evaluator(two.game).bankable(prices, reaches[1]))
            #expect(abs(alone.payoff - both.payoff) <= 1e-9 * max(1, abs(alone.payoff)))
            #expect(alone.isExact == both.isExact)
            #expect(try Evaluator(two.game).bankable(prices, reaches[1], above: both.payoff + 1) == nil)
        }
    }

    /// Prices that the case gives stand on all days: nothing is searched, and each day is answered.
    @Test func aTariffThatStands() throws {
        let source = try Workshop.read(Self.files([("{min: 0, max: 2}", "[0.6, 0.4]")]))
        #expect(source.isSizing)
        let game = try EnergyGame(source)
        #expect(game.game.space.count == 0)
        let payoff = try #require(Evaluator(game.game).evaluate([]).payoff)
        let hand = ["mild", "cold"].map { Self.payoff(Self.gas[$0] ?? [], Self.load[$0] ?? [], at: [0.6, 0.4]) }
        #expect(abs(payoff - (0.3 * hand[0] + 0.7 * hand[1])) < Self.rounding)
    }

    // MARK: Mistakes

    static let mistakes: [(old: String, new: String, expected: String)] = [
        (
            "weight: 0.3}", "weight: 0.3, operator.prices.heat_sell.max: 1}",
            "case.yaml:13:3  days.mild: operator.prices.heat_sell is not bounded here as it is in the case, but one tariff is posted for all days. Give it the same bounds and interval on all days."
        ),
        (
            "{min: 0, max: 2}", "{min: day.gas, max: 2}",
            "case.yaml:14:3  days.cold: operator.prices.heat_sell is not bounded here as it is in the case, but one tariff is posted for all days. Give it the same bounds and interval on all days."
        ),
        (
            "weight: 0.3}", "weight: 0.3, operator.prices.heat_sell: 1}",
            "case.yaml:13:3  days.mild: operator.prices.heat_sell is not bounded here as it is in the case, but one tariff is posted for all days. Give it the same bounds and interval on all days."
        ),
        (
            "weight: 0.3}", "weight: 0.2}",
            "case.yaml:12:1  warning: days: the weights are 0.9 in all: neither shares, which are 1, nor a year of 365 or 366 days, for which they make 0.075."
        ),
        (
            "weight: 0.3}", "weight: 0}",
            "case.yaml:13:18  days.mild.weight: must be above 0. Take the day out if no year has it."
        ),
        (
            "capacity: 1000 kW,", "capacity: {min: 0, max: 1000 kW},",
            "case.yaml:7:12  operator.prices.heat_sell: is to be decided, but the case is one of sizing, by operator.devices.boiler.capacity. Decide the one or the other: give the price as a number or a series."
        ),
        (
            "days:", "game: {leader: {risk: {weight: 30 %}}}\ndays:",
            "case.yaml:12:17  game.leader.risk: 'level' is missing. Add it: share of all days that is not among the worst, as 90 %."
        ),
        (
            "days:", "game: {leader: {risk: {weight: 30 %, level: 100 %}}}\ndays:",
            "case.yaml:12:45  game.leader.risk.level: 1 is outside 0 … 0.999."
        ),
        (
            "days:", "game: {leader: {risk: {weight: 3, level: 90 %, share: 2}}}\ndays:",
            "case.yaml:12:48  game.leader.risk.share: unknown key. Known keys: weight, level."
        ),
    ]

    @Test(arguments: mistakes.indices) func saysWhatIsWrong(index: Int) throws {
        let (old, new, expected) = Self.mistakes[index]
        let files = Self.files([(old, new)])
        let complaints = try Workshop.complaints(files)
        let found = complaints.isEmpty ? try Workshop.read(files).warnings.map(\.rendered) : complaints
        #expect(found.contains(expected), "\(found)")
    }

    @Test func riskNeedsDays() throws {
        let head = try #require(Self.yaml.range(of: "days:")).lowerBound
        let yaml = Self.yaml[..<head] + "game: {leader: {risk: {weight: 30 %, level: 90 %}}}\n"
        var files = Self.files()
        files["case.yaml"] = String(yaml)
        files["cold.csv"] = nil
        #expect(
            try Workshop.complaints(files) == [
                "case.yaml:12:17  game.leader.risk: weighs bad days, and the case has one horizon. Add days, as {days: {calm: {weight: 0.3}}}, or take it out."
            ])
    }
}
