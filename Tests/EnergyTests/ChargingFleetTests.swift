import LinearModels
import TestSupport
import Testing

@testable import Energy

/// What fleets charge by their strategies, what is paid for it, and what stays the same.
@Suite struct ChargingFleetTests {
    private static let day = TimeGrid(steps: 24, hours: 1)
    /// Two that can wait, from 18 h and from 9 h on, and two that cannot: 18-20 h and 9-11.5 h.
    private static let four = [
        ChargingStrategyTests.vehicle(18, 31, name: "night"), ChargingStrategyTests.vehicle(9, 15, name: "noon"),
        ChargingStrategyTests.vehicle(18, 20, name: "short"),
        ChargingStrategyTests.vehicle(9.5, 12, name: "brief"),
    ]

    /// A fleet under the paper's periods; D_sell is 1.2 in the peak, D_IDR 0.6, and all has moved at 0.4.
    static func fleet(
        _ vehicles: [Vehicle], _ strategy: ChargingStrategy, compensation: Double = 0.2, draws: Int = 1,
        placement: ChargingFleet.Placement = .spread, efficiency: Double = 1, time: TimeGrid = day
    ) throws -> ChargingFleet {
        let periods = try ChargingStrategyTests.periods()
        return try ChargingFleet(
            "cars", vehicles: vehicles, strategy: strategy, draws: draws, valley: ChargingStrategyTests.valley,
            peak: ChargingStrategyTests.peak, servicePrice: 0.6, compensation: compensation, elasticity: 3,
            tariff: Series(
                time.indices.map { periods.kind(at: time.startHour + time.start(of: $0)) == .peak ? 1.2 : 0.4 }),
            placement: placement, chargeEfficiency: efficiency, time: time)
    }

    static func answer(_ fleet: ChargingFleet, price: [Double]? = nil, time: TimeGrid = day) throws -> TinyPark.Answer {
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.components = [try market(price ?? time.indices.map { _ in 0.5 }, time: time), fleet]
        return try park.solve()
    }

    /// kW by step.
    static func load(_ answer: TinyPark.Answer) -> [Double] { answer.flow("cars", "charge").map { -$0 } }

    static func figure(_ name: String, _ answer: TinyPark.Answer) -> Double? {
        answer.party.figures.first { $0.name == name }?.amount
    }

    /// A load that is 0 but at some steps.
    private static func series(_ loads: [Int: Double]) -> [Double] { day.indices.map { loads[$0] ?? 0 } }

    @Test func onArrival() throws {
        let answer = try Self.answer(try Self.fleet(Self.four, .disorderly))
        let expected = Self.series([18: 20, 19: 20, 9: 15, 10: 20, 11: 5])
        #expect(zip(Self.load(answer), expected).allSatisfy { near($0, $1) })
        #expect(answer.audit.holds && answer.party.figures.allSatisfy { $0.amount == 0 })
        #expect(!answer.party.costs.contains { $0.item == ChargingFleet.serviceItem })
    }

    /// The night waits for 23 h, the noon for 11 h: 40 kWh moved, at 0.6 each.
    @Test func ordered() throws {
        let answer = try Self.answer(try Self.fleet(Self.four, .orderly))
        let expected = Self.series([23: 10, 0: 10, 11: 15, 12: 10, 18: 10, 19: 10, 9: 5, 10: 10])
        #expect(zip(Self.load(answer), expected).allSatisfy { near($0, $1) })
        #expect(near(Self.figure(ChargingFleet.orderedFigure, answer) ?? 0, 40))
        #expect(near(Self.figure(ChargingFleet.contractFigure, answer) ?? 1, 0))
        #expect(near(Self.figure(ChargingFleet.revenueFigure, answer) ?? 0, 24))
        #expect(near(answer.party.costs.first { $0.item == ChargingFleet.serviceItem }?.amount ?? 0, 24))
    }

    /// 35 kWh of the two that cannot wait lie in the peak, 20 and 15. At 0.2 x 3 / 1.2 half of it goes into the nine
    /// hours of the valley, evenly; the system pays 0.6 for each kWh, and the drivers get 0.2 of it.
    @Test func underContract() throws {
        let answer = try Self.answer(try Self.fleet(Self.four, .incentive))
        let into = 17.5 / 9
        var expected = Self.series([18: 15, 19: 15, 9: 12.5, 10: 15, 11: 5])
        for hour in [23, 0, 1, 2, 3, 4, 5, 6, 7] { expected[hour] += into }
        #expect(zip(Self.load(answer), expected).allSatisfy { near($0, $1) })
        #expect(near(Self.figure(ChargingFleet.contractFigure, answer) ?? 0, 17.5))
        #expect(near(Self.figure(ChargingFleet.revenueFigure, answer) ?? 0, 0.4 * 17.5))
        #expect(near(answer.party.costs.first { $0.item == ChargingFleet.serviceItem }?.amount ?? 0, 0.6 * 17.5))
    }

