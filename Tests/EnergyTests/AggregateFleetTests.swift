import LinearModels
import Testing

@testable import Energy

@Suite struct AggregateFleetTests {
    static let time = TimeGrid(steps: 4, hours: 1)

    private static func values(_ others: [String: AttributeValue] = [:]) -> [String: AttributeValue] {
        let standard: [String: AttributeValue] = [
            "charge_efficiency": .number(0.9), "discharge_efficiency": .number(0.9),
            "max_charge": .series([10, 10, 10, 10]), "max_discharge": .series([10, 10, 10, 10]),
            "min_energy": .series([-20, -20, -20, 0]), "max_energy": .series([20, 20, 20, 0]),
        ]
        return standard.merging(others) { $1 }
    }

    /// The least cost of a station that buys and sells at the prices.
    private func cost(_ fleet: any Component, _ prices: [Double]) throws -> Double {
        let limit = [Double](repeating: 1e4, count: Self.time.steps)
        func trade(_ name: String, _ seller: String, _ buyer: String) -> Trade {
            Trade(
                name: name, seller: seller, buyer: buyer, carrier: "electricity", price: .fixed(prices), limit: limit)
        }
        let system = EnergySystem(
            time: Self.time, carriers: [Carrier(name: "electricity")],
            parties: [Party(name: "station", components: [fleet])],
            trades: [trade("in", "market", "station"), trade("out", "station", "market")])
        let built = try system.build(["station"], minimising: ["station"])
        let session = try SolverSession(built.model)
        #expect(try session.solve() == .optimal)
        let solution = SystemSolution(
            built, time: Self.time, values: session.values, parameters: session.parameters)
        let audit = PhysicalAudit(solution, of: system)
        #expect(audit.holds, "\(audit.findings)")
        return session.objectiveValue
    }

    /// A battery that is half full when it comes and when it leaves may charge and give half of what it holds in
    /// between.
    @Test(arguments: 1...20) func equalsTheVehicleThatItDescribes(seed: Int) throws {
        let prices = Self.time.indices.map { Double((seed * 37 + $0 * 53 + seed * $0 * 11) % 121 - 20) / 100 }
        let others: [String: AttributeValue] = ["degradation_cost": .number(0.05), "site_limit": .number(8)]
        let fleet = try FleetFixtures.fleet([FleetFixtures.trader], Self.time, others)
        let aggregate = try make(AggregateFleet.self, "fleet", Self.values(others), time: Self.time)
        #expect(near(try cost(aggregate, prices), try cost(fleet, prices)))
    }

    @Test func withoutV2GNothingIsGivenBack() throws {
        let one = try make(AggregateFleet.self, "fleet", Self.values(["v2g": .flag(false)]), time: Self.time)
        #expect(one.envelope.maximumDischarge == [0, 0, 0, 0])
        #expect(near(try cost(one, [0.1, 1, 0.1, 1]), 0))
    }

    /// 4 kWh wanted by the second hour go into the cheaper of the first two, at 0.9.
    @Test func chargesWhenItIsCheapInTime() throws {
        let fleet = try make(
            AggregateFleet.self, "fleet",
            Self.values(["min_energy": .series([0, 4, 4, 4]), "max_energy": .series([4, 4, 4, 4])]), time: Self.time)
        #expect(near(try cost(fleet, [0.5, 0.3, 0.1, 0.1]), 0.3 * 4 / 0.9))
    }

    @Test func whatCannotBeIsRefusedInWords() {
        func problem(_ key: String, _ series: [Double], _ others: [String: AttributeValue] = [:]) -> String {
            refusal(
                AggregateFleet.self, Self.values(others).merging([key: .series(series)]) { $1 }, time: Self.time)
        }
        #expect(
            problem("min_energy", [-20, 21, -20, 0])
                == "min_energy: by hour 2, at least 21 kWh must and at most 20 kWh may have been charged. Keep it below max_energy."
        )
        #expect(
            problem("min_energy", [9.1, -20, -20, 0])
                == "min_energy: by hour 1, 9.1 kWh must have been charged, but at most 9 kWh can have been. Lower it, or raise max_charge."
        )
        // Four hours at 2 kW give 7.2 kWh.
        #expect(
            problem("min_energy", [0, 0, 0, 8], ["max_energy": .series([9, 9, 9, 9]), "site_limit": .number(2)])
                == "min_energy: by hour 4, 8 kWh must have been charged, but at most 7.2 kWh can have been. Lower it, or raise max_charge."
        )
        #expect(
            problem("max_energy", [20, 20, -3, 0], ["min_energy": .series([5, 5, -20, 0]), "v2g": .flag(false)])
                == "max_energy: by hour 3, at most -3 kWh may have been charged, but at least 5 kWh will have been. Raise it, or raise max_discharge."
        )
    }
}
