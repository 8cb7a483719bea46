import Testing

@testable import Energy

/// Splits of two vehicles in three steps against every split on a grid of powers, and a fleet of one against everything
/// that it may do.
@Suite struct FleetEnumerationTests {
    private static let time = TimeGrid(steps: 3, hours: 1)
    /// Energies and powers are counted in quarters of a kWh and of a kW.
    private static let battery = 16
    private static let powers = -4...8

    /// What a vehicle may do in a step with a number of quarters stored, by definition: signed power, positive when
    /// charging, and what is stored then. 1 kWh charged stores 1, 1 kWh given takes 2.
    private static func moves(of car: Vehicle, at step: Int, from stored: Int) -> [(power: Int, stored: Int)] {
        let isPresent = Double(step) >= car.arrival && Double(step + 1) <= car.departure
        return powers.compactMap { power in
            guard isPresent || power == 0, Double(power) >= -4 * car.maximumDischarge else { return nil }
            let after = stored + (power > 0 ? power : 2 * power)
            return (0...battery).contains(after) ? (power, after) : nil
        }
    }

    /// With what is wanted, or with as much as it likes of what it came with above that.
    private static func mayLeave(_ car: Vehicle, with stored: Int) -> Bool {
        let energy = Double(stored) / 4
        return energy >= car.departureEnergy && energy <= max(car.departureEnergy, car.arrivalEnergy)
    }

    /// The least cost of going through all steps from each pair of stored energies on, counted from the end.
    private static func least(_ a: Vehicle, _ b: Vehicle, cost: (_ step: Int, _ a: Int, _ b: Int) -> Double) -> Double {
        let levels = battery + 1
        var least = (0..<levels * levels).map {
            mayLeave(a, with: $0 / levels) && mayLeave(b, with: $0 % levels) ? 0 : Double.infinity
        }
        for step in (0..<3).reversed() {
            let after = least
            let ofA = (0..<levels).map { moves(of: a, at: step, from: $0) }
            let ofB = (0..<levels).map { moves(of: b, at: step, from: $0) }
            for k in least.indices {
                var best = Double.infinity
                for p in ofA[k / levels] {
                    for q in ofB[k % levels] {
                        let rest = after[p.stored * levels + q.stored]
                        if rest.isFinite { best = min(best, cost(step, p.power, q.power) + rest) }
                    }
                }
                least[k] = best
            }
        }
        return least[Int(4 * a.arrivalEnergy) * levels + Int(4 * b.arrivalEnergy)]
    }

    private static func least(_ cars: [Vehicle], missing charge: [Double], _ discharge: [Double]) -> Double {
        least(cars[0], cars[1]) { t, a, b in
            abs(Double(max(0, a) + max(0, b)) / 4 - charge[t]) + abs(Double(max(0, -a) + max(0, -b)) / 4 - discharge[t])
        }
    }

    private static func car(_ name: String, _ numbers: inout Seeded, v2g: Bool) -> Vehicle {
        let arrival = Double(numbers.below(3))
        let departure = arrival + 1 + Double(numbers.below(3 - Int(arrival)))
        let (energy, wanted) = (Double(numbers.below(9)) / 2, Double(numbers.below(9)) / 2)
        return Vehicle(
            name: name, arrival: arrival, departure: departure, battery: 4, maximumCharge: 2,
            maximumDischarge: v2g ? 1 : 0, arrivalShare: energy / 4, departureShare: wanted / 4)
    }

    /// What the split misses, and the least that any split on the grid misses, for seeded fleets and schedules.
    private static func compare(cases: Int, v2g: Bool) throws -> [(missed: Double, least: Double)] {
        var numbers = Seeded(state: 20)
        var found: [(missed: Double, least: Double)] = []
        while found.count < cases {
            let cars = [car("a", &numbers, v2g: v2g), car("b", &numbers, v2g: v2g)]
            // Who wants more than the charger gives is refused.
            guard cars.allSatisfy({ $0.problems(horizon: 3, chargeEfficiency: 1).isEmpty }) else { continue }
            let wish = (0..<3).map { _ in 0.5 * Double(numbers.below(7) + numbers.below(7)) - (v2g ? 2 : 0) }
            let (charge, discharge) = (wish.map { max(0, $0) }, wish.map { max(0, -$0) })
            let fleet = try FleetFixtures.fleet(cars, time, charge: 1, discharge: 0.5, v2g: v2g)
            let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
            #expect(split.largestViolation(of: fleet, time: time) < 1e-7)
            found.append((split.missedEnergy, least(cars, missing: charge, discharge)))
        }
        return found
    }

    /// Without discharging nothing has to be closed, and the linear program is exact.
    @Test func chargingAloneIsSplitAsWellAsPossible() throws {
        for (missed, least) in try Self.compare(cases: 100, v2g: false) { #expect(abs(missed - least) < 1e-6) }
    }

    /// Closing directions one program after the other is no search over all of them: most splits are the best, none is
    /// better than the best, and together they miss little more.
    @Test func splitsWithBothDirectionsAreNearlyAsGoodAsPossible() throws {
        let found = try Self.compare(cases: 200, v2g: true)
        #expect(found.allSatisfy { $0.missed > $0.least - 1e-6 })
        #expect(found.count { $0.missed < $0.least + 1e-6 } >= 170)
        let (missed, least) = found.reduce((0.0, 0.0)) { ($0.0 + $1.missed, $0.1 + $1.least) }
        #expect(missed < 1.03 * least)
    }

    /// What a fleet of one vehicle pays at its best is what the vehicle pays at its best, whatever prices do.
    @Test func aFleetOfOneMayDoWhatItsVehicleMay() throws {
        var numbers = Seeded(state: 7)
        let nobody = Vehicle(
            name: "nobody", arrival: 0, departure: 3, battery: 4, maximumCharge: 0, maximumDischarge: 0,
            arrivalShare: 0,
            departureShare: 0)
        var tried = 0
        while tried < 80 {
            let car = Self.car("a", &numbers, v2g: numbers.below(3) > 0)
            guard car.problems(horizon: 3, chargeEfficiency: 1).isEmpty else { continue }
            tried += 1
            let price = (0..<3).map { _ in Double(numbers.below(9) - 3) / 4 }
            let fleet = try FleetFixtures.fleet([car], Self.time, charge: 1, discharge: 0.5)
            let least = Self.least(car, nobody) { t, power, idle in
                idle == 0 ? price[t] * Double(power) / 4 : .infinity
            }
            let plan = try FleetFixtures.plan(fleet, Self.time, price: price)
            #expect(abs(plan.cost - least) < 1e-7, "\(car) at \(price)")
        }
    }

    private struct Seeded {
        var state: UInt64
        mutating func below(_ count: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % count
        }
    }
}