    /// Groups share no vehicle, so loads and revenues of both strategies add.
    @Test func improvedIsBothTogether() throws {
        for seed in UInt64(1)...20 {
            let vehicles = Self.random(seed, count: 30)
            let answers = try ChargingStrategy.allCases.map {
                try Self.answer(try Self.fleet(vehicles, $0, efficiency: 0.9))
            }
            let loads = answers.map(Self.load)
            for t in Self.day.indices {
                let together = loads[1][t] + loads[2][t] - loads[0][t]
                #expect(near(loads[3][t], together))
            }
            let revenues = answers.dropFirst().map { Self.figure(ChargingFleet.revenueFigure, $0) ?? .nan }
            #expect(near(revenues[0] + revenues[1], revenues[2]))
            #expect(revenues[0] > 0 && revenues[1] > 0)
        }
    }

    /// Revenue over D_b is (D_IDR - D_b) D_b delta / D_sell times the load of the peak: a parabola whose maximum is at
    /// D_IDR / 2, up to the knee, and a falling line after it, where all has moved.
    @Test func revenueIsAParabola() throws {
        let prices = stride(from: 0.0, through: 0.6, by: 0.05).map(\.self)
        let revenues = try prices.map { price -> Double in
            let answer = try Self.answer(try Self.fleet(Self.four, .incentive, compensation: price))
            return Self.figure(ChargingFleet.revenueFigure, answer) ?? .nan
        }
        for (price, revenue) in zip(prices, revenues) {
            let moved = 35 * min(1, price * 3 / 1.2)
            #expect(near(revenue, (0.6 - price) * moved), "\(price)")
        }
        let best = try #require(revenues.indices.max { revenues[$0] < revenues[$1] })
        #expect(near(prices[best], 0.3))
    }

    /// As much is charged under every strategy (paper 003, eq. 37), and nowhere less than nothing.
    @Test func energyIsConserved() throws {
        for seed in UInt64(1)...25 {
            let vehicles = Self.random(seed, count: 40)
            let needed = vehicles.reduce(0) { $0 + max(0, $1.departureEnergy - $1.arrivalEnergy) / 0.9 } / 4
            for strategy in ChargingStrategy.allCases {
                for placement in ChargingFleet.Placement.allCases {
                    let fleet = try Self.fleet(
                        vehicles, strategy, draws: 4, placement: placement, efficiency: 0.9)
                    let answer = try Self.answer(fleet)
                    let load = Self.load(answer)
                    #expect(near(load.reduce(0, +), needed), "\(seed) \(strategy) \(placement)")
                    #expect(load.allSatisfy { $0 > -1e-9 } && answer.audit.holds)
                }
            }
        }
    }

    /// The audit counts from the vehicles, so that a load which is not theirs shows.
    @Test func theAuditSeesWhatIsMissing() throws {
        let fleet = try Self.fleet(Self.four, .improved)
        let others = try Self.fleet(Array(Self.four.dropLast()), .improved)
        let answer = try Self.answer(fleet)
        #expect(fleet.conservationGap(in: answer.party, time: Self.day) < 1e-12)
        #expect(near(others.conservationGap(in: answer.party, time: Self.day), 20 / 60.0))
    }

    /// Steps of 15 and 30 minutes give the same means, the same moved and the same revenue.
    @Test func stepsDoNotMatter() throws {
        let vehicles = Self.random(7, count: 50)
        for strategy in ChargingStrategy.allCases {
            let hourly = try Self.answer(try Self.fleet(vehicles, strategy))
            for parts in [2, 4] {
                let time = TimeGrid(steps: 24 * parts, hours: 1 / Double(parts))
                let fine = try Self.answer(try Self.fleet(vehicles, strategy, time: time), time: time)
                let load = Self.load(fine)
                for hour in Self.day.indices {
                    let mean = load[hour * parts..<(hour + 1) * parts].reduce(0, +) / Double(parts)
                    #expect(abs(mean - Self.load(hourly)[hour]) < 1e-6, "\(strategy) \(parts) \(hour)")
                }
                #expect(near(fine.cost, hourly.cost))
                for (one, other) in zip(fine.party.figures, hourly.party.figures) {
                    #expect(one.name == other.name && near(one.amount, other.amount))
                }
            }
        }
    }

