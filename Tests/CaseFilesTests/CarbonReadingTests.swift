import Energy
import Foundation
import Testing

@testable import CaseFiles

/// What a case says about carbon, as the account and the emissions that are made of it, and what it is refused for.
@Suite struct CarbonReadingTests {
    private static func yaml(_ carbon: String) -> String {
        """
        case: {schema: 1, name: c}
        time: {steps: 2}
        carriers: {electricity: {vent: true}, heat: {vent: true}, gas: {price: 0.3}}
        grid: {buy: {price: 0.5, max: 200 kW, co2: 0.6}}
        operator:
          devices:
            chp: {type: converter, capacity: 50, inputs: {gas: 1}, outputs: {electricity: 0.4, heat: 0.4}}
            p2g: {type: converter, capacity: 10, inputs: {electricity: 1}, outputs: {gas: 0.6}}
          prices: {electricity_sell: {min: 0.4, max: 1}}
        users: {u: {demand: {electricity: 20}}}
        carbon: \(carbon)
        variants: {unpaid: {carbon.enabled: false}}
        """
    }

    private static func leader(_ carbon: String, variant: String? = nil) throws -> Party {
        try #require(try Workshop.read(["case.yaml": yaml(carbon)], variant: variant).system.parties.first)
    }

    private static func complaint(_ carbon: String) throws -> String {
        try Workshop.complaints(["case.yaml": yaml(carbon)]).joined(separator: "\n")
    }

    private static let outputs =
        "output_factors: {chp: {electricity: 500 g/kWh, heat: 0.1}, p2g: {gas: -0.2 kg/kWh}}, "
        + "output_curves: {chp: {outputs: {electricity: 1, heat: 0.5}, quadratic: 2 g/kWh/kW, linear: 0.1, "
        + "constant: 3 kg/h, pieces: 5}}"

