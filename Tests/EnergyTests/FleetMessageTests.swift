import Testing

@testable import Energy

/// Every sentence with which a stay or a fleet is refused.
@Suite struct FleetMessageTests {
    private func words(
        arrival: Double = 9, departure: Double = 14, battery: Double = 60, charge: Double = 7, discharge: Double = 7,
        from: Double = 0.5, to: Double = 0.6, least: Double = 0, most: Double = 1
    ) -> [String] {
        Vehicle(
            name: "ev13", arrival: arrival, departure: departure, battery: battery, maximumCharge: charge,
            maximumDischarge: discharge, arrivalShare: from, departureShare: to, minimumShare: least, maximumShare: most
        ).problems(horizon: 24, chargeEfficiency: 0.95).map(\.description)
    }

    @Test func aSoundStayHasNone() {
        #expect(words().isEmpty)
        #expect(words(arrival: 0, departure: 24).isEmpty)
        // 5 h * 7 kW * 0.95 = 33.25 kWh: just enough.
        #expect(words(from: 0, to: 33.25 / 60).isEmpty)
    }

    @Test func each() {
        #expect(
            words(departure: 9) == ["departure: ev13: leaves at 9 h, not after its arrival at 9 h."])
        let outside = "stays from -1.5 h to 14 h, but the case covers 0 ... 24 h. Split the stay or lengthen the case."
        #expect(words(arrival: -1.5) == ["arrival: ev13: " + outside])
        #expect(words(departure: 24.5).count == 1)
        #expect(words(battery: 0) == ["battery: ev13: a battery of 0 kWh holds nothing. Give its capacity."])
        #expect(
            words(to: 1.1)[0] == "soc_departure: ev13: 66 kWh lies outside what the battery may hold, 0 ... 60 kWh. "
                + "Change soc_departure or the limits.")
        #expect(
            words(from: 0.1, least: 0.2) == [
                "soc_arrival: ev13: 6 kWh lies outside what the battery may hold, 12 ... 60 kWh. "
                    + "Change soc_arrival or the limits."
            ])
        #expect(
            words(least: -0.1) == [
                "soc_max: ev13: soc_min and soc_max leave the battery's 0 ... 1. Keep them within it."
            ])
        #expect(words(least: 0.9, most: 0.1).first == "soc_min: ev13: soc_min is above soc_max. Swap them.")
        #expect(
            words(from: 0.2, to: 0.88) == [
                "soc_departure: ev13: needs 40.8 kWh in 5 h but its charger gives at most 33.25 kWh. "
                    + "Lower soc_departure or extend the stay."
            ])
        #expect(
            words(discharge: -7) == [
                "max_discharge: ev13: -7 kW is below 0. Give the size of the power; 0 for a direction it has not."
            ])
        #expect(
            words(departure: .nan) == [
                "ev13: a time, power or energy is infinite or not a number. Give finite numbers."
            ])
        #expect(words(departure: 1e300).first?.contains("1e+300") == true)
    }

    @Test func allAtOnce() {
        #expect(words(arrival: 14, departure: 9, battery: 0, charge: -1).count == 3)
    }

    @Test func aFleetRefusesWhatAVehicleOfItRefuses() throws {
        let late = Vehicle(
            name: "late", arrival: 1, departure: 5, battery: 40, maximumCharge: 7, maximumDischarge: 7,
            arrivalShare: 0.5, departureShare: 0.5)
        let problem = try #require(late.problems(horizon: 4, chargeEfficiency: 0.9).first)
        #expect(throws: problem) {
            try FleetFixtures.fleet([late], TimeGrid(steps: 4, hours: 1))
        }
    }

    @Test func chargersAreCounted() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        func car(_ name: String, _ arrival: Double, _ departure: Double) -> Vehicle {
            Vehicle(
                name: name, arrival: arrival, departure: departure, battery: 40, maximumCharge: 7, maximumDischarge: 7,
                arrivalShare: 0.5, departureShare: 0.5)
        }
        let one: [String: AttributeValue] = ["chargers": .count(1)]
        // One that leaves at 2 h makes room for one that comes at 2 h.
        _ = try FleetFixtures.fleet([car("a", 2, 4), car("b", 0, 2)], time, one)
        let refusal = InputProblem(
            at: "chargers", "1 are too few: 2 vehicles are plugged in at hour 1.5. Add chargers or move stays.")
        #expect(throws: refusal) { try FleetFixtures.fleet([car("a", 1.5, 4), car("b", 0, 2)], time, one) }
    }
}
