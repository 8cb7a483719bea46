import CaseFiles
import Energy
import EnergyGames
import Games
import LinearModels
import TestSupport
import Testing

/// Operation of least cost or emission with nobody led.
@Suite struct DispatchTests {
    /// - Parameter added: to the demand of a carrier at a step, kW.
    private static func central(
        _ devices: String, electricity: [Double] = [200, 180, 320, 300], heat: [Double] = [150, 160, 120, 110],
        hours: Double = 1, grid: String = "price: [0.4, 0.5, 0.9, 0.6], max: 2000 kW, co2: 0.6"
    ) throws -> Case {
        try readCase(
            """
            case: {schema: 1, name: central}
            time: {steps: \(electricity.count), step: \(hours) h}
            carriers: {electricity: {}, heat: {}, gas: {price: 0.3, co2: 0.2}}
            grid: {buy: {\(grid)}}
            operator:
              demand: {electricity: \(electricity), heat: \(heat)}
              devices: {\(devices)}
            """)
    }

    private static let boiler = "boiler: {type: boiler, capacity: 500 kW, efficiency: {heat: 0.9}}"
    private static let chp =
        "chp: {type: chp, capacity: 150 kW, efficiency: {electricity: 0.36, heat: 0.46}}"
    private static let battery =
        "battery: {type: storage, carrier: electricity, capacity: 100 kWh, duration: 2 h, charge_efficiency: 0.95, "
        + "discharge_efficiency: 0.95}"

