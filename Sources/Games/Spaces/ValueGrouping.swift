/// A limit on how many different values some components may have, where it is open which of them are equal: a union of
/// subspaces, one for each admissible partition.
public struct ValueGrouping: Sendable, Equatable, Codable {
    public enum Kind: String, Sendable, Codable {
        /// At most so many different values, whoever has them.
        case levels
        /// At most so many runs of equal neighbours.
        case runs
        /// The same, where the last component and the first are neighbours.
        case runsAround
    }

    public var name: String
    /// In the order in which they are neighbours.
    public var indices: [Int]
    public var kind: Kind
    /// How many, at least 1.
    public var most: Int

    public init(name: String, indices: [Int], kind: Kind, most: Int) {
        self.name = name
        self.indices = indices
        self.kind = kind
        self.most = most
    }

    /// Whether every point complies.
    var isIdle: Bool { most >= indices.count }

    /// Whether a point complies; values count as equal where they are the same number.
    func holds(at point: [Double]) -> Bool { parts(at: point).count <= most }

    /// Which components are equal at a point: lists of decisions, each in one of them.
    func parts(at point: [Double]) -> [[Int]] {
        let values = indices.map { point[$0] }
        return places(of: values).map { $0.map { indices[$0] } }
    }

    private func places(of values: [Double]) -> [[Int]] {
        var parts: [[Int]] = []
        switch kind {
        case .levels:
            var part: [Double: Int] = [:]
            for (k, value) in values.enumerated() {
                if let known = part[value] {
                    parts[known].append(k)
                } else {
                    part[value] = parts.count
                    parts.append([k])
                }
            }
        case .runs, .runsAround:
            for (k, value) in values.enumerated() {
                if k > 0, values[k - 1] == value { parts[parts.count - 1].append(k) } else { parts.append([k]) }
            }
            if kind == .runsAround, parts.count > 1, values.first == values.last {
                parts[0] = parts.removeLast() + parts[0]
            }
        }
        return parts
    }

    /// The partition whose nearest point, within bounds alone, is nearest to `point` of all that comply.
    ///
    /// Runs are found by dynamic programming over borders, exactly; around, from each first border. For levels see
    /// ``LevelPartition``, which says when it is exact.
    ///
    /// - Parameters:
    ///   - point: one number per decision of the space.
    ///   - decisions: of the space.
    /// - Returns: lists of decisions; nil where bounds allow no partition.
    func nearestPartition(to point: [Double], _ decisions: [Decision]) -> [[Int]]? {
        let values = indices.map { point[$0] }
        let (lower, upper) = (indices.map { decisions[$0].lower }, indices.map { decisions[$0].upper })
        let parts: [[Int]]? =
            switch kind {
            case .levels: LevelPartition(values, lower, upper, most: most).nearest()
            case .runs: RunPartition(values, lower, upper, most: most).nearest()?.parts
            case .runsAround: RunPartition(values, lower, upper, most: most).nearestAround()
            }
        return parts?.map { $0.map { indices[$0] } }
    }

    /// The least number for which bounds leave a partition.
    package func leastPossible(_ decisions: [Decision]) -> Int? {
        (1...max(1, indices.count)).first { count in
            var tried = self
            tried.most = count
            return tried.nearestPartition(to: decisions.map(\.lower), decisions) != nil
        }
    }
}

/// Numbers that are to have one value, and what that costs in squares.
struct ValuePool {
    private(set) var count = 0.0
    private var mean = 0.0
    /// Sum of squared distances from the mean.
    private var spread = 0.0
    private var lower = -Double.infinity
    private var upper = Double.infinity

    mutating func add(_ value: Double, from lower: Double, to upper: Double) {
        count += 1
        let distance = value - mean
        mean += distance / count
        spread += distance * (value - mean)
        self.lower = max(self.lower, lower)
        self.upper = min(self.upper, upper)
    }

    /// The best value; nil where bounds leave none.
    var value: Double? { lower <= upper ? min(max(mean, lower), upper) : nil }

    /// Least sum of squared distances; infinite where bounds leave no value.
    var cost: Double {
        guard let value else { return .infinity }
        return spread + count * (value - mean) * (value - mean)
    }
}

/// At most so many runs of neighbours with one value each, nearest to given numbers in squares.
struct RunPartition {
    private let count: Int
    private let most: Int
    /// What a run from a place costs, by its length less 1; it may go on at the beginning.
    private let costs: [[Double]]

    init(_ values: [Double], _ lower: [Double], _ upper: [Double], most: Int) {
        count = values.count
        self.most = min(most, values.count)
        costs = values.indices.map { first in
            var pool = ValuePool()
            return values.indices.map { step in
                let k = (first + step) % values.count
                pool.add(values[k], from: lower[k], to: upper[k])
                return pool.cost
            }
        }
    }

    /// - Parameter first: where a run begins for certain.
    func nearest(from first: Int = 0) -> (parts: [[Int]], cost: Double)? {
        // best[j]: of the first j places, with as many runs as rounds were made.
        var best = [Double](repeating: .infinity, count: count + 1)
        best[0] = 0
        var begins: [[Int]] = []
        var found: (runs: Int, cost: Double)?
        for run in 1...most {
            var next = [Double](repeating: .infinity, count: count + 1)
            var begin = [Int](repeating: 0, count: count + 1)
            for i in 0..<count where best[i].isFinite {
                let row = costs[(first + i) % count]
                for j in i + 1...count where best[i] + row[j - i - 1] < next[j] {
                    next[j] = best[i] + row[j - i - 1]
                    begin[j] = i
                }
            }
            begins.append(begin)
            best = next
            if best[count] < found?.cost ?? .infinity { found = (run, best[count]) }
        }
        guard let found else { return nil }
        var parts: [[Int]] = []
        var end = count
        for run in (0..<found.runs).reversed() {
            let begin = begins[run][end]
            parts.append((begin..<end).map { (first + $0) % count })
            end = begin
        }
        return (parts.reversed(), found.cost)
    }

    func nearestAround() -> [[Int]]? {
        var best: (parts: [[Int]], cost: Double)?
        for first in 0..<count {
            guard let found = nearest(from: first), found.cost < best?.cost ?? .infinity else { continue }
            best = found
        }
        return best?.parts
    }
}
