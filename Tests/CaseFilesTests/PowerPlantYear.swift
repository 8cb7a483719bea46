import CaseFiles
import Energy
import EnergyGames
import Foundation
import Testing

/// A year of the virtual power plant of `data/cases/mevpp-sizing` with its best sizes, in the rows of the paper's
/// tables 3 and 4.
struct PowerPlantYear {
    /// CNY per year.
    let investment: Double
    let purchase: Double
    let maintenance: Double
    let response: Double
    let carbon: Double
    /// What drivers pay.
    let income: Double
    /// kg a year.
    let emission: Double
    let unserved: Double
    /// The share of the vehicles that the plant schedules.
    let scheduled: Double
    /// kW and kWh, in the order of the decisions.
    let sizes: [Double]

    /// As the paper counts it: without what drivers pay.
    var operation: Double { purchase + maintenance + response + carbon }

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("data/cases/mevpp-sizing")

    /// The exact optimum.
    ///
    /// - Parameter changes: words of the case file, each with what stands in its place.
    init(_ variant: String? = nil, _ changes: [(String, String)] = []) throws {
        var files: [String: String] = [:]
        for name in ["case.yaml", "data/winter.csv", "data/summer.csv", "data/transition.csv"] {
            files[name] = try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        }
        for (old, new) in changes {
            try #require(files["case.yaml"]?.contains(old) == true, "\(old) is not in the case")
            files["case.yaml"] = files["case.yaml"]?.replacing(old, with: new)
        }
        let sizing = try SizingGame(try Workshop.read(files, variant: variant))
        let exact = try sizing.solveExactly()
        let best = try #require(exact.best)
        try #require(exact.status == .optimal)
        var costs: [String: Double] = [:]
        var (emission, unserved) = (0.0, 0.0)
        for (k, day) in sizing.days.enumerated() {
            let plant = sizing.solution(of: k, sizes: best.sizes, values: best.values).parties[0]
            for cost in plant.costs { costs[cost.item, default: 0] += day.weight * cost.amount }
            emission += day.weight * plant.totalEmission
            for carrier in plant.carriers {
                unserved += day.weight * plant.unserved(carrier, time: day.system.time)
            }
        }
        func item(_ names: String...) -> Double { names.reduce(0) { $0 + (costs[$1] ?? 0) } }
        investment = sizing.annualInvestment(at: best.sizes)
        purchase = item("grid purchase", "gas")
        maintenance = item("operation and maintenance", "wear")
        response = item(ResponsiveFleet.responseItem)
        income = -item(ResponsiveFleet.incomeItem)
        carbon = item("carbon")
        self.emission = emission
        self.unserved = unserved
        scheduled =
            sizing.days[0].system.parties[0].components.compactMap { ($0 as? ResponsiveFleet)?.scheduled }.first ?? 0
        sizes = best.sizes
    }

    // MARK: Sweeps

    static func chargeSubsidy(_ price: Double) -> [(String, String)] {
        [("charge_subsidy: 0.35", "charge_subsidy: \(price)")]
    }

    static func dischargeSubsidy(_ price: Double) -> [(String, String)] {
        chargeSubsidy(0.25) + [("discharge_subsidy: 0.27", "discharge_subsidy: \(price)")]
    }

    static func vehicles(_ count: Int) -> [(String, String)] { [("count: 30,", "count: \(count),")] }

    static func carbonPrice(_ price: Double) -> [(String, String)] {
        [("price: 0.25 CNY/kg", "price: \(price) CNY/kg")]
    }
}
