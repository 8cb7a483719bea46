import LinearModels
import Testing

@testable import Energy

/// The sum of schedules that vehicles may drive, each for itself, is a schedule that their fleet may drive.
@Suite struct FleetSumTests {
    /// What all vehicles do together, one number per step: kW, and kWh brought and taken.
    private struct Sum {
        var charge: [Double]
        var discharge: [Double]
        var taken = 0.0
        var wanted = 0.0
    }

    private static let (stored, given) = (0.9, 0.85)

    /// Stays anywhere in the horizon, some within a step, with any states of charge that the charger can serve.
    private static func vehicle(_ name: String, _ horizon: Double, _ numbers: inout FleetNumbers) -> Vehicle {
        while true {
            let (one, other) = (horizon * numbers.next(), horizon * numbers.next())
            // Every third stay begins and ends with a step.
            let isWhole = numbers.next() < 0.33
            let (arrival, departure) = isWhole ? (one.rounded(), other.rounded()) : (one, other)
            let car = Vehicle(
                name: name, arrival: arrival, departure: departure, battery: 20 + 40 * numbers.next(),
                maximumCharge: 3 + 10 * numbers.next(), maximumDischarge: numbers.next() < 0.3 ? 0 : 8 * numbers.next(),
                arrivalShare: 0.15 + 0.75 * numbers.next(), departureShare: 0.15 + 0.75 * numbers.next(),
                minimumShare: 0.1, maximumShare: 0.95)
            if car.problems(horizon: horizon, chargeEfficiency: stored).isEmpty { return car }
        }
    }

    /// A schedule of each vehicle drawn at random: in each step all charge or all discharge, as a fleet does.
    private static func draw(_ cars: [Vehicle], _ time: TimeGrid, v2g: Bool, _ numbers: inout FleetNumbers) -> Sum {
        while true { if let sum = attempt(cars, time, v2g: v2g, &numbers) { return sum } }
    }

    /// nil where one would have to charge while another has to discharge.
    private static func attempt(_ cars: [Vehicle], _ time: TimeGrid, v2g: Bool, _ numbers: inout FleetNumbers) -> Sum? {
        let nothing = [Double](repeating: 0, count: time.steps)
        var sum = Sum(charge: nothing, discharge: nothing)
        var energy = cars.map(\.arrivalEnergy)
        for t in time.indices {
            // What may be stored in the step, so that the wish can still be met.
            let ranges = cars.enumerated().map { n, car -> ClosedRange<Double> in
                let hours = max(0, min(car.departure, time.start(of: t + 1)) - max(car.arrival, time.start(of: t)))
                let left = max(0, car.departure - max(car.arrival, time.start(of: t + 1)))
                let most = max(car.departureEnergy, car.arrivalEnergy)
                let fall = v2g ? car.maximumDischarge / given : 0
                let low = max(
                    -fall * hours, car.minimumEnergy - energy[n],
                    car.departureEnergy - stored * car.maximumCharge * left - energy[n])
                let high = min(
                    stored * car.maximumCharge * hours, car.maximumEnergy - energy[n], most + fall * left - energy[n])
                return min(low, high)...high
            }
            // Who must charge or discharge says what all do; else chance does.
            let mustCharge = ranges.contains { $0.lowerBound > 1e-12 }
            let mustGive = ranges.contains { $0.upperBound < -1e-12 }
            if mustCharge, mustGive { return nil }
            let charges = mustCharge || !mustGive && numbers.next() < 0.5
            for n in cars.indices {
                let (low, high) = (ranges[n].lowerBound, ranges[n].upperBound)
                let (from, to) = charges ? (max(0, low), max(0, high)) : (min(0, low), min(0, high))
                let share = numbers.next() < 0.3 ? numbers.next().rounded() : numbers.next()
                let gain = from + share * (to - from)
                energy[n] += gain
                if gain > 0 {
                    sum.charge[t] += gain / stored / time.hours
                } else {
                    sum.discharge[t] -= gain * given / time.hours
                }
            }
        }
        sum.taken = energy.reduce(0, +)
        sum.wanted = cars.reduce(0) { $0 + $1.departureEnergy }
        return sum
    }

