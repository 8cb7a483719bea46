import Foundation

/// A few real days that represent a year: which, and how many days each represents.
///
/// Each column is measured in its own range over the year, so that kilowatts and prices weigh the same, and the
/// distance of two days is the Euclidean distance of their profiles over all columns. Days are grouped, and one
/// represents each group: a day near to the others, but such that the year's totals are kept too (`totalsWeight`). Days
/// are real ones, not means, so that peaks and the simultaneity of columns stay as they were. The order in which days
/// are given decides only between equals.
public struct TypicalDays: Sendable, Equatable {
    /// How days are grouped.
    public enum Method: String, Sendable, CaseIterable {
        /// Groups around the days with the least sum of distances to the others (Kaufman and Rousseeuw 1990).
        case medoids
        /// Groups of least variance, joined one by one (Ward 1963); the nearest day is the one nearest to the group's
        /// mean.
        case ward
    }

    /// A day that is kept because of one value, whatever the clusters are; of equals the first.
    public enum Extreme: Sendable, Equatable {
        /// The day on which a column has its highest value.
        case highest(column: Int)
        /// The day on which a column has its lowest value.
        case lowest(column: Int)

        var column: Int {
            switch self {
            case .highest(let column), .lowest(let column): column
            }
        }
    }

    /// Indices of the chosen days, in ascending order.
    public let days: [Int]
    /// For each chosen day how many days it represents, itself included; they sum to all days.
    public let weights: [Int]
    /// For each day of the year the position in ``days`` of the one that represents it.
    public let representative: [Int]
    /// For each column how well the chosen days represent it.
    public let fidelity: [ColumnFidelity]

    /// Chooses days.
    ///
    /// An extreme day represents itself alone: it is taken out before the others are grouped, so that it neither counts
    /// twice nor distorts the groups, and is in addition to `count`.
    ///
    /// - Parameters:
    ///   - columns: at least one series of equal lengths, each a whole number of days, in any unit.
    ///   - stepsPerDay: 24 for hourly series.
    ///   - count: how many days, without the extreme ones.
    ///   - extremes: days to keep in addition; one that is named twice is kept once.
    ///   - totalsWeight: what an error of 1 % in a column's total is worth, in per cent of the sum of distances, when a
    ///     group's day is chosen; at least 0. With 0 only distance counts, and few days may miss the total of a skewed
    ///     column by a fifth.
    /// - Throws: ``TypicalDaysError``.
    public init(
        _ columns: [[Double]], stepsPerDay: Int = 24, count: Int, method: Method = .medoids, extremes: [Extreme] = [],
        totalsWeight: Double = 1
    ) throws {
        guard let length = columns.first?.count, length > 0 else { throw TypicalDaysError.noData }
        guard columns.allSatisfy({ $0.count == length }) else { throw TypicalDaysError.unequalLengths }
        guard columns.allSatisfy({ $0.allSatisfy(\.isFinite) }) else { throw TypicalDaysError.notFinite }
        guard stepsPerDay >= 1, length % stepsPerDay == 0 else { throw TypicalDaysError.notWholeDays }
        if let extreme = extremes.first(where: { !columns.indices.contains($0.column) }) {
            throw TypicalDaysError.noColumn(extreme.column)
        }
        let dayCount = length / stepsPerDay
        let kept = Set(extremes.map { Self.step(of: $0, in: columns) / stepsPerDay })
        let others = (0..<dayCount).filter { !kept.contains($0) }
        guard count >= 0, count <= others.count, count > 0 || others.isEmpty else {
            throw TypicalDaysError.badCount(count, available: others.count)
        }
        guard totalsWeight >= 0 && totalsWeight.isFinite else { throw TypicalDaysError.badWeight(totalsWeight) }

        let groups = try Self.groups(count, of: others, columns, stepsPerDay, method, totalsWeight)
        let all = (groups + kept.map { ($0, [$0]) }).sorted { $0.day < $1.day }
        days = all.map(\.day)
        weights = all.map(\.members.count)
        var representative = [Int](repeating: 0, count: dayCount)
        for (position, group) in all.enumerated() {
            for day in group.members { representative[day] = position }
        }
        self.representative = representative
        fidelity = columns.map { [days, weights] in
            ColumnFidelity(of: $0, stepsPerDay: stepsPerDay, days: days, weights: weights)
        }
    }