    @Test func theOrderOfVehiclesDoesNotMatter() throws {
        let vehicles = Self.random(3, count: 40)
        for strategy in ChargingStrategy.allCases {
            let one = Self.load(try Self.answer(try Self.fleet(vehicles, strategy)))
            let other = Self.load(try Self.answer(try Self.fleet(vehicles.reversed(), strategy)))
            #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-9 })
        }
    }

    /// 17.5 kWh go where a kWh costs least: 3 h, as far as the two chargers of 10 kW reach there, which is all of it.
    /// Dearer hours get nothing, and the spread can only cost more.
    @Test func theDispatchPlacesWhatIsMoved() throws {
        var price = Self.day.indices.map { _ in 0.5 }
        price[3] = 0.1
        let placed = try Self.answer(try Self.fleet(Self.four, .incentive, placement: .dispatched), price: price)
        #expect(near(Self.load(placed)[3], 17.5))
        #expect([23, 0, 1, 2, 4, 5, 6, 7].allSatisfy { near(Self.load(placed)[$0], 0) })
        let spread = try Self.answer(try Self.fleet(Self.four, .incentive), price: price)
        #expect(near(spread.cost - placed.cost, 17.5 * 8 / 9 * 0.4))
        // 35 kWh do not fit: 20 go there, and 15 elsewhere in the valley.
        let all = try Self.answer(
            try Self.fleet(Self.four, .incentive, compensation: 0.5, placement: .dispatched), price: price)
        #expect(near(Self.load(all)[3], 20) && all.audit.holds)
        #expect(near([23, 0, 1, 2, 4, 5, 6, 7].reduce(0) { $0 + Self.load(all)[$1] }, 15))
    }

    /// Two days of the same vehicles: what is moved on a day stays on it.
    @Test func daysAreByThemselves() throws {
        let time = TimeGrid(steps: 48, hours: 1)
        let twice = Self.four + Self.four.map { ChargingStrategyTests.vehicle($0.arrival + 24, $0.departure + 24) }
        let one = Self.load(try Self.answer(try Self.fleet(Self.four, .improved)))
        let two = Self.load(try Self.answer(try Self.fleet(twice, .improved, time: time), time: time))
        #expect(zip(one + one, two).allSatisfy { abs($0 - $1) < 1e-9 })
    }

    @Test func whatCannotBe() {
        func problem(_ make: () throws(InputProblem) -> ChargingFleet) -> String {
            do {
                _ = try make()
                return "accepted"
            } catch {
                return "\(error)"
            }
        }
        let time = TimeGrid(steps: 30, hours: 1)
        #expect(
            problem { () throws(InputProblem) in
                try ChargingFleet("cars", vehicles: [], strategy: .disorderly, time: time)
            } == "vehicles come again day by day, but the case covers 30 h. Let it cover whole days.")
        #expect(
            problem { () throws(InputProblem) in
                try ChargingFleet("cars", vehicles: [], strategy: .orderly, time: Self.day)
            }.hasPrefix("valley: is missing."))
        #expect(
            problem { () throws(InputProblem) in
                try ChargingFleet(
                    "cars", vehicles: [], strategy: .improved, valley: ChargingStrategyTests.valley,
                    peak: ChargingStrategyTests.peak, time: Self.day)
            }
                == "compensation: is missing. A contract needs what drivers get for a kWh moved, as 0.34. Add it, or choose "
                + "another strategy.")
        #expect(
            problem { () throws(InputProblem) in
                try ChargingFleet(
                    "cars", vehicles: [ChargingStrategyTests.vehicle(24, 30)], strategy: .disorderly, time: Self.day)
            } == "arrival: ev: comes at 24 h, but the case covers 0 ... 24 h. Let it come within.")
        #expect(
            problem { () throws(InputProblem) in
                try ChargingFleet(
                    "cars", vehicles: [ChargingStrategyTests.vehicle(2, 30)], strategy: .disorderly, time: Self.day)
            } == "departure: ev: stays for 28 h, but comes again after 24 h. Shorten the stay.")
    }

    /// Vehicles that come at any time, some of which stay too short to wait.
    private static func random(_ seed: UInt64, count: Int) -> [Vehicle] {
        var numbers = SeededNumbers(seed: seed)
        return (0..<count).map { number in
            let arrival = numbers.uniform(in: 0...23.9)
            let stay = numbers.uniform(in: 1...16)
            let energy = min(numbers.uniform(in: 1...35), 0.9 * 10 * stay)
            return ChargingStrategyTests.vehicle(arrival, arrival + stay, name: "ev\(number)", energy: energy)
        }
    }
}
