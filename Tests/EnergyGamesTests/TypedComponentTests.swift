import CaseFiles
import Energy
import Foundation
import LinearModels
import TestSupport
import Testing

/// Components that are made in Swift, against the same ones read from a case file: models and messages are the same.
@Suite struct TypedComponentTests {
    static let time = TimeGrid(steps: 3, hours: 1)

    /// A component in Swift, and as a case writes it.
    struct Pair: Sendable, CustomTestStringConvertible {
        let yaml: String
        var isFlexibility = false
        let make: @Sendable () throws -> any Component

        var testDescription: String { yaml }
    }

    static let pairs: [Pair] = [
        Pair(yaml: "{type: boiler, capacity: 50, efficiency: {heat: 0.9}, ramp: 20 kW/h, om_cost: 0.01}") {
            try Boiler("x", capacity: 50, efficiency: ["heat": 0.9], omCost: 0.01, ramp: 20)
        },
        Pair(yaml: "{type: electric_boiler, capacity: 50, efficiency: {heat: 0.95}}") {
            try ElectricBoiler("x", capacity: 50, efficiency: ["heat": 0.95])
        },
        Pair(yaml: "{type: electric_chiller, capacity: 50, efficiency: {cooling: 3.5}, om_cost: 0.02}") {
            try ElectricChiller("x", capacity: 50, efficiency: ["cooling": 3.5], omCost: 0.02)
        },
        Pair(yaml: "{type: absorption_chiller, capacity: 50, efficiency: {cooling: 0.7}}") {
            try AbsorptionChiller("x", capacity: 50, efficiency: ["cooling": 0.7])
        },
        Pair(
            yaml:
                "{type: converter, capacity: 50, inputs: {gas: 1}, outputs: {electricity: 0.3, heat: 0.5}, ramp_share: 0.2}"
        ) {
            try Converter(
                "x", capacity: 50, inputs: ["gas": 1], outputs: ["electricity": 0.3, "heat": 0.5], rampShare: 0.2)
        },
        Pair(
            yaml:
                "{type: chp, capacity: 50, efficiency: {electricity: 0.36, heat: 0.46}, min_load: 0.3, commitment: true, startup_cost: 5}"
        ) {
            try CombinedHeatAndPower(
                "x", capacity: 50, efficiency: ["electricity": 0.36, "heat": 0.46], minimumLoad: 0.3, mayStop: true,
                startupCost: 5)
        },
        Pair(
            yaml:
                "{type: chp, capacity: 50, efficiency: {electricity: 0.4}, region: extraction, corners: [[0, 10], [0, 50], [30, 40]]}"
        ) {
            try CombinedHeatAndPower(
                "x", capacity: 50, efficiency: ["electricity": 0.4],
                extractionCorners: [Point(x: 0, y: 10), Point(x: 0, y: 50), Point(x: 30, y: 40)])
        },
        Pair(yaml: "{type: storage, capacity: 50, power: 20, initial_soc: 0.4, standing_loss: 0.01, wear_cost: 0.1}") {
            try Storage("x", capacity: 50, power: 20, standingLoss: 0.01, initialStateOfCharge: 0.4, wearCost: 0.1)
        },
        Pair(
            yaml:
                "{type: storage, carrier: heat, capacity: 50, duration: 4, simultaneous: true, cyclic: false, min_soc: 0.1, max_soc: 0.9}"
        ) {
            try Storage(
                "x", capacity: 50, carrier: "heat", duration: 4, minimumStateOfCharge: 0.1, maximumStateOfCharge: 0.9,
                isCyclic: false, isSimultaneous: true)
        },
        Pair(
            yaml: "{type: market, buy_price: [0.4, 0.5, 0.6], buy_max: 90, sell_price: 0.3, sell_max: 40, co2: 0.5}"
        ) {
            try MarketExchange(
                "x", buyPrice: [0.4, 0.5, 0.6], buyMaximum: 90, sellPrice: 0.3, sellMaximum: 40, emissionFactor: 0.5,
                time: time)
        },
        Pair(yaml: "{type: pv, capacity: 50, profile: [0, 0.5, 1], curtailable: false}") {
            try Photovoltaic("x", capacity: 50, profile: [0, 0.5, 1], isCurtailable: false, time: time)
        },
        Pair(yaml: "{type: pv, capacity: 50, irradiance: [0, 500, 900], temperature: 20, efficiency: 0.9}") {
            try Photovoltaic(
                "x", capacity: 50, irradiance: [0, 500, 900], temperature: 20, efficiency: 0.9, time: time)
        },
        Pair(
            yaml:
                "{type: pv, capacity: 50, irradiance: [0, 500, 900], model: maximum_power, voltage: 30.2, current: 7.95, "
                + "voltage_coefficient: -0.136, current_coefficient: 0.00424, cells: 60, noct: 46}"
        ) {
            try Photovoltaic(
                "x", capacity: 50, irradiance: [0, 500, 900], nominalTemperature: 46,
                module: .init(
                    voltage: 30.2, current: 7.95, voltageCoefficient: -0.136, currentCoefficient: 0.00424), time: time)
        },
        Pair(
            yaml:
                "{type: wind, capacity: 50, speed: [2, 8, 14], cut_in: 3, rated_speed: 11, cut_out: 24, hub_height: 80}"
        ) {
            try WindTurbine(
                "x", capacity: 50, speed: [2, 8, 14], curve: .cubic(cutIn: 3, rated: 11, cutOut: 24), hubHeight: 80,
                time: time)
        },
        Pair(
            yaml:
                "{type: wind, capacity: 50, speed: [2, 8, 14], curve: table, points: [[0, 0], [3, 0], [12, 1], [25, 1]]}"
        ) {
            try WindTurbine(
                "x", capacity: 50, speed: [2, 8, 14],
                curve: .table([Point(x: 0, y: 0), Point(x: 3, y: 0), Point(x: 12, y: 1), Point(x: 25, y: 1)]),
                time: time)
        },
        Pair(yaml: "{type: shortage, carrier: heat, price: 5}") { try Shortage("x", carrier: "heat", price: 5) },
        Pair(
            yaml: "{type: shiftable, carrier: electricity, share: 0.3, window: [0, 2], max_power: 30}",
            isFlexibility: true
        ) {
            try ShiftableDemand(
                "x", carrier: "electricity", share: 0.3, window: 0...2, maximumPower: 30, time: time)
        },
        Pair(
            yaml: "{type: curtailable, carrier: heat, share: 0.2, discomfort: 0.9, growth: 1, pieces: 3}",
            isFlexibility: true
        ) {
            try CurtailableDemand(
                "x", carrier: "heat", share: 0.2, discomfort: 0.9, growth: 1, pieces: 3, time: time)
        },
        Pair(yaml: "{type: curtailable, carrier: heat, max_power: [1, 2, 3], discomfort: 0.9}", isFlexibility: true) {
            try CurtailableDemand("x", carrier: "heat", maximumPower: [1, 2, 3], discomfort: 0.9, time: time)
        },
        Pair(
            yaml:
                "{type: elastic, carrier: heat, share: 0.5, tariff: [0.3, 0.6, 0.9], reference: 0.6, period: [1, 2, 1], "
                + "self_elasticity: -0.2, cross_elasticity: 0.1, comfort_min: 0.8, comfort_max: 1.2}",
            isFlexibility: true
        ) {
            try ElasticDemand(
                "x", carrier: "heat", share: 0.5, tariff: [0.3, 0.6, 0.9], reference: 0.6, period: [1, 2, 1],
                elasticity: .uniform(own: -0.2, cross: 0.1), comfort: 0.8...1.2, time: time)
        },
        Pair(
            yaml:
                "{type: elastic, carrier: electricity, tariff: [0.3, 0.6, 0.9], reference: [0.5, 0.6, 0.7], "
                + "elasticity: [[-0.2, 0.1, 0], [0, -0.3, 0.1], [0.1, 0.2, -0.4]], comfort_min: 0.5, comfort_max: 2}",
            isFlexibility: true
        ) {
            try ElasticDemand(
                "x", carrier: "electricity", tariff: [0.3, 0.6, 0.9], reference: [0.5, 0.6, 0.7],
                elasticity: .matrix([[-0.2, 0.1, 0], [0, -0.3, 0.1], [0.1, 0.2, -0.4]]), comfort: 0.5...2, time: time)
        },
    ]

