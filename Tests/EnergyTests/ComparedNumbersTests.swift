import Energy
import Testing

/// A message that says two numbers differ shows how.
@Suite struct ComparedNumbersTests {
    private func complaint(arrival: Double, departure: Double, soc: Double, horizon: Double = 24) -> String {
        Vehicle(
            name: "c1", arrival: arrival, departure: departure, battery: 60, maximumCharge: 11, maximumDischarge: 0,
            arrivalShare: 0.2, departureShare: soc, minimumShare: 0, maximumShare: 1
        ).problems(horizon: horizon, chargeEfficiency: 0.95).map(\.message).joined(separator: " ")
    }

    /// 60 kWh times 0.0349 are 2.094 kWh; 11 kW over 0.2 h at 95 % are 2.09.
    @Test func vehiclesAreToldWhatIsMissing() {
        #expect(
            complaint(arrival: 8.9, departure: 9.1, soc: 0.2349).contains(
                "needs 2.094 kWh in 0.2 h but its charger gives at most 2.09 kWh"))
        #expect(
            complaint(arrival: 9, departure: 8.999, soc: 0.2).contains(
                "leaves at 8.999 h, not after its arrival at 9 h"))
        #expect(
            complaint(arrival: 9, departure: 24.001, soc: 0.2).contains("to 24.001 h, but the case covers 0 ... 24 h"))
        #expect(complaint(arrival: -0.001, departure: 9, soc: 0.2).contains("stays from -0.001 h to 9 h"))
        #expect(
            complaint(arrival: 8, departure: 20, soc: 1.00001).contains(
                "60.001 kWh lies outside what the battery may hold, 0 ... 60 kWh"))
    }
}
