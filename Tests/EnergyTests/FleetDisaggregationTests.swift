import LinearModels
import Testing

@testable import Energy

@Suite struct FleetDisaggregationTests {
    @Test func probe() throws {
        let time = TimeGrid(steps: 1, hours: 1)
        // 30 kWh -> 29.811 kWh in one hour
        let v = Vehicle(name: "v", arrival: 0, departure: 1, battery: 60, maximumCharge: 7, maximumDischarge: 7, arrivalShare: 0.5, departureShare: 29.811/60)
        let fleet = try FleetFixtures.fleet([v], time)
        let d = try FleetDisaggregation(of: fleet, charge: [3], discharge: [0], time: time)
        print(d, d.largestViolation(of: fleet, time: time))
    }
}