    private static func yaml(_ pair: Pair) -> String {
        """
        case: {schema: 1, name: c}
        time: {steps: 3}
        carriers:
          electricity: {price: 0.5, vent: true}
          heat: {price: 0.4, vent: true}
          cooling: {price: 0.3, vent: true}
          gas: {price: 0.2, vent: true}
          hydrogen: {price: 0.6, vent: true}
        operator:
          prices: {electricity_sell: {min: 0, max: 1}}
        users:
          u:
            demand: {electricity: 20, heat: [10, 11, 12]}
            \(pair.isFlexibility ? "flexibility" : "devices"):
              x: \(pair.yaml)
        """
    }

    /// The model of a user with the component, as another solver would read it.
    private static func text(_ component: any Component, in source: Case) throws -> String {
        var system = source.system
        let u = try #require(system.parties.firstIndex { $0.name == "u" })
        system.parties[u].components = [component]
        system.trades = []
        let model = try system.build(["u"], minimising: ["u"]).model
        return try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("m.lp").path
            try SolverSession(model).write(to: file, format: .lp)
            return try String(contentsOfFile: file, encoding: .utf8)
        }
    }

    @Test(arguments: pairs + converterPairs) func theModelIsTheOneOfTheCase(pair: Pair) throws {
        let source = try readCase(Self.yaml(pair))
        let component = try #require(source.system.parties.first { $0.name == "u" }?.components.first)
        let read = try Self.text(component, in: source)
        #expect(try Self.text(pair.make(), in: source) == read)
        #expect(
            read.contains("u.x") || pair.yaml.contains("shortage") || pair.yaml.contains("pv") || pair.isFlexibility)
    }

    private static func elastic(_ keys: String, reference: String = "0.5") -> String {
        "{type: elastic, carrier: heat, tariff: [0.3, 0.6, 0.9], reference: \(reference), comfort_min: 0.8, "
            + "comfort_max: 1.2, \(keys)}"
    }

    private static func elastic(
        _ elasticity: ElasticDemand.Elasticity, period: Series? = nil, reference: Series = 0.5
    ) throws -> ElasticDemand {
        try ElasticDemand(
            "x", carrier: "heat", tariff: [0.3, 0.6, 0.9], reference: reference, period: period, elasticity: elasticity,
            comfort: 0.8...1.2, time: time)
    }

    /// Whatever is refused is refused in the same words, at the same key.
    static let wrong: [Pair] = [
        Pair(yaml: "{type: boiler, capacity: -1, efficiency: {heat: 0.9}}") {
            try Boiler("x", capacity: -1, efficiency: ["heat": 0.9])
        },
        Pair(yaml: "{type: boiler, capacity: {min: 0, max: 2e9}, efficiency: {heat: 0.9}}") {
            try Boiler("x", capacity: .decided(0...2e9), efficiency: ["heat": 0.9])
        },
        Pair(yaml: "{type: boiler, capacity: 5, efficiency: {heat: 1.3}}") {
            try Boiler("x", capacity: 5, efficiency: ["heat": 1.3])
        },
        Pair(yaml: "{type: boiler, capacity: 5, efficiency: {heat: 0.9}, investment: 100}") {
            try Converter("x", capacity: 5, inputs: ["gas": 1], outputs: ["heat": 0.9], ramp: -1)
        },
        Pair(yaml: "{type: storage, capacity: 50, power: 20, initial_soc: 1.4}") {
            try Storage("x", capacity: 50, power: 20, initialStateOfCharge: 1.4)
        },
        Pair(yaml: "{type: storage, capacity: 50}") { try Storage("x", capacity: 50) },
        Pair(yaml: "{type: storage, capacity: 50, power: 5, min_soc: 0.8, max_soc: 0.2}") {
            try Storage("x", capacity: 50, power: 5, minimumStateOfCharge: 0.8, maximumStateOfCharge: 0.2)
        },
        Pair(yaml: "{type: pv, capacity: 50, profile: [0, 0.5]}") {
            try Photovoltaic("x", capacity: 50, profile: [0, 0.5], time: time)
        },
        Pair(yaml: "{type: pv, capacity: 50, profile: [0, 0.5, 1.7]}") {
            try Photovoltaic("x", capacity: 50, profile: [0, 0.5, 1.7], time: time)
        },
        Pair(yaml: "{type: shiftable, carrier: electricity, share: 1.2}", isFlexibility: true) {
            try ShiftableDemand("x", carrier: "electricity", share: 1.2, time: time)
        },
        Pair(yaml: "{type: shiftable, carrier: electricity, share: 0.2, window: [7, 25]}", isFlexibility: true) {
            try ShiftableDemand("x", carrier: "electricity", share: 0.2, window: 7...25, time: time)
        },
        Pair(yaml: "{type: curtailable, carrier: heat, share: 0.2, discomfort: 0.9, pieces: 0}", isFlexibility: true) {
            try CurtailableDemand("x", carrier: "heat", share: 0.2, discomfort: 0.9, pieces: 0, time: time)
        },
        Pair(yaml: elastic("elasticity: [[-0.2, 0.1], [0.1, -11]]"), isFlexibility: true) {
            try elastic(.matrix([[-0.2, 0.1], [0.1, -11]]))
        },
        Pair(yaml: elastic("elasticity: [[-0.2, 0.1], [0.1]]"), isFlexibility: true) {
            try elastic(.matrix([[-0.2, 0.1], [0.1]]))
        },
        Pair(yaml: elastic("elasticity: [[-0.2, 0.1, 0], [0.1, 0, 0]]"), isFlexibility: true) {
            try elastic(.matrix([[-0.2, 0.1, 0], [0.1, 0, 0]]))
        },
        Pair(yaml: elastic("elasticity: [[-0.2]]"), isFlexibility: true) { try elastic(.matrix([[-0.2]])) },
        Pair(yaml: elastic("self_elasticity: -0.2, cross_elasticity: 0.1"), isFlexibility: true) {
            try elastic(.uniform(own: -0.2, cross: 0.1))
        },
        Pair(yaml: elastic("self_elasticity: 0.2"), isFlexibility: true) { try elastic(.uniform(own: 0.2)) },
        Pair(yaml: elastic("self_elasticity: -0.2, period: [1, 1.5, 2]"), isFlexibility: true) {
            try elastic(.uniform(own: -0.2), period: [1, 1.5, 2])
        },
        Pair(yaml: elastic("self_elasticity: -0.2", reference: "[0.5, 0, 0.5]"), isFlexibility: true) {
            try elastic(.uniform(own: -0.2), reference: [0.5, 0, 0.5])
        },
        Pair(
            yaml:
                "{type: chp, capacity: 50, efficiency: {electricity: 0.4}, region: extraction, corners: [[0, 10], [0, 50]]}"
        ) {
            try CombinedHeatAndPower(
                "x", capacity: 50, efficiency: ["electricity": 0.4],
                extractionCorners: [Point(x: 0, y: 10), Point(x: 0, y: 50)])
        },
    ].filter { !$0.yaml.contains("investment") }

    @Test(arguments: wrong + wrongConverters) func messagesAreThoseOfTheReader(pair: Pair) throws {
        var told: (path: String, message: String)?
        do {
            _ = try readCase(Self.yaml(pair))
        } catch let error as CaseFileError {
            told = error.errors.first { $0.path.contains(".x") }.map { ($0.path, $0.message) }
        }
        let expected = try #require(told)
        do {
            _ = try pair.make()
            Issue.record("nothing was refused, but the reader says: \(expected.message)")
        } catch let problem as InputProblem {
            #expect(problem.message == expected.message)
            let place = pair.isFlexibility ? "users.u.flexibility.x" : "users.u.devices.x"
            #expect(expected.path == place + (problem.attribute.map { ".\($0)" } ?? ""))
        }
    }

    /// What is not a number is in no range.
    @Test func notANumberIsRefused() {
        for number in [Double.nan, .infinity, -.infinity] {
            #expect(throws: InputProblem.self) { try Boiler("x", capacity: .fixed(number), efficiency: ["heat": 0.9]) }
            #expect(throws: InputProblem.self) { try Shortage("x", carrier: "heat", price: number) }
            #expect(throws: InputProblem.self) {
                try MarketExchange(buyPrice: Series([0.1, number, 0.2]), buyMaximum: 1, time: Self.time)
            }
        }
    }

    /// Fleets are their vehicles: the same path of energies as by the values of a case.
    @Test func fleetsAreThoseOfTheirVehicles() throws {
        let time = TimeGrid(steps: 4, hours: 1)
        let car = Vehicle(
            name: "car", arrival: 0, departure: 4, battery: 40, maximumCharge: 10, maximumDischarge: 10,
            arrivalShare: 0.25, departureShare: 0.75)
        let fleet = try EVFleet(vehicles: [car], chargeEfficiency: 1, mayDischarge: false, time: time)
        #expect(fleet.envelope.maximumCharge == [10, 10, 10, 10])
        #expect(fleet.envelope.maximumDischarge == [0, 0, 0, 0])
        #expect(throws: InputProblem.self) { try EVFleet(vehicles: [car, car], chargers: 1, time: time) }
        #expect(throws: InputProblem.self) { try EVFleet(vehicles: [car], chargeEfficiency: 1.2, time: time) }
        let whole = try AggregateFleet(
            maximumCharge: 10, maximumDischarge: 0, minimumEnergy: [0, 0, 10, 20], maximumEnergy: [10, 20, 20, 20],
            time: time)
        #expect(whole.envelope.maximumCharge == [10, 10, 10, 10])
        #expect(throws: InputProblem.self) {
            try AggregateFleet(
                maximumCharge: 1, maximumDischarge: 0, minimumEnergy: [0, 0, 10, 20], maximumEnergy: [10, 20, 20, 20],
                time: time)
        }
        let responsive = try ResponsiveFleet(
            "drivers", vehicles: [car], flatPrice: 0.6, tariff: [0.2, 0.9, 0.9, 0.2], response: .price, time: time
        ) { _, _ in 0.5 }
        #expect(responsive.chargeEfficiency == 0.95)
    }
}
