import Testing

@testable import CaseFiles

/// What is wrong with a tariff, a menu or a supply outside is said with its place and a fix.
@Suite struct TariffMessageTests {
    static func yaml(
        prices: String = "electricity_sell: {min: 0.2, max: 0.8}", tariffs: String? = nil, outside: String? = nil,
        sun: String = "5 kW", rest: String = ""
    ) -> [String: String] {
        [
            "case.yaml": """
            case: {schema: 1, name: shop}
            time: {steps: 4, step: 1 h}
            carriers: {electricity: {}, heat: {}}
            grid: {buy: {price: 0.3, max: 1 MW}, sell: {price: 0.1, max: 1 MW}}
            operator:
              prices: {\(prices)}
            \(tariffs.map { "  tariffs: {\($0)}" } ?? "#")
            users:
              home:
                demand: {electricity: 10}
                devices: {sun: {type: pv, capacity: \(sun), profile: 0.5}}
            \(outside.map { "    outside: {\($0)}" } ?? "#")
            \(rest)
            """
        ]
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let files: [String: String]
        let expected: String
        var testDescription: String { name }
    }

    private static let sized = "{min: 0, max: 5 kW}, investment: 1000, lifetime: 20"
    static let sale = "electricity_sell: {min: 0.2, max: 0.8}"
    static let faults = [
        Fault(
            name: "a fee in a wrong unit", files: yaml(prices: "\(sale), electricity_fee: 5 kW"),
            expected: "case.yaml:6:69  operator.prices.electricity_fee: '5 kW' is a power, but money (CNY) is needed."),
        Fault(
            name: "a demand charge below 0", files: yaml(prices: "\(sale), electricity_demand_charge: -1"),
            expected:
                "case.yaml:6:79  operator.prices.electricity_demand_charge: -1 CNY/kW is below 0 CNY/kW, the least allowed."
        ),
        Fault(
            name: "a fee whose ends are crossed", files: yaml(prices: "\(sale), electricity_fee: {min: 5, max: 2}"),
            expected: "case.yaml:6:75  operator.prices.electricity_fee.min: 5 CNY is above max, 2 CNY. Exchange them."),
        Fault(
            name: "blocks that become cheaper",
            files: yaml(prices: "\(sale), electricity_blocks: {big: {above: 100, surcharge: -0.1}}"),
            expected:
                "case.yaml:6:102  operator.prices.electricity_blocks.big.surcharge: is below 0: each block must cost no less than "
                + "the one below it, since a user would otherwise be billed for the cheaper one first. Write 0 or more, or a menu "
                + "of tariffs with fees."),
        Fault(
            name: "a block without a surcharge",
            files: yaml(prices: "\(sale), electricity_blocks: {big: {above: 100}}"),
            expected:
                "case.yaml:6:78  operator.prices.electricity_blocks.big: 'surcharge' is missing. Add it: what each kWh above "
                + "costs more than below, 0 at the least: blocks that become cheaper are refused."),
        Fault(
            name: "no block", files: yaml(prices: "\(sale), electricity_blocks: {}"),
            expected:
                "case.yaml:6:52  operator.prices.electricity_blocks: has no block. Add one, as more: {above: 100 kWh, "
                + "surcharge: 0.1}."),
        Fault(
            name: "a charge for what is not sold", files: yaml(prices: "\(sale), heat_fee: 3"),
            expected:
                "case.yaml:6:52  operator.prices.heat_fee: has no effect without heat_sell, which is not there. Add it, or take "
                + "this out."),
        Fault(
            name: "a fee that nobody pays", files: yaml(prices: "\(sale), heat_sell: 1, heat_fee: {min: 0, max: 3}"),
            expected:
                "case.yaml:6:66  operator.prices.heat_fee: no user can buy heat, so that nobody pays it. Add a demand or a device "
                + "that does, or take it out."),
        Fault(
            name: "a minimum bill at decided prices", files: yaml(prices: "\(sale), electricity_minimum_bill: 20"),
            expected:
                "case.yaml:6:52  operator.prices.electricity_minimum_bill: needs a given electricity_sell: at a price to be "
                + "decided, the greater of bill and minimum is no linear program of the user. Give electricity_sell as numbers, "
                + "or write electricity_take_or_pay, which asks for a quantity."),
        Fault(
            name: "a minimum bill to be decided",
            files: yaml(prices: "electricity_sell: 0.5, electricity_minimum_bill: {min: 1, max: 20}"),
            expected:
                "case.yaml:6:61  operator.prices.electricity_minimum_bill: is a range, but a minimum bill cannot be decided: it "
                + "would change what users may do, and not only what it costs. Write one number."),
        Fault(
            name: "nets of changing prices",
            files: yaml(prices: "\(sale), electricity_buy: 0.1, electricity_net: 2 h"),
            expected:
                "case.yaml:6:91  operator.prices.electricity_net: nets over 2 h, but electricity_sell may change within, at hour "
                + "1. Keep it the same over each 2 h, as interval: 2 h."),
        Fault(
            name: "nets of half steps", files: yaml(prices: "\(sale), electricity_buy: 0.1, electricity_net: 90 min"),
            expected:
                "case.yaml:6:91  operator.prices.electricity_net: is 1.5 h, but must be a multiple of the step of 1 h."),
        Fault(
            name: "nets without a price of exports", files: yaml(prices: "\(sale), electricity_net: 1 h"),
            expected:
                "case.yaml:6:52  operator.prices.electricity_net: has no effect without electricity_buy, which is not there. Add "
                + "it, or take this out."),
        Fault(
            name: "a misspelt charge", files: yaml(prices: "\(sale), electricity_demand_chrge: 1"),
            expected:
                "case.yaml:6:52  operator.prices.electricity_demand_chrge: unknown price. Prices are <carrier>_sell, "
                + "<carrier>_buy and ev_sell. Did you mean 'electricity_demand_charge'?"),
        Fault(
            name: "a menu of one", files: yaml(prices: "heat_sell: 1", tariffs: "day: {electricity_sell: 0.5}"),
            expected:
                "case.yaml:7:3  operator.tariffs: must hold two tariffs or more, of which users take one. Add one, or move what "
                + "it holds to operator.prices."),
        Fault(
            name: "a tariff without a price",
            files: yaml(prices: "heat_sell: 1", tariffs: "day: {electricity_sell: 0.5}, b: {}"),
            expected:
                "case.yaml:7:43  operator.tariffs.b: has no price. Add at least one, as electricity_sell: {min: 0.3, "
                + "max: 1.1}."),
        Fault(
            name: "a carrier in two places",
            files: yaml(tariffs: "day: {electricity_sell: 0.5}, night: {electricity_sell: 0.4}"),
            expected:
                "case.yaml:7:19  operator.tariffs.day.electricity_sell: is about electricity, as operator.prices.electricity_sell "
                + "is, which stands beside every tariff. Keep all of electricity in one place."),
        Fault(
            name: "a tariff called outside",
            files: yaml(prices: "heat_sell: 1", tariffs: "outside: {electricity_sell: 0.5}, b: {electricity_sell: 1}"),
            expected:
                "case.yaml:7:13  operator.tariffs.outside: is a word that results use themselves. Choose another name."),
        Fault(
            name: "a range outside", files: yaml(outside: "electricity_sell: {min: 0.2, max: 0.4}"),
            expected:
                "case.yaml:12:15  users.home.outside.electricity_sell: is a range, but what is asked outside is given and not "
                + "decided. Write a number or a series."),
        Fault(
            name: "a fee outside that is a range",
            files: yaml(outside: "electricity_sell: 0.5, electricity_fee: {min: 0, max: 1}"),
            expected:
                "case.yaml:12:55  users.home.outside.electricity_fee: is a range, but what is asked outside is given and not "
                + "decided. Write one number."),
        Fault(
            name: "a price of stations outside", files: yaml(outside: "ev_sell: 0.5"),
            expected: "case.yaml:12:15  users.home.outside.ev_sell: is a price of stations. Write electricity_sell."),
        Fault(
            name: "outside pays more than it asks", files: yaml(outside: "electricity_sell: 0.5, electricity_buy: 0.6"),
            expected:
                "case.yaml:12:55  users.home.outside.electricity_buy: can reach 0.6 CNY/kWh at hour 0, while electricity_sell can be "
                + "as low as 0.5 CNY/kWh: users would earn by buying and selling at once. Write max: electricity_sell."),
        Fault(
            name: "a station that sells to who may leave",
            files: yaml(
                outside: "electricity_sell: 0.5",
                rest: """
                    ev_stations:
                      cars: {sell_to_users: true, envelope: {max_charge: 5 kW, max_discharge: 5 kW, energy_min: [0, 0, 0, 0], energy_max: 9, energy_in: 0, energy_out: 0}}
                    """),
            expected:
                "case.yaml:14:25  ev_stations.cars.sell_to_users: makes users and station answer together, and users.home.outside "
                + "lets a user choose for itself. Set it to false, or take users.home.outside out."),
        Fault(
            name: "leaving where sizes are decided",
            files: yaml(
                prices: "electricity_sell: 0.5", outside: "electricity_sell: 0.5", sun: Self.sized,
                rest: "days: {a: {weight: 365}}"),
            expected:
                "case.yaml:12:5  users.home.outside: has no effect, because the case is one of sizing, by "
                + "users.home.devices.sun.capacity, where all parties act together. Take it out."),
        Fault(
            name: "a fee where sizes are decided",
            files: yaml(
                prices: "electricity_sell: 0.5, electricity_fee: 4", sun: Self.sized, rest: "days: {a: {weight: 365}}"),
            expected:
                "case.yaml:6:35  operator.prices.electricity_fee: has no effect, because the case is one of sizing, by "
                + "users.home.devices.sun.capacity, where payments between parties cancel. Take it out."),
    ]

