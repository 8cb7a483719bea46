import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

@testable import CaseFiles

/// Contracts where one tariff is posted for several days: each day is a billing period of its own, and `check` says so.
@Suite struct DayTermsTests {
    private func read(_ tariff: String, users: String, days: String) throws -> Case {
        let yaml = """
            case: {schema: 1, name: terms}
            time: {steps: 2}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.2, max: 1 MW}}
            operator: {\(tariff)}
            users: {homes: {demand: {electricity: 10}\(users)}}
            \(days)
            """
        return try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            return try CaseReader.read(folder)
        }
    }

    private func warnings(_ tariff: String, users: String = "", days: String = twoDays) throws -> [String] {
        try read(tariff, users: users, days: days).warnings.filter { $0.path == "days" }.map(\.message)
    }

    private static let twoDays = """
        days:
          busy: {weight: 0.5, users.homes.demand.electricity: 20}
          calm: {weight: 0.5}
        """
    private static let price = "electricity_sell: {min: 0.2, max: 1}"
    private static let menu = """
        tariffs: {plain: {electricity_sell: {min: 0.3, max: 1.2}}, bulk: {electricity_sell: 0.3, electricity_fee: {min: 0, max: 5}}}
        """

    @Test func saysWhatEachDayIs() throws {
        let chosen = try warnings("prices: {\(Self.price)}", users: ", outside: {electricity_sell: 0.7}")
        #expect(chosen.count == 1 && chosen[0].hasPrefix("homes chooses its supply on each day anew"))
        let charges = try warnings(
            "prices: {\(Self.price), electricity_fee: {min: 0, max: 5}, electricity_demand_charge: 2}")
        #expect(
            charges.count == 1
                && charges[0].hasPrefix(
                    "The electricity fixed fee is paid on each day and the electricity demand charge goes by each day's own peak"
                ))
        let both = try warnings(Self.menu)
        #expect(both.count == 2)
        // Nothing to say of prices alone, nor of one day.
        #expect(try warnings("prices: {\(Self.price)}").isEmpty)
        #expect(try warnings(Self.menu, days: "days: {busy: {weight: 1}}").isEmpty)
        #expect(try warnings(Self.menu, days: "").isEmpty)
    }

    /// Prices that are given for all days, with a fee and a demand charge: by hand, at 0.60 a kWh, 5 a day and 2 for each
    /// kW homes pay 24 + 5 + 40 on the busy day and 12 + 5 + 20 on the calm one, of which 8 and 4 go to the grid.
    @Test func chargesThatAreGivenCountOnEachDay() throws {
        let given = "prices: {electricity_sell: 0.6, electricity_fee: 5, electricity_demand_charge: 2}"
        #expect(try warnings(given).contains { $0.hasPrefix("The electricity fixed fee is paid on each day") })
        let game = try EnergyGame(read(given, users: "", days: Self.twoDays))
        let payoffs = try game.payoffs(of: Evaluator(game.game).evaluate([]))
        #expect(zip(payoffs, [61.0, 33]).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(payoffs)")
        // 1.74 a kWh elsewhere are 69.6 on the busy day and 34.8 on the calm one, on which homes leave.
        let leaving = try EnergyGame(
            read(given, users: ", outside: {electricity_sell: 1.74}", days: Self.twoDays))
        let left = try leaving.payoffs(of: Evaluator(leaving.game).evaluate([]))
        #expect(zip(left, [61.0, 0]).allSatisfy { abs($0 - $1) <= 1e-6 }, "\(left)")
    }

    /// What it warns of, by hand: at 0.50 a kWh, or a fee of 5 and 0.30, 40 kWh of the busy day cost 20 or 17, and the
    /// 20 kWh of the calm day 10 or 11. So homes take one tariff on each, and pay 27 for both, not 28 or 30.
    @Test func eachDayIsAContract() throws {
        let source = try read(Self.menu, users: "", days: Self.twoDays)
        let game = try EnergyGame(source).game
        let point = game.space.decisions.map { $0.name.contains("fee") ? 5.0 : 0.5 }
        let costs = try Evaluator(game).evaluate(point).followerCosts
        #expect(costs.count == 2 && abs(costs[0] - 17) < 1e-9 && abs(costs[1] - 10) < 1e-9)
    }
}
