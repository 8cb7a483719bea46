import LinearModels
import TestSupport
import Testing

@testable import Energy

/// A fleet's schedule split over its vehicles, against hand sums, enumeration and real stays.
@Suite struct FleetDisaggregationTests {
    private static func car(
        _ name: String, _ stay: ClosedRange<Double>, energy: Double, wanted: Double, charge: Double = 4,
        discharge: Double = 2, battery: Double = 16
    ) -> Vehicle {
        Vehicle(
            name: name, arrival: stay.lowerBound, departure: stay.upperBound, battery: battery, maximumCharge: charge,
            maximumDischarge: discharge, arrivalShare: energy / battery, departureShare: wanted / battery)
    }

    /// One leaves when the other comes. The sum may hold the energy of either, so it may save the first one's for the
    /// second; the first must take its 8 kWh along.
    @Test func energyCannotPassBetweenVehicles() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        let cars = [
            Self.car("early", 0...2, energy: 4, wanted: 8), Self.car("late", 1...3, energy: 8, wanted: 8),
        ]
        let fleet = try FleetFixtures.fleet(cars, time, charge: 1, discharge: 1)
        // Energies 4, then 12 - 8 = 4 or more, then 8 - 8: inside the envelope.
        let (charge, discharge): ([Double], [Double]) = ([0, 2, 2], [0, 0, 0])
        var energy = 0.0
        for t in time.indices {
            energy += charge[t] - discharge[t] + fleet.envelope.arriving[t] - fleet.envelope.leaving[t]
            #expect(
                energy >= fleet.envelope.minimumEnergy[t] - 1e-9 && energy <= fleet.envelope.maximumEnergy[t] + 1e-9)
            #expect(charge[t] <= fleet.envelope.maximumCharge[t])
        }
        let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
        // The early one needs 4 kWh by hour 2, where the schedule has 2. Either it takes 2 more, which the late one
        // gives and takes back in hour 2; or it takes them in hour 0, and nobody does in hour 2. Each misses 4 kWh.
        #expect(abs(split.missedEnergy - 4) < 1e-6)
        #expect(abs(split.missedShare - 1) < 1e-6)
        #expect(abs(split.largestMiss - 2) < 1e-6)
        #expect(split.largestViolation(of: fleet, time: time) < 1e-6)
    }

    @Test func aScheduleThatIsASumIsSplitWithoutError() throws {
        let time = TimeGrid(steps: 4, hours: 0.5)
        let cars = [
            Self.car("a", 0...2, energy: 8, wanted: 8), Self.car("b", 0.5...2, energy: 2, wanted: 5),
        ]
        let fleet = try FleetFixtures.fleet(cars, time, charge: 1, discharge: 0.5)
        // a: 4, -2, 4, -2 kW stores 2, -2, 2, -2 kWh; b: 4, 2, 0 kW from half past on stores 3 kWh.
        let split = try FleetDisaggregation(of: fleet, charge: [4, 4, 6, 0], discharge: [0, 2, 0, 2], time: time)
        #expect(split.missedEnergy < 1e-7 && split.largestMiss < 1e-7)
        #expect(split.throughput == 9)
        #expect(split.largestViolation(of: fleet, time: time) < 1e-7)
    }

    /// 3 kW in and 2.6 kW out empty a battery at 0.9 each way, to what is wanted. Discharging is the smaller power, and
    /// the one by which the battery moves: charging is closed, and no more is discharged than may be.
    @Test func closingADirectionLeavesTheVehicleItsEnergy() throws {
        let time = TimeGrid(steps: 1, hours: 1)
        let change = 0.9 * 3 - 2.6 / 0.9
        let fleet = try FleetFixtures.fleet(
            [Self.car("v", 0...1, energy: 8, wanted: 8 + change, discharge: 4)], time)
        let split = try FleetDisaggregation(of: fleet, charge: [3], discharge: [2.6], time: time)
        #expect(split.largestViolation(of: fleet, time: time) < 1e-7)
        #expect(split.schedules[0].charge == [0])
        #expect(abs(split.schedules[0].discharge[0] + 0.9 * change) < 1e-7)
        #expect(abs(split.missedEnergy - (3 + 2.6 + 0.9 * change)) < 1e-6)
    }

    /// 8 kWh are wanted. A vehicle follows a schedule up to that, or with what it came with above that in either
    /// direction.
    @Test func aVehicleLeavesWithWhatItWantsOrKeeps() throws {
        let time = TimeGrid(steps: 2, hours: 1)
        func missed(_ energy: Double, _ charge: [Double], _ discharge: [Double] = [0, 0]) throws -> Double {
            let car = Self.car("v", 0...2, energy: energy, wanted: 8, discharge: 4)
            let fleet = try FleetFixtures.fleet([car], time, charge: 1, discharge: 1)
            let split = try FleetDisaggregation(of: fleet, charge: charge, discharge: discharge, time: time)
            #expect(split.largestViolation(of: fleet, time: time) < 1e-7)
            return split.missedEnergy
        }
        // 8 kWh to be taken: it lacks none, or 3, or has more than it wants.
        #expect(abs(try missed(8, [4, 4]) - 8) < 1e-6)
        #expect(abs(try missed(5, [4, 4]) - 5) < 1e-6)
        #expect(abs(try missed(12, [4, 4]) - 8) < 1e-6)
        // What it has above the wish it may give, all or some or none of it, also after it took more.
        #expect(abs(try missed(12, [0, 0], [2, 2])) < 1e-6)
        #expect(abs(try missed(12, [0, 0], [1, 0])) < 1e-6)
        #expect(abs(try missed(12, [0, 0])) < 1e-6)
        #expect(abs(try missed(12, [4, 0], [0, 4])) < 1e-6)
        // But not of what it wants.
        #expect(abs(try missed(12, [0, 0], [4, 2]) - 2) < 1e-6)
        #expect(abs(try missed(8, [0, 0], [2, 2]) - 4) < 1e-6)
    }

    /// Energy that others want is too much for those who want less, but not for those who came with it.
    @Test func whoLeavesWithMoreThanItMayIsFound() throws {
        let time = TimeGrid(steps: 1, hours: 1)
        func fleet(_ energy: Double, _ wanted: Double) throws -> EVFleet {
            try FleetFixtures.fleet(
                [Self.car("v", 0...1, energy: energy, wanted: wanted)], time, charge: 1, discharge: 1)
        }
        let filled = try FleetDisaggregation(of: try fleet(8, 11), charge: [3], discharge: [0], time: time)
        #expect(abs(filled.largestViolation(of: try fleet(8, 10), time: time) - 1) < 1e-9)
        #expect(abs(filled.largestViolation(of: try fleet(8, 5), time: time) - 3) < 1e-9)
        let kept = try FleetDisaggregation(of: try fleet(8, 8), charge: [0], discharge: [0], time: time)
        #expect(kept.largestViolation(of: try fleet(8, 5), time: time) < 1e-9)
    }

    /// The check reads schedules, not the program: a split of other vehicles must not pass.
    @Test func violationsAreFoundFromTheSchedulesAlone() throws {
        let time = TimeGrid(steps: 3, hours: 1)
        func fleet(_ car: Vehicle, v2g: Bool = true) throws -> EVFleet {
            try FleetFixtures.fleet([car], time, charge: 1, discharge: 1, v2g: v2g)
        }
        let base = try fleet(Self.car("v", 0...3, energy: 8, wanted: 8))
        let split = try FleetDisaggregation(of: base, charge: [4, 0, 0], discharge: [0, 2, 2], time: time)
        #expect(split.largestViolation(of: base, time: time) < 1e-9)
        func violation(_ other: EVFleet) -> Double { split.largestViolation(of: other, time: time) }
        #expect(abs(violation(try fleet(Self.car("v", 0...3, energy: 8, wanted: 8, charge: 1))) - 3) < 1e-9)
        #expect(abs(violation(try fleet(Self.car("v", 0...3, energy: 8, wanted: 8), v2g: false)) - 2) < 1e-9)
        #expect(abs(violation(try fleet(Self.car("v", 0...3, energy: 8, wanted: 11))) - 3) < 1e-9)
        #expect(abs(violation(try fleet(Self.car("v", 1...3, energy: 8, wanted: 8))) - 4) < 1e-9)
        #expect(abs(violation(try fleet(Self.car("v", 0...3, energy: 8, wanted: 8, battery: 10))) - 2) < 1e-9)
    }

    @Test func nobodyToSplitOverMissesEverything() throws {
        let time = TimeGrid(steps: 2, hours: 0.5)
        let fleet = try FleetFixtures.fleet([], time)
        let split = try FleetDisaggregation(of: fleet, charge: [4, 0], discharge: [0, 2], time: time)
        #expect(split.schedules.isEmpty && split.missedEnergy == 3 && split.missedShare == 1)
    }

    /// What is missed by parts can only be more than by one program, and a sum of true schedules is missed by little.
    @Test func aFleetInPartsFollowsNearlyAsWell() throws {
        let time = TimeGrid(steps: 12, hours: 1)
        var numbers = SeededNumbers(seed: 7)
        var cars: [Vehicle] = []
        var own = (charge: [Double](repeating: 0, count: 12), discharge: [Double](repeating: 0, count: 12))
        while cars.count < 300 {
            let arrival = numbers.whole(0...6)
            let stay = 3 + numbers.whole(0...9 - arrival)
            let car = Self.car(
                "v\(cars.count)", Double(arrival)...Double(arrival + stay), energy: Double(2 + numbers.whole(0...6)),
                wanted: Double(4 + numbers.whole(0...8)))
            guard car.problems(horizon: 12, chargeEfficiency: 0.95).isEmpty else { continue }
            // A schedule of its own: it charges what it wants from a step on that is drawn, in one go.
            let wanted = max(0, car.departureEnergy - car.arrivalEnergy) / 0.95
            let hours = (wanted / 4).rounded(.up)
            var (left, step) = (wanted, arrival + numbers.whole(0...stay - Int(hours)))
            while left > 0 {
                own.charge[step] += min(4, left)
                (left, step) = (left - min(4, left), step + 1)
            }
            cars.append(car)
        }
        let fleet = try FleetFixtures.fleet(cars, time, charge: 0.95, discharge: 0.95)
        let more = (charge: own.charge.map { 1.3 * $0 }, discharge: own.charge.map { 0.3 * $0 })
        for (wish, most) in [(own, 0.01), (more, 0.05)] {
            let whole = try FleetDisaggregation(
                of: fleet, charge: wish.charge, discharge: wish.discharge, time: time, largestPart: 300)
            let parts = try FleetDisaggregation(
                of: fleet, charge: wish.charge, discharge: wish.discharge, time: time, largestPart: 60)
            #expect(parts.schedules.map(\.vehicle) == cars.map(\.name))
            #expect(parts.largestViolation(of: fleet, time: time) < 1e-6)
            if wish.discharge.allSatisfy({ $0 == 0 }) { #expect(whole.missedEnergy < 1e-6) }
            #expect(parts.missedEnergy > whole.missedEnergy - 1e-6)
            #expect(parts.missedEnergy < whole.missedEnergy + most * whole.throughput)
        }
    }
}
