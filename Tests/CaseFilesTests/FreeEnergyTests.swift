import Testing

@testable import CaseFiles

/// Energy out of nothing: found across parties, corners and devices of several inputs and outputs; and not found where
/// there is none.
@Suite struct FreeEnergyTests {
    struct Loop: Sendable, CustomTestStringConvertible {
        let name: String
        let operatorDevices: String
        let userDevices: String
        /// nil where nothing is to be said.
        let expected: String?
        var prices = "electricity_sell: {min: 0.1, max: 0.5}, heat_buy: 0.15"
        var carriers = "electricity: {}, heat: {}"
        var others = ""
        var testDescription: String { name }

        var files: [String: String] {
            [
                "case.yaml": """
                case: {schema: 1, name: a}
                time: {steps: 2}
                carriers: {\(carriers)}
                grid: {buy: {price: 0.2, max: 1 MW}, sell: {price: 0.1, max: 1 MW}}
                operator:
                  devices: {\(operatorDevices)}
                  prices: {\(prices)}
                users:
                  u:
                    demand: {electricity: 10, heat: 100}
                    devices: {\(userDevices)}
                \(others)
                """
            ]
        }
    }

    private static let orc = "orc: {type: converter, capacity: 5000, inputs: {heat: 1}, outputs: {electricity: 0.4}}"
    private static let pump = "hp: {type: electric_boiler, capacity: 2000, efficiency: {heat: 3.5}}"
    private static let outOfNothing = "energy out of nothing"

    static let all: [Loop] = [
        .init(
            name: "an engine of the operator and a heat pump of a user", operatorDevices: orc, userDevices: pump,
            expected:
                "energy out of nothing: u.hp makes 3.5 kWh of heat of a kWh of electricity, operator.orc makes 0.4 kWh of electricity "
                + "of a kWh of heat, so that a kWh becomes 1.4. Lower an efficiency."),
        .init(
            name: "the same where users' heat is not bought", operatorDevices: orc, userDevices: pump, expected: nil,
            prices: "electricity_sell: {min: 0.1, max: 0.5}, heat_sell: 0.15"),
        .init(
            name: "a heat pump that is worse", operatorDevices: orc,
            userDevices: "hp: {type: electric_boiler, capacity: 2000, efficiency: {heat: 2.4}}", expected: nil),
        .init(
            name: "an engine that gives heat too: what it gives goes back in",
            operatorDevices:
                "orc: {type: converter, capacity: 5000, inputs: {heat: 1}, outputs: {electricity: 0.3, cooling: 0.1}}",
            userDevices: pump, expected: outOfNothing,
            carriers: "electricity: {}, heat: {}, cooling: {vent: true}"),
        .init(
            name: "a converter that gives more of what it takes",
            operatorDevices:
                "box: {type: converter, capacity: 50, inputs: {electricity: 1}, outputs: {electricity: 1.1}}",
            userDevices: "b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}", expected: outOfNothing),
        .init(
            name: "an engine of gas, and gas of electricity beside",
            operatorDevices:
                "chp: {type: chp, capacity: 100, efficiency: {electricity: 0.45, heat: 0.45}}, p2g: {type: converter, capacity: 90, inputs: {electricity: 1}, outputs: {gas: 2.5}}",
            userDevices: "b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}", expected: outOfNothing,
            carriers: "electricity: {}, heat: {vent: true}, gas: {price: 0.3}"),
        .init(
            name: "an extraction region beside gas of electricity: only one corner gives enough",
            operatorDevices:
                "chp: {type: chp, region: extraction, capacity: 100, corners: [[0, 0], [0, 100], [80, 40]], power_loss_index: 0.15, efficiency: {electricity: 0.4}}, p2g: {type: converter, capacity: 90, inputs: {electricity: 1}, outputs: {gas: 2.6}}",
            userDevices: "b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}", expected: outOfNothing,
            carriers: "electricity: {}, heat: {vent: true}, gas: {price: 0.3}"),
        .init(
            name: "the same with a loss at every corner",
            operatorDevices:
                "chp: {type: chp, region: extraction, capacity: 100, corners: [[0, 0], [0, 100], [80, 40]], power_loss_index: 0.15, efficiency: {electricity: 0.4}}, p2g: {type: converter, capacity: 90, inputs: {electricity: 1}, outputs: {gas: 0.7}}",
            userDevices: "b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}", expected: nil,
            carriers: "electricity: {}, heat: {vent: true}, gas: {price: 0.3}"),
        .init(
            name: "a chain through a second user",
            operatorDevices: "pv: {type: pv, capacity: 10, profile: 1}", userDevices: pump, expected: outOfNothing,
            prices: "electricity_sell: {min: 0.1, max: 0.5}, electricity_buy: 0.05, heat_sell: 0.2, heat_buy: 0.15",
            others: """
                  v:
                    demand: {electricity: 5}
                    devices: {engine: {type: converter, capacity: 500, inputs: {heat: 1}, outputs: {electricity: 0.4}}}
                """),
        .init(
            name: "a unit that may be switched off, with a least load",
            operatorDevices:
                "chp: {type: chp, capacity: 100, min_load: 0.5, commitment: true, ramp: 60, efficiency: {electricity: 0.45, heat: 0.45}}, p2g: {type: converter, capacity: 90, inputs: {electricity: 1}, outputs: {gas: 2.5}}",
            userDevices: "b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}", expected: outOfNothing,
            carriers: "electricity: {}, heat: {vent: true}, gas: {price: 0.3}"),
        .init(
            name: "a store and a market are no loops",
            operatorDevices:
                "s: {type: storage, capacity: 100, power: 50}, m: {type: market, carrier: heat, buy_price: 0.3, buy_max: 50, sell_price: 0.1, sell_max: 20}",
            userDevices: pump, expected: nil),
    ]

