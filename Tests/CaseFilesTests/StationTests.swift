import Energy
import Foundation
import Testing

@testable import CaseFiles

@Suite struct StationTests {
    private func station(_ keys: String, prices: String = "") throws -> Case {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml
            .replacing("sessions: sessions, chargers: 40,", with: keys)
            .replacing("    ev_sell: {min: profiles.grid_sell, max: profiles.grid_buy}\n", with: prices)
            .replacing(", operator.prices.ev_sell: null", with: "")
        return try Workshop.read(files)
    }

    @Test func buysAtElectricitySellWithoutAPriceOfItsOwn() throws {
        let read = try station("sessions: sessions,")
        let trade = try #require(read.system.trades.first { $0.name == "purchase.plaza" })
        guard case .posted("prices.electricity_sell", _, 1) = trade.price else {
            Issue.record("the price is \(trade.price)")
            return
        }
    }

    @Test func sellsAtAShareOrAtASeries() throws {
        let share = try station("sessions: sessions, sell_share: 80 %,")
        guard
            case .posted(_, _, 0.8) = share.system.trades.first(where: { $0.name == "resale.plaza.industrial" })?.price
        else {
            Issue.record("no share")
            return
        }
        let series = try station("sessions: sessions, sell_price: profiles.grid_sell,")
        #expect(
            series.system.trades.first { $0.name == "resale.plaza.industrial" }?.price
                == .fixed(Array(repeating: 0.35, count: 24)))
    }

    @Test func vehiclesAreDrawn() throws {
        let keys =
            "sampling: {count: 30, seed: 7, battery: 60 kWh, max_charge: 7 kW, max_discharge: 7 kW, soc_departure: 0.8, soc_min: 0.1},"
        let fleet = try #require(try station(keys).fleets["plaza"])
        #expect(Set(fleet.vehicles.map(\.name)).count == fleet.vehicles.count)
        // Most stay over midnight, so most stand in two parts.
        #expect((31...60).contains(fleet.vehicles.count))
        for vehicle in fleet.vehicles {
            #expect(vehicle.problems(horizon: 24, chargeEfficiency: 0.95).isEmpty, "\(vehicle)")
        }
        #expect(try station(keys).fleets["plaza"]?.vehicles == fleet.vehicles)
        #expect(try station(keys.replacing("seed: 7", with: "seed: 8")).fleets["plaza"]?.vehicles != fleet.vehicles)
        let hypercube = try station(keys.replacing("seed: 7", with: "seed: 7, method: latin_hypercube"))
        #expect(hypercube.fleets["plaza"]?.vehicles != fleet.vehicles)
    }

    @Test func aCapThatNeverBindsIsAWarning() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing("mean_max: 0.40 CNY/kWh", with: "mean_max: 0.60 CNY/kWh")
        #expect(
            try Workshop.read(files).warnings.map(\.rendered) == [
                "case.yaml:25:65  warning: operator.prices.heat_sell.mean_max: 0.6 CNY/kWh is above the mean of max, 0.5 CNY/kWh, so "
                    + "it never binds."
            ])
    }

    @Test func feedInAboveThePurchasePriceIsAWarning() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing(
            "sell: {price: profiles.grid_sell", with: "sell: {price: 0.5 CNY/kWh")
        let warnings = try Workshop.read(files).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.path == "grid.sell.price")
    }
}
