import Foundation
import LinearModels
import TestSupport
import Testing

@testable import Energy

/// Vehicles that are scheduled one by one, beside their sum.
@Suite struct IndividualFleetTests {
    private static let time = TimeGrid(steps: 12, hours: 1)
    private static let individual: [String: AttributeValue] = ["individual": .flag(true)]

    private static func random(_ numbers: inout SeededNumbers, count: Int) -> [Vehicle] {
        (0..<count).map { number in
            let arrival = Double(numbers.whole(0...6))
            let stay = Double(numbers.whole(2...6))
            let charge = numbers.uniform(in: 4...11)
            let came = numbers.uniform(in: 0.2...0.8)
            return Vehicle(
                name: "ev\(number)", arrival: arrival, departure: min(12, arrival + stay),
                battery: numbers.uniform(in: 30...60), maximumCharge: charge,
                maximumDischarge: numbers.uniform(in: 0...8), arrivalShare: came,
                departureShare: min(0.9, came + numbers.uniform(in: -0.1...0.1)), minimumShare: 0.1, maximumShare: 0.95)
        }
    }

    private static func prices(_ numbers: inout SeededNumbers) -> [Double] {
        time.indices.map { _ in numbers.uniform(in: 0.2...1.2) }
    }

    /// Whatever single vehicles can do their sum can, so that the envelope's optimum is never dearer, and their sum
    /// lies within the envelope of all.
    @Test func theEnvelopeIsNeverDearer() throws {
        var numbers = SeededNumbers(seed: 5)
        var looser = 0
        for _ in 0..<15 {
            let (vehicles, price) = (Self.random(&numbers, count: 5), Self.prices(&numbers))
            let sum = try FleetFixtures.fleet(vehicles, Self.time)
            let single = try FleetFixtures.fleet(vehicles, Self.time, Self.individual)
            let loose = try FleetFixtures.plan(sum, Self.time, price: price)
            let tight = try FleetFixtures.plan(single, Self.time, price: price)
            #expect(loose.cost <= tight.cost + 1e-7)
            if loose.cost < tight.cost - 1e-3 { looser += 1 }
            for t in Self.time.indices {
                #expect(tight.charge[t] <= sum.envelope.maximumCharge[t] + 1e-7)
                #expect(tight.discharge[t] <= sum.envelope.maximumDischarge[t] + 1e-7)
                #expect(tight.energy[t] <= sum.envelope.maximumEnergy[t] + 1e-7)
                #expect(tight.energy[t] >= sum.envelope.minimumEnergy[t] - 1e-7)
            }
        }
        // Else there would be no reason to schedule vehicles one by one.
        #expect(looser > 0)
    }

    /// Of vehicles that are alike each does its share of what the sum does: the sum is exact.
    @Test func alikeTheyAreTheirSum() throws {
        var numbers = SeededNumbers(seed: 8)
        for _ in 0..<10 {
            let one = Self.random(&numbers, count: 1)[0]
            let price = Self.prices(&numbers)
            let vehicles = (0..<4).map { number in
                Vehicle(
                    name: "ev\(number)", arrival: one.arrival, departure: one.departure, battery: one.battery,
                    maximumCharge: one.maximumCharge, maximumDischarge: one.maximumDischarge,
                    arrivalShare: one.arrivalEnergy / one.battery, departureShare: one.departureEnergy / one.battery,
                    minimumShare: 0.1, maximumShare: 0.95)
            }
            let sum = try FleetFixtures.plan(try FleetFixtures.fleet(vehicles, Self.time), Self.time, price: price)
            let single = try FleetFixtures.plan(
                try FleetFixtures.fleet(vehicles, Self.time, Self.individual), Self.time, price: price)
            #expect(abs(sum.cost - single.cost) < 1e-6)
        }
    }

    /// Stays of whole hours at hourly prices cost the same in steps of 60, 30 and 15 minutes.
    @Test func stepsDoNotMatter() throws {
        var numbers = SeededNumbers(seed: 21)
        let (vehicles, price) = (Self.random(&numbers, count: 3), Self.prices(&numbers))
        let hourly = try FleetFixtures.plan(
            try FleetFixtures.fleet(vehicles, Self.time, Self.individual), Self.time, price: price)
        for parts in [2, 4] {
            let time = TimeGrid(steps: 12 * parts, hours: 1 / Double(parts))
            let fine = try FleetFixtures.plan(
                try FleetFixtures.fleet(vehicles, time, Self.individual), time,
                price: price.flatMap { Array(repeating: $0, count: parts) })
            #expect(abs(fine.cost - hourly.cost) < 1e-6)
        }
    }

    @Test func theOrderOfVehiclesDoesNotMatter() throws {
        var numbers = SeededNumbers(seed: 2)
        let (vehicles, price) = (Self.random(&numbers, count: 6), Self.prices(&numbers))
        let wear: [String: AttributeValue] = ["depth_wear": .number(0.5), "v2g_payment": .number(0.02)]
        let plans = try [vehicles, vehicles.reversed()].map {
            try FleetFixtures.plan(
                try FleetFixtures.fleet($0, Self.time, Self.individual.merging(wear) { $1 }), Self.time, price: price)
        }
        #expect(plans[0].cost == plans[1].cost && plans[0].charge == plans[1].charge)
        #expect(plans[0].discharge == plans[1].discharge && plans[0].discharge.contains { $0 > 1 })
    }

