import Energy
import Testing

@testable import CaseFiles

/// What contradicts itself, or is odd, before anything is solved: each sentence once, on the yard with one change.
@Suite struct CaseCheckTests {
    struct Odd: Sendable, CustomTestStringConvertible {
        let name: String
        let old: String
        let new: String
        /// Whole, as it is told.
        let expected: String
        var testDescription: String { name }

        init(_ name: String, _ old: String, _ new: String, _ expected: String) {
            (self.name, self.old, self.new, self.expected) = (name, old, new, expected)
        }
    }

    static let all: [Odd] = [
        .init(
            "two devices that make energy", "chiller: {",
            "pump: {type: converter, capacity: 9, inputs: {electricity: 1}, outputs: {heat: 3}}\n    engine: {type: converter, capacity: 9, inputs: {heat: 1}, outputs: {electricity: 0.4}}\n    chiller: {",
            "case.yaml:10:5  operator.devices.engine: energy out of nothing: engine makes 0.4 kWh of electricity of a kWh of heat, pump makes "
                + "3 kWh of heat of a kWh of electricity, so that a kWh becomes 1.2. Lower an efficiency."
        ),
        .init(
            "two devices without a loss", "chiller: {",
            "pump: {type: converter, capacity: 9, inputs: {electricity: 1}, outputs: {heat: 2}}\n    engine: {type: converter, capacity: 9, inputs: {heat: 2}, outputs: {electricity: 1}}\n    chiller: {",
            "case.yaml:10:5  warning: operator.devices.engine: energy may go round without a loss: engine makes 0.5 kWh of electricity of a "
                + "kWh of heat, pump makes 2 kWh of heat of a kWh of electricity. There are then many best answers. Lower an efficiency."
        ),
        .init(
            "a fuel that pays and may be vented", "gas: {price: 0.3}",
            "gas: {price: [0.3, -0.1, 0.3, 0.3], vent: true}",
            "case.yaml:3:65  carriers.gas.price: is below 0 at hour 1, and what is bought may be vented: whoever uses it would earn "
                + "without end. Take 'vent' out, or give a price of 0 or more."
        ),
        .init(
            "a market that pays more than the grid asks", "boiler: {",
            "other: {type: market, buy_price: 1, buy_max: 5, sell_price: 0.45, sell_max: 50}\n    boiler: {",
            "case.yaml:8:65  warning: operator.devices.other: pays 0.45 CNY/kWh for electricity at hour 0, which grid sells for "
                + "0.3 CNY/kWh: operator earns by buying there and selling here."
        ),
        .init(
            "a market that pays more than a carrier costs", "boiler: {",
            "fuel: {type: market, carrier: gas, buy_price: 1, buy_max: 5, sell_price: 0.45, sell_max: 50}\n    boiler: {",
            "case.yaml:8:78  warning: operator.devices.fuel: pays 0.45 CNY/kWh for gas at hour 0, which carriers.gas sells for "
                + "0.3 CNY/kWh: operator earns by buying there and selling here."
        ),
        .init(
            "a grid that pays more than it asks", "sell: {price: 0.2", "sell: {price: 0.35",
            "case.yaml:4:71  warning: grid.sell.price: 0.35 CNY/kWh is above the purchase price of 0.3 CNY/kWh at hour 0. The model then "
                + "needs binaries."
        ),
        .init(
            "a demand of nothing", "cooling: [10, 60, 40, 20]", "cooling: 0",
            "case.yaml:17:3  warning: users.shops.demand.cooling: is 0 at every hour, so it asks for nothing."
        ),
        .init(
            "a device of nothing", "boiler: {", "sun: {type: pv, capacity: 0, profile: 0.5}\n    boiler: {",
            "case.yaml:8:31  warning: operator.devices.sun.capacity: is 0, so it does nothing."
        ),
        .init(
            "a ramp that never binds", "boiler, capacity: 300 kW", "boiler, capacity: 300 kW, ramp: 300 kW/h",
            "case.yaml:8:52  warning: operator.devices.boiler.ramp: allows a change of 300 kW within a step of 1 h, and the capacity is "
                + "300 kW: it never binds."
        ),
        .init(
            "a least time that never binds", "boiler, capacity: 300 kW",
            "boiler, capacity: 300 kW, commitment: true, min_up: 30 min",
            "case.yaml:8:72  warning: operator.devices.boiler.min_up: is 30 min, and nothing is switched within a step of 1 h: it "
                + "never binds."),
        .init(
            "a share of a ramp that never binds", "boiler, capacity: 300 kW", "boiler, capacity: 300 kW, ramp_share: 1",
            "case.yaml:8:58  warning: operator.devices.boiler.ramp_share: allows the whole capacity within a step of 1 h: it never binds."
        ),
        .init(
            "a store that holds one amount", "boiler: {",
            "tank: {type: storage, carrier: heat, capacity: 10, power: 5, min_soc: 0.5, max_soc: 0.5}\n    boiler: {",
            "case.yaml:8:75  warning: operator.devices.tank.min_soc: is max_soc, so nothing can be stored. Let them differ."
        ),
        .init(
            "a penalty on what cannot be", "boiler: {",
            "sun: {type: pv, capacity: 5, profile: 0.5, curtailable: false, curtailment_penalty: 1}\n    boiler: {",
            "case.yaml:8:89  warning: operator.devices.sun.curtailment_penalty: has no effect, because curtailable is false. Take one of "
                + "them out."
        ),
        .init(
            "a share of nothing", "heat: [80, 120, 250, 90]}",
            "heat: [80, 120, 250, 90]}\n    flexibility: {warmth: {type: curtailable, carrier: heat, share: 0, discomfort: 1}}",
            "case.yaml:17:69  warning: users.homes.flexibility.warmth.share: is 0, so nothing is flexible."
        ),
        .init(
            "a site limit that never binds", "{sessions: cars}", "{sessions: cars, site_limit: 40 kW}",
            "case.yaml:20:39  warning: ev_stations.plaza.site_limit: is 40 kW, but all vehicles together have 40 kW at most: it never binds."
        ),
        .init(
            "a mean that never binds", "{min: 0.2, max: 1}", "{min: 0.2, max: 1, mean_max: 1.1}",
            "case.yaml:11:52  warning: operator.prices.electricity_sell.mean_max: 1.1 CNY/kWh is above the mean of max, 1 CNY/kWh, so it "
                + "never binds."
        ),
        .init(
            "a demand in MW", "cooling: [10, 60, 40, 20]", "cooling: [10 MW, 60 MW, 40 MW, 20 MW]",
            "case.yaml:17:3  warning: users.shops.demand.cooling: reaches 60000 kW, and no other demand of the case more than 250 kW. Is "
                + "the unit right?"
        ),
        .init(
            "a demand in W", "electricity: [50, 60, 70, 40], ", "electricity: [50 W, 60 W, 30 W, 40 W], ",
            "case.yaml:17:3  warning: users.shops.demand.electricity: reaches 0.06 kW, and every other demand of the case 60 kW or more. "
                + "Is the unit right?"
        ),
        .init(
            "a capacity in MW", "capacity: 300 kW", "capacity: 300 MW",
            "case.yaml:8:38  warning: operator.devices.boiler.capacity: is 300000 kW, but all demands of the case together come to 580 kW. "
                + "Is the unit right?"
        ),
        .init(
            "a capacity in W", "boiler: {", "sun: {type: pv, capacity: 500 W, profile: 0.5}\n    boiler: {",
            "case.yaml:8:31  warning: operator.devices.sun.capacity: is 0.5 kW, but all demands of the case together come to 580 kW. "
                + "Is the unit right?"
        ),
        .init(
            "a user's capacity in W", "heat: [80, 120, 250, 90]}",
            "heat: [80, 120, 250, 90]}\n    devices: {sun: {type: pv, capacity: 100 W, profile: 0.5}}",
            "case.yaml:17:41  warning: users.homes.devices.sun.capacity: is 0.1 kW, but the demands of its party come to 450 kW. "
                + "Is the unit right?"
        ),
        .init(
            "a store in MWh", "boiler: {",
            "tank: {type: storage, carrier: heat, capacity: 50 MWh, power: 50}\n    boiler: {",
            "case.yaml:8:52  warning: operator.devices.tank.capacity: would take 1000 h to fill at full power. Are the units right?"
        ),
        .init(
            "a price per MWh", "heat_sell: {min: 0.1, max: 0.5}", "heat_sell: 300",
            "case.yaml:12:5  warning: operator.prices.heat_sell: reaches 300 CNY/kWh, and the middle one of the case's prices 0.9 CNY/kWh. "
                + "Is the unit right?"
        ),
        .init(
            "a carrier's price in small coin", "gas: {price: 0.3}", "gas: {price: 0.3 CNY/MWh}",
            "case.yaml:3:65  warning: carriers.gas.price: reaches 0.0003 CNY/kWh, and the middle one of the case's prices 0.5 CNY/kWh. "
                + "Is the unit right?"
        ),
    ]