    @Test(arguments: all) func isFound(loop: Loop) throws {
        let found = try Workshop.complaints(loop.files).filter { !$0.contains("warning:") }
        if let expected = loop.expected {
            #expect(found.count == 1 && found[0].contains(expected), "\(found)")
        } else {
            #expect(found.isEmpty, "\(found)")
        }
    }

    /// A pump of a size to be decided, with a curve, with and without a least load: 0.4 of 3 kWh is a gain, and 0.4 of
    /// 2.4 is none.
    @Test(arguments: [
        ("min_load: 0.5", 3.0, true), ("min_load: 0.5", 2.4, false), ("commitment: true, min_load: 0.5", 3, true),
        ("commitment: true, min_load: 0.5", 2.4, false), ("om_cost: 0", 3, true), ("om_cost: 0", 2.4, false),
    ])
    func aSizeWithACurve(more: String, efficiency: Double, isFound: Bool) throws {
        let files = [
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {steps: 2}
            carriers: {electricity: {}, heat: {vent: true}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator:
              demand: {electricity: 10, heat: 100}
              devices:
                orc: {type: converter, capacity: 500, inputs: {heat: 1}, outputs: {electricity: 0.4}}
                pump: {type: electric_boiler, capacity: {min: 0, max: 200}, efficiency: {heat: \(efficiency)}, \(more),
                  part_load: [[0.5, 0.9], [1, 1]], investment: 100, lifetime: 20}
                b: {type: electric_boiler, capacity: 200, efficiency: {heat: 0.9}}
            """
        ]
        let found = try Workshop.complaints(files)
        #expect(
            found.count == (isFound ? 1 : 0) && found.allSatisfy { $0.contains("energy out of nothing") }, "\(found)")
    }

    /// 250 kW out of (50 + 0.15 * 200) / 0.4 = 200 kW of fuel.
    @Test func aCornerThatGivesMoreThanTheFuelHolds() throws {
        var files = Self.all[7].files
        files["case.yaml"] = files["case.yaml"]?.replacing("[80, 40]", with: "[200, 50]")
        #expect(
            try Workshop.complaints(files).map {
                $0.contains(
                    "at the corner [200, 50] heat and power together, 250 kW, are more than the fuel holds, 200 kW.")
            }
                == [true])
    }

    /// 1.2 kWh of electricity and heat from a kWh of fuel is odd, three of heat from one of electricity is a heat pump.
    @Test(arguments: [
        ("inputs: {gas: 1}, outputs: {electricity: 0.5, heat: 0.7}", 1),
        ("inputs: {gas: 1}, outputs: {electricity: 0.4, heat: 0.5}", 0),
        ("inputs: {electricity: 0.3}, outputs: {heat: 1}", 0), ("inputs: {heat: 0}, outputs: {electricity: 1}", 1),
    ]) func aConverterThatGivesMoreThanItTakes(ratios: String, warnings: Int) throws {
        var files = Self.all[7].files
        files["case.yaml"] = files["case.yaml"]?.replacing(
            "b: {", with: "box: {type: converter, capacity: 50, \(ratios)}, b: {")
        let found = try Workshop.read(files).warnings.filter { $0.rendered.contains("drawn from the surroundings") }
        #expect(found.count == warnings, "\(found)")
    }

    /// Half a kilogram of CO2 beside 0.82 kWh is none of the kWh that a kWh of gas holds; as an energy it would be.
    @Test(arguments: [("mass: true", 0), ("mass: false", 1)]) func aMassIsNoEnergy(kind: String, warnings: Int) throws {
        var files = Self.all[7].files
        files["case.yaml"] = files["case.yaml"]?
            .replacing("carriers: {", with: "carriers: {flue: {vent: true, \(kind)}, ")
            .replacing(
                "b: {",
                with:
                    "box: {type: converter, capacity: 50, inputs: {gas: 1}, outputs: {electricity: 0.38, heat: 0.44, flue: 0.5}}, b: {"
            )
        let found = try Workshop.read(files).warnings.filter { $0.rendered.contains("drawn from the surroundings") }
        #expect(found.count == warnings, "\(found)")
    }

    /// What goes round is energy, however much CO2 goes round with it: 2.5 kWh of gas burnt give the 1 kWh that made
    /// it, and 0.125 kWh more. At 2.2 kWh of gas there is a loss.
    @Test(arguments: [(2.5, true), (2.2, false)]) func aMassThatGoesRoundWithEnergy(made: Double, isFound: Bool) throws
    {
        var files = Self.all[5].files
        files["case.yaml"] = files["case.yaml"]?
            .replacing("carriers: {", with: "carriers: {flue: {vent: true, mass: true}, ")
            .replacing(
                Self.all[5].operatorDevices,
                with:
                    "chp: {type: converter, capacity: 100, inputs: {gas: 1}, outputs: {electricity: 0.45, heat: 0.45, flue: 7}}, "
                    + "p2g: {type: converter, capacity: 90, inputs: {electricity: 1, flue: 3}, outputs: {gas: \(made)}}"
            )
        let found = try Workshop.complaints(files).filter { !$0.contains("warning:") }
        #expect(found.count == (isFound ? 1 : 0), "\(found)")
        #expect(found.allSatisfy { $0.contains("energy out of nothing") }, "\(found)")
    }
}
