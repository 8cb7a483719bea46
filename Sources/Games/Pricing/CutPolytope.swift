/// A bounded polyhedron by its corners, cut by one half-space after another: the double description method (Motzkin,
/// Raiffa, Thompson and Thrall 1953), for few dimensions.
///
/// Where a cut passes between two corners that an edge joins, a new corner is on that edge. An edge joins two corners
/// if no third one lies in all the limits that both lie in (Fukuda and Prodon 1996); this holds where many limits meet
/// in one corner, too. Coordinates are of the order of 1.
struct CutPolytope {
    struct Corner {
        let point: [Double]
        /// Limits that it lies in, as bits.
        fileprivate(set) var limits: LimitSet
        /// Counted from the first one ever.
        let number: Int
    }

    private(set) var corners: [Corner]
    private let dimension: Int
    private var limitCount: Int
    private var cornerCount: Int

    /// Corners nearer to a limit than this lie in it.
    private static let tolerance = 1e-9

    /// The unit cube.
    init(dimension: Int) {
        self.dimension = dimension
        limitCount = 2 * dimension
        cornerCount = 1 << dimension
        corners = (0..<cornerCount).map { number in
            var limits = LimitSet()
            for k in 0..<dimension { limits.insert(2 * k + (number >> k & 1)) }
            return Corner(point: (0..<dimension).map { Double(number >> $0 & 1) }, limits: limits, number: number)
        }
    }

    /// All points above one of a base, from 0 to 1, in a dimension more.
    ///
    /// - Returns: with the number of the limit at 0.
    static func prism(over base: CutPolytope) -> (prism: CutPolytope, floor: Int) {
        var prism = CutPolytope(
            corners: [], dimension: base.dimension + 1, limitCount: base.limitCount + 2,
            cornerCount: 2 * base.corners.count)
        for (n, corner) in base.corners.enumerated() {
            for top in 0...1 {
                var limits = corner.limits
                limits.insert(base.limitCount + top)
                prism.corners.append(Corner(point: corner.point + [Double(top)], limits: limits, number: 2 * n + top))
            }
        }
        return (prism, base.limitCount)
    }

    private init(corners: [Corner], dimension: Int, limitCount: Int, cornerCount: Int) {
        self.corners = corners
        self.dimension = dimension
        self.limitCount = limitCount
        self.cornerCount = cornerCount
    }

    /// Keeps what has `normal * x <= limit`.
    mutating func cut(_ normal: [Double], atMost limit: Double) {
        let size = normal.reduce(0) { max($0, abs($1)) }
        guard size > 0 else { return }
        let excess = corners.map { corner in (zip(normal, corner.point).reduce(-limit) { $0 + $1.0 * $1.1 }) / size }
        let cut = limitCount
        limitCount += 1
        var kept: [Corner] = []
        for (corner, excess) in zip(corners, excess) where excess <= Self.tolerance {
            kept.append(corner)
            if excess >= -Self.tolerance { kept[kept.count - 1].limits.insert(cut) }
        }
        let (inside, outside) = (
            corners.indices.filter { excess[$0] < -Self.tolerance },
            corners.indices.filter { excess[$0] > Self.tolerance }
        )
        var found: [Corner] = []
        for a in outside {
            for b in inside {
                var common = corners[a].limits.intersection(corners[b].limits)
                guard common.count >= dimension - 1, isEdge(a, b, common) else { continue }
                let share = excess[b] / (excess[b] - excess[a])
                let point = zip(corners[b].point, corners[a].point).map { $0 + share * ($1 - $0) }
                common.insert(cut)
                found.append(Corner(point: point, limits: common, number: cornerCount))
                cornerCount += 1
            }
        }
        corners = kept + found
    }

    private func isEdge(_ a: Int, _ b: Int, _ common: LimitSet) -> Bool {
        !corners.indices.contains { $0 != a && $0 != b && common.isSubset(of: corners[$0].limits) }
    }
}

/// A set of small numbers.
struct LimitSet: Equatable {
    private var words: [UInt64] = []

    mutating func insert(_ number: Int) {
        while words.count <= number / 64 { words.append(0) }
        words[number / 64] |= 1 << UInt64(number % 64)
    }

    func contains(_ number: Int) -> Bool {
        number / 64 < words.count && words[number / 64] >> UInt64(number % 64) & 1 == 1
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

    func intersection(_ other: LimitSet) -> LimitSet {
        var result = LimitSet()
        result.words = zip(words, other.words).map { $0 & $1 }
        return result
    }

    func isSubset(of other: LimitSet) -> Bool {
        words.indices.allSatisfy { words[$0] & ~($0 < other.words.count ? other.words[$0] : 0) == 0 }
    }
}