    private func told(_ odd: Odd) throws -> [String] {
        let text = InfeasibleCase.yard
        #expect(text.contains(odd.old))
        let files = ["case.yaml": text.replacing(odd.old, with: odd.new), "cars.csv": InfeasibleCase.cars]
        do {
            return try Workshop.read(files).warnings.map(\.rendered)
        } catch let error as CaseFileError {
            return error.diagnostics.map(\.rendered)
        }
    }

    @Test(arguments: all) func saysIt(odd: Odd) throws {
        let told = try told(odd)
        #expect(told.contains(odd.expected), "\(told)")
    }

    @Test func theYardIsNotOdd() throws {
        #expect(try told(Odd("as it is", "yard", "yard", "")) == [])
    }

    /// A battery in Wh takes months to fill.
    @Test func vehiclesWithImpossibleBatteries() throws {
        let cars = InfeasibleCase.cars.replacing("red,0,2,60,20,0,0.5,0.8", with: "red,0,2,60000,20,0,0.5,0.5")
        let source = try Workshop.read(["case.yaml": InfeasibleCase.yard, "cars.csv": cars])
        #expect(
            source.warnings.map(\.rendered) == [
                "case.yaml:20:3  warning: ev_stations.plaza: red would take 3000 h to charge from empty to full. Are the units right?"
            ])
    }

    /// Contradictions of every kind come together.
    @Test func everythingAtOnce() throws {
        let text = InfeasibleCase.yard
            .replacing("gas: {price: 0.3}", with: "gas: {price: -0.3, vent: true}")
            .replacing("{min: 0.1, max: 0.5}", with: "{min: 0.6, max: 0.5}")
        let cars = InfeasibleCase.cars.replacing("green,2,4,40,10", with: "green,2,4,40,1")
        let told = try Workshop.complaints(["case.yaml": text, "cars.csv": cars])
        #expect(told.count == 3, "\(told)")
        #expect(
            told.contains { $0.contains("would earn without end") } && told.contains { $0.contains("is above max") })
        #expect(
            told.contains { $0.contains("green: needs 8 kWh in 2 h but its charger gives at most 1.9 kWh") }, "\(told)")
    }

    @Test func coefficientsFarApart() throws {
        let text = InfeasibleCase.yard.replacing(
            "boiler: {",
            with:
                "odd: {type: converter, capacity: 9, inputs: {electricity: 1e6}, outputs: {heat: 1e-3}}\n    boiler: {")
        let check = try CaseCheck(Workshop.read(["case.yaml": text, "cars.csv": InfeasibleCase.cars]))
        let told = check.warnings.map(\.rendered)
        #expect(
            told.contains { $0.contains("coefficients of the model lie further apart than a solver's digits reach") },
            "\(told)")
        #expect(
            told.contains { $0.contains("1000000000 of operator.odd.output@0 in operator.balance.electricity@0") },
            "\(told)")
    }

    // MARK: Sizes

    private static let frost = "dark: {type: shortage, carrier: electricity, price: 3}"

    /// The day on which no sizes suffice is named, and so is the size to raise.
    @Test func sizesThatDoNotSuffice() throws {
        let text = SizingGameTests.small.replacing("\n    " + Self.frost, with: "").replacing(Self.frost, with: "")
        let source = try Workshop.read(["case.yaml": text.replacing("max: 60 kW", with: "max: 20 kW")])
        let check = try CaseCheck(source)
        let found = try #require(check.infeasibility)
        #expect(!check.isSound && found.isOfEveryDecision, "\(found)")
        #expect(!found.days.isEmpty && found.clash.contains { $0.name == "buy limit of operator.grid" }, "\(found)")
    }
}
