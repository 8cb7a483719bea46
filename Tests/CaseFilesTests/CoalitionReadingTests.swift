import Energy
import EnergyGames
import Testing

@testable import CaseFiles

/// Parties of one kind and what they trade, as cases write them.
@Suite struct CoalitionReadingTests {
    static let yaml = #"""
        case: {schema: 1, name: street}
        time: {steps: 2, step: 1 h}
        carriers: {electricity: {}}
        parties:
          mill:
            grid: {buy: {price: [0.4, 0.8], max: 200, co2: 0.6}, sell: {price: 0.3, max: 200}}
            demand: {electricity: [10, 20]}
            devices: {pv: {type: pv, capacity: 60 kW, profile: [0, 1]}}
            carbon: {baseline: {grid: {electricity: 0.5}}, ladder: {base_price: 0.1}}
          homes:
            grid: {buy: {price: 0.7, max: 200}}
            demand: {electricity: 5}
            fleets:
              cars: {envelope: {max_charge: 7, max_discharge: 0, min_energy: [0, 4], max_energy: [4, 8]}}
          school:
            grid: {buy: {price: 0.2, max: 200}, sell: {price: 0.1, max: 50}}
            demand: {electricity: 3}
        trades:
          local: {max: 100, fee: 0.01}
        coalition: {weights: {mill: 2, homes: 1, school: 1}}
        """#

    @Test func bandsLieBetweenWhatBothGridsOffer() throws {
        let source = try Workshop.read(["case.yaml": Self.yaml])
        let terms = try #require(source.coalition)
        #expect(terms.members.map(\.name) == ["mill", "homes", "school"])
        #expect(terms.weights == .given([2, 1, 1]))
        #expect(source.isCentral && source.followers.isEmpty)
        let bands = Dictionary(
            uniqueKeysWithValues: terms.offers.map { ($0.trade.name, [$0.lower[1], $0.upper[1], $0.trade.fee]) })
        // The seller would get its feed-in price, the buyer pay its own grid. Homes sell nothing elsewhere; the mill's
        // grid pays more than the school's asks, so that nothing lies between.
        #expect(
            bands == [
                "local.mill.homes": [0.3, 0.7, 0.01], "local.homes.mill": [0, 0.8, 0.01],
                "local.mill.school": [0.2, 0.2, 0.01], "local.school.mill": [0.1, 0.8, 0.01],
                "local.homes.school": [0, 0.2, 0.01], "local.school.homes": [0.1, 0.7, 0.01],
            ])
        #expect(source.system.parties[0].carbon?.baselines.first?.component == "grid")
        #expect(source.system.parties[1].components.map(\.name) == ["grid", "cars"])
    }

    @Test func sellersAndBuyersMayBeNamed() throws {
        let text = Self.yaml.replacing("max: 100, fee: 0.01", with: "max: 100, sellers: [mill], buyers: [homes, mill]")
        let terms = try #require(try Workshop.read(["case.yaml": text]).coalition)
        #expect(terms.offers.map(\.trade.name) == ["local.mill.homes"])
    }

    @Test func aPartyMayBeElsewhere() throws {
        var text = Self.yaml.replacing("max: 100, fee: 0.01", with: "max: 100, price: {min: 0.3, max: 0.7}")
        let start = try #require(text.firstRange(of: "  homes:")).lowerBound
        let end = try #require(text.firstRange(of: "  school:")).lowerBound
        text.replaceSubrange(start..<end, with: "  homes: {elsewhere: true, command: ssh homes}\n")
        let source = try Workshop.read(["case.yaml": text])
        #expect(source.coalition?.members[1] == .init("homes", isElsewhere: true, command: "ssh homes"))
        #expect(source.system.parties.map(\.name) == ["mill", "school"])
        #expect(source.coalition?.offers.count == 6)
    }

    /// An operator, its users and parties beside them may all be of a coalition.
    @Test func shortFormsArePartiesToo() throws {
        let text = Self.yaml.replacing("  school:\n", with: "users:\n  school:\n")
            .replacing(
                "trades:\n", with: "operator: {demand: {electricity: 1}}\ngrid: {buy: {price: 0.5, max: 9}}\ntrades:\n"
            )
            .replacing("mill: 2, homes: 1, school: 1", with: "operator: 1, mill: 2, homes: 1, school: 1")
        let source = try Workshop.read(["case.yaml": text])
        #expect(source.coalition?.members.map(\.name) == ["operator", "mill", "homes", "school"])
        #expect(source.coalition?.offers.count == 12)
    }

    private static let edits: [(old: String, new: String, expected: String)] = [
        (
            "local: {max: 100, fee: 0.01}", "mill: {max: 100}",
            "case.yaml:19:3  trades.mill: \'mill\' is the name of a party. Choose another."
        ),
        (
            "local: {max: 100, fee: 0.01}", "local: {fee: 0.01}",
            "case.yaml:19:3  trades.local: \'max\' is missing. Add it: greatest power from a seller to a buyer."
        ),
        (
            "fee: 0.01", "fee: -0.01",
            "case.yaml:19:26  trades.local.fee: -0.01 CNY/kWh is below 0 CNY/kWh, the least allowed."
        ),
        (
            "fee: 0.01", "carrier: heat",
            "case.yaml:19:30  trades.local.carrier: the case declares no carrier \'heat\'. Carriers: electricity."
        ),
        (
            "fee: 0.01", "sellers: [mil]",
            "case.yaml:19:31  trades.local.sellers[0]: there is no party \'mil\'. Did you mean \'mill\'?"
        ),
        (
            "fee: 0.01", "sellers: mill",
            "case.yaml:19:30  trades.local.sellers: must be a list of parties, as [mill, homes], but is \'mill\'."
        ),
        (
            "fee: 0.01", "buyers: [mill, mill]",
            "case.yaml:19:36  trades.local.buyers[1]: \'mill\' is named twice. Keep one of them."
        ),
        (
            "fee: 0.01", "sellers: [mill], buyers: [mill]",
            "case.yaml:19:3  trades.local: has one party alone, which cannot sell to itself. Name another buyer."
        ),
        (
            "fee: 0.01", "price: {min: 0.75}",
            "case.yaml:19:34  trades.local.price.min: is 0.75 CNY/kWh at hour 0, above the greatest price, 0.7 CNY/kWh, of what homes buys from mill. Lower it, or raise max."
        ),
        (
            "fee: 0.01", "price: 0.5",
            "case.yaml:19:28  trades.local.price: must be a map of keys, but is \'0.5\'."
        ),
        (
            "local: {max: 100, fee: 0.01}", "{}",
            "case.yaml:18:1  trades: holds no trade. Add one, as local: {max: 2 MW}."
        ),
        (
            "local: {max: 100, fee: 0.01}", "local: {max: 100}\n  other: {max: 5, sellers: [homes], buyers: [mill]}",
            "case.yaml:20:3  trades.other: homes sells electricity to mill in \'local\' already. Name other sellers or buyers."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "weights: {mill: 2, homes: 1}",
            "case.yaml:20:13  coalition.weights: \'school\' is missing. Add it: weight of school."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "weights: {mill: 2, homes: 1, school: 0}",
            "case.yaml:20:50  coalition.weights.school: 0 is below 1e-06, the least allowed."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "weights: fair",
            "case.yaml:20:22  coalition.weights: \'fair\' is not known. Write one of: equal, contribution."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "division: shapley, weights: equal",
            "case.yaml:20:32  coalition.weights: has no effect, because the division is shapley, which has no weights. Take one of them out."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "method: adm",
            "case.yaml:20:21  coalition.method: \'adm\' is not known. Did you mean \'admm\'?"
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "gap: 2",
            "case.yaml:20:18  coalition.gap: 2 is outside 1e-09 … 0.5."
        ),
        (
            "weights: {mill: 2, homes: 1, school: 1}", "rounds: 0",
            "case.yaml:20:21  coalition.rounds: 0 is outside 1 … 100000."
        ),
        (
            "trades:\n  local: {max: 100, fee: 0.01}\n", "",
            "case.yaml:18:1  coalition: has no effect without \'trades\'. Add them, as trades: {local: {max: 2 MW}}."
        ),
        (
            "grid: {buy: {price: 0.7, max: 200}}", "elsewhere: true",
            "case.yaml:12:5  parties.homes.demand: has no effect, because the party is elsewhere: its model is not in this case. Take one of them out."
        ),
        (
            "grid: {buy: {price: 0.2, max: 200}, sell: {price: 0.1, max: 50}}\n    demand: {electricity: 3}",
            "elsewhere: true",
            "case.yaml:18:3  trades.local: has no prices that are known to both mill and school: the grid of school is elsewhere. Add price: {min: …, max: …}."
        ),
        (
            "grid: {buy: {price: 0.2, max: 200}, sell: {price: 0.1, max: 50}}\n    demand: {electricity: 3}",
            "command: here",
            "case.yaml:15:3  parties.school: has neither a demand nor a device. Add one, or take the party out."
        ),
        (
            "baseline: {grid:", "payer: mill, baseline: {grid:",
            "case.yaml:9:14  parties.mill.carbon.payer: unknown key. Known keys: enabled, quota, fixed_quota, baseline, ladder, output_factors, output_curves."
        ),
        (
            "baseline: {grid:", "baseline: {chp:",
            "case.yaml:9:25  parties.mill.carbon.baseline.chp: the payer has no component \'chp\'. Its components: grid, pv."
        ),
        (
            "cars: {envelope", "cars: {capacity: 3, envelope",
            "case.yaml:14:14  parties.homes.fleets.cars.capacity: unknown key. Known keys: site_limit, charge_efficiency, discharge_efficiency, v2g, degradation_cost, chargers, groups, individual, v2g_payment, depth_wear, wear_exponent, wear_pieces, sessions, sampling, envelope."
        ),
        (
            "coalition:", "users: {mill: {demand: {electricity: 1}}}\ncoalition:",
            "case.yaml:20:9  users.mill: there is a party of this name already. Choose another."
        ),
        (
            "coalition:", "grid: {buy: {price: 0.2, max: 200}}\ncoalition:",
            "case.yaml:20:1  grid: is the operator\'s, and the case has none. Move it to the party that has it, as parties.mill.grid."
        ),
        (
            "grid: {buy: {price: 0.7, max: 200}}", "grid: {sell: {price: 0.7, max: 200}}",
            "case.yaml:11:5  parties.homes.grid: \'buy\' is missing. Add it: what it buys, as {price: 0.8 CNY/kWh, max: 3 MW}."
        ),
    ]

    /// A grid of nobody, in a case without parties.
    @Test func aGridWithoutAnybodyIsRefused() throws {
        let text = """
            case: {schema: 1, name: nobody}
            time: {steps: 2, step: 1 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 200}}
            parties: {}
            """
        #expect(
            try Workshop.complaints(["case.yaml": text]) == [
                "case.yaml:4:1  grid: is the operator's, and the case has none. Move it to the party that has it, as "
                    + "parties.campus.grid.",
                "case.yaml:5:1  parties: holds no party. Add one, as campus: {grid: …, demand: …}.",
            ])
    }

    @Test func eachHasPlaceFactReasonAndFix() throws {
        for edit in Self.edits {
            let text = Self.yaml.replacing(edit.old, with: edit.new, maxReplacements: 1)
            #expect(text != Self.yaml, "\(edit.old)")
            let complaints = try Workshop.complaints(["case.yaml": text])
            #expect(complaints == [edit.expected])
        }
    }
}
