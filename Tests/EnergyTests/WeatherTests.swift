import Energy
import Testing

@Suite struct WeatherTests {
    static let speeds = WindSpeeds(cutIn: 3, rated: 12, cutOut: 25)

    @Test(arguments: [
        WindTurbineCurve.cubic(speeds), .arctangent(speeds, omega1: 0.6, omega2: -5),
        .arctangent(speeds, omega1: 1.2, omega2: -9),
    ]) func curvesAreContinuousAndRise(curve: WindTurbineCurve) {
        #expect(curve.output(at: 2.999) == 0 && curve.output(at: 25.001) == 0)
        #expect(abs(curve.output(at: 3)) < 1e-12)
        #expect(abs(curve.output(at: 12 - 1e-9) - 1) < 1e-6 && curve.output(at: 12) == 1 && curve.output(at: 25) == 1)
        let values = (0...900).map { curve.output(at: 3 + Double($0) / 100) }
        #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test func cubicByHand() {
        // (6^3 - 27) / (1728 - 27) = 189 / 1701 = 1/9.
        #expect(near(WindTurbineCurve.cubic(Self.speeds).output(at: 6), 1.0 / 9))
    }

    @Test func tableIsLinearBetweenItsPoints() {
        let curve = WindTurbineCurve.table([Point(x: 4, y: 0.1), Point(x: 8, y: 0.5), Point(x: 20, y: 1)])
        #expect(near(curve.output(at: 5), 0.2) && near(curve.output(at: 4), 0.1) && near(curve.output(at: 20), 1))
        #expect(curve.output(at: 3.9) == 0 && curve.output(at: 20.1) == 0)
    }

    @Test func photovoltaicModelsGiveTheirCapacityAtStandardConditions() {
        let module = PhotovoltaicModule(
            voltage: 30.2, current: 7.95, voltageCoefficient: -0.136, currentCoefficient: 0.00424, cells: 60)
        #expect(
            near(PhotovoltaicModel.maximumPower(module, efficiency: 1).output(irradiance: 1000, cellTemperature: 25), 1)
        )
        #expect(
            near(
                PhotovoltaicModel.linear(temperatureCoefficient: -0.004, efficiency: 0.96).output(
                    irradiance: 1000, cellTemperature: 25), 0.96))
        // By hand at 500 W/m2, 45 degC: V = 30.2 - 2.72 + 60 * 8.617333e-5 * 318.15 * ln 0.5 = 26.3398 V,
        // I = (7.95 + 0.0848) / 2 = 4.0174 A.
        let output = PhotovoltaicModel.maximumPower(module, efficiency: 1).output(irradiance: 500, cellTemperature: 45)
        #expect(abs(output - 26.33978 * 4.0174 / (30.2 * 7.95)) < 1e-5)
        #expect(PhotovoltaicModel.maximumPower(module, efficiency: 1).output(irradiance: 0, cellTemperature: 10) == 0)
        #expect(near(PhotovoltaicModel.cellTemperature(air: 20, irradiance: 800, nominal: 46), 46))
    }

    @Test func curtailedEnergyCostsItsPenalty() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [30])]
        park.components = [
            try make(
                Photovoltaic.self, "pv",
                [
                    "capacity": .number(100), "profile": .series([0.5]), "curtailment_penalty": .number(0.2),
                    "om_cost": .number(0.01),
                ])
        ]
        let expected1: Double = 20 * 0.2 + 30 * 0.01
        #expect(near(try park.solve().cost, expected1))
    }

    @Test func windIsLiftedToTheHub() throws {
        var park = TinyPark()
        park.carriers = [Carrier(name: "electricity")]
        park.demand = [("electricity", [0])]
        park.components = [
            try make(
                WindTurbine.self, "wind",
                [
                    "capacity": .number(90), "speed": .series([3]), "hub_height": .number(40),
                    "measured_at": .number(10),
                    "shear": .number(0.5),
                ]),
            try market([1], time: park.time, sell: [0.5]),
        ]
        // 3 m/s at 10 m is 6 m/s at 40 m with an exponent of one half: a ninth of 90 kW.
        #expect(near(try park.solve().cost, -10 * 0.5))
    }

    @Test func whatCannotBeIsRefusedInWords() {
        #expect(refusal(Photovoltaic.self, ["capacity": .number(1)]).contains("Give one of them"))
        #expect(
            refusal(Photovoltaic.self, ["capacity": .number(1), "profile": .series([1]), "irradiance": .series([1])])
                .contains("Keep one of them"))
        #expect(
            refusal(
                Photovoltaic.self,
                ["capacity": .number(1), "irradiance": .series([1]), "model": .text("maximum_power")]
            )
            .contains("voltage: is missing"))
        #expect(refusal(WindTurbine.self, ["capacity": .number(1)]).contains("Give one of them"))
        let speed: [String: AttributeValue] = ["capacity": .number(1), "speed": .series([5])]
        #expect(
            refusal(WindTurbine.self, speed.merging(["rated_speed": .number(2)]) { $1 }).contains(
                "must lie above cut_in"))
        #expect(
            refusal(WindTurbine.self, speed.merging(["curve": .text("table")]) { $1 }).contains("points: is missing"))
        #expect(
            refusal(
                WindTurbine.self,
                speed.merging(["curve": .text("table"), "points": .points([Point(x: 5, y: 0), Point(x: 5, y: 1)])]) {
                    $1
                }
            ).contains("speeds must increase"))
    }
}
