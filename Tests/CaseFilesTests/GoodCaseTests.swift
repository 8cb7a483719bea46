import Energy
import Foundation
import Testing

@testable import CaseFiles

@Suite struct GoodCaseTests {
    @Test func readsEveryFeature() throws {
        let good = try Workshop.read(GoodCase.files)
        #expect(good.name == "park-3users")
        #expect(good.title == "CHP park, July workday")
        #expect(good.currency == "CNY")
        #expect(good.startLabel == "2024-07-15T00:00")
        #expect(good.timezone == "Asia/Shanghai")
        #expect(good.followers == ["residential", "commercial", "industrial", "plaza"])
        #expect(good.warnings.isEmpty, "\(good.warnings)")
        #expect(good.variants == ["no_v2g", "flat_carbon", "no_station", "cheap_gas", "battery"])
        #expect(good.variant == nil)
        #expect(good.inputFiles.map(\.lastPathComponent) == ["case.yaml", "profiles.csv", "ev_sessions.csv"])
        #expect(good.game == GameSettings(ties: .optimistic, tick: nil))
        #expect(
            good.optimiser
                == OptimiserSettings(
                    algorithm: "differential_evolution", population: 40, evaluations: 3200, seed: 20_240_715,
                    workers: nil))
        #expect(good.system.time == TimeGrid(steps: 24, hours: 1, startHour: 0))
        #expect(good.system.carriers.map(\.name) == ["electricity", "heat", "gas"])
        #expect(good.system.carriers[2].price?.first == 0.26)
        #expect(good.fleets["plaza"]?.vehicles.count == 40)
        let leader = try #require(good.system.parties.first)
        #expect(leader.components.map(\.name) == ["grid", "chp", "boiler"])
        #expect(leader.carbon?.quota == [CarrierAmount("electricity", 0.424), CarrierAmount("heat", 0.22)])
        #expect(leader.carbon?.reward == .flat(price: 0.2))
    }

    @Test func pricesBecomeDecisions() throws {
        let good = try Workshop.read(GoodCase.files)
        #expect(
            good.prices.map(\.name)
                == ["electricity_sell", "electricity_buy", "heat_sell", "ev_sell"].map { "prices.\($0)" })
        let electricity = good.prices[0]
        #expect(electricity.lower.count == 24)
        #expect(electricity.upper[10] == 1.15)
        #expect(electricity.meanMaximum == 0.72)
        let buying = good.prices[1]
        #expect(buying.atMost == "prices.electricity_sell")
        #expect(buying.upper == electricity.upper)
        let heat = good.prices[2]
        #expect(heat.lower == [0.15, 0.15, 0.15, 0.15])
        #expect(heat.index[5] == 0)
        #expect(heat.index[6] == 1)
        #expect(heat.intervalHours == 6)
    }

    @Test func tradesFollowFromPrices() throws {
        let good = try Workshop.read(GoodCase.files)
        let names = good.system.trades.map(\.name)
        #expect(names.contains("electricity_sell.residential"))
        #expect(names.contains("heat_sell.industrial"))
        #expect(names.contains("purchase.plaza"))
        #expect(names.contains("resale.plaza.commercial"))
        // Only who can give electricity sells it.
        #expect(names.filter { $0.hasPrefix("electricity_buy") } == ["electricity_buy.residential"])
        #expect(Set(names).count == names.count)
        let resale = try #require(good.system.trades.first { $0.name == "resale.plaza.residential" })
        guard case .posted("prices.electricity_sell", _, let factor) = resale.price else {
            Issue.record("the resale price is \(resale.price)")
            return
        }
        #expect(factor == 0.9)
    }

    /// A user buys at most what it can use at its most, and sells at most what it can make.
    @Test func tradesAreBounded() throws {
        let good = try Workshop.read(GoodCase.files)
        for trade in good.system.trades { #expect(trade.limit.allSatisfy { $0.isFinite && $0 >= 0 }, "\(trade.name)") }
        let buying = try #require(good.system.trades.first { $0.name == "electricity_buy.residential" })
        #expect(abs(buying.limit[12] - 400) < 1e-3)
        #expect(buying.limit[0] == 0)
    }

    @Test func buildsAsOneModel() throws {
        let good = try Workshop.read(GoodCase.files)
        let followers = try good.system.build(good.followers, minimising: good.followers)
        let built = try good.system.build(
            [good.operatorName], minimising: [good.operatorName], behind: followers)
        #expect(built.model.variableCount > 500)
    }

    @Test func listsEveryValueInFileOrder() throws {
        let listing = try Workshop.read(GoodCase.files).listing
        func value(_ path: String) -> ListedValue? { listing.first { $0.path == path } }
        #expect(value("grid.buy.max")?.value == "3000")
        #expect(value("grid.buy.max")?.unit == "kW")
        #expect(value("users.residential.flexibility.warmth.share")?.value == "0.1")
        #expect(
            value("carriers.gas.vent")
                == ListedValue(path: "carriers.gas.vent", value: "false", unit: "", isDefault: true))
        #expect(value("users.residential.demand.heat")?.value == "24 values, 160.8 … 397.2")
        let paths = listing.map(\.path)
        let order = [
            "case.name", "time.steps", "carriers.gas.price", "grid.buy.price", "operator.devices.chp.capacity",
            "users.residential.devices.pv.capacity", "carbon.payer", "optimiser.seed",
        ]
        let positions = order.compactMap { paths.firstIndex(of: $0) }
        #expect(positions.count == order.count)
        #expect(positions == positions.sorted())
    }

    @Test func readsTheYamlFileItself() throws {
        try Workshop.withFolder(GoodCase.files.mapValues { Data($0.utf8) }) { folder in
            let good = try CaseReader.read(folder.appendingPathComponent("case.yaml"))
            #expect(good.folder.lastPathComponent == folder.lastPathComponent)
        }
    }

    @Test func fixedPricesStandInTrades() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml.replacing(
            "electricity_sell: {min: profiles.grid_sell, max: profiles.grid_buy, mean_max: 0.72 CNY/kWh}",
            with: "electricity_sell: profiles.grid_buy")
        let fixed = try Workshop.read(files)
        #expect(!fixed.prices.map(\.name).contains("prices.electricity_sell"))
        #expect(fixed.prices[0].atMost == nil)
        #expect(fixed.prices[0].upper[10] == 1.15)
        let trade = try #require(fixed.system.trades.first { $0.name == "electricity_sell.industrial" })
        guard case .fixed(let series) = trade.price else {
            Issue.record("the price is \(trade.price)")
            return
        }
        #expect(series[0] == 0.38)
    }

    @Test func bareNumbersAreInTheCasesUnits() throws {
        var files = GoodCase.files
        files["case.yaml"] = GoodCase.yaml
            .replacing("units: {power: kW,", with: "units: {power: MW,")
            .replacing("capacity: 1500 kW", with: "capacity: 1.5")
        let listing = try Workshop.read(files).listing
        #expect(listing.first { $0.path == "operator.devices.boiler.capacity" }?.value == "1500")
    }
}
