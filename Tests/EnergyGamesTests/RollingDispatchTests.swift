import CaseFiles
import Energy
import EnergyGames
import Foundation
import LinearModels
import TestSupport
import Testing

/// Long horizons, window by window.
@Suite struct RollingDispatchTests {
    private static func plant(steps: Int, seed: UInt64, cyclic: Bool = false, ramp: String = "", carbon: String = "")
        throws -> Dispatch
    {
        var numbers = SeededNumbers(seed: seed)
        func series(_ range: ClosedRange<Double>) -> [Double] {
            (0..<steps).map { _ in (Double.random(in: range, using: &numbers) * 100).rounded() / 100 }
        }
        return try Dispatch(
            readCase(
                """
                case: {schema: 1, name: plant}
                time: {steps: \(steps), step: 1 h}
                carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.3, co2: 0.2}}
                grid: {buy: {price: \(series(0.2...1.2)), max: 2000 kW, co2: 0.6}}
                operator:
                  demand: {electricity: \(series(50...300)), heat: \(series(20...250))}
                  devices:
                    chp: {type: chp, capacity: 150 kW, min_load: 0.4, commitment: true, startup_cost: 15, \(ramp)\
                efficiency: {electricity: 0.36, heat: 0.46}}
                    boiler: {type: boiler, capacity: 400 kW, efficiency: {heat: 0.9}}
                    battery: {type: storage, carrier: electricity, capacity: 200 kWh, duration: 2 h, cyclic: \(cyclic), \
                charge_efficiency: 0.95, discharge_efficiency: 0.95}
                    tank: {type: storage, carrier: heat, capacity: 300 kWh, duration: 3 h, standing_loss: 0.02}
                \(carbon)
                """
            ).system)
    }

    /// A window that sees to the end decides the best that is left: it costs what the whole costs.
    @Test(arguments: [1, 3, 12]) func windowsThatSeeTheEndLoseNothing(kept: Int) throws {
        let dispatch = try Self.plant(steps: 12, seed: 5, cyclic: true)
        let whole = try dispatch.solve()
        let rolled = try RollingDispatch(dispatch, kept: kept, ahead: 12).solve()
        #expect(abs(rolled.cost - whole.cost) < 1e-6 * whole.cost)
        #expect(rolled.windows.count == 12 / kept)
    }

    /// A carbon account is of the whole horizon: each window counts it from the beginning, and the last one settles it.
    @Test(arguments: ["interval_share: 0.1", "interval: 60 kg"]) func carbonIsOfTheWholeHorizon(width: String) throws {
        let dispatch = try Self.plant(
            steps: 12, seed: 5, cyclic: true,
            carbon:
                "carbon: {baseline: {grid: {electricity: 0.4}}, ladder: {base_price: 0.3, \(width), growth: 1, steps: 4}}"
        )
        let whole = try dispatch.solve()
        let account = try #require(whole.solution.parties[0].carbon)
        #expect(account.emission > account.quota && account.cost > 0)
        let seeing = try RollingDispatch(dispatch, kept: 3, ahead: 12).solve()
        #expect(abs(seeing.cost - whole.cost) < 1e-6 * whole.cost)
        for ahead in [0, 2] {
            let rolled = try RollingDispatch(dispatch, kept: 3, ahead: ahead).solve()
            #expect(rolled.violation < 1e-6 && rolled.cost >= whole.cost - 1e-6 * whole.cost)
            #expect(PhysicalAudit(rolled.solution, of: dispatch.system).holds)
        }
    }

    /// Whatever the windows: the operation keeps every row of the whole horizon, and costs no less than the optimum.
    @Test(arguments: [RollingDispatch.EndValue.nothing, .water, .share(0.4)], [(4, 0), (4, 4), (6, 3), (5, 2)])
    func windowsKeepTheRowsOfTheWhole(endValue: RollingDispatch.EndValue, window: (kept: Int, ahead: Int)) throws {
        for seed in 0..<3 {
            let dispatch = try Self.plant(steps: 24, seed: UInt64(seed), ramp: "ramp: 60 kW/h, ")
            let whole = try dispatch.solve()
            var told: [Int] = []
            let rolled = try RollingDispatch(dispatch, kept: window.kept, ahead: window.ahead, endValue: endValue)
                .solve { told.append($0) }
            #expect(rolled.violation < 1e-6)
            #expect(PhysicalAudit(rolled.solution, of: dispatch.system).holds)
            #expect(rolled.cost >= whole.cost - 1e-6 * whole.cost)
            #expect(told == rolled.windows.map(\.steps.upperBound) && told.last == 24)
            #expect(rolled.bound == -.infinity && rolled.marginals.count == 3)
            #expect(rolled.marginals.allSatisfy { $0.price.allSatisfy(\.isFinite) })
        }
    }

