import Energy
import LinearModels
import Testing

@Suite struct FleetTests {
    static func vehicle(
        _ name: String = "car", from arrival: Double, to departure: Double, battery: Double = 40, charger: Double = 10,
        soc: Double = 0.5, wanted: Double = 0.5, minimum: Double = 0, maximum: Double = 1
    ) -> Vehicle {
        Vehicle(
            name: name, arrival: arrival, departure: departure, battery: battery, maximumCharge: charger,
            maximumDischarge: charger,
            arrivalShare: soc, departureShare: wanted, minimumShare: minimum, maximumShare: maximum)
    }

    static func fleet(
        _ vehicles: [Vehicle], _ time: TimeGrid, _ values: [String: AttributeValue] = [:]
    ) throws -> EVFleet {
        try EVFleet(
            name: "fleet", vehicles: vehicles, values: AttributeValues(values, defaultsFrom: EVFleet.attributes),
            time: time)
    }

    static func solve(_ fleet: EVFleet, _ prices: [Double], _ time: TimeGrid, sell: [Double]? = nil) throws
        -> TinyPark.Answer
    {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", Array(repeating: 100, count: time.steps))]
        park.components = [try market(prices, time: time, sell: sell), fleet]
        return try park.solve()
    }

    /// One car, 1 h to 3 h, 20 of 40 kWh, wants 30, charger 10 kW at 0.9: at 2 h it must have 30 - 9 and can have 29.
    @Test func envelopeOfOneVehicleByHand() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        let fleet = try Self.fleet(
            [Self.vehicle(from: 1, to: 3, wanted: 0.75)], time,
            ["charge_efficiency": .number(0.9), "discharge_efficiency": .number(0.8)])
        let envelope = fleet.envelope
        #expect(envelope.maximumCharge == [0, 10, 10, 0] && envelope.maximumDischarge == [0, 10, 10, 0])
        #expect(envelope.arriving == [0, 20, 0, 0] && envelope.leaving == [0, 0, 30, 0])
        #expect(near(envelope.minimumEnergy[1], 21) && near(envelope.maximumEnergy[1], 29))
        #expect(envelope.minimumEnergy[2] == 0 && envelope.maximumEnergy[2] == 0)
    }

    @Test func partOfAStepCountsByItsPart() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        let fleet = try Self.fleet(
            [Self.vehicle("a", from: 0.25, to: 2), Self.vehicle("b", from: 1.25, to: 1.75)], time)
        #expect(near(fleet.envelope.maximumCharge[0], 7.5) && near(fleet.envelope.maximumCharge[1], 15))
        // b comes and goes within step 1: it brings and takes 20 kWh there.
        #expect(fleet.envelope.arriving == [20, 20, 0] && fleet.envelope.leaving == [0, 40, 0])
    }

    @Test func aFullVehicleThatMayNotDischargeLeavesFull() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let fleet = try Self.fleet([Self.vehicle(from: 0, to: 2, soc: 0.9)], time, ["v2g": .flag(false)])
        #expect(fleet.envelope.leaving == [0, 36])
        #expect(fleet.envelope.maximumDischarge == [0, 0])
    }

    /// The sum of two vehicles is the sum of their envelopes.
    @Test func envelopesAdd() throws {
        let time = TimeGrid(steps: 6, hours: 0.5)
        let cars = [
            Self.vehicle("a", from: 0, to: 2.5, wanted: 0.8),
            Self.vehicle("b", from: 0.5, to: 3, soc: 0.7, wanted: 0.6, minimum: 0.2),
        ]
        let both = try Self.fleet(cars, time).envelope
        let alone = try cars.map { try Self.fleet([$0], time).envelope }
        for t in time.indices {
            #expect(near(both.maximumEnergy[t], alone[0].maximumEnergy[t] + alone[1].maximumEnergy[t]))
            #expect(near(both.minimumEnergy[t], alone[0].minimumEnergy[t] + alone[1].minimumEnergy[t]))
        }
    }

    @Test func chargesCheapAndGivesBackDear() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        let fleet = try Self.fleet(
            [Self.vehicle(from: 0, to: 4, soc: 0.5, wanted: 0.5)], time,
            ["charge_efficiency": .number(1), "discharge_efficiency": .number(1), "degradation_cost": .number(0.1)])
        let answer = try Self.solve(fleet, [0.2, 0.5, 1, 0.6], time)
        // 20 of 40 kWh, 10 kW: in at 0.2 and 0.5, out at 1 and 0.6 less 0.1 of wear: at 0.6 nothing is gained over 0.5.
        #expect(near(answer.flow("fleet", "charge")[0], -10))
        #expect(near(answer.flow("fleet", "discharge")[2], 10))
        let expected1: Double = 100 * 2.3 + 0.2 * 10 - 10 + 0.1 * 10
        #expect(near(answer.cost, expected1))
        #expect(answer.audit.holds)
    }

    @Test func negativePricesDoNotMakeItBurnEnergy() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        let fleet = try Self.fleet([Self.vehicle(from: 0, to: 3, soc: 0.9, wanted: 0.9)], time)
        let answer = try Self.solve(fleet, [-0.5, -0.1, -0.4], time)
        #expect(answer.status == .optimal && answer.audit.holds)
        #expect(answer.audit.simultaneous.size < 1e-9)
    }

    /// Steps of 60, 30 and 15 minutes cost the same where stays are whole hours and prices constant within them.
    @Test func shorterStepsCostTheSame() throws {
        let prices = [0.3, 0.2, 1.1, 0.6, 0.9, 0.25]
        let cars = [
            Self.vehicle("a", from: 0, to: 4, soc: 0.3, wanted: 0.7),
            Self.vehicle("b", from: 1, to: 6, soc: 0.8, wanted: 0.6, minimum: 0.2),
            Self.vehicle("c", from: 2, to: 5, battery: 60, soc: 0.4, wanted: 0.7),
        ]
        let costs = try [1, 2, 4].map { each -> Double in
            let time = TimeGrid(steps: 6 * each, hours: 1 / Double(each))
            let answer = try Self.solve(
                try Self.fleet(cars, time, ["degradation_cost": .number(0.05)]),
                prices.flatMap { Array(repeating: $0, count: each) }, time)
            #expect(answer.audit.holds)
            return answer.cost
        }
        #expect(near(costs[0], costs[1]) && near(costs[0], costs[2]))
    }

    @Test(arguments: [1, 2, 3]) func theOrderOfVehiclesDoesNotMatter(groups: Int) throws {
        let time = TimeGrid(steps: 6, hours: 1)
        let cars = [
            Self.vehicle("a", from: 0, to: 4, wanted: 0.7), Self.vehicle("b", from: 1, to: 6, soc: 0.8),
            Self.vehicle("c", from: 2, to: 5),
        ]
        let costs = try [cars, cars.reversed(), [cars[1], cars[2], cars[0]]].map {
            try Self.solve(try Self.fleet($0, time, ["groups": .count(groups)]), [0.3, 0.2, 1.1, 0.6, 0.9, 0.2], time)
                .cost
        }
        #expect(near(costs[0], costs[1]) && near(costs[0], costs[2]))
    }

    /// More groups only ever tighten: the cost cannot fall, and a group a vehicle splits without a miss.
    @Test func groupsTightenTheEnvelope() throws {
        let time = TimeGrid(steps: 6, hours: 1)
        let cars = [
            Self.vehicle("a", from: 0, to: 3, soc: 0.9, wanted: 0.2),
            Self.vehicle("b", from: 0, to: 6, soc: 0.2, wanted: 0.9),
            Self.vehicle("c", from: 2, to: 6, soc: 0.5, wanted: 0.6),
        ]
        let prices = [0.9, 0.2, 1.1, 0.3, 0.9, 0.25]
        var costs: [Double] = []
        for groups in 1...3 {
            let fleet = try Self.fleet(cars, time, ["groups": .count(groups)])
            let answer = try Self.solve(fleet, prices, time)
            costs.append(answer.cost)
            let charge = time.indices.map { t in fleet.groups.reduce(0) { $0 - answer.flow($1.name, "charge")[t] } }
            let discharge = time.indices.map { t in fleet.groups.reduce(0) { $0 + answer.flow($1.name, "discharge")[t] }
            }
            let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
            #expect(split.largestViolation(of: fleet, time: time) < 1e-6)
            if groups == 3 { #expect(split.missedShare < 1e-6) }
        }
        #expect(costs[0] <= costs[1] + 1e-7 && costs[1] <= costs[2] + 1e-7)
    }

    /// Two full cars of 10 kW and one empty: a schedule inside the sum that only the empty one could follow is missed,
    /// and measured.
    @Test func whatCannotBeSplitIsMeasured() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let cars = [
            Self.vehicle("full", from: 0, to: 2, soc: 1, wanted: 1),
            Self.vehicle("empty", from: 0, to: 2, soc: 0.25, wanted: 0.25),
        ]
        let fleet = try Self.fleet(cars, time, ["charge_efficiency": .number(1), "discharge_efficiency": .number(1)])
        // 20 kW in and 20 kW out fits the sum's powers and energies (50 + 20 <= 30 + 40), but the full car can take
        // nothing.
        #expect(fleet.envelope.maximumEnergy[0] >= 60 && fleet.envelope.maximumCharge[0] == 20)
        let split = try FleetDisaggregation(of: fleet, charge: [20, 0], discharge: [0, 20], time: time)
        #expect(near(split.missedEnergy, 20) && near(split.missedShare, 0.5) && near(split.largestMiss, 10))
        #expect(split.largestViolation(of: fleet, time: time) < 1e-6)
        let possible = try FleetDisaggregation(of: fleet, charge: [10, 0], discharge: [0, 10], time: time)
        #expect(possible.missedEnergy < 1e-7)
    }

    @Test func whatCannotBeIsRefusedInWords() throws {
        func problems(_ vehicle: Vehicle) -> String {
            vehicle.problems(horizon: 24, chargeEfficiency: 0.95).map(\.description).joined(separator: "|")
        }
        #expect(
            problems(Self.vehicle("ev13", from: 9, to: 14, battery: 75, charger: 7, soc: 0.2, wanted: 0.75))
                .contains("ev13: needs 41.25 kWh in 5 h but its charger gives at most 33.25 kWh"))
        #expect(problems(Self.vehicle(from: 5, to: 5)).contains("not after its arrival"))
        #expect(problems(Self.vehicle(from: 20, to: 26)).contains("the case covers 0 ... 24 h"))
        #expect(
            problems(Self.vehicle(from: 1, to: 5, soc: 0.1, minimum: 0.2)).contains("outside what the battery may hold")
        )
        #expect(problems(Self.vehicle(from: 1, to: 5, battery: 0)).contains("holds nothing"))
        #expect(problems(Self.vehicle(from: 1, to: 5)).isEmpty)
        #expect(throws: InputProblem.self) {
            try Self.fleet(
                [Self.vehicle("a", from: 0, to: 2), Self.vehicle("b", from: 1, to: 2)], TimeGrid(steps: 2, hours: 1),
                ["chargers": .count(1)])
        }
    }
}