    @Test(arguments: faults) func saysWhatIsWrong(fault: Fault) throws {
        let complaints = try Workshop.complaints(fault.files)
        #expect(complaints.contains(fault.expected), "\(complaints)")
    }

    @Test func theFaultlessCaseIsRead() throws {
        #expect(try Workshop.complaints(Self.yaml()).isEmpty)
        #expect(try Workshop.complaints(Self.yaml(outside: "electricity_sell: 0.5")).isEmpty)
    }

    /// What competitors post are prices per kWh.
    @Test func rivalsPostPricesAlone() throws {
        let text = """
            case: {schema: 1, name: rivals}
            time: {steps: 1}
            carriers: {electricity: {}}
            parties:
              one: {grid: {buy: {price: 0.3, max: 1 MW}}, prices: {electricity_sell: {min: 0.2, max: 1}, electricity_fee: 3}}
              two: {grid: {buy: {price: 0.3, max: 1 MW}}, prices: {electricity_sell: {min: 0.2, max: 1}}}
            users:
              home: {demand: {electricity: 10}, outside: {electricity_sell: 0.4}}
            """
        let complaints = try Workshop.complaints(["case.yaml": text])
        #expect(
            complaints.contains(
                "case.yaml:5:94  parties.one.prices.electricity_fee: is a part of a tariff that only an operator without rivals posts. "
                    + "Take it out: rivals post prices per kWh."), "\(complaints)")
        #expect(
            complaints.contains(
                "case.yaml:8:37  users.home.outside: has no effect, because several operators post prices, and users may take any of "
                    + "them. Take it out."), "\(complaints)")
    }
}
