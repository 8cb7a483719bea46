import Energy
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import CaseFiles

/// Nobody but the operator sells more of a carrier than its own components give in that hour.
@Suite struct PassageTests {
    /// A station that buys at 0.2 and sells to users at nine tenths of 0.5, with one vehicle.
    static let station = [
        "case.yaml": """
        case: {schema: 1, name: a}
        time: {steps: 4}
        tables: {s: {file: s.csv, index: id}}
        carriers: {electricity: {}}
        grid: {buy: {price: 0.1, max: 10 MW}}
        operator:
          prices: {electricity_sell: {min: 0.5, max: 0.5}, ev_sell: 0.2}
        ev_stations:
          st: {sessions: s, sell_to_users: true, sell_share: 0.9}
        users:
          u: {demand: {electricity: 1000}}
        """,
        "s.csv": """
        id,arrival [h],departure [h],battery [kWh],max_charge [kW],max_discharge [kW],soc_arrival,soc_departure
        c1,0,4,60,7,7,0.5,0.6
        """,
    ]

    struct Answer {
        let source: Case
        let game: EnergyGame
        let evaluation: Evaluation
        let solution: SystemSolution
        let audit: PhysicalAudit

        init(_ files: [String: String], decision: [Double]? = nil) throws {
            source = try Workshop.read(files)
            game = try EnergyGame(source)
            evaluation = try Evaluator(game.game).evaluate(decision ?? game.game.space.middle)
            solution = SystemSolution(
                game.built, time: game.system.time, values: evaluation.values, parameters: evaluation.parameters)
            audit = PhysicalAudit(solution, of: game.system)
        }

        /// kW in each step.
        func power(_ party: String, _ carrier: String, _ holds: (Ledger<Double>.Flow) -> Bool) -> [Double] {
            let flows = (solution.party(party)?.flows ?? []).filter { $0.carrier == carrier && holds($0) }
            return solution.time.indices.map { t in flows.reduce(0) { $0 + $1.power[t] } }
        }

        func expectNobodyPassesOn(besides: Set<String> = ["operator"]) {
            for party in solution.parties where !besides.contains(party.name) {
                for carrier in party.carriers {
                    let sold = power(party.name, carrier) { $0.counterparty != nil && $0.power.contains { $0 < 0 } }
                    let given = power(party.name, carrier) { $0.counterparty == nil && $0.power.contains { $0 > 0 } }
                    for (sale, own) in zip(sold, given) { #expect(-sale <= own + 1e-6, "\(party.name) \(carrier)") }
                }
            }
        }
    }

    /// The vehicle needs 6 kWh, 6 / 0.95 at the charger. Another solver, with the row "sale at most discharge" written
    /// by hand, gives 1,598.6072 for the operator and 1,999.3144 for the followers together.
    @Test func aStationSellsWhatItsVehiclesDischarge() throws {
        let answer = try Answer(Self.station)
        #expect(abs(try #require(answer.evaluation.payoff) - Self.byHand.payoff) < 1e-4)
        #expect(abs(answer.evaluation.followerCosts[0] - Self.byHand.followers) < 1e-4)
        answer.expectNobodyPassesOn()
        #expect(answer.audit.holds)
    }

    /// A kWh discharged costs 0.2 / 0.95^2 to charge and brings 0.45, so the vehicle gives what the hours left allow.
    /// It charges in three hours and gives in one: 7 kWh at 7 kW, which take 7 / 0.95 out of the battery; with the 6
    /// that it wants, (6 + 7 / 0.95) / 0.95 are charged.
    private static let byHand = {
        let charged = (6 + 7 / 0.95) / 0.95
        let users = 0.5 * (4000 - 7) + 0.45 * 7
        return (
            payoff: 0.5 * (4000 - 7) + 0.2 * charged - 0.1 * (4000 - 7 + charged),
            followers: users + 0.2 * charged - 0.45 * 7
        )
    }()

