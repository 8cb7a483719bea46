import Energy
import Games
import LinearModels
import Studies
import Testing

@testable import CaseFiles
@testable import EnergyGames

/// Rules that cases rely on, each on a park that can be solved by hand.
@Suite struct RuleTests {
    private static func payoff(_ yaml: String) throws -> (case: Case, payoff: Double?) {
        let source = try Workshop.read(["case.yaml": yaml])
        let study = try Study.run(
            EnergyGame(source).game, StudySettings(population: 20, evaluations: 400, seed: 1))
        return (source, study.best.payoff)
    }

    // MARK: A mean over the horizon weighs by hours

    private static func dayOf25Hours(_ price: String) -> String {
        """
        case: {schema: 1, name: dst}
        time: {steps: 25, start: "2024-10-27T00:00"}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.1, max: 1 MW}}
        operator:
          prices: {electricity_sell: {\(price)}}
        users:
          u: {demand: {electricity: 30}}
        """
    }

    /// At a mean of 0.3 over 25 hours 30 kW earn 225, and cost 75, whatever the interval.
    @Test(arguments: ["interval: 4 h", "interval: 3 h", "interval: 1 h", "interval: 24 h", "interval: 25 h"])
    func aCapOnTheMeanCountsHours(interval: String) throws {
        let (source, payoff) = try Self.payoff(Self.dayOf25Hours("min: 0.1, max: 0.5, mean_max: 0.3, \(interval)"))
        #expect(abs(try #require(payoff) - 150) < 1e-6)
        #expect(abs(source.prices[0].mean(source.prices[0].lower.map { _ in 0.3 }) - 0.3) < 1e-12)
    }

