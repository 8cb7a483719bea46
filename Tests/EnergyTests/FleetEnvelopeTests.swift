import Testing

@testable import Energy

/// Bounds of a fleet against sums done by hand.
@Suite struct FleetEnvelopeTests {
    private static let hourly = TimeGrid(steps: 6, hours: 1)

    /// 10 kWh, 30 wanted, 1 h to 4 h, 10 kW in (9 stored), 5 kW out (5.556 taken).
    private static let first = Vehicle(
        name: "first", arrival: 1, departure: 4, battery: 40, maximumCharge: 10, maximumDischarge: 5,
        arrivalShare: 0.25, departureShare: 0.75)
    /// 10 of 20 kWh, the same wanted, 2 h to 5 h, 4 kW both ways (3.6 stored, 4.444 taken).
    private static let second = Vehicle(
        name: "second", arrival: 2, departure: 5, battery: 20, maximumCharge: 4, maximumDischarge: 4,
        arrivalShare: 0.5, departureShare: 0.5)

    private func envelope(_ vehicles: [Vehicle], _ time: TimeGrid = hourly, v2g: Bool = true) -> FleetEnvelope {
        FleetEnvelope(vehicles, time: time, chargeEfficiency: 0.9, dischargeEfficiency: 0.9, v2g: v2g)
    }

    @Test func theTubeOfAStayFollowsFromBothItsEnds() {
        let found = envelope([Self.first])
        #expect(found.maximumCharge == [0, 10, 10, 10, 0, 0])
        #expect(found.maximumDischarge == [0, 5, 5, 5, 0, 0])
        // After one hour: 10 + 9 at most, 30 - 2 * 9 at least; after two: 10 + 18 and 30 - 9.
        #expect(FleetFixtures.close(found.maximumEnergy, [0, 19, 28, 0, 0, 0]))
        #expect(FleetFixtures.close(found.minimumEnergy, [0, 12, 21, 0, 0, 0]))
        #expect(found.arriving == [0, 10, 0, 0, 0, 0])
        #expect(found.leaving == [0, 0, 0, 30, 0, 0])
    }

    @Test func vehiclesThatOverlapAdd() {
        let found = envelope([Self.first, Self.second])
        #expect(found.maximumCharge == [0, 10, 14, 14, 4, 0])
        #expect(found.maximumDischarge == [0, 5, 9, 9, 4, 0])
        // The second alone: 10 - 4.444 ... 13.6 at 3 h; 10 - 3.6 ... 10 + 4.444 at 4 h.
        #expect(FleetFixtures.close(found.maximumEnergy, [0, 19, 28 + 13.6, 10 + 4 / 0.9, 0, 0]))
        #expect(FleetFixtures.close(found.minimumEnergy, [0, 12, 21 + 10 - 4 / 0.9, 6.4, 0, 0]))
        #expect(found.arriving == [0, 10, 10, 0, 0, 0])
        #expect(found.leaving == [0, 0, 0, 30, 10, 0])
    }

    /// 8 of 40 kWh at half past, 16 wanted at a quarter past two, 10 kW that only charges.
    @Test func aStayMayBeginAndEndWithinSteps() {
        let car = Vehicle(
            name: "car", arrival: 0.5, departure: 2.25, battery: 40, maximumCharge: 10, maximumDischarge: 0,
            arrivalShare: 0.2, departureShare: 0.4)
        let found = envelope([car], TimeGrid(steps: 3, hours: 1))
        #expect(FleetFixtures.close(found.maximumCharge, [5, 10, 2.5]))
        #expect(found.maximumDischarge == [0, 0, 0])
        #expect(FleetFixtures.close(found.maximumEnergy, [12.5, 16, 0]))
        #expect(FleetFixtures.close(found.minimumEnergy, [8, 13.75, 0]))
        #expect(found.arriving == [8, 0, 0])
        #expect(found.leaving == [0, 0, 16])
    }

