import Energy
import LinearModels
import Testing

/// Sizes that are to be decided, what they cost to buy, and demand that goes unserved.
@Suite struct SizeTests {
    private static let time = TimeGrid(steps: 6, hours: 0.5)
    private static let price: [Double] = [0.3, 0.2, 1.1, 0.9, 0.5, 1.3]

    /// A park with every device that has a size; `size` says what stands as capacity.
    private func park(_ size: (String) -> AttributeValue) throws -> TinyPark {
        let time = Self.time
        var park = TinyPark()
        park.time = time
        park.carriers = [
            Carrier(name: "electricity"), Carrier(name: "heat", mayBeVented: true), Carrier(name: "cooling"),
            Carrier(name: "gas", price: Array(repeating: 0.3, count: 6), emissionFactor: 0.2),
        ]
        park.demand = [
            ("electricity", [40, 30, 60, 50, 20, 70]), ("heat", [50, 60, 40, 30, 30, 20]),
            ("cooling", [10, 0, 20, 40, 50, 30]),
        ]
        func efficiency(_ carrier: String, _ value: Double) -> AttributeValue {
            .perCarrier([CarrierAmount(carrier, value)])
        }
        let store: [String: AttributeValue] = ["standing_loss": .number(0.02), "min_soc": .number(0.1)]
        func values(_ name: String, _ others: [String: AttributeValue]) -> [String: AttributeValue] {
            others.merging(["capacity": size(name), "investment": .number(100), "lifetime": .number(10)]) { $1 }
        }
        park.components = [
            try market(Self.price, time: time, sell: Array(repeating: 0.1, count: 6)),
            try make(
                CombinedHeatAndPower.self, "chp",
                values(
                    "chp",
                    [
                        "efficiency": .perCarrier([CarrierAmount("electricity", 0.36), CarrierAmount("heat", 0.46)]),
                        "min_load": .number(0.4), "commitment": .flag(true), "startup_cost": .number(2),
                        "ramp_share": .number(1.1),
                    ]), time: time),
            try make(
                Boiler.self, "boiler",
                values("boiler", ["efficiency": efficiency("heat", 0.9), "ramp_share": .number(0.9)]), time: time),
            try make(
                ElectricBoiler.self, "heater", values("heater", ["efficiency": efficiency("heat", 0.95)]), time: time),
            try make(
                ElectricChiller.self, "chiller", values("chiller", ["efficiency": efficiency("cooling", 3)]), time: time
            ),
            try make(
                AbsorptionChiller.self, "absorber", values("absorber", ["efficiency": efficiency("cooling", 0.7)]),
                time: time),
            try make(
                Storage.self, "battery", values("battery", store.merging(["duration": .number(2)]) { $1 }), time: time),
            try make(
                Storage.self, "heat_store",
                values("heat_store", store.merging(["carrier": .text("heat"), "power": .number(15)]) { $1 }), time: time
            ),
            try make(
                Photovoltaic.self, "pv",
                values("pv", ["profile": .series([0, 0.2, 0.7, 0.9, 0.4, 0]), "curtailment_penalty": .number(0.05)]),
                time: time),
            try make(
                WindTurbine.self, "wind", values("wind", ["profile": .series([0.5, 0.6, 0.2, 0, 0.1, 0.8])]), time: time
            ),
            try make(Shortage.self, "dark", ["carrier": .text("electricity"), "price": .number(9)], time: time),
            try make(Shortage.self, "cold", ["carrier": .text("heat"), "price": .number(7)], time: time),
            try make(Shortage.self, "hot", ["carrier": .text("cooling"), "price": .number(8)], time: time),
        ]
        park.carbon = CarbonAccount(fixedQuota: 20, basePrice: 0.2, interval: 30, growth: 0.5, steps: 3, reward: .none)
        return park
    }

