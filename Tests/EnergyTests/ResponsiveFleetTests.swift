import LinearModels
import Testing

@testable import Energy

/// Four vehicles alike that come for the night: each step is six hours, night is the last and the first.
@Suite struct ResponsiveFleetTests {
    static let time = TimeGrid(steps: 4, hours: 6)
    /// Comes at 18 h with 10 of 40 kWh and leaves at 30 h, 6 h into the next day, with 30: 25 kWh at 0.8.
    static let vehicles = (0..<4).map {
        Vehicle(
            name: "ev\($0)", arrival: 18, departure: 30, battery: 40, maximumCharge: 10, maximumDischarge: 10,
            arrivalShare: 0.25, departureShare: 0.75)
    }
    static let tariff = [0.2, 0.6, 0.6, 1.0]

    static func fleet(_ response: ResponsiveFleet.Response, discharge: Double = 0.1) throws -> ResponsiveFleet {
        try ResponsiveFleet(
            name: "cars", vehicles: vehicles,
            values: AttributeValues(
                [
                    "response": .text(response.rawValue), "flat_price": .number(0.5), "tariff": .series(tariff),
                    "charge_subsidy": .number(0.3), "discharge_subsidy": .number(discharge),
                    "charge_efficiency": .number(0.8), "discharge_efficiency": .number(0.8),
                ], defaultsFrom: ResponsiveFleet.attributes), time: time
        ) { charging, _ in charging > 0.29 ? 0.5 : 0.25 }
    }

    static func answer(_ fleet: ResponsiveFleet, load: Double = 100) throws -> TinyPark.Answer {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [Double](repeating: load, count: 4))]
        park.components = [try market(tariff, time: time), fleet]
        return try park.solve()
    }

    static func item(_ name: String, of answer: TinyPark.Answer) -> Double {
        answer.party.costs.filter { $0.item == name }.reduce(0) { $0 + $1.amount }
    }

    /// Nobody answers: 4 x 25 kWh in the evening, and 4 x 25 kWh at 0.5 earned.
    @Test func nobodyResponds() throws {
        let answer = try Self.answer(try Self.fleet(.none))
        #expect(near(answer.flow("grid", "buy")[3], 100 + 4 * 25 / 6.0) && near(answer.flow("grid", "buy")[0], 100))
        #expect(Self.item(ResponsiveFleet.responseItem, of: answer) == 0)
        #expect(near(Self.item(ResponsiveFleet.incomeItem, of: answer), -50))
    }

    /// A kWh after midnight is 0.3 cheaper than the flat price, for which half of the drivers wait; they pay so much
    /// less.
    @Test func halfFollowTheTariff() throws {
        let fleet = try Self.fleet(.price)
        #expect(near(fleet.saving, 0.3) && fleet.following == 0.5 && fleet.scheduled == 0)
        let answer = try Self.answer(fleet)
        let buy = answer.flow("grid", "buy")
        #expect(near(buy[0] - 100, 50 / 6.0) && near(buy[3] - 100, 50 / 6.0))
        #expect(near(Self.item(ResponsiveFleet.responseItem, of: answer), 50 * 0.3))
    }

    /// Half is scheduled: paid 0.3 for 50 kWh. They give what they have brought, 4 x 0.5 x 10 kWh at 0.8, in the
    /// evening at 1.0, for a subsidy of 0.1, and charge all of it again after midnight: across the end of the horizon.
    @Test func theScheduledGiveInTheEveningAndChargeAfterMidnight() throws {
        let answer = try Self.answer(try Self.fleet(.joint))
        #expect(answer.audit.holds)
        #expect(near(answer.flow("cars", "discharge")[3] * 6, 16))
        #expect(near(-answer.flow("cars", "charge")[0] * 6, 60 / 0.8))
        #expect(near(answer.flow("cars", "charge")[3], 0))
        #expect(near(Self.item(ResponsiveFleet.responseItem, of: answer), 0.3 * 50 + 0.1 * 16))
        // Where the subsidy is above what a kWh in the evening is worth, nobody is asked for one.
        let dear = try Self.answer(try Self.fleet(.joint, discharge: 0.9))
        #expect(near(dear.flow("cars", "discharge")[3], 0))
    }

    /// The schedule of the test before, over its vehicles: half of each gives 4 kWh in the evening and charges 18.75
    /// kWh after midnight, in the horizon that follows. What the vehicles do is what their sum does, and a check on
    /// other vehicles does not pass.
    @Test func theScheduleIsSplitOverTheHorizonsEnd() throws {
        let fleet = try Self.fleet(.joint)
        let answer = try Self.answer(fleet)
        let charge = answer.flow("cars", "charge").map { max(0, -$0) }
        let split = try FleetDisaggregation(
            of: fleet, charge: charge, discharge: answer.flow("cars", "discharge"), time: Self.time)
        #expect(split.missedEnergy < 1e-6 && split.largestViolation(of: fleet, time: Self.time) < 1e-7)
        #expect(split.schedules.count == 4)
        for schedule in split.schedules {
            #expect(near(schedule.discharge[3] * 6, 4) && near(schedule.charge[4] * 6, 18.75))
            let within = schedule.within(Self.time)
            #expect(within.charge.count == 4 && near(within.charge[0] * 6, 18.75) && near(within.discharge[3] * 6, 4))
            // Half of 10 kWh less 4 at 0.8, at the end of the evening.
            #expect(near(within.energy[3], 0) && within.energy[0] == 0)
        }
        // Those who may not discharge, and those who want more.
        let others = try ResponsiveFleet(
            name: "cars",
            vehicles: Self.vehicles.map {
                Vehicle(
                    name: $0.name, arrival: $0.arrival, departure: $0.departure, battery: 40, maximumCharge: 10,
                    maximumDischarge: 0, arrivalShare: 0.25, departureShare: 1)
            },
            values: AttributeValues(
                [
                    "response": .text("joint"), "flat_price": .number(0.5), "tariff": .series(Self.tariff),
                    "charge_efficiency": .number(0.8), "discharge_efficiency": .number(0.8),
                ], defaultsFrom: ResponsiveFleet.attributes), time: Self.time
        ) { _, _ in 0.5 }
        #expect(near(split.largestViolation(of: others, time: Self.time), 5))
    }

    /// Nobody scheduled is nobody to split over.
    @Test func whoIsNotScheduledIsNotSplit() throws {
        #expect(try Self.fleet(.none).scheduledVehicles.isEmpty && Self.fleet(.price).scheduledVehicles.isEmpty)
        #expect(try Self.fleet(.joint).scheduledVehicles.map(\.maximumCharge) == [5, 5, 5, 5])
    }
}

