import LinearModels
import Testing

@testable import Energy

/// A station that buys and sells at a market's price, against optima found by hand.
@Suite struct FleetScheduleTests {
    private static let time = TimeGrid(steps: 4, hours: 1)

    /// 18 of 20 kWh of room take 20 kWh at 0.1; at 1 they give back 18 * 0.9 = 16.2.
    @Test func buysInCheapHoursAndSellsInDearOnes() throws {
        let plan = try FleetFixtures.plan(
            try FleetFixtures.fleet([FleetFixtures.trader], Self.time), Self.time, price: [0.1, 0.1, 1, 1])
        #expect(abs(plan.cost - (0.1 * 20 - 16.2)) < 1e-7)
        #expect(FleetFixtures.close(plan.charge, [10, 10, 0, 0], within: 1e-7))
        #expect(abs(plan.discharge.reduce(0, +) - 16.2) < 1e-7 && plan.discharge[0] + plan.discharge[1] < 1e-7)
    }

    @Test func wearIsPaidPerEnergyDischarged() throws {
        let fleet = try FleetFixtures.fleet(
            [FleetFixtures.trader], Self.time, ["degradation_cost": .number(0.05)])
        let plan = try FleetFixtures.plan(fleet, Self.time, price: [0.1, 0.1, 1, 1])
        #expect(abs(plan.cost - (0.1 * 20 - 16.2 + 0.05 * 16.2)) < 1e-7)
        let wear = try #require(plan.party.costs.first { $0.item == "wear" })
        #expect(abs(wear.amount - 0.81) < 1e-7)
    }

    /// 5 kW of site for 10 kW of charger: half of everything.
    @Test func theSiteLimitHoldsForAllGroupsTogether() throws {
        let limited = try FleetFixtures.fleet([FleetFixtures.trader], Self.time, ["site_limit": .number(5)])
        let plan = try FleetFixtures.plan(limited, Self.time, price: [0.1, 0.1, 1, 1])
        #expect(abs(plan.cost - (0.1 * 10 - 8.1)) < 1e-7)
        let two = try FleetFixtures.fleet(
            [FleetFixtures.trader, FleetFixtures.trader], Self.time, ["site_limit": .number(5), "groups": .count(2)])
        let shared = try FleetFixtures.plan(two, Self.time, price: [0.1, 0.1, 1, 1])
        #expect(abs(shared.cost - plan.cost) < 1e-7)
        #expect((shared.charge + shared.discharge).allSatisfy { $0 < 5 + 1e-7 })
    }

    /// At -1 energy burnt is money: two hours in and two out lose 20 - 16.2 kWh. Both at once would lose more.
    @Test func negativePricesDoNotCloseBothDirectionsAtOnce() throws {
        let fleet = try FleetFixtures.fleet([FleetFixtures.trader], Self.time)
        let plan = try FleetFixtures.plan(fleet, Self.time, price: [-1, -1, -1, -1])
        #expect(abs(plan.cost - -3.8) < 1e-6)
        #expect(zip(plan.charge, plan.discharge).allSatisfy { min($0, $1) < 1e-9 })
        #expect(plan.branchedSolves == 1)
    }

    /// E(t) = E(t - 1) + (0.9 c - d / 0.9) dt + arriving - leaving, written out once more.
    @Test func energyIsConserved() throws {
        let time = TimeGrid(steps: 12, hours: 0.5)
        let cars = [
            Vehicle(
                name: "a", arrival: 0.2, departure: 4.1, battery: 60, maximumCharge: 7, maximumDischarge: 7,
                arrivalShare: 0.3, departureShare: 0.6),
            Vehicle(
                name: "b", arrival: 1.75, departure: 6, battery: 40, maximumCharge: 11, maximumDischarge: 5,
                arrivalShare: 0.8, departureShare: 0.5, minimumShare: 0.2),
            Vehicle(
                name: "c", arrival: 2.6, departure: 2.9, battery: 40, maximumCharge: 11, maximumDischarge: 5,
                arrivalShare: 0.5, departureShare: 0.55),
        ]
        let fleet = try FleetFixtures.fleet(cars, time)
        let plan = try FleetFixtures.plan(
            fleet, time, price: [0.3, 0.2, 0.9, 0.4, 1.1, 0.7, 0.2, 0.1, 0.8, 0.9, 0.5, 0.3])
        var energy = 0.0
        for t in time.indices {
            energy += 0.5 * (0.9 * plan.charge[t] - plan.discharge[t] / 0.9)
            for car in cars {
                if Int(car.arrival / 0.5) == t { energy += car.arrivalEnergy }
                if Int((car.departure - 1e-9) / 0.5) == t { energy -= car.departureEnergy }
            }
            #expect(abs(energy - plan.energy[t]) < 1e-6)
            #expect(plan.energy[t] >= fleet.envelope.minimumEnergy[t] - 1e-6)
            #expect(plan.energy[t] <= fleet.envelope.maximumEnergy[t] + 1e-6)
        }
        #expect(abs(energy) < 1e-6)
    }

    @Test(arguments: [true, false]) func quartersHalvesAndHoursCostTheSame(v2g: Bool) throws {
        let price = [0.4, 0.2, 0.9, 0.3, 1.1, 0.8]
        let costs = try [1, 2, 4].map { parts in
            let time = TimeGrid(steps: 6 * parts, hours: 1 / Double(parts))
            let cars = RealSessions.day.prefix(24).map { $0.moved(by: -8, within: 6) }
            let fleet = try FleetFixtures.fleet(cars, time, v2g: v2g)
            return try FleetFixtures.plan(
                fleet, time, price: price.flatMap { [Double](repeating: $0, count: parts) }
            ).cost
        }
        #expect(abs(costs[0] - costs[1]) < 1e-6 && abs(costs[0] - costs[2]) < 1e-6)
    }

    @Test func aFleetWithoutVehiclesDoesNothing() throws {
        let fleet = try EVFleet(name: "fleet", values: FleetFixtures.values(), time: Self.time)
        #expect(fleet.envelope.maximumCharge == [0, 0, 0, 0])
        let plan = try FleetFixtures.plan(fleet, Self.time, price: [1, 1, 1, 1])
        #expect(plan.cost == 0 && plan.energy == [0, 0, 0, 0])
    }
}
