import Foundation
import TestSupport
import Testing

@testable import Scenarios

@Suite struct TypicalDaysTests {
    /// Days of one or two columns of four steps.
    static func randomColumns(days: Int, columns: Int, seed: UInt64) -> [[Double]] {
        var generator = SplitMix(state: seed)
        return (0..<columns).map { column in
            (0..<4 * days).map { _ in Double.random(in: 0..<1, using: &generator) * (column == 0 ? 1 : 500) }
        }
    }

    /// Distance of two days straight from the definition.
    static func distance(_ a: Int, _ b: Int, _ columns: [[Double]], steps: Int = 4) -> Double {
        var sum = 0.0
        for column in columns {
            let range = (column.max() ?? 0) - (column.min() ?? 0)
            for t in 0..<steps where range > 0 {
                let difference = (column[a * steps + t] - column[b * steps + t]) / range
                sum += difference * difference
            }
        }
        return sum.squareRoot()
    }

    static func cost(_ days: [Int], _ all: Int, _ columns: [[Double]]) -> Double {
        (0..<all).reduce(0) { sum, i in sum + (days.map { distance(i, $0, columns) }.min() ?? .infinity) }
    }

    /// Which of ten days a number's bits name.
    static func members(_ bits: Int) -> [Int] { (0..<10).filter { bits >> $0 & 1 == 1 } }

    @Test func medoidsAgainstAllSubsets() throws {
        var optimal = 0
        for seed in UInt64(0)..<12 {
            let columns = Self.randomColumns(days: 10, columns: 2, seed: seed)
            for count in 1...4 {
                let typical = try TypicalDays(columns, stepsPerDay: 4, count: count, totalsWeight: 0)
                let cost = Self.cost(typical.days, 10, columns)
                let subsets = (0..<1024).filter { $0.nonzeroBitCount == count }
                let best = try #require(subsets.map { Self.cost(Self.members($0), 10, columns) }.min())
                #expect(cost >= best - 1e-9 && cost <= 1.05 * best)
                optimal += cost <= best + 1e-9 ? 1 : 0
                // No single exchange is better.
                for position in 0..<count {
                    for day in 0..<10 where !typical.days.contains(day) {
                        var others = typical.days
                        others[position] = day
                        #expect(Self.cost(others, 10, columns) >= cost - 1e-9)
                    }
                }
                // Each day goes to the nearest, and weights count them.
                for day in 0..<10 {
                    let mine = Self.distance(day, typical.days[typical.representative[day]], columns)
                    #expect(typical.days.allSatisfy { Self.distance(day, $0, columns) >= mine - 1e-12 })
                }
                for position in 0..<count {
                    #expect(typical.weights[position] == typical.representative.count { $0 == position })
                }
            }
        }
        print("medoids: \(optimal) of 48 are the best of all subsets")
        #expect(optimal >= 44)
    }

