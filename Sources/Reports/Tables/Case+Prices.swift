import CaseFiles
import ResultFiles
import Writing

/// A decision on a case's prices.
extension Case {
    /// Least, mean and most of each price, as the lines of a summary.
    func priceSummary(_ decision: [Double]) -> String {
        var table = TextTable(header: ["price [\(currency)/kWh]", "least", "mean", "most"])
        for (price, values) in zip(prices, byPrice(decision)) {
            table.rows.append([
                price.name, NumberText.grouped(values.min() ?? 0, decimals: 4),
                NumberText.grouped(price.mean(values), decimals: 4), NumberText.grouped(values.max() ?? 0, decimals: 4),
            ])
        }
        return table.text
    }

    /// Values by the name of the price.
    func byName(_ decision: [Double]) -> [String: [Double]] {
        Dictionary(zip(prices.map(\.name), byPrice(decision))) { first, _ in first }
    }

    /// Values of each price, in the order of the case's prices.
    func byPrice(_ decision: [Double]) -> [[Double]] {
        var first = 0
        return prices.map { price in
            defer { first += price.lower.count }
            return Array(decision[first..<first + price.lower.count])
        }
    }

    /// One row per price and step.
    func priceTable(_ decision: [Double], file: String = PriceTable.file) -> ResultTable {
        var table = ResultTable(PriceTable.self, file: file, money: currency)
        let time = system.time
        for (price, values) in zip(prices, byPrice(decision)) {
            for t in time.indices {
                let k = price.index[t]
                table.add([
                    PriceTable.price(price.name), PriceTable.step(t), PriceTable.start(time.start(of: t)),
                    PriceTable.value(values[k]), PriceTable.lower(price.lower[k]),
                    PriceTable.upper(price.upper[k]), PriceTable.meanCap(price.plainMeanMaximum),
                    PriceTable.carrier(price.carrier),
                ])
            }
        }
        return table
    }
}
