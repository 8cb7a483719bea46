import CaseFiles
import Foundation
import ResultFiles
import Writing

/// A decision on a case's prices.
extension Case {
    /// Least, mean and most of each price, as the lines of a summary.
    func priceSummary(_ decision: [Double]) -> String {
        let unit = "\(currency)/kWh"
        let rows = zip(prices, byPrice(decision)).filter { !$0.0.isCharge }.map { price, values in
            (
                price.name,
                [values.min() ?? 0, price.mean(values), values.max() ?? 0].map { units.shown($0, unit: unit).value }
            )
        }
        let decimals = Self.decimals(
            telling: rows.flatMap { [$0.1[0], $0.1[2]] }, from: units.decimals(4, unit: unit))
        var table = TextTable(header: ["price [\(units.shown(0, unit: unit).unit)]", "least", "mean", "most"])
        for (name, values) in rows {
            table.rows.append([name] + values.map { NumberText.grouped($0, decimals: decimals) })
        }
        return (table.rows.isEmpty ? "" : table.text) + chargeSummary(decision)
    }

    /// So many decimals that prices on a fine grid are told in full; no more than the usual where they are on none.
    private static func decimals(telling values: [Double], from usual: Int) -> Int {
        (usual...usual + 4).first { decimals in
            let scale = pow(10, Double(decimals))
            return values.allSatisfy { abs(($0 * scale).rounded() / scale - $0) <= 1e-12 * max(1, abs($0)) }
        } ?? usual
    }

    /// A line for each other part of a tariff that is decided.
    private func chargeSummary(_ decision: [Double]) -> String {
        var table = TextTable(header: ["tariff", "decided", "unit"])
        for (price, values) in zip(prices, byPrice(decision)) where price.isCharge {
            table.rows.append([
                price.name, NumberText.grouped(values[0], decimals: Self.decimals(telling: values, from: 4)),
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
