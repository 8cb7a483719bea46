import CaseFiles
import Energy
import Games
import Writing

/// The tidy tables of a price result, one a file.
extension PriceResult {
    public var tables: [(file: String, table: CSVTable)] {
        let systems = SystemTables(
            currency: source.currency, keys: [],
            parts: [.init(cells: [], system: energyGame.system, solution: solution, fleets: fleets)])
        return [("prices.csv", pricesTable(findings.best.decision))]
            + (robust.map { [("robust_prices.csv", pricesTable($0.decision))] } ?? []) + systems.all
            + [("convergence.csv", CSVTable(study.log, unit: source.currency))]
    }

    /// A decision: one row a price and step, inside its bounds. Read back, it is the same to the last bit, so that it pays what it is said
    /// to pay.
    private func pricesTable(_ decision: [Double]) -> CSVTable {
        let unit = "[\(source.currency)/kWh]"
        var table = CSVTable([
            "price", "step", "start [h]", "value \(unit)", "lower \(unit)", "upper \(unit)", "mean cap \(unit)",
            "carrier",
        ])
        let time = solution.time
        var first = 0
        for price in source.prices {
            for t in time.indices {
                let k = price.index[t]
                table.add([
                    price.name, "\(t)", NumberText.csv(time.start(of: t)),
                    NumberText.exact(decision[first + k]), NumberText.exact(price.lower[k]),
                    NumberText.exact(price.upper[k]),
                    price.meanMaximum.map(NumberText.exact) ?? "", price.carrier,
                ])
            }
            first += price.lower.count
        }
        return table
    }
}