@Suite struct BaselineTests {
    /// 60 kWh bought and 40 generated, free for 0.5 and 0.1 kg each; what is sold on or taken in does not count.
    private func park(_ baselines: [CarbonAccount.Baseline]) throws -> TinyPark {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity"), Carrier(name: "gas", price: [0.01], emissionFactor: 0.2)]
        park.demand = [("electricity", [100])]
        park.carbon = CarbonAccount(
            baselines: baselines, fixedQuota: 5, basePrice: 0.1, interval: 1, growth: 0, steps: 1,
            reward: .flat(price: 0.1))
        park.components = [
            try market([1], time: park.time),
            try make(
                Boiler.self, "engine",
                ["capacity": .number(40), "efficiency": .perCarrier([CarrierAmount("electricity", 0.5)])]),
        ]
        return park
    }

    @Test func countsWhatIsBoughtAndGenerated() throws {
        let answer = try park([
            .init(component: "grid", allowances: [CarrierAmount("electricity", 0.5)]),
            .init(component: "engine", allowances: [CarrierAmount("electricity", 0.1)]),
        ]).solve()
        let carbon = try #require(answer.party.carbon)
        #expect(near(carbon.quota, 5 + 60 * 0.5 + 40 * 0.1))
        #expect(near(carbon.cost, 0.1 * (80 * 0.2 - 39)))
    }

    @Test func namesWhatGivesNothing() throws {
        let park = try park([.init(component: "engine", allowances: [CarrierAmount("gas", 0.5)])])
        #expect {
            try park.built()
        } throws: {
            "\($0)".contains("has a baseline for gas of 'engine', which gives none")
        }
    }
}