    /// Everything is bought: cost, emission and marginal values follow from prices alone.
    @Test(arguments: [0.25, 1, 4]) func whatIsBoughtCostsItsPrice(hours: Double) throws {
        let dispatch = try Dispatch(Self.central(Self.boiler, hours: hours).system)
        let answer = try dispatch.solve()
        let bill = (200 * 0.4 + 180 * 0.5 + 320 * 0.9 + 300 * 0.6) * hours
        let gas = 540 / 0.9 * hours
        #expect(abs(answer.cost - (bill + 0.3 * gas)) < 1e-9)
        #expect(abs(answer.emission - (1000 * hours * 0.6 + 0.2 * gas)) < 1e-9)
        #expect(abs(answer.bound - answer.cost) < 1e-9 && answer.isProvedByDuality)
        let power = try #require(answer.marginals.first { $0.carrier == "electricity" })
        let heat = try #require(answer.marginals.first { $0.carrier == "heat" })
        for (found, wanted) in zip(power.price, [0.4, 0.5, 0.9, 0.6]) { #expect(abs(found - wanted) < 1e-9) }
        for found in power.emission { #expect(abs(found - 0.6) < 1e-9) }
        for found in heat.price { #expect(abs(found - 0.3 / 0.9) < 1e-9) }
        for found in heat.emission { #expect(abs(found - 0.2 / 0.9) < 1e-9) }
    }

    /// One kWh more is asked for, and the program is built and solved anew.
    @Test(arguments: [1.0, 0.5]) func marginalValuesAreThoseOfOneMoreKilowattHour(hours: Double) throws {
        let devices = [Self.boiler, Self.chp, Self.battery].joined(separator: ", ")
        var electricity = [201.3, 183.1, 322.7, 305.9, 250.3, 191.7]
        var heat = [152.9, 161.3, 87.1, 113.7, 140.9, 171.3]
        let grid = "price: [0.4, 0.5, 0.9, 0.61, 1.2, 0.45], max: 2000 kW, co2: 0.6"
        func solve() throws -> DispatchAnswer {
            try Dispatch(
                Self.central(devices, electricity: electricity, heat: heat, hours: hours, grid: grid).system
            ).solve()
        }
        let base = try solve()
        var told = 0
        for step in electricity.indices {
            for carrier in ["electricity", "heat"] {
                var ends: [(cost: Double, emission: Double)] = []
                for sign in [1.0, -1.0] {
                    let power = sign * 1e-3
                    if carrier == "heat" { heat[step] += power } else { electricity[step] += power }
                    let other = try solve()
                    if carrier == "heat" { heat[step] -= power } else { electricity[step] -= power }
                    ends.append(
                        (
                            (other.cost - base.cost) / (power * hours),
                            (other.emission - base.emission) / (power * hours)
                        ))
                }
                // Where a kWh more and a kWh less are worth the same, there is one marginal value.
                guard abs(ends[0].cost - ends[1].cost) < 1e-6, abs(ends[0].emission - ends[1].emission) < 1e-6 else {
                    continue
                }
                told += 1
                let marginal = try #require(base.marginals.first { $0.carrier == carrier })
                #expect(abs(marginal.price[step] - ends[0].cost) < 1e-5)
                #expect(abs(marginal.emission[step] - ends[0].emission) < 1e-5)
            }
        }
        #expect(told >= 6)
    }

    /// A unit that is on or off: marginal values with its state fixed, cost against enumeration of all states.
    @Test func commitmentIsTheBestOfAllStates() throws {
        let unit =
            "chp: {type: chp, capacity: 150 kW, min_load: 0.5, commitment: true, startup_cost: 20, "
            + "efficiency: {electricity: 0.36, heat: 0.3}}"
        let prices = [0.4, 1.2, 0.95, 0.5]
        let answer = try Dispatch(
            Self.central("\(unit), \(Self.boiler)", grid: "price: \(prices), max: 2000 kW").system
        ).solve()
        // Of heat that is needed, the unit may give no more than is needed.
        let (electricity, heat) = ([200.0, 180, 320, 300], [150.0, 160, 120, 110])
        var best = Double.infinity
        for states in 0..<16 {
            func isOn(_ t: Int) -> Bool { states >> t & 1 == 1 }
            var cost = 0.0
            for t in 0..<4 {
                if t > 0, isOn(t), !isOn(t - 1) { cost += 20 }
                func at(_ power: Double) -> Double {
                    (electricity[t] - power) * prices[t] + 0.3 * power / 0.36
                        + 0.3 * (heat[t] - power * 0.3 / 0.36) / 0.9
                }
                let most = min(150, electricity[t], heat[t] * 0.36 / 0.3)
                cost += isOn(t) ? min(at(75), at(most)) : at(0)
            }
            best = min(best, cost)
        }
        #expect(abs(answer.cost - best) < 1e-6)
        #expect(answer.marginalsFixIntegers && !answer.marginals.isEmpty)
        #expect(answer.gap < 1e-9)
    }

    /// Whether the relaxation answers or branch and bound does, an optimum is an optimum.
    @Test func everyOptimumComesWithItsBound() throws {
        for seed in 0..<25 {
            var numbers = SeededNumbers(seed: UInt64(seed))
            func series(_ range: ClosedRange<Double>) -> [Double] {
                (0..<4).map { _ in Double.random(in: range, using: &numbers).rounded() }
            }
            let unit =
                "chp: {type: chp, capacity: 150 kW, min_load: 0.5, commitment: true, startup_cost: 9, "
                + "efficiency: {electricity: 0.36, heat: 0.3}}"
            let prices = series(2...12).map { $0 / 10 }
            let answer = try Dispatch(
                Self.central(
                    "\(unit), \(Self.boiler), \(Self.battery)", electricity: series(100...300), heat: series(0...200),
                    grid: "price: \(prices), max: 2000 kW, co2: 0.4"
                ).system
            ).solve()
            #expect(answer.status == .optimal && answer.gap < 1e-6 && answer.bound <= answer.cost + 1e-6)
        }
    }

    /// On a convex program the front is the lower edge of what weighted sums reach.
    @Test func theFrontIsThatOfWeightedSums() throws {
        let devices = [Self.boiler, Self.chp, Self.battery].joined(separator: ", ")
        let dispatch = try Dispatch(Self.central(devices).system)
        var told: [Int] = []
        let front = try dispatch.front(7) { k, _ in told.append(k) }
        #expect(front.count == 7 && told == Array(0..<7))
        #expect(zip(front, front.dropFirst()).allSatisfy { $0.emission > $1.emission && $0.cost <= $1.cost + 1e-9 })
        #expect(abs(front[0].cost - (try dispatch.solve().cost)) < 1e-6)
        let cleanest = try dispatch.solve(.emission)
        #expect(abs(front[6].emission - cleanest.emission) < 1e-4)
        #expect(abs(front[6].cost - cleanest.cost) < 1e-3)
        let slopes = zip(front, front.dropFirst()).map { ($1.cost - $0.cost) / ($0.emission - $1.emission) }
        #expect(zip(slopes, slopes.dropFirst()).allSatisfy { $0 <= $1 + 1e-4 })
        var reached = false
        for weight in [0.05, 0.2, 0.8, 3] {
            var model = dispatch.built.model
            let emission = sum(dispatch.built.ledgers.map(\.totalEmission))
            try model.minimise(sum(dispatch.built.ledgers.map(\.totalCost)) + weight * emission)
            let session = try SolverSession(model)
            #expect(try session.solve() == .optimal)
            let least = session.objectiveValue
            let ours = front.map { $0.cost + weight * $0.emission }.min() ?? 0
            #expect(ours >= least - 1e-4)
            reached = reached || ours < least + 0.01 * abs(least)
        }
        #expect(reached)
    }

    /// Whatever prices are posted, parties that answer each for itself cost no less together.
    @Test func nobodyLedCostsNoMoreThanAnyGame() throws {
        let park = try smallPark()
        let together = try Dispatch(park.system)
        #expect(together.leavesPaymentsOut)
        let least = try together.solve()
        let space = park.game.space
        for share in [0.0, 0.3, 0.7, 1.0] {
            let decision = space.project(space.decisions.map { $0.lower + share * ($0.upper - $0.lower) })
            let evaluation = try Evaluator(park.game).evaluate(decision)
            guard evaluation.payoff != nil else { continue }
            let solution = SystemSolution(
                park.built, time: park.system.time, values: evaluation.values, parameters: evaluation.parameters)
            let cost = solution.parties.reduce(0) { $0 + $1.totalCost }
            #expect(cost >= least.cost - 1e-6)
        }
    }

    @Test func whatHasNoDispatchSaysWhy() throws {
        let sized = try Self.central(
            "boiler: {type: boiler, capacity: {min: 0, max: 500}, efficiency: {heat: 0.9}, "
                + "investment: 100, lifetime: 10}")
        #expect(throws: DispatchError.sizeToDecide(path: "operator.boiler.capacity")) { try Dispatch(sized.system) }
        // Heat is not vented, and the unit gives 0.9 * 150 / 0.36 * 0.46 kW of it.
        let small = try Dispatch(
            Self.central(
                "chp: {type: chp, capacity: 150 kW, min_load: 0.9, efficiency: {electricity: 0.36, heat: 0.46}}"
            )
            .system)
        #expect(throws: DispatchError.infeasible) { try small.solve() }
        let reason = try #require(try small.infeasibility())
        #expect("\(reason)".contains("operator cannot be rid of heat at hour 3: 62.5 kW too much"))
        #expect(!"\(reason)".contains("price"))
        let clean = try readCase(
            """
            case: {schema: 1, name: clean}
            time: {steps: 1, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.4, max: 100 kW}}
            operator: {demand: {electricity: 10}}
            """)
        #expect(throws: DispatchError.noEmission) { try Dispatch(clean.system).solve(.emission) }
        #expect(throws: SizingError.nobodyToAnswer(case: "clean")) { try EnergyGame(clean) }
        #expect(try CaseCheck(clean).payoff == -4)
    }
}
