import Energy
import LinearModels
import Testing

/// Efficiencies that depend on the load, against the curve itself and against every sequence of on and off.
@Suite struct PartLoadTests {
    /// The same multiple at every load is a worse efficiency: 0.8 * 0.625 = 0.5.
    @Test(arguments: [(25.0, 50.0), (50, 100), (75, 150), (100, 200)]) func oneMultipleForAllLoads(
        output: Double, fuel: Double
    ) throws {
        let answer = try run([Point(x: 0.5, y: 0.625), Point(x: 1, y: 0.625)], output: output)
        #expect(near(answer, fuel))
    }

    @Test(arguments: [(25.0, 62.5), (50, 125), (75, 125), (100, 125)]) func aCurveThatIsNotConvex(
        output: Double, fuel: Double
    ) throws {
        // At half load as much as at full load: 125 kW, and none of it is needed for the second half.
        let answer = try run([Point(x: 0.5, y: 0.5), Point(x: 1, y: 1)], output: output)
        #expect(near(answer, fuel))
    }

    @Test(arguments: [(25.0, 25.0), (50, 50), (75, 87.5), (100, 125)]) func aCurveThatIsConvex(
        output: Double, fuel: Double
    ) throws {
        let answer = try run([Point(x: 0.5, y: 1.25), Point(x: 1, y: 1)], output: output)
        #expect(near(answer, fuel))
    }

    private func unit(_ points: [Point], least: Double = 0, capacity: AttributeValue = .number(100)) throws -> Boiler {
        try make(
            Boiler.self, "unit",
            [
                "capacity": capacity, "efficiency": .perCarrier([CarrierAmount("heat", 0.8)]),
                "part_load": .points(points), "min_load": .number(least),
            ])
    }

    /// kW of fuel for an output.
    private func run(_ points: [Point], output: Double) throws -> Double {
        var park = TinyPark()
        park.carriers = [Carrier(name: "heat"), Carrier(name: "gas", price: [1])]
        park.demand = [("heat", [output])]
        park.components = [try unit(points)]
        let answer = try park.solve()
        #expect(answer.audit.holds)
        return -answer.flow("unit", "input")[0]
    }

    /// A convex curve stays a linear program, and so does the straight line that a least load leaves of a curve with a
    /// break at it; any other has binaries.
    @Test func onlyWhatIsNotConvexHasBinaries() throws {
        let cases: [([Point], Double, Bool)] = [
            ([Point(x: 0.5, y: 1.25), Point(x: 1, y: 1)], 0, false),
            ([Point(x: 1, y: 0.9)], 0, false),
            ([Point(x: 0.5, y: 0.8), Point(x: 1, y: 1)], 0, true),
            ([Point(x: 0.5, y: 0.8), Point(x: 1, y: 1)], 0.5, false),
            ([Point(x: 0.5, y: 0.8), Point(x: 0.8, y: 1), Point(x: 1, y: 1)], 0.5, false),
            ([Point(x: 0.3, y: 0.8), Point(x: 0.7, y: 0.85), Point(x: 1, y: 1)], 0.3, true),
        ]
        for (points, least, isMixed) in cases {
            for capacity in [AttributeValue.number(100), .range(0...100)] {
                var park = TinyPark()
                park.carriers = [Carrier(name: "heat", price: [1]), Carrier(name: "gas", price: [1])]
                park.demand = [("heat", [100])]
                park.components = [try unit(points, least: least, capacity: capacity)]
                #expect(try park.built().model.hasIntegers == isMixed, "\(points) \(least)")
            }
        }
    }

    private static let curves: [[Point]] = [
        [Point(x: 0.4, y: 0.7), Point(x: 0.7, y: 0.95), Point(x: 1, y: 1)],
        [Point(x: 0.3, y: 1.2), Point(x: 0.8, y: 1.1), Point(x: 1, y: 0.95)],
        [Point(x: 0.25, y: 0.8), Point(x: 0.5, y: 0.8), Point(x: 0.75, y: 1.1), Point(x: 1, y: 0.9)],
    ]

