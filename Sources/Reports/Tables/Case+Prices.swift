import CaseFiles
import ResultFiles
import Writing

/// A decision on a case's prices.
extension Case {
    /// Least, mean and most of each price, as the lines of a summary.
    func priceSummary(_ decision: [Double]) -> String {
        let unit = "\(currency)/kWh"
        let decimals = units.decimals(4, unit: unit)
        var table = TextTable(header: ["price [\(units.shown(0, unit: unit).unit)]", "least", "mean", "most"])
        for (price, values) in zip(prices, byPrice(decision)) where !price.isCharge {
            table.rows.append(
                [price.name]
                    + [values.min() ?? 0, price.mean(values), values.max() ?? 0].map {
                        NumberText.grouped(units.shown($0, unit: unit).value, decimals: decimals)
                    })
        }
        return (table.rows.isEmpty ? "" : table.text) + chargeSummary(decision)
    }

    /// A line for each other part of a tariff that is decided.
    private func chargeSummary(_ decision: [Double]) -> String {
        var table = TextTable(header: ["tariff", "decided", "unit"])
        for (price, values) in zip(prices, byPrice(decision)) where price.isCharge {
            table.rows.append([
                price.name, NumberText.grouped(values[0], decimals: 4),
                unit(of: price),
            ])
        }
        return table.rows.isEmpty ? "" : table.text
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
        let isMixed = prices.contains(where: \.isCharge)
        var table = ResultTable(
            PriceTable.self, file: file, columns: isMixed ? PriceTable.ofTariff : nil, money: currency)
        let time = system.time
        for (price, values) in zip(prices, byPrice(decision)) {
            let unit = isMixed ? [PriceTable.unit(self.unit(of: price))] : []
            for t in price.isCharge ? 0..<1 : time.indices {
                table.add(PriceTable.row(price, values, at: t, time) + unit)
            }
        }
        return table
    }
}