    @Test func aStayWithinOneStepBringsAndTakes() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        let car = Vehicle(
            name: "car", arrival: 1.25, departure: 1.75, battery: 40, maximumCharge: 10, maximumDischarge: 10,
            arrivalShare: 0.2, departureShare: 0.29)
        let found = envelope([car], time)
        #expect(found.maximumCharge == [0, 5, 0])
        #expect(FleetFixtures.close(found.arriving, [0, 8, 0]) && FleetFixtures.close(found.leaving, [0, 11.6, 0]))
        #expect(found.maximumEnergy == [0, 0, 0] && found.minimumEnergy == [0, 0, 0])
        // 3.6 kWh into the battery are 4 kWh at the charger.
        let plan = try FleetFixtures.plan(try FleetFixtures.fleet([car], time), time, price: [1, 0.5, 1])
        #expect(FleetFixtures.close(plan.charge, [0, 4, 0], within: 1e-7))
        #expect(abs(plan.cost - 2) < 1e-7)
    }

    /// 36 of 40 kWh, 10 wanted.
    @Test func whatCannotBeDischargedLeavesWithTheVehicle() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let car = Vehicle(
            name: "car", arrival: 0, departure: 2, battery: 40, maximumCharge: 10, maximumDischarge: 4.5,
            arrivalShare: 0.9, departureShare: 0.25)
        let oneWay = envelope([car], time, v2g: false)
        #expect(oneWay.leaving == [0, 36] && oneWay.maximumDischarge == [0, 0])
        #expect(oneWay.minimumEnergy == [36, 0] && oneWay.maximumEnergy == [36, 0])
        let still = try FleetFixtures.fleet([car], time, v2g: false)
        #expect(FleetFixtures.close(try FleetFixtures.plan(still, time, price: [-1, -1]).charge, [0, 0]))
        // With discharging, 4.5 kW for two hours take 10 kWh: it leaves with 26, not with 10.
        #expect(FleetFixtures.close(envelope([car], time).leaving, [0, 26]))
    }

    @Test func batteryLimitsCutTheTube() {
        let car = Vehicle(
            name: "car", arrival: 0, departure: 4, battery: 40, maximumCharge: 20, maximumDischarge: 18,
            arrivalShare: 0.5, departureShare: 0.5, minimumShare: 0.3, maximumShare: 0.8)
        let found = envelope([car], TimeGrid(steps: 4, hours: 1))
        #expect(FleetFixtures.close(found.maximumEnergy, [32, 32, 32, 0]))
        #expect(FleetFixtures.close(found.minimumEnergy, [12, 12, 12, 0]))
    }

    /// Whole-hour stays: at full hours, finer steps have the bounds of hourly ones.
    @Test(arguments: [2, 4]) func finerStepsBoundTheSameEnergy(parts: Int) {
        let hourly = envelope([Self.first, Self.second])
        let finer = envelope(
            [Self.first, Self.second], TimeGrid(steps: 6 * parts, hours: 1 / Double(parts)))
        let ends = (1...6).map { $0 * parts - 1 }
        #expect(FleetFixtures.close(ends.map { finer.maximumEnergy[$0] }, hourly.maximumEnergy))
        #expect(FleetFixtures.close(ends.map { finer.minimumEnergy[$0] }, hourly.minimumEnergy))
        #expect(FleetFixtures.close(ends.map { finer.maximumCharge[$0] }, hourly.maximumCharge))
        #expect(finer.arriving.reduce(0, +) == 20 && finer.leaving.reduce(0, +) == 40)
    }

    @Test func theOrderOfVehiclesChangesNothing() throws {
        let cars = [Self.first, Self.second, FleetFixtures.trader]
        let (given, turned) = (envelope(cars), envelope(cars.reversed()))
        for part in [
            \FleetEnvelope.maximumEnergy, \.minimumEnergy, \.maximumCharge, \.maximumDischarge, \.arriving, \.leaving,
        ] {
            #expect(FleetFixtures.close(given[keyPath: part], turned[keyPath: part]))
        }
        let groups: [String: AttributeValue] = ["groups": .count(2)]
        let fleets = try [cars, cars.reversed()].map { try FleetFixtures.fleet($0, Self.hourly, groups) }
        #expect(fleets[0].groups == fleets[1].groups)
    }
}
