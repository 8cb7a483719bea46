import Testing

@testable import CaseFiles

/// Parties with prices, as cases write them, and what is refused about them.
@Suite struct CompetitionReadingTests {
    static let yaml = #"""
        case: {schema: 1, name: street}
        time: {steps: 2, step: 1 h}
        carriers: {heat: {}, gas: {price: 0.2}}
        parties:
          east:
            devices: {boiler: {type: boiler, capacity: 50, efficiency: {heat: 0.9}}}
            prices: {heat_sell: {min: 0.1, max: 0.6}}
          west:
            devices: {boiler: {type: boiler, capacity: 50, efficiency: {heat: 0.8}}}
            prices: {heat_sell: {min: 0.1, max: [0.6, 0.5], mean_max: 0.5}}
        users:
          homes: {demand: {heat: [10, 20]}}
        """#

    struct Broken: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let expected: String
        var testDescription: String { new }
        init(_ old: String, _ new: String, _ expected: String) {
            (self.old, self.new, self.expected) = (old, new, expected)
        }
    }

    @Test func pricesBelongToTheirOperators() throws {
        let source = try Workshop.read(["case.yaml": Self.yaml])
        #expect(source.operators.map(\.name) == ["east", "west"])
        #expect(source.operators[1].prices.map(\.name) == ["prices.west.heat_sell"])
        #expect(source.operators[1].prices[0].meanMaximum == 0.5)
        #expect(source.system.trades.map(\.name) == ["east.heat_sell.homes", "west.heat_sell.homes"])
        #expect(source.followers == ["homes"])
    }

    static let broken: [Broken] = [
        .init(
            "    prices: {heat_sell: {min: 0.1, max: 0.6}}\n", "",
            "case.yaml:9:5  parties.west.prices: there is no other party with prices, and one operator alone is the case's 'operator'. Move what the party has there, or give another party prices."
        ),
        .init(
            "users:\n  homes: {demand: {heat: [10, 20]}}", "",
            "case.yaml:7:5  parties.east.prices: there is nobody to buy at these prices. Add 'users'."),
        .init(
            "users:", "ev_stations:\n  plaza: {}\nusers:",
            "case.yaml:11:1  ev_stations: is given, but parties.east.prices makes the party one of several operators. Their vehicles would have to choose an operator. Make them a user's 'fleets'."
        ),
        .init(
            "users:", "trades: {local: {max: 5}}\nusers:",
            "case.yaml:11:1  trades: is given, but parties.east.prices makes the party one of several operators. Operators post prices, or parties agree on them. Keep one of them."
        ),
        .init(
            "users:", "operator: {prices: {heat_sell: 0.3}}\nusers:",
            "case.yaml:11:1  operator: is given, but parties.east.prices makes the party one of several operators. Make the operator a party with prices, or take the prices of parties out."
        ),
        .init(
            "users:",
            "  south: {demand: {heat: 1}, devices: {boiler: {type: boiler, capacity: 5, efficiency: {heat: 1}}}}\nusers:",
            "case.yaml:11:3  parties.south: has no prices, and others have: nobody trades with it. Give it prices, or move it to 'users'."
        ),
        .init(
            "{heat_sell: {min: 0.1, max: 0.6}}", "{}",
            "case.yaml:7:5  parties.east.prices: has no price. Add at least one, as electricity_sell: {min: 0.3, max: 1.1}."
        ),
        .init(
            "{heat_sell: {min: 0.1, max: 0.6}}", "{heat_sel: {min: 0.1, max: 0.6}}",
            "case.yaml:7:14  parties.east.prices.heat_sel: unknown price. Prices are <carrier>_sell, <carrier>_buy and ev_sell. Did you mean 'heat_sell'?"
        ),
        .init(
            "{heat_sell: {min: 0.1, max: 0.6}}", "{heat_sell: {min: 0.7, max: 0.6}}",
            "case.yaml:7:25  parties.east.prices.heat_sell: min 0.7 CNY/kWh is above max 0.6 CNY/kWh."),
        .init(
            "{heat_sell: {min: 0.1, max: 0.6}}", "3",
            "case.yaml:7:13  parties.east.prices: must be a map of keys, but is '3'."),
        .init(
            "capacity: 50, efficiency: {heat: 0.9}", "capacity: {min: 0, max: 50}, efficiency: {heat: 0.9}",
            "case.yaml:7:5  parties.east.prices: are given in a case of sizing, by parties.east.devices.boiler.capacity. Give sizes as numbers, or take the prices out."
        ),
    ]

    @Test(arguments: broken) func whatIsWrongIsSaid(_ broken: Broken) throws {
        #expect(Self.yaml.contains(broken.old))
        let text = Self.yaml.replacing(broken.old, with: broken.new, maxReplacements: 1)
        let complaints = try Workshop.complaints(["case.yaml": text])
        #expect(complaints.contains(broken.expected), "\(complaints)")
    }

    @Test func theSchemaKnowsThem() {
        let party = CaseSchema.sections().first { $0.path == "parties.<name>" }
        #expect(party?.parts.contains { $0.name == "prices" } == true)
    }
}