    /// A model whose sizes are parameters, set to some sizes, costs what the model of those sizes costs.
    @Test func decidedSizesAreTheFixedOnes() throws {
        let park = try park { _ in .range(0...80) }
        let built = try park.built()
        let ledger = try #require(built.ledgers.first)
        #expect(ledger.sizes.map(\.decision.name).first == "park.chp.capacity" && ledger.sizes.count == 9)
        let energies = ledger.sizes.map(\.decision).filter { $0.dimension == .energy }
        #expect(energies.map(\.component) == ["battery", "heat_store"])
        let session = try SolverSession(built.model)
        for (k, levels) in [[80.0], [0], [50], [12, 70, 0, 33, 5, 40, 61], [70, 3, 20, 0, 80], [1, 45, 80]].enumerated()
        {
            var sizes: [String: Double] = [:]
            for (i, size) in ledger.sizes.enumerated() { sizes[size.decision.component] = levels[i % levels.count] }
            for parameter in built.model.parameters {
                let component = built.model.name(of: parameter).split(separator: ".")[1]
                try session.set(parameter, to: sizes[String(component)] ?? .nan)
            }
            #expect(try session.solve() == .optimal)
            let fixed = try self.park { .number(sizes[$0] ?? .nan) }.solve()
            #expect(fixed.status == .optimal)
            #expect(near(session.objectiveValue, fixed.cost), "sizes \(k)")
            let solution = SystemSolution(
                built, time: Self.time, values: session.values, parameters: session.parameters)
            #expect(PhysicalAudit(solution, of: park.system).holds, "sizes \(k)")
            let party = solution.parties[0]
            #expect(party.size("capacity", of: "battery") == sizes["battery"])
            let outlay = 100 * sizes.values.reduce(0, +)
            #expect(near(party.purchases.reduce(0) { $0 + $1.outlay }, outlay))
            #expect(near(fixed.party.purchases.reduce(0) { $0 + $1.outlay }, outlay))
            let unserved = ["electricity", "heat", "cooling"].map { party.unserved($0, time: Self.time) }
            let paid = party.costs.filter { $0.item == "shortage" }.reduce(0) { $0 + $1.amount }
            let due: Double = 9 * unserved[0] + 7 * unserved[1] + 8 * unserved[2]
            #expect(near(paid, due))
        }
    }

    /// What the tables of engineering economics say, and the limit of no interest.
    @Test func recoveryFactorsAreThoseOfTables() {
        func factor(_ rate: Double, _ years: Double) -> Double {
            Investment(price: 1, lifetime: years).recoveryFactor(discountRate: rate)
        }
        #expect(abs(factor(0.05, 20) - 0.08024) < 5e-6)
        #expect(abs(factor(0.05, 15) - 0.09634) < 5e-6)
        #expect(abs(factor(0.10, 10) - 0.16275) < 5e-6)
        #expect(factor(0, 25) == 0.04)
        #expect(abs(factor(1e-9, 25) - 0.04) < 1e-9)
        // Payments of a factor a year are worth what was paid at once.
        var worth = 0.0
        var discount = 1.0
        for _ in 1...20 {
            discount /= 1.07
            worth += discount * factor(0.07, 20)
        }
        #expect(abs(worth - 1) < 1e-12)
    }

    /// 30 kW can be bought, 50 are wanted for half an hour: 10 kWh go unserved at 4.
    @Test func whatCannotBeServedIsPaidFor() throws {
        let time = TimeGrid(steps: 1, hours: 0.5)
        var park = TinyPark()
        park.time = time
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [50])]
        park.components = [
            try market([0.5], time: time, maximum: 30),
            try make(Shortage.self, "dark", ["carrier": .text("electricity"), "price": .number(4)], time: time),
        ]
        let answer = try park.solve()
        let expected: Double = 15 * 0.5 + 10 * 4
        #expect(near(answer.cost, expected))
        #expect(near(answer.party.unserved("electricity", time: time), 10))
        park.demand = []
        #expect(throws: InputProblem.self) { try park.built() }
    }

    @Test func whatIsRefused() {
        let efficiency = AttributeValue.perCarrier([CarrierAmount("electricity", 0.4), CarrierAmount("heat", 0.4)])
        let corners = AttributeValue.points([Point(x: 0, y: 1), Point(x: 0, y: 5), Point(x: 4, y: 3)])
        #expect(
            refusal(
                CombinedHeatAndPower.self,
                [
                    "capacity": .range(0...9), "efficiency": efficiency, "region": .text("extraction"),
                    "corners": corners,
                ])
                == "capacity: is to be decided, but the corners of an extraction region are those of one unit. Give a number, or "
                + "make the region backpressure.")
        let heat = AttributeValue.perCarrier([CarrierAmount("heat", 0.9)])
        let boiler: [String: AttributeValue] = ["capacity": .range(0...9), "efficiency": heat]
        func refused(_ more: [String: AttributeValue]) -> String { refusal(Boiler.self, boiler.merging(more) { $1 }) }
        #expect(refused([:]) == "accepted")
        #expect(
            refused(["investment": .number(5)])
                == "investment: needs a lifetime to be spread over. Add 'lifetime', as 20 for 20 years.")
        #expect(
            refused(["lifetime": .number(5)])
                == "lifetime: has no effect without an investment. Add one, or take it out.")
        #expect(
            refused(["ramp": .number(5), "ramp_share": .number(0.5)])
                == "ramp_share: and ramp are both given. Keep one of them.")
        #expect(
            refusal(Storage.self, ["capacity": .number(5)])
                == "power: is missing, and so is duration. Give one of them.")
        #expect(
            refusal(Storage.self, ["capacity": .number(5), "power": .number(1), "duration": .number(1)])
                == "duration: and power are both given. Keep one of them.")
    }
}
