import Testing

@testable import Energy

/// Optimised days of forty vehicles, split over them.
@Suite struct FleetRealDayTests {
    private static let time = TimeGrid(steps: 24, hours: 1)
    private static let price = [
        0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.35, 0.7, 1.1, 1.1, 1.1, 0.7, 0.4, 0.4, 0.7, 0.7, 0.7, 0.7, 1.1, 1.1, 1.1,
        0.7, 0.7,
        0.35,
    ]

    private struct Day {
        var fleet: EVFleet
        var plan: FleetFixtures.Plan
        var split: FleetDisaggregation

        init(groups: Int, v2g: Bool) throws {
            let values: [String: AttributeValue] = [
                "groups": .count(groups), "degradation_cost": .number(0.08), "site_limit": .number(150),
                "chargers": .count(40),
            ]
            fleet = try FleetFixtures.fleet(RealSessions.day, time, charge: 0.95, discharge: 0.93, v2g: v2g, values)
            plan = try FleetFixtures.plan(fleet, time, price: price)
            split = try FleetDisaggregation(of: fleet, charge: plan.charge, discharge: plan.discharge, time: time)
        }
    }

    /// One sum of all vehicles lets energy pass between those who come in the morning and those of the evening: at
    /// these prices a seventh to a fifth of its plan cannot be split. Groups of similar stays cost more, and keep more
    /// of it; vehicles of their own keep all.
    @Test(arguments: [true, false]) func groupsMakePlansThatCanBeSplit(v2g: Bool) throws {
        let days = try [1, 6, 40].map { try Day(groups: $0, v2g: v2g) }
        for day in days { #expect(day.split.largestViolation(of: day.fleet, time: Self.time) < 1e-6) }
        let shares = days.map(\.split.missedShare)
        #expect((0.1...0.25).contains(shares[0]))
        #expect((0.03...0.1).contains(shares[1]))
        #expect(shares[2] < 1e-6)
        #expect(days[0].plan.cost < days[1].plan.cost && days[1].plan.cost < days[2].plan.cost)
    }

    /// The error is what it says: the powers of the vehicles add up to the schedule but for it.
    @Test func theErrorIsTheGapOfTheSums() throws {
        let day = try Day(groups: 1, v2g: true)
        var (missed, largest) = (0.0, 0.0)
        for t in Self.time.indices {
            let charge = day.split.schedules.reduce(-day.plan.charge[t]) { $0 + $1.charge[t] }
            let discharge = day.split.schedules.reduce(-day.plan.discharge[t]) { $0 + $1.discharge[t] }
            missed += abs(charge) + abs(discharge)
            largest = max(largest, abs(charge), abs(discharge))
        }
        #expect(abs(missed - day.split.missedEnergy) < 1e-9 && largest == day.split.largestMiss)
        #expect(abs(day.split.throughput - (day.plan.charge + day.plan.discharge).reduce(0, +)) < 1e-9)
        for (car, schedule) in zip(day.fleet.vehicles, day.split.schedules) {
            let stored = 0.95 * schedule.charge.reduce(0, +) - schedule.discharge.reduce(0, +) / 0.93
            #expect(abs(car.arrivalEnergy + stored - car.departureEnergy) < 1e-6)
        }
    }

    /// Without discharging, splitting is a transport problem: the schedule's energy flows from steps to vehicles that
    /// are there, as much as each still needs. What the greatest flow leaves is missed twice, by the schedule and by
    /// the vehicles, who charge at other times.
    @Test(arguments: [1, 6]) func chargingMissesWhatTheGreatestFlowLeaves(groups: Int) throws {
        let day = try Day(groups: groups, v2g: false)
        let cars = day.fleet.vehicles
        let (source, sink) = (24 + cars.count, 25 + cars.count)
        var room = [[Double]](repeating: [Double](repeating: 0, count: sink + 1), count: sink + 1)
        var needed = 0.0
        for (n, car) in cars.enumerated() {
            let need = (car.departureEnergy - car.arrivalEnergy) / 0.95
            room[24 + n][sink] = need
            needed += need
            for t in 0..<24 where Double(t) >= car.arrival && Double(t) < car.departure { room[t][24 + n] = 7 }
        }
        for t in 0..<24 { room[source][t] = day.plan.charge[t] }
        let flow = Self.greatestFlow(&room, from: source, to: sink)
        #expect(abs(day.split.missedEnergy - (needed - flow) - (day.plan.charge.reduce(0, +) - flow)) < 1e-6)
    }

    /// Shortest augmenting paths (Edmonds and Karp).
    private static func greatestFlow(_ room: inout [[Double]], from source: Int, to sink: Int) -> Double {
        var flow = 0.0
        while true {
            var before = [Int?](repeating: nil, count: room.count)
            var queue = [source]
            var next = 0
            while next < queue.count, before[sink] == nil {
                let node = queue[next]
                next += 1
                for other in room.indices where room[node][other] > 1e-9 && before[other] == nil && other != source {
                    before[other] = node
                    queue.append(other)
                }
            }
            var path: [(Int, Int)] = []
            var node = sink
            while let last = before[node] {
                path.append((last, node))
                node = last
            }
            guard let step = path.map({ room[$0.0][$0.1] }).min() else { return flow }
            for (a, b) in path {
                room[a][b] -= step
                room[b][a] += step
            }
            flow += step
        }
    }
}
