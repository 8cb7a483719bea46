import Energy
import Testing

@testable import CaseFiles

@Suite struct UnitTests {
    static let units = UnitSystem()

    @Test(
        arguments: [
            ("3 MW", Dimension.power, 3000), ("250W", .power, 0.25), ("0.2 GW", .power, 200_000), ("-5 kW", .power, -5),
            ("1 MWh", .energy, 1000), ("500 Wh", .energy, 0.5), ("2 GWh", .energy, 2e6), ("3600 kJ", .energy, 1),
            ("3.6 MJ", .energy, 1),
            ("7.2 GJ", .energy, 2000), ("0.26 CNY/kWh", .energyPrice, 0.26), ("260 CNY/MWh", .energyPrice, 0.26),
            ("1000 CNY/MW", .powerPrice, 1), ("250 CNY/t", .massPrice, 0.25), ("12 CNY", .money, 12),
            ("2 t", .mass, 2000),
            ("500 g", .mass, 0.5), ("202 g/kWh", .emissionFactor, 0.202), ("0.57 t/MWh", .emissionFactor, 0.57),
            ("15 min", .duration, 0.25), ("2 d", .duration, 48), ("90 s", .duration, 0.025), ("1 h", .duration, 1),
            ("0.01 1/h", .rate, 0.01), ("1 %/h", .rate, 0.01), ("24 1/d", .rate, 1), ("500 kW/h", .ramp, 500),
            ("5 kW/min", .ramp, 300),
            ("80 %", .ratio, 0.8), ("80%", .ratio, 0.8), ("7 %", .ratio, 0.07), ("0.5 1", .ratio, 0.5),
            ("3 kWh/kWh", .ratio, 3),
            ("-5 degC", .temperature, -5), ("36 km/h", .speed, 10), ("10 m/s", .speed, 10), ("100 m", .length, 100),
            ("1 kW/m2", .irradiance, 1000), ("800 W/m2", .irradiance, 800), ("9.86 kWh/m3", .heatingValue, 9.86),
            ("35.5 MJ/m3", .heatingValue, 35.5 / 3.6), ("36 V", .voltage, 36),
            ("8.5 A", .current, 8.5),
            ("-0.12 V/K", .voltagePerKelvin, -0.12), ("0.003 A/K", .currentPerKelvin, 0.003), ("1e-4", .ratio, 1e-4),
            (".5", .ratio, 0.5),
            ("+2.5E2 kW", .power, 250), ("5. kW", .power, 5),
        ] as [(String, Dimension, Double)])
    func becomesTheEnginesUnit(text: String, dimension: Dimension, expected: Double) throws {
        let quantity = try Quantity.parse(text, units: Self.units)
        let engine = Self.units.engineUnit(of: dimension)
        let unit = quantity.unit ?? Self.units.bareUnit(of: dimension)
        #expect(unit.measuresTheSame(as: engine))
        let value = unit.convert(quantity.number, to: engine)
        #expect(abs(value - expected) <= 1e-12 * abs(expected), "\(value)")
    }

    @Test func kelvinIsNoDifferenceForATemperature() throws {
        let quantity = try Quantity.parse("298.15 K", units: Self.units)
        let value = try #require(quantity.unit).convert(quantity.number, to: Self.units.engineUnit(of: .temperature))
        #expect(abs(value - 25) < 1e-9)
    }

    @Test(arguments: [
        "10:00", "0x10", "1_000", "1,5", "nan", "inf", ".inf", "1e999", "", "-", ".", "1.2.3", "2024-07-15", "yes",
        "1 / 2",
    ])
    func isNoQuantity(text: String) {
        #expect(throws: Quantity.Problem.notANumber) { try Quantity.parse(text, units: Self.units) }
    }

    @Test(arguments: ["5 kw", "5 EUR", "5 kWh/", "5 m/1", "5 kW kW", "5 kCNY", "5 percent"])
    func isNoUnit(text: String) {
        #expect(throws: Quantity.Problem.self) { try Quantity.parse(text, units: Self.units) }
    }

    @Test func everyDimensionHasAUnitOfItsOwn() {
        for dimension in Dimension.allCases {
            let unit = Self.units.parse(Self.units.engineSymbol(of: dimension))
            #expect(unit != nil, "\(dimension)")
            #expect(unit.map { Self.units.noun(for: $0) } == dimension.noun)
        }
    }

    @Test func bareNumbersFollowTheUnitsOfTheCase() {
        let units = UnitSystem(currency: "EUR", power: "MW", energy: "MWh", mass: "t")
        func engine(_ dimension: Dimension) -> Double {
            units.bareUnit(of: dimension).convert(1, to: units.engineUnit(of: dimension))
        }
        #expect(engine(.power) == 1000)
        #expect(engine(.energy) == 1000)
        #expect(engine(.mass) == 1000)
        #expect(abs(engine(.energyPrice) - 0.001) < 1e-15)
        #expect(engine(.emissionFactor) == 1)
        #expect(engine(.ramp) == 1000)
        #expect(engine(.duration) == 1)
        #expect(units.engineSymbol(of: .energyPrice) == "EUR/kWh")
    }

    /// Other money than the case's is told what the case's is; other unknown words are not called money.
    @Test func otherMoneyIsNamed() {
        let units = UnitSystem()
        for money in ["EUR/MWh", "GBP", "ct/kWh", "$/kW", "€/kWh"] { #expect(units.isOtherMoney(money), "\(money)") }
        for other in ["CNX/bananas", "lb/kWh", "kwp", "kWp/kWh", "", "/kWh"] {
            #expect(!units.isOtherMoney(other), "\(other)")
        }
    }
}