    /// Every union straight from the definition: the pair whose union has the least rise in the sum of squares around
    /// means.
    @Test(arguments: 0..<6) func wardAgainstTheDefinition(seed: UInt64) throws {
        let columns = Self.randomColumns(days: 12, columns: 2, seed: 50 + seed)
        func squares(_ cluster: [Int]) -> Double {
            // The sum of squares around the mean is the sum over pairs divided by the size.
            cluster.reduce(0) { sum, i in cluster.reduce(sum) { $0 + pow(Self.distance(i, $1, columns), 2) } }
                / Double(2 * cluster.count)
        }
        var clusters = (0..<12).map { [$0] }
        for count in (1...12).reversed() {
            let typical = try TypicalDays(columns, stepsPerDay: 4, count: count, method: .ward, totalsWeight: 0)
            let groups = Dictionary(grouping: 0..<12) { typical.representative[$0] }
            #expect(Set(groups.values) == Set(clusters))
            for (position, group) in groups {
                let inner = group.min { a, b in
                    group.reduce(0) { $0 + pow(Self.distance(a, $1, columns), 2) }
                        < group.reduce(0) { $0 + pow(Self.distance(b, $1, columns), 2) }
                }
                // Of two days both are equally near to the other.
                if group.count != 2 { #expect(typical.days[position] == inner) }
            }
            guard count > 1 else { break }
            var best = (rise: Double.infinity, a: 0, b: 0)
            for a in clusters.indices {
                for b in clusters.indices where b > a {
                    let rise = squares(clusters[a] + clusters[b]) - squares(clusters[a]) - squares(clusters[b])
                    if rise < best.rise { best = (rise, a, b) }
                }
            }
            clusters[best.a] = (clusters[best.a] + clusters[best.b]).sorted()
            clusters.remove(at: best.b)
        }
    }

    /// A year of four planted kinds of day with noise: which kind each day is, and its columns.
    static func plantedYear() -> (kinds: [Int], columns: [[Double]]) {
        var generator = SplitMix(state: 21)
        let kinds = (0..<365).map { $0 % 7 >= 5 ? ($0 % 2) : 2 + ($0 / 91) % 2 }
        func column(_ scale: Double, _ shape: (Int, Int) -> Double) -> [Double] {
            kinds.flatMap { kind in
                (0..<24).map { scale * (shape(kind, $0) + Double.random(in: 0..<0.1, using: &generator)) }
            }
        }
        return (
            kinds,
            [
                column(300) { kind, hour in [0.2, 0.3, 0.9, 0.7][kind] * (hour < 8 ? 0.4 : 1) },
                column(1) { kind, hour in [0.9, 0.2, 0.5, 0.1][kind] * max(0, sin(.pi * (Double(hour) - 6) / 12)) },
            ]
        )
    }

    @Test(arguments: TypicalDays.Method.allCases) func plantedKindsAreFound(method: TypicalDays.Method) throws {
        let (kinds, columns) = Self.plantedYear()
        let typical = try TypicalDays(columns, count: 4, method: method)
        #expect(Set(typical.days.map { kinds[$0] }) == [0, 1, 2, 3])
        #expect((0..<365).allSatisfy { kinds[typical.days[typical.representative[$0]]] == kinds[$0] })
        #expect(typical.weights == typical.days.map { day in kinds.count { $0 == kinds[day] } })
        #expect(typical.weights.reduce(0, +) == 365)
        #expect(typical.fidelity.allSatisfy { abs($0.totalError) < 0.01 && $0.durationCurveError < 0.05 })
    }

    @Test(arguments: TypicalDays.Method.allCases) func theOrderOfDaysHasNoSay(method: TypicalDays.Method) throws {
        let columns = Self.randomColumns(days: 60, columns: 3, seed: 7)
        var generator = SplitMix(state: 2)
        let extremes = [TypicalDays.Extreme.highest(column: 1), .lowest(column: 0)]
        let straight = try TypicalDays(columns, stepsPerDay: 4, count: 5, method: method, extremes: extremes)
        for _ in 0..<3 {
            let order = (0..<60).shuffled(using: &generator)
            let shuffled = try TypicalDays(
                columns.map { column in order.flatMap { column[4 * $0..<4 * $0 + 4] } }, stepsPerDay: 4, count: 5,
                method: method, extremes: extremes)
            let weights = Dictionary(uniqueKeysWithValues: zip(shuffled.days.map { order[$0] }, shuffled.weights))
            #expect(weights == Dictionary(uniqueKeysWithValues: zip(straight.days, straight.weights)))
        }
        // Nor have units.
        let scaled = try TypicalDays(
            [columns[0].map { $0 * 1024 }, columns[1].map { $0 / 8 }, columns[2]], stepsPerDay: 4, count: 5,
            method: method, extremes: extremes)
        #expect(scaled.days == straight.days && scaled.weights == straight.weights)
    }

    @Test(arguments: TypicalDays.Method.allCases) func extremeDaysAreKept(method: TypicalDays.Method) throws {
        var columns = Self.plantedYear().columns
        columns[0][24 * 200 + 18] = 900
        columns[1][24 * 30 + 12] = 4
        columns[1][24 * 30 + 3] = -1
        let extremes: [TypicalDays.Extreme] = [.highest(column: 0), .highest(column: 1), .lowest(column: 1)]
        let typical = try TypicalDays(columns, count: 4, method: method, extremes: extremes)
        // The last two are one day.
        #expect(typical.days.count == 6 && typical.weights.reduce(0, +) == 365)
        for day in [30, 200] {
            let position = try #require(typical.days.firstIndex(of: day))
            #expect(typical.weights[position] == 1 && typical.representative[day] == position)
        }
        #expect(typical.fidelity[0].peak == 900 && typical.fidelity[1].peak == 4)
        #expect(typical.fidelity.allSatisfy { $0.peak == $0.yearPeak })
        // Without the two days the others fall into the same clusters as without extremes.
        let plain = try TypicalDays(Self.plantedYear().columns, count: 4, method: method)
        #expect(typical.weights.reduce(0, +) == plain.weights.reduce(0, +))
        #expect(typical.weights.sorted().suffix(4).reduce(0, +) == 363)
    }

    @Test func allDaysKeepEverything() throws {
        let columns = Self.randomColumns(days: 6, columns: 2, seed: 3) + [[Double](repeating: 2, count: 24)]
        for method in TypicalDays.Method.allCases {
            let typical = try TypicalDays(columns, stepsPerDay: 4, count: 6, method: method)
            #expect(typical.days == Array(0..<6) && typical.weights == [1, 1, 1, 1, 1, 1])
            #expect(typical.fidelity.allSatisfy { abs($0.totalError) < 1e-12 && $0.durationCurveError == 0 })
        }
        // Equal days stand for themselves, and everything can be extreme.
        let equal = try TypicalDays([[1, 1, 1, 1]], stepsPerDay: 2, count: 2)
        #expect(equal.days == [0, 1] && equal.weights == [1, 1])
        let one = try TypicalDays([[1, 2]], stepsPerDay: 2, count: 0, extremes: [.highest(column: 0)])
        #expect(one.days == [0] && one.weights == [1])
    }

    /// Against every way to choose one day a group: with a weight on totals the choice is never worse than the nearest
    /// days, no single exchange betters it, and mostly it is the best of all.
    @Test func totalsAgainstAllRepresentatives() throws {
        var optimal = 0
        for seed in UInt64(0)..<20 {
            let columns = Self.randomColumns(days: 12, columns: 2, seed: 90 + seed).map { $0.map { $0 * $0 * $0 } }
            let near = try TypicalDays(columns, stepsPerDay: 4, count: 3, totalsWeight: 0)
            let even = try TypicalDays(columns, stepsPerDay: 4, count: 3, totalsWeight: 2)
            let groups = near.days.map { day in
                (0..<12).filter { near.representative[$0] == near.representative[day] }
            }
            func distances(_ days: [Int]) -> Double {
                zip(groups, days).reduce(0) { sum, pair in
                    pair.0.reduce(sum) { $0 + Self.distance(pair.1, $1, columns) }
                }
            }
            func objective(_ days: [Int]) -> Double {
                let weights = groups.map(\.count)
                let errors = columns.map {
                    abs(ColumnFidelity(of: $0, stepsPerDay: 4, days: days, weights: weights).totalError)
                }
                return distances(days) / distances(near.days) + 2 * errors.reduce(0, +)
            }
            // In the order of the groups.
            let chosen = try groups.map { group in try #require(even.days.first { group.contains($0) }) }
            var best = Double.infinity
            for a in groups[0] {
                for b in groups[1] {
                    for c in groups[2] {
                        let value = objective([a, b, c])
                        best = min(best, value)
                        let exchanges = zip([a, b, c], chosen).count { $0 != $1 }
                        if exchanges == 1 { #expect(value >= objective(chosen) - 1e-9) }
                    }
                }
            }
            #expect(objective(chosen) <= objective(near.days) + 1e-9)
            optimal += objective(chosen) <= best + 1e-9 ? 1 : 0
        }
        print("representatives: \(optimal) of 20 are the best of all choices")
        #expect(optimal >= 10)
    }

    @Test func fidelityByHand() {
        // Days (1, 3), (2, 2), (6, 0) and (0, 0); the first stands for three, the last for itself: 12 for 14 in total,
        // and sorted 0 0 1 1 1 3 3 3 against 0 0 0 1 2 2 3 6: differences 1 + 1 + 1 + 3.
        let fidelity = ColumnFidelity(of: [1, 3, 2, 2, 6, 0, 0, 0], stepsPerDay: 2, days: [0, 3], weights: [3, 1])
        #expect(abs(fidelity.totalError + 2.0 / 14) < 1e-12 && abs(fidelity.durationCurveError - 6.0 / 14) < 1e-12)
        #expect(fidelity.peak == 3 && fidelity.yearPeak == 6)
    }

    @Test func whatCannotBeIsRefused() {
        #expect(throws: TypicalDaysError.noData) { try TypicalDays([], count: 1) }
        #expect(throws: TypicalDaysError.unequalLengths) { try TypicalDays([[1], [1, 2]], stepsPerDay: 1, count: 1) }
        #expect(throws: TypicalDaysError.notWholeDays) { try TypicalDays([[1, 2, 3]], stepsPerDay: 2, count: 1) }
        #expect(throws: TypicalDaysError.notFinite) { try TypicalDays([[1, .nan]], stepsPerDay: 1, count: 1) }
        #expect(throws: TypicalDaysError.badCount(3, available: 2)) {
            try TypicalDays([[1, 2]], stepsPerDay: 1, count: 3)
        }
        #expect(throws: TypicalDaysError.badCount(0, available: 2)) {
            try TypicalDays([[1, 2]], stepsPerDay: 1, count: 0)
        }
        #expect(throws: TypicalDaysError.badWeight(-1)) {
            try TypicalDays([[1, 2]], stepsPerDay: 1, count: 1, totalsWeight: -1)
        }
        #expect(throws: TypicalDaysError.noColumn(1)) {
            try TypicalDays([[1, 2]], stepsPerDay: 1, count: 1, extremes: [.highest(column: 1)])
        }
    }
}