    /// What a model without the rule answers is no answer for the audit of a system with it.
    @Test func theAuditSeesWhatIsPassedOn() throws {
        let source = try Workshop.read(Self.station)
        var lax = source.system
        for k in lax.parties.indices { lax.parties[k].resells = true }
        let game = try EnergyGame(
            name: "a", system: lax, operatorName: source.operatorName, prices: source.prices, ties: .optimistic)
        let evaluation = try Evaluator(game.game).evaluate(game.game.space.middle)
        let solution = SystemSolution(
            game.built, time: lax.time, values: evaluation.values, parameters: evaluation.parameters)
        #expect(PhysicalAudit(solution, of: lax).holds)
        let audit = PhysicalAudit(solution, of: source.system)
        #expect(!audit.holds && audit.passage.size > 0.1 && audit.passage.what.contains("st"), "\(audit.passage)")
        // Reselling pays, so the rule costs the followers something.
        #expect(evaluation.followerCosts[0] < Self.byHand.followers - 1)
    }

    /// A user's battery and its panels: sold is what they give, whatever it buys meanwhile. The operator is paid in
    /// quota for what it delivers, so that of tied answers it would rather see power bought and sold at once.
    @Test(arguments: [
        "battery: {type: storage, capacity: 50 kWh, power: 40 kW}",
        "pv: {type: pv, capacity: 60, profile: [0, 1, 0.5, 0]}",
    ])
    func aUserSellsItsOwn(device: String) throws {
        let answer = try Answer([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {steps: 4}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.1, max: 10 MW, co2: 0.3}, sell: {price: 0.05, max: 1 MW}}
            operator:
              prices: {electricity_sell: {min: 0.4, max: 0.4}, electricity_buy: 0.4}
            users:
              u:
                demand: {electricity: 20}
                devices: {\(device)}
            carbon:
              payer: operator
              quota: {electricity: 0.5 kg/kWh}
              ladder: {base_price: 0.25 CNY/kg, interval: 500 kg, growth: 0.25, steps: 5, surplus_price: 0.25 CNY/kg}
            """
        ])
        #expect(answer.evaluation.payoff != nil)
        answer.expectNobodyPassesOn()
        #expect(answer.audit.holds)
    }

    /// Heat as well: a boiler's heat is sold, heat that was bought is not.
    @Test func heatIsNotResoldEither() throws {
        let answer = try Answer([
            "case.yaml": """
            case: {schema: 1, name: a}
            time: {steps: 3}
            carriers: {electricity: {}, heat: {vent: true}, gas: {price: 0.05}}
            grid: {buy: {price: 0.1, max: 10 MW}}
            operator:
              prices: {electricity_sell: {min: 0.2, max: 0.3}, heat_sell: 0.1, heat_buy: 0.1}
              devices: {boiler: {type: boiler, capacity: 500, efficiency: {heat: 0.9}}}
            users:
              u:
                demand: {electricity: 20, heat: [10, 80, 40]}
                devices: {own: {type: boiler, capacity: 50, efficiency: {heat: 0.85}}}
              v: {demand: {electricity: 5, heat: 60}}
            """
        ])
        answer.expectNobodyPassesOn()
        #expect(answer.audit.holds)
    }

    /// Random prices on the shipped park: each station's sale is at most its vehicles' discharge, hour by hour.
    @Test(arguments: [UInt64(1), 2, 3]) func theShippedParkPassesNothingOn(seed: UInt64) throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/cases/stackelberg-park")
        let game = try EnergyGame(CaseReader.read(folder))
        let decision = game.game.space.project(EnergyGameTests.decision(game.game, seed: seed))
        let evaluation = try Evaluator(game.game).evaluate(decision)
        let solution = SystemSolution(
            game.built, time: game.system.time, values: evaluation.values, parameters: evaluation.parameters)
        let plaza = try #require(solution.party("plaza"))
        for t in solution.time.indices {
            let sold = plaza.flows.reduce(0) { $0 + ($1.name == "sale" ? -$1.power[t] : 0) }
            let discharged = plaza.flows.reduce(0) { $0 + ($1.name == "discharge" ? $1.power[t] : 0) }
            #expect(sold <= discharged + 1e-6, "hour \(t): \(sold) of \(discharged)")
        }
        #expect(PhysicalAudit(solution, of: game.system).holds)
    }
}