    /// By hand: a store that begins half full, and energy that is expensive in the second window.
    @Test func storedEnergyIsWorthWhatItWasWorth() throws {
        let dispatch = try Dispatch(
            readCase(
                """
                case: {schema: 1, name: store}
                time: {steps: 4, step: 1 h}
                carriers: {electricity: {}}
                grid: {buy: {price: [0.5, 0.2, 1.0, 1.0], max: 100 kW}}
                operator:
                  demand: {electricity: [12, 10, 10, 10]}
                  devices:
                    store: {type: storage, carrier: electricity, capacity: 20 kWh, power: 12 kW, charge_efficiency: 1, \
                discharge_efficiency: 1, initial_soc: 0.5, cyclic: false}
                """
            ).system)
        // The second hour fills the store with all that its power allows, so that 2 kWh of it serve the first hour and
        // 20 kWh the last two.
        #expect(abs(try dispatch.solve().cost - (10 * 0.5 + 22 * 0.2)) < 1e-9)
        func cost(_ endValue: RollingDispatch.EndValue) throws -> Double {
            try RollingDispatch(dispatch, kept: 2, ahead: 0, endValue: endValue).solve().cost
        }
        // The store is emptied into the first hour; all the rest is bought.
        #expect(abs(try cost(.nothing) - (2 * 0.5 + 10 * 0.2 + 20 * 1)) < 1e-9)
        // 10 kWh more are bought at 0.2, and serve one of the last hours.
        #expect(abs(try cost(.share(0.5)) - (2 * 0.5 + 20 * 0.2 + 10 * 1)) < 1e-9)
        // A stored kWh was worth 0.5 in the first hour and 0.2 in the second: as much as the power allows is bought at
        // 0.2.
        #expect(abs(try cost(.water) - (2 * 0.5 + 22 * 0.2 + 8 * 1)) < 1e-9)
    }

    @Test func aWindowWithoutAnOperationIsNamed() throws {
        let dispatch = try Dispatch(
            readCase(
                """
                case: {schema: 1, name: store}
                time: {steps: 4, step: 1 h}
                carriers: {electricity: {}}
                grid: {buy: {price: 1, max: 15 kW}}
                operator:
                  demand: {electricity: [10, 10, 20, 20]}
                  devices:
                    store: {type: storage, carrier: electricity, capacity: 20 kWh, power: 10 kW, initial_soc: 0.5, \
                charge_efficiency: 1, discharge_efficiency: 1, cyclic: false}
                """
            ).system)
        #expect(throws: Never.self) { try dispatch.solve() }
        let error = #expect(throws: RollingError.self) {
            try RollingDispatch(dispatch, kept: 2, ahead: 0, endValue: .nothing).solve()
        }
        #expect(error?.steps == 2..<4 && error?.end == 4 && error?.status == .infeasible)
        #expect(throws: Never.self) { try RollingDispatch(dispatch, kept: 2, ahead: 2).solve() }
    }

    /// However many windows are known from an earlier run, as a file keeps them: the same operation to the bit.
    @Test(arguments: [RollingDispatch.EndValue.nothing, .water, .share(0.3)])
    func goesOnFromWindowsThatAreKnown(endValue: RollingDispatch.EndValue) throws {
        let dispatch = try Self.plant(steps: 20, seed: 4, cyclic: true, ramp: "ramp: 60 kW/h, ")
        let rolling = RollingDispatch(dispatch, kept: 4, ahead: 3, endValue: endValue)
        var kept: [RollingDispatch.SolvedWindow] = []
        let whole = try rolling.solve(keep: { kept.append($0) })
        #expect(kept.count == 5)
        for count in 0...5 {
            let known = try kept.prefix(count).map(Self.throughAFile)
            var added = 0
            let gone = try rolling.solve(known: known, keep: { _ in added += 1 })
            #expect(added == 5 - count)
            #expect(Self.bits(gone) == Self.bits(whole))
            #expect(gone.windows.map(\.status) == whole.windows.map(\.status))
        }
        // Windows of another division are not taken for its own.
        let other = RollingDispatch(dispatch, kept: 5, ahead: 4, endValue: endValue)
        #expect(Self.bits(try other.solve(known: kept)) == Self.bits(try other.solve()))
    }

    /// A front goes on from any of its programs.
    @Test func goesOnFromPointsThatAreKnown() throws {
        let dispatch = try Self.plant(steps: 8, seed: 2)
        var kept: [FrontProgress.Step] = []
        let whole = try dispatch.front(6, keep: { kept.append($0) })
        #expect(whole.count == 6 && kept.count == 7)
        for count in 0...7 {
            let known = FrontProgress(try kept.prefix(count).map(Self.throughAFile))
            var (added, told) = (0, 0)
            let gone = try dispatch.front(6, known: known, note: { _, _ in told += 1 }, keep: { _ in added += 1 })
            #expect(added == 7 - count && told == 6)
            #expect(gone.map(Self.bits) == whole.map(Self.bits))
        }
    }

    /// As it comes back from a line of JSON.
    private static func throughAFile<Part: Codable>(_ part: Part) throws -> Part {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return try decoder.decode(Part.self, from: encoder.encode(part))
    }

    private static func bits(_ answer: DispatchAnswer) -> [UInt64] {
        let marginals = answer.marginals.flatMap { $0.price + $0.emission }
        let numbers = [answer.cost, answer.emission, answer.bound, answer.violation] + answer.values
        return (numbers + marginals.map { $0.isNaN ? .nan : $0 }).map(\.bitPattern)
    }
}
