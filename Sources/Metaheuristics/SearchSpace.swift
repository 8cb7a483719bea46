/// The box that an algorithm searches, in the problem's own units.
public struct SearchSpace: Sendable, Equatable, Codable {
    public let lower: [Double]
    public let upper: [Double]

    public var dimension: Int { lower.count }

    /// - Throws: ``SearchSpaceError`` for an empty box, unequal lengths, infinite or crossed bounds. Equal bounds are
    ///   legal: that coordinate is fixed.
    public init(lower: [Double], upper: [Double]) throws {
        guard !lower.isEmpty else { throw SearchSpaceError.empty }
        guard lower.count == upper.count else {
            throw SearchSpaceError.unequalLengths(lower: lower.count, upper: upper.count)
        }
        for j in lower.indices {
            guard lower[j].isFinite, upper[j].isFinite else { throw SearchSpaceError.notFinite(coordinate: j) }
            guard lower[j] <= upper[j] else {
                throw SearchSpaceError.crossed(coordinate: j, lower: lower[j], upper: upper[j])
            }
        }
        self.lower = lower
        self.upper = upper
    }

    /// The nearest point of the box.
    public func clamped(_ point: [Double]) -> [Double] {
        point.indices.map { min(max(point[$0], lower[$0]), upper[$0]) }
    }

    /// The point of the box for a point of the unit cube; what lies outside the cube is clamped.
    public func point(atUnit unit: [Double]) -> [Double] {
        unit.indices.map {
            min(max(lower[$0] + unit[$0] * (upper[$0] - lower[$0]), lower[$0]), upper[$0])
        }
    }

    /// A point drawn uniformly.
    public func randomPoint(_ stream: inout RandomStream) -> [Double] {
        lower.indices.map { min(lower[$0] + stream.uniform() * (upper[$0] - lower[$0]), upper[$0]) }
    }

    /// The initial population of a seed: the same for every algorithm, so that a comparison has the same start for all.
    public func initialPopulation(_ settings: MetaheuristicSettings) -> [[Double]] {
        (0..<settings.population).map { i in
            var stream = RandomStream(seed: settings.seed, path: [Self.initialStream, UInt64(i)])
            return randomPoint(&stream)
        }
    }

    /// The same population as points of the unit cube, for algorithms whose steps have a length.
    public func initialUnitPopulation(_ settings: MetaheuristicSettings) -> [[Double]] {
        (0..<settings.population).map { i in
            var stream = RandomStream(seed: settings.seed, path: [Self.initialStream, UInt64(i)])
            return lower.indices.map { _ in stream.uniform() }
        }
    }

    private static let initialStream: UInt64 = 0x494E_4954
}

public enum SearchSpaceError: Error, Equatable, CustomStringConvertible {
    case empty
    case unequalLengths(lower: Int, upper: Int)
    case notFinite(coordinate: Int)
    case crossed(coordinate: Int, lower: Double, upper: Double)

    public var description: String {
        switch self {
        case .empty: "a search space needs at least one coordinate."
        case .unequalLengths(let lower, let upper): "\(lower) lower bounds but \(upper) upper bounds."
        case .notFinite(let j): "the bounds of coordinate \(j) must be finite numbers."
        case .crossed(let j, let lower, let upper):
            "coordinate \(j): lower bound \(lower) is above upper bound \(upper)."
        }
    }
}