    /// Curves of all shapes, units that stop and units that never do, sizes given and decided: all cost what counting
    /// says.
    @Test(arguments: [51, 52, 53, 54, 55, 56], [true, false]) func theCheapestOfAllSequences(
        seed: Int, mayStop: Bool
    ) throws {
        var oracle = UnitOracle.random(UInt64(seed), steps: 6)
        oracle.partLoad = Self.curves[seed % 3]
        oracle.mayStop = mayStop
        // One of them begins its curve at nothing.
        if seed > 53 { oracle.minimumLoad = 0 }
        let answer = try oracle.park(oracle.boiler()).solve()
        #expect(answer.status == .optimal && answer.audit.holds)
        #expect(near(answer.cost, oracle.least()))
        let built = try oracle.park(oracle.boiler(capacity: .range(0...130))).built()
        let session = try SolverSession(built.model)
        let parameter = try #require(built.model.parameters.first)
        for size in [130.0, 0, 70, 100] {
            oracle.capacity = size
            let expected = oracle.least()
            try session.set(parameter, to: size)
            let status = try session.solve()
            #expect((status == .optimal) == expected.isFinite)
            if expected.isFinite { #expect(near(session.objectiveValue, expected), "\(size)") }
        }
    }

    /// 40 kW of power and 46 kW of heat at 0.8 of the efficiency take 40 / (0.4 * 0.8) = 125 kW.
    @Test func combinedHeatAndPower() throws {
        var park = TinyPark()
        park.carriers = [
            Carrier(name: "electricity", mayBeVented: true), Carrier(name: "heat"), Carrier(name: "gas", price: [0.3]),
        ]
        park.demand = [("heat", [46])]
        let values: [String: AttributeValue] = [
            "capacity": .number(80), "part_load": .points([Point(x: 0.5, y: 0.8), Point(x: 1, y: 1)]),
            "efficiency": .perCarrier([CarrierAmount("electricity", 0.4), CarrierAmount("heat", 0.46)]),
        ]
        park.components = [try make(CombinedHeatAndPower.self, "unit", values)]
        let answer = try park.solve()
        #expect(near(answer.flow("unit", "fuel")[0], -125) && near(answer.flow("unit", "output", "electricity")[0], 40))
        var extraction = values
        extraction["region"] = .text("extraction")
        extraction["corners"] = .points([Point(x: 0, y: 10), Point(x: 0, y: 80), Point(x: 20, y: 40)])
        #expect(refusal(CombinedHeatAndPower.self, extraction).hasPrefix("part_load: is for back-pressure"))
        var gain = values
        gain["part_load"] = .points([Point(x: 0.5, y: 1.2), Point(x: 1, y: 1)])
        #expect(refusal(CombinedHeatAndPower.self, gain).contains("more than the fuel holds"))
    }

    @Test(
        arguments: [
            ([Point(x: 0, y: 1), Point(x: 1, y: 1)], "part_load: the load 0.0 is not within 0 … 1"),
            (
                [Point(x: 0.5, y: 0), Point(x: 1, y: 1)],
                "part_load: the multiple 0.0 of the efficiency at the load 0.5"
            ),
            (
                [Point(x: 0.5, y: 1), Point(x: 0.5, y: 1)],
                "part_load: loads must increase, but 0.5 is followed by 0.5."
            ),
            ([Point(x: 0.5, y: 1), Point(x: 0.9, y: 1)], "part_load: ends before full load."),
            (
                [Point(x: 0.9, y: 0.5), Point(x: 1, y: 1)],
                "part_load: at the load 1.0 the unit would take less than at 0.9"
            ),
        ] as [([Point], String)]) func whatCannotBeIsRefusedInWords(points: [Point], expected: String)
    {
        #expect(
            refusal(
                Boiler.self,
                [
                    "capacity": .number(1), "efficiency": .perCarrier([CarrierAmount("heat", 0.9)]),
                    "part_load": .points(points),
                ]
            ).hasPrefix(expected))
    }
}
