import CaseFiles
import Energy
import Games

/// The tidy tables of a price result, one a file.
extension PriceResult {
    public var tables: [(file: String, table: CSVTable)] {
        let systems = SystemTables(
            currency: source.currency, keys: [],
            parts: [.init(cells: [], system: energyGame.system, solution: solution, fleets: fleets)])
        return [("prices.csv", pricesTable(study.best.decision))]
            + (robust.map { [("robust_prices.csv", pricesTable($0.decision))] } ?? []) + systems.all
            + [("convergence.csv", CSVTable(study.log, unit: source.currency))]
    }

    /// A decision: one row a price and step, inside its bounds.
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
                    NumberText.csv(decision[first + k]), NumberText.csv(price.lower[k]),
                    NumberText.csv(price.upper[k]),
                    price.meanMaximum.map(NumberText.csv) ?? "", price.carrier,
                ])
            }
            first += price.lower.count
        }
        return table
    }
}