    /// Whether the station's model has a point at which the fleet does this.
    private static func isPossible(_ sum: Sum, _ fleet: EVFleet, _ time: TimeGrid) throws -> Bool {
        var model = try FleetFixtures.build(fleet, time, price: [Double](repeating: 1, count: time.steps)).0.model
        for t in time.indices {
            for (what, power) in [("charge", sum.charge[t]), ("discharge", sum.discharge[t])] {
                let variable = try #require(model.variable(named: "station.fleet.\(what)@\(t)"))
                try model.add(range(power - 1e-7, variable, power + 1e-7), named: "given.\(what)@\(t)")
            }
        }
        let session = try SolverSession(model)
        return try session.solve() == .optimal
    }

    @Test(arguments: 0..<60) func sumsOfSchedulesAreSchedulesOfTheFleet(seed: UInt64) throws {
        var numbers = FleetNumbers(state: seed)
        let time = seed % 3 == 0 ? TimeGrid(steps: 10, hours: 0.5) : TimeGrid(steps: 5, hours: 1)
        let v2g = seed % 4 != 1
        let cars = (0..<Int(2 + seed % 4)).map { Self.vehicle("ev\($0)", 5, &numbers) }
        let fleet = try FleetFixtures.fleet(cars, time, charge: Self.stored, discharge: Self.given, v2g: v2g)
        for _ in 0..<4 {
            let sum = Self.draw(cars, time, v2g: v2g, &numbers)
            #expect(try Self.isPossible(sum, fleet, time), "\(cars): \(sum)")
        }
        // More than all chargers give is nothing that the fleet may do.
        var beyond = Self.draw(cars, time, v2g: v2g, &numbers)
        beyond.charge[2] = fleet.envelope.maximumCharge[2] + 0.01
        #expect(try !Self.isPossible(beyond, fleet, time))
    }

    /// Where nobody discharges, each leaves with what is wanted, or with all that it came with where that is more: what
    /// charging is paid for changes nothing, and a fleet takes no more than its vehicles do.
    @Test(arguments: 0..<20) func nobodyIsChargedBeyondTheWish(seed: UInt64) throws {
        var numbers = FleetNumbers(state: 1000 + seed)
        let time = TimeGrid(steps: 5, hours: 1)
        let cars = (0..<Int(1 + seed % 5)).map { Self.vehicle("ev\($0)", 5, &numbers) }
        let fleet = try FleetFixtures.fleet(cars, time, charge: Self.stored, discharge: Self.given, v2g: false)
        let needed = cars.reduce(0) { $0 + max(0, $1.departureEnergy - $1.arrivalEnergy) / Self.stored }
        for price in [-1.0, 1] {
            let plan = try FleetFixtures.plan(fleet, time, price: [Double](repeating: price, count: 5))
            #expect(abs(plan.cost - price * needed) < 1e-6, "\(cars)")
        }
    }

    /// What is drawn above takes more than is wanted often enough to say something.
    @Test func theDrawnTakeMoreThanTheyWant() {
        var numbers = FleetNumbers(state: 3)
        let time = TimeGrid(steps: 5, hours: 1)
        let more = (0..<100).count { _ in
            let cars = [Self.vehicle("a", 5, &numbers), Self.vehicle("b", 5, &numbers)]
            let sum = Self.draw(cars, time, v2g: true, &numbers)
            return sum.taken > sum.wanted + 1
        }
        #expect(more > 50)
    }
}

/// A small seeded generator of numbers of `0 ..< 1`.
struct FleetNumbers {
    var state: UInt64

    mutating func next() -> Double {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Double(state >> 11) * 0x1p-53
    }
}