    @Test(arguments: [nil, "unpaid"]) func outputsAreCountedPaidOrNot(variant: String?) throws {
        let leader = try Self.leader("{\(Self.outputs), ladder: {base_price: 0.25}}", variant: variant)
        #expect((leader.carbon == nil) == (variant != nil))
        #expect(
            leader.outputEmissions == [
                OutputEmission("chp", .factors([CarrierAmount("electricity", 0.5), CarrierAmount("heat", 0.1)])),
                OutputEmission("p2g", .factors([CarrierAmount("gas", -0.2)])),
                OutputEmission(
                    "chp",
                    .curve(
                        try .init(
                            outputs: [CarrierAmount("electricity", 1), CarrierAmount("heat", 0.5)], quadratic: 0.002,
                            linear: 0.1, constant: 3, pieces: 5))),
            ])
    }

    /// The ladder of paper 003 and that of paper 002, as a case writes them.
    @Test func laddersOfBothPapers() throws {
        let stepped = try Self.leader(
            "{ladder: {base_price: 0.25, interval: 500, growth: 0.3, steps: 5, reward_growth: 0.3, reward_start: 1, reward_steps: 2}}"
        ).carbon
        #expect(stepped?.reward == .stepped(growth: 0.3, start: 1, steps: 2))
        let mirrored = try Self.leader(
            "{ladder: {base_price: 0.25, interval: 500, growth: 0.3, steps: 5, reward_growth: 0.3}}"
        ).carbon
        #expect(mirrored?.reward == .stepped(growth: 0.3))
        let ratio = try Self.leader("{ladder: {base_price: 0.25, interval_share: 10 %, growth: 0.4, steps: 4}}").carbon
        #expect(ratio?.intervalShare == 0.1 && ratio?.reward == .flat(price: 0.25))
        let lower = try Self.leader(
            "{ladder: {base_price: 0.25, interval_share: 0.1, growth: 0.4, steps: 4, surplus_price: 0}}"
        ).carbon
        #expect(lower?.reward == .flat(price: 0))
    }

    private static let wrong: [(String, String)] = [
        (
            "{output_factors: {chip: {electricity: 0.5}}, ladder: {base_price: 0.25}}",
            "carbon.output_factors.chip: the payer has no component 'chip'. Did you mean 'chp'?"
        ),
        (
            "{output_factors: {chp: {electricity: 0.5 kg/h}}, ladder: {base_price: 0.25}}",
            "carbon.output_factors.chp.electricity: '0.5 kg/h' is an emission rate, but an emission factor (kg/kWh) is needed."
        ),
        (
            "{output_factors: {chp: {electricity: 12}}, ladder: {base_price: 0.25}}",
            "carbon.output_factors.chp.electricity: "
        ),
        (
            "{output_curves: {chp: {outputs: {electricity: 1}, quadratic: -0.001}}, ladder: {base_price: 0.25}}",
            "carbon.output_curves.chp.quadratic: -0.001 is below 0. Such a curve is concave"
        ),
        (
            "{output_curves: {chp: {outputs: {electricity: 0}, quadratic: 0.001}}, ladder: {base_price: 0.25}}",
            "carbon.output_curves.chp.outputs: has no weight above 0."
        ),
        (
            "{output_curves: {chp: {outputs: {electricity: 1}}}, ladder: {base_price: 0.25}}",
            "carbon.output_curves.chp: 'quadratic' is missing."
        ),
        (
            "{ladder: {base_price: 0.25, steps: 4, interval: 5, interval_share: 0.1}}",
            "carbon.ladder.interval_share: and interval are both given. Keep one of them."
        ),
        (
            "{ladder: {base_price: 0.25, steps: 4, reward_growth: 0.1, interval_share: 0.1}}",
            "carbon.ladder.reward_growth: and interval_share are both given. Keep one of them."
        ),
        (
            "{ladder: {base_price: 0.25, steps: 4, interval: 5, reward_start: 1}}",
            "carbon.ladder.reward_start: is given without reward_growth."
        ),
        (
            "{ladder: {base_price: 0.25, steps: 4, interval_share: 0.1, surplus_price: 0.3}}",
            "carbon.ladder.surplus_price: is 0.3 CNY/kg, above base_price, 0.25 CNY/kg"
        ),
        ("{ladder: {base_price: 0.25, steps: 4}}", "carbon.ladder: 'interval' is missing."),
        (
            "{output_factors: {chp: {gas: 0.5}}, ladder: {base_price: 0.25}}",
            "carbon: operator counts an emission by the gas that 'chp' gives, but it gives none."
        ),
        (
            "{baseline: {chp: {gas: 0.5}}, ladder: {base_price: 0.25}}",
            "carbon: the carbon account of operator has a baseline for gas of 'chp', which gives none."
        ),
    ]

    @Test(arguments: wrong) func whatIsWrongIsSaidInItsPlace(carbon: String, message: String) throws {
        let complaint = try Self.complaint(carbon)
        #expect(complaint.contains(message), "\(complaint)")
    }

    /// 4.75 * 0.57 - 4 * 0.6 is 0.3075 CNY for a kWh at the top tier: below that price the case is warned of, and above
    /// it, or with less growth, it is not.
    @Test(arguments: [(0.3, 5.0, true), (0.31, 5, false), (0.3, 0.5, false)])
    func quotaThatIsWorthBuyingIsWarnedOf(price: Double, growth: Double, isWarned: Bool) throws {
        let text = Self.yaml(
            "{baseline: {grid: {electricity: 0.57}}, ladder: {base_price: 0.25, interval_share: 0.1, steps: 4, growth: \(growth)}}"
        ).replacing("price: 0.5, max: 200 kW", with: "price: \(price), max: 200 kW")
        let warnings = try Workshop.read(["case.yaml": text]).warnings.map(\.rendered).filter {
            $0.contains("for its quota alone")
        }
        #expect(warnings.count == (isWarned ? 1 : 0), "\(warnings)")
    }

    /// A whole answer by each ladder: emissions by hand, and everything closes.
    @Test(
        arguments: [
            "interval: 5, reward_growth: 0.3, reward_start: 1, reward_steps: 2", "interval_share: 0.1",
            "interval: 5, surplus_price: 0.1",
        ])
    func aGameIsAnswered(ladder: String) throws {
        let answer = try PassageTests.Answer([
            "case.yaml": Self.yaml(
                "{\(Self.outputs), fixed_quota: 20, ladder: {base_price: 0.25, growth: 0.3, steps: 5, \(ladder)}}")
        ])
        #expect(answer.audit.holds, "\(answer.audit.findings)")
        let leader = try #require(answer.solution.party("operator"))
        func given(_ component: String, _ carrier: String) -> Double {
            leader.flows(of: component).filter { $0.isGiven && $0.carrier == carrier }
                .reduce(0) { $0 + $1.power.reduce(0, +) }
        }
        let curve = leader.emissions.first { $0.source == "chp output curve" }?.mass ?? .nan
        // 1 kWh of the engine's power comes with 1 kWh of heat: 0.5 + 0.1 kg.
        let bought = 0.6 * given("grid", "electricity")
        let made = 0.6 * given("chp", "electricity")
        let expected: Double = bought + made + curve - 0.2 * given("p2g", "gas")
        #expect(abs(leader.totalEmission - expected) < 1e-6)
    }

    /// A user who pays for its own emission answers prices with it: beside its engine it has a digester, whose gas and
    /// the bought one are the same. All splits of its load are tried at each price.
    @Test(
        arguments: [
            "interval: 4, reward_growth: 0.6, reward_start: 1, reward_steps: 2", "interval_share: 0.1",
            "interval: 4, surplus_price: 0.1",
        ], [0.5, 0.72, 0.9, 1.1])
    func aFollowerAnswersWithItsAccount(ladder: String, price: Double) throws {
        let yaml = """
            case: {schema: 1, name: c}
            time: {steps: 2}
            carriers: {electricity: {}, gas: {price: 0.4, co2: 0.9}}
            grid: {buy: {price: 0.3, max: 200 kW}}
            operator: {prices: {electricity_sell: {min: 0.4, max: 1.2}}}
            users:
              u:
                demand: {electricity: 20}
                devices:
                  engine: {type: converter, capacity: 20, inputs: {gas: 1}, outputs: {electricity: 1}}
                  digester: {type: converter, capacity: 5, inputs: {electricity: 4}, outputs: {gas: 1}}
            carbon: {payer: u, fixed_quota: 18, ladder: {base_price: 0.5, growth: 0.4, steps: 5, \(ladder)}}
            """
        let answer = try PassageTests.Answer(["case.yaml": yaml], decision: [price, price])
        #expect(answer.audit.holds, "\(answer.audit.findings)")
        let account = try #require(answer.source.system.parties.first { $0.name == "u" }?.carbon)
        let best = (0...40000).map { k -> Double in
            let made = Double(k) / 1000
            return 0.4 * made + price * (40 - made) + account.cost(of: 0.9 * made - 18, quota: 18)
        }.min()
        // The digester's gas costs four times what it takes, which is never less than gas and its carbon.
        #expect(abs(answer.evaluation.followerCosts[0] - (best ?? .nan)) < 2e-3)
    }
}