    /// The trader buys 20 kWh at 0.1 and could sell them at 0.9 for each. Drivers get theirs of what is sold, and where
    /// they ask for more than the spread leaves nobody sells.
    @Test func driversArePaidForWhatTheyGive() throws {
        func plan(_ payment: Double) throws -> FleetFixtures.Plan {
            try FleetFixtures.plan(
                try FleetFixtures.fleet(
                    [FleetFixtures.trader], TimeGrid(steps: 4, hours: 1), charge: 1, discharge: 1,
                    Self.individual.merging(["v2g_payment": .number(payment)]) { $1 }),
                TimeGrid(steps: 4, hours: 1), price: [0.1, 0.1, 0.9, 0.9])
        }
        let paid = try plan(0.3)
        #expect(near(paid.discharge.reduce(0, +), 20) && near(paid.cost, -20 * 0.8 + 20 * 0.3))
        #expect(near(paid.party.costs.first { $0.item == FleetOperation.paymentItem }?.amount ?? 0, 6))
        let dear = try plan(0.85)
        #expect(near(dear.discharge.reduce(0, +), 0) && near(dear.cost, 0))
    }

    /// Two alike give 20 kWh at 1.0 in an hour and charge it again for nothing. Each gives 10 of its 40 kWh: by eq. 29
    /// at 2 CNY/kWh and full depth 2 (10 / 40)^1.5 x 10, at an end of the pieces.
    @Test func eachWearsByItsOwnDepth() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        let vehicles = ["a", "b"].map {
            Vehicle(
                name: $0, arrival: 0, departure: 2, battery: 40, maximumCharge: 10, maximumDischarge: 10,
                arrivalShare: 0.5, departureShare: 0.5)
        }
        let wear: [String: AttributeValue] = ["depth_wear": .number(2), "wear_pieces": .count(4)]
        let fleet = try FleetFixtures.fleet(
            vehicles, time, charge: 1, discharge: 1, Self.individual.merging(wear) { $1 })
        let plan = try FleetFixtures.plan(fleet, time, price: [1, 0])
        let expected: Double = 2 * 2 * pow(0.25, 1.5) * 10
        #expect(near(plan.discharge[0], 20))
        #expect(near(plan.party.costs.first { $0.item == "wear" }?.amount ?? 0, expected))
        #expect(near(plan.cost, expected - 20))
        // At 0.3 a kWh the last pieces cost more than they bring: of slopes 2 (x^2.5)' over quarters of 10 kWh.
        let shallow = try FleetFixtures.plan(fleet, time, price: [0.3, 0])
        let slopes = (0..<4).map { k -> Double in
            let (low, high) = (Double(k) / 16, Double(k + 1) / 16)
            return 2 * (pow(high, 2.5) - pow(low, 2.5)) / (high - low)
        }
        #expect(near(shallow.discharge[0], 5 * Double(slopes.count { $0 < 0.3 })))
    }

    /// What is told of each vehicle is its own schedule and not another split of the sum: it breaks none of its limits.
    @Test func schedulesAreTheirOwn() throws {
        var numbers = SeededNumbers(seed: 13)
        let (vehicles, price) = (Self.random(&numbers, count: 5), Self.prices(&numbers))
        let fleet = try FleetFixtures.fleet(vehicles, Self.time, Self.individual)
        let plan = try FleetFixtures.plan(fleet, Self.time, price: price)
        let split = try #require(FleetDisaggregation(ofIndividual: fleet, in: plan.party, time: Self.time))
        #expect(split.largestViolation(of: fleet, time: Self.time) < 1e-7 && split.missedEnergy == 0)
        #expect(Set(split.schedules.map(\.vehicle)) == Set(vehicles.map(\.name)))
        for t in Self.time.indices {
            #expect(near(split.schedules.reduce(0) { $0 + $1.charge[t] }, plan.charge[t]))
        }
        let sum = try FleetFixtures.fleet(vehicles, Self.time)
        #expect(FleetDisaggregation(ofIndividual: sum, in: plan.party, time: Self.time) == nil)
    }

    /// From Swift the same fleet is made by arguments.
    @Test func argumentsAreTheKeys() throws {
        var numbers = SeededNumbers(seed: 4)
        let (vehicles, price) = (Self.random(&numbers, count: 3), Self.prices(&numbers))
        let typed = try EVFleet(
            vehicles: vehicles, chargeEfficiency: 0.9, dischargeEfficiency: 0.9, isIndividual: true, v2gPayment: 0.05,
            depthWear: 0.4, wearExponent: 1, wearPieces: 3, time: Self.time)
        let written = try FleetFixtures.fleet(
            vehicles, Self.time,
            [
                "individual": .flag(true), "v2g_payment": .number(0.05), "depth_wear": .number(0.4),
                "wear_exponent": .number(1), "wear_pieces": .count(3),
            ])
        let plans = try [typed, written].map { try FleetFixtures.plan($0, Self.time, price: price) }
        #expect(plans[0].cost == plans[1].cost && plans[0].discharge == plans[1].discharge)
        #expect(typed.groups == written.groups && typed.groups.count == 3)
    }

    @Test func keysWithoutEffectAreRefused() {
        func problem(_ values: [String: AttributeValue], v2g: Bool = true) -> String {
            do {
                _ = try FleetFixtures.fleet([FleetFixtures.trader], TimeGrid(steps: 4, hours: 1), v2g: v2g, values)
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
        #expect(problem(["individual": .flag(true), "groups": .count(2)]).hasPrefix("groups: has no effect"))
        #expect(problem(["depth_wear": .number(1)]).hasPrefix("depth_wear: is of single vehicles"))
        #expect(
            problem(["individual": .flag(true), "wear_pieces": .count(2)]).hasPrefix(
                "wear_pieces: has no effect without"))
        #expect(problem(["v2g_payment": .number(1)], v2g: false).hasPrefix("v2g_payment: has no effect, because"))
        #expect(problem(["individual": .flag(true), "depth_wear": .number(1)]) == "accepted")
    }
}