/// A measured year of a university's buildings with weather, where the files are there.
@Suite struct MeasuredYearTests {
    static let loads = SharedFiles.data(named: "cambridge_2019_loads.csv")
    static let weather = SharedFiles.data(named: "cambridge_2019_weather_pv_wind.csv")

    /// The sum of the columns whose names end in one of the suffixes.
    static func series(_ file: URL?, _ suffixes: [String]) throws -> [[Double]] {
        let lines = try String(contentsOf: try #require(file), encoding: .utf8).split(whereSeparator: \.isNewline)
        let header = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false)
        let places = suffixes.map { suffix in header.indices.filter { header[$0].hasSuffix(suffix) } }
        let rows = lines.dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false) }
        return places.map { places in
            rows.map { row in places.reduce(0) { $0 + (Double(row[$1]) ?? .nan) } }
        }
    }

    @Test(.enabled(if: loads != nil && weather != nil, "the measured year is not on this machine"))
    func annualTotalsOfAMeasuredYear() throws {
        let names = ["electricity", "heat", "pv", "wind"]
        let columns =
            try Self.series(Self.loads, ["_electricity_kw", "_heat_kw"])
            + Self.series(Self.weather, ["pv_kw_per_kwp", "wind_kw_per_kw"])
        let peaks = [TypicalDays.Extreme.highest(column: 0), .highest(column: 1)]
        func told(_ fidelity: [ColumnFidelity]) -> String {
            zip(names, fidelity).map { name, f in
                String(
                    format: "%@ total %+.1f %%, duration curve %.1f %%, peak %.4g of %.4g", name, 100 * f.totalError,
                    100 * f.durationCurveError, f.peak, f.yearPeak)
            }.joined(separator: "; ")
        }
        for method in TypicalDays.Method.allCases {
            for (count, bound) in [(4, 0.02), (12, 0.01)] {
                let typical = try TypicalDays(columns, count: count, method: method, extremes: peaks)
                print("\(method), \(count) days and \(typical.days.count - count) extremes: \(told(typical.fidelity))")
                #expect(typical.weights.reduce(0, +) == 365)
                #expect(typical.fidelity.allSatisfy { abs($0.totalError) < bound })
                #expect(typical.fidelity[..<2].allSatisfy { $0.peak == $0.yearPeak })
            }
        }
        // Four days that were chosen elsewhere, with the errors and peaks that are published beside them.
        let others = [ColumnFidelity](
            columns.map { ColumnFidelity(of: $0, days: [14, 72, 139, 269], weights: [126, 38, 132, 69]) })
        print("reference: \(told(others))")
        for (other, published) in zip(others, [0.010, -0.018, -0.006, 0.005]) {
            #expect(abs(other.totalError - published) < 0.0006)
        }
        #expect(others[0].peak.rounded() == 1478 && others[0].yearPeak.rounded() == 1946)
        #expect(others[1].peak.rounded() == 1468 && others[1].yearPeak.rounded() == 2054)
    }
}