    private static func step(of extreme: Extreme, in columns: [[Double]]) -> Int {
        let column = columns[extreme.column]
        return switch extreme {
        case .highest: column.indices.max { column[$0] < column[$1] || column[$0] == column[$1] && $0 > $1 } ?? 0
        case .lowest: column.indices.min { (column[$0], $0) < (column[$1], $1) } ?? 0
        }
    }

    private static func groups(
        _ count: Int, of days: [Int], _ columns: [[Double]], _ steps: Int, _ method: Method, _ totalsWeight: Double
    ) throws -> [(day: Int, members: [Int])] {
        guard count > 0 else { return [] }
        let profiles = days.map { day in columns.flatMap { $0[day * steps..<(day + 1) * steps] } }
        let ranges = columns.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
        let metric = try ScenarioMetric(
            .euclidean, scales: ranges.flatMap { [Double](repeating: $0 > 0 ? $0 : 1, count: steps) })
        let distances = DistanceMatrix(profiles, metric)

        let (clusters, power) =
            switch method {
            case .medoids: (nearest(to: Medoids.choose(count, from: distances), distances), 1.0)
            case .ward: (WardClustering.clusters(count, of: distances), 2.0)
            }
        var costs = [Double](repeating: 0, count: days.count)
        for cluster in clusters {
            for i in cluster { costs[i] = cluster.reduce(0) { $0 + pow(distances[i, $1], power) } }
        }
        let sizes = columns.map { column in column.reduce(0) { $0 + abs($1) } }
        let totals = (0..<columns[0].count / steps).map { day in
            zip(columns, sizes).map { column, size in
                size > 0 ? column[day * steps..<(day + 1) * steps].reduce(0, +) / size : 0
            }
        }
        let chosen = Representatives(
            clusters: clusters, costs: costs, totals: days.map { totals[$0] },
            wanted: columns.indices.map { c in days.reduce(0) { $0 + totals[$1][c] } }, weight: totalsWeight
        ).choose()
        return zip(chosen, clusters).map { (days[$0], $1.map { days[$0] }) }
    }

    private static func nearest(to medoids: [Int], _ distances: DistanceMatrix) -> [[Int]] {
        var clusters = [[Int]](repeating: [], count: medoids.count)
        for i in 0..<distances.count {
            // A medoid represents itself, even if another is equal to it.
            let nearest =
                medoids.firstIndex(of: i)
                ?? medoids.indices.min { distances[i, medoids[$0]] < distances[i, medoids[$1]] } ?? 0
            clusters[nearest].append(i)
        }
        return clusters
    }
}

/// Why days cannot be chosen.
public enum TypicalDaysError: Error, Equatable, CustomStringConvertible {
    case noData, unequalLengths, notWholeDays, notFinite
    /// With the number of days that are not extreme ones.
    case badCount(Int, available: Int)
    case noColumn(Int)
    case badWeight(Double)

    public var description: String {
        switch self {
        case .noData: "there are no series to choose days from."
        case .unequalLengths: "all series need the same number of values."
        case .notWholeDays: "the series must cover a whole number of days."
        case .notFinite: "the series must be finite numbers."
        case .badCount(let count, let available):
            "\(count) typical days cannot be chosen out of \(available) in addition to the extreme ones."
        case .noColumn(let column): "there is no series \(column) to take an extreme day from."
        case .badWeight(let weight): "totalsWeight is \(weight), but must be at least 0."
        }
    }
}
