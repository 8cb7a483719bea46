import LinearModels
import Testing

@testable import Energy

/// Four vehicles alike that come for the night, of which half of each is scheduled: steps of six hours, night is the
/// last and the first.
@Suite struct ResponsiveWishTests {
    private static let time = TimeGrid(steps: 4, hours: 6)

    /// Comes at 18 h and leaves at 30 h, 6 h into the next day; 40 kWh, 0.8 each way.
    private static func fleet(from arrival: Double, to departure: Double, discharge: Double) throws -> ResponsiveFleet {
        try ResponsiveFleet(
            name: "cars",
            vehicles: (0..<4).map {
                Vehicle(
                    name: "ev\($0)", arrival: 18, departure: 30, battery: 40, maximumCharge: 10, maximumDischarge: 10,
                    arrivalShare: arrival, departureShare: departure)
            },
            values: AttributeValues(
                [
                    "response": .text("joint"), "flat_price": .number(0.5), "tariff": .series([0.5, 0.5, 0.5, 0.5]),
                    "discharge_subsidy": .number(discharge), "charge_efficiency": .number(0.8),
                    "discharge_efficiency": .number(0.8),
                ], defaultsFrom: ResponsiveFleet.attributes), time: time
        ) { _, _ in 0.5 }
    }

    /// kWh charged and discharged in each step by the scheduled halves where grid power has these prices.
    private static func moved(
        _ fleet: ResponsiveFleet, _ prices: [Double]
    ) throws -> (charge: [Double], discharge: [Double]) {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [100, 100, 100, 100])]
        park.components = [try market(prices, time: time), fleet]
        let answer = try park.solve()
        #expect(answer.audit.holds)
        let charge = answer.flow("cars", "charge").map { max(0, -$0) }
        let discharge = answer.flow("cars", "discharge")
        let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
        #expect(split.missedEnergy < 1e-6 && split.largestViolation(of: fleet, time: time) < 1e-7)
        return (charge.map { 6 * $0 }, discharge.map { 6 * $0 })
    }

    /// 10 kWh, 30 wanted. Halves give the 4 x 5 kWh that they came with in the evening, and charge 4 x 15 after
    /// midnight, where they could charge 4 x 20 and would be paid for it: every day begins as the last one ended, and
    /// nobody brings back more.
    @Test func aDayThatRepeatsItselfTakesNoMoreThanIsWanted() throws {
        let moved = try Self.moved(Self.fleet(from: 0.25, to: 0.75, discharge: 0.1), [-1, 0.6, 0.6, 1])
        #expect(near(moved.discharge[3], 20 * 0.8) && near(moved.charge[0], 60 / 0.8))
        #expect(near(moved.charge[3], 0) && near(moved.discharge[0], 0))
    }

    /// 30 kWh, 10 wanted. Where a kWh given earns the driver 5, all keep what they have, and nobody charges at -1 on
    /// top of it.
    @Test func whoComesWithMoreKeepsItAndTakesNoMore() throws {
        let moved = try Self.moved(Self.fleet(from: 0.75, to: 0.25, discharge: 5), [-1, 0.6, 0.6, 1])
        #expect((moved.charge + moved.discharge).allSatisfy { near($0, 0) })
    }

    /// The same where it earns 0.1: all 4 x 15 kWh are given in the evening at 1, and the 4 x 5 that are wanted charged
    /// again at 0.2.
    @Test func whoComesWithMoreGivesItWhereThatPays() throws {
        let moved = try Self.moved(Self.fleet(from: 0.75, to: 0.25, discharge: 0.1), [0.2, 0.6, 0.6, 1])
        #expect(near(moved.discharge[3], 60 * 0.8) && near(moved.charge[0], 20 / 0.8))
    }

    /// The same at -1 after midnight: charged up to what they came with, 4 x 15, and not beyond.
    @Test func whoGaveMayTakeBackWhatItCameWith() throws {
        let moved = try Self.moved(Self.fleet(from: 0.75, to: 0.25, discharge: 0.1), [-1, 0.6, 0.6, 1])
        #expect(near(moved.discharge[3], 60 * 0.8) && near(moved.charge[0], 60 / 0.8))
    }
}
