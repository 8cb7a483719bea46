import Foundation

/// How great the numbers of a program are by nature: what "small" means in each of its columns and rows.
///
/// The model that all entries, sides and bounds are a product of a row's and a column's magnitude is fitted to their
/// logarithms by least squares (Curtis and Reid 1972). A row, a column or an objective written in another unit changes
/// its own magnitude by that factor and no other. All are powers of two, so that multiplying by one rounds nothing.
package struct Magnitudes {
    /// Of each column's values.
    package let columns: [Double]
    /// Of each row's terms and sides.
    package let rows: [Double]

    private static let rounds = 2_000
    private static let nearness = 1e-3
    /// By how much, as a power of two, bounds may say that values are greater than they are by nature.
    private static let reach = 10.0

    package init(_ model: LinearModel) {
        func log(_ value: Double) -> Double? { value != 0 && value.isFinite ? log2(abs(value)) : nil }
        var entries: [[(column: Int, log: Double)]] = []
        var sides: [[Double]] = []
        // A variable that can only be 0 adds nothing to any row, whatever its factor there.
        let isZero = model.columns.map { $0.lower == ParameterExpression(0) && $0.upper == ParameterExpression(0) }
        for row in model.rows {
            entries.append(
                row.coefficients.filter { !isZero[$0.column] }.compactMap { entry in
                    log(entry.value).map { (entry.column, $0) }
                })
            sides.append(Set([row.lower.constant, row.upper.constant]).compactMap(log).sorted())
        }
        let bounds = model.columns.map { Set([$0.lower.constant, $0.upper.constant]).compactMap(log).sorted() }
        var column = bounds.map { $0.isEmpty ? 0 : $0.reduce(0, +) / Double($0.count) }
        var row = [Double](repeating: 0, count: entries.count)
        for _ in 0..<Self.rounds {
            var sum = bounds.map { $0.reduce(0, +) }
            var count = bounds.map(\.count)
            for (i, terms) in entries.enumerated() {
                let all = terms.map { $0.log + column[$0.column] } + sides[i]
                guard !all.isEmpty else { continue }
                row[i] = all.reduce(0, +) / Double(all.count)
                for term in terms {
                    sum[term.column] += row[i] - term.log
                    count[term.column] += 1
                }
            }
            var change = 0.0
            for j in column.indices where count[j] > 0 {
                let value = sum[j] / Double(count[j])
                change = max(change, abs(value - column[j]))
                column[j] = value
            }
            if change < Self.nearness { break }
        }
        columns = column.map { exp2($0.rounded()) }
        let most = zip(column, bounds).map { column, bounds in
            max(column, min(bounds.max() ?? column, column + Self.reach))
        }
        rows = entries.enumerated().map { i, terms in
            let most = (terms.map { $0.log + most[$0.column] } + sides[i]).max() ?? 0
            return exp2(most.rounded(.up))
        }
    }
}