    /// Three hours at 0.1 and one at 0.6 have a mean of 0.225.
    @Test func theLeastMeanCountsHours() throws {
        let yaml = Self.dayOf25Hours("min: [0.1, 0.1, 0.1, 0.6], max: 0.7, mean_max: 0.3, interval: 3 h")
            .replacing("steps: 25, start: \"2024-10-27T00:00\"", with: "steps: 4")
        #expect(try Workshop.complaints(["case.yaml": yaml]).isEmpty)
        let below = yaml.replacing("mean_max: 0.3", with: "mean_max: 0.22")
        let found = try Workshop.complaints(["case.yaml": below])
        #expect(
            found.count == 1 && found[0].contains("0.22 CNY/kWh is below the mean of min, 0.225 CNY/kWh"), "\(found)")
    }

    // MARK: What stands before a binary is what a step can absorb

    /// 200 kW of panels, 100 kW used: at the middle price of 0.3 the user and the grid pay 30 each an hour.
    @Test(arguments: [12, 24, 96]) func sellingAboveTheBuyingPriceIsAnsweredAtOnce(steps: Int) throws {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: fit}
            time: {steps: \(steps), step: 15 min}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}, sell: {price: 0.3, max: 1 GW}}
            operator:
              devices: {pv: {type: pv, capacity: 200, profile: 1}}
              prices: {electricity_sell: {min: 0.1, max: 0.5}}
            users:
              u: {demand: {electricity: 100}}
            """
        ])
        #expect(abs(try #require(CaseCheck(source).payoff) - 60 * Double(steps) / 4) < 1e-6)
    }

    /// 300 kW of panels at most, 100 kW used: 200 kW are sold at 0.3 in each of 8,760 hours.
    @Test(arguments: ["", ", battery: {type: storage, capacity: 1 kWh, power: 1 GW}"])
    func soAreSizes(store: String) throws {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: fit}
            time: {steps: 16}
            economics: {discount_rate: 0}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 GW}, sell: {price: 0.3, max: 1 GW}}
            operator:
              devices: {pv: {type: pv, capacity: {min: 0, max: 300}, profile: 1, investment: 100, lifetime: 20}\(store)}
              demand: {electricity: 100}
            """
        ])
        let exact = try #require(SizingGame(source).solveExactly(limits: SolveLimits(nodes: 2_000)).best)
        // The battery buys nothing: its losses cost more than nothing, and prices are the same all day.
        let cost = 300 * 100 / 20 - 0.3 * 200 * 8760
        #expect(abs(exact.cost - cost) < 1e-3 * abs(cost), "\(exact.cost)")
        if store.isEmpty { #expect(abs(exact.cost - cost) < 1e-3) }
    }

    // MARK: A unit can start and stop

    private static func unit(_ device: String, ramp: String) -> String {
        """
        case: {schema: 1, name: a}
        time: {steps: 4}
        carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.05}}
        grid: {buy: {price: 0.6, max: 1 MW}, sell: {price: [0.01, 0.01, 0.5, 0.5], max: 1 MW}}
        operator:
          devices: {c: {type: chp, capacity: 100, commitment: true, \(ramp), \(device)}}
          prices: {electricity_sell: {min: 0.1, max: 0.5}}
        users:
          u: {demand: {electricity: [0, 0, 10, 10]}}
        """
    }

    /// A kWh costs 0.05 / 0.36. Starting at the least load in hour 1 and rising by 40 gives 50, 90 and 100 kWh;
    /// starting in hour 2 gives 50 and 90; from hour 0 on 50, 60, 100, 100 (or 50, 50, 90, 100).
    @Test(arguments: [("ramp: 40", 1.0), ("ramp_share: 0.4", 1), ("ramp: 60", 2)])
    func aUnitWhoseRampIsBelowItsLeastLoadStarts(ramp: String, start: Double) throws {
        let fuel = 0.05 / 0.36
        let expected = start == 1 ? 190 * (0.5 - fuel) - 50 * (fuel - 0.01) : 190 * (0.5 - fuel) - 40 * (fuel - 0.01)
        let (_, payoff) = try Self.payoff(
            Self.unit("min_load: 0.5, efficiency: {electricity: 0.36, heat: 0.46}", ramp: ramp))
        if start == 1 {
            #expect(abs(try #require(payoff) - expected) < 1e-6)
        } else {
            // With a ramp of 60 kW/h: 60 and 100 kWh from hour 2 on, or 50, 100, 100 from hour 1 on.
            let late = 160 * (0.5 - fuel)
            let early = 200 * (0.5 - fuel) - 50 * (fuel - 0.01)
            #expect(abs(try #require(payoff) - max(late, early)) < 1e-6)
        }
    }

    /// A region whose lowest corner is at 50 kW is a least load too.
    @Test func soDoesAUnitWithARegion() throws {
        let (_, payoff) = try Self.payoff(
            Self.unit(
                "region: extraction, corners: [[0, 50], [0, 100], [60, 50], [60, 90]], power_loss_index: 0.15, efficiency: {electricity: 0.36}",
                ramp: "ramp: 40"))
        let fuel = 0.05 / 0.36
        #expect(abs(try #require(payoff) - (190 * (0.5 - fuel) - 50 * (fuel - 0.01))) < 1e-6)
    }

    @Test func aRampOfNothingIsTold() throws {
        let source = try Workshop.read([
            "case.yaml": Self.unit("min_load: 0.5, efficiency: {electricity: 0.36, heat: 0.46}", ramp: "ramp: 0")
        ])
        #expect(
            source.warnings.map(\.rendered).contains { $0.contains("c.ramp: is 0, so the output can never change.") })
    }

    // MARK: Nothing to decide

    /// Two hours of 10 kW bought at 0.1 and sold at 0.3.
    @Test(arguments: ["auto", "lshade", "ga", "ga+polish", "random"]) func aCaseWithAllPricesGivenIsEvaluated(
        algorithm: String
    ) throws {
        let source = try Workshop.read([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {steps: 2}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 1 MW}}
            operator:
              prices: {electricity_sell: 0.3}
            users:
              u: {demand: {electricity: 10}}
            """
        ])
        let study = try Study.run(EnergyGame(source).game, StudySettings(algorithm: algorithm, evaluations: 400))
        #expect(abs(try #require(study.best.payoff) - 4) < 1e-9)
        #expect(study.log.evaluations == 1)
    }
}
