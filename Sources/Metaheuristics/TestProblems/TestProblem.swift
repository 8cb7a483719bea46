/// A test function in a box, with its optimum at a chosen place, rotated or not. The optimal value is 0.
public struct TestProblem: Sendable {
    /// Where in the box the optimum lies. An algorithm that does well only at ``centre`` has a centre bias.
    public enum Placement: String, Sendable, CaseIterable, Codable {
        /// Away from every symmetric place: `0.1 + 0.8 frac(j * 0.6180339887498949)` of the width, for coordinate `j`.
        case shifted
        case centre
        /// At a tenth and at nine tenths of every coordinate.
        case low, high
        case lowerCorner, upperCorner
    }

    public let function: TestFunction
    public let dimension: Int
    /// Whether distances from the optimum are rotated at random, so that the function is not separable.
    public let isRotated: Bool
    public let placement: Placement
    public let space: SearchSpace
    public let optimum: [Double]
    /// Rows of the rotation matrix; empty without rotation.
    private let rotation: [[Double]]

    public init(_ function: TestFunction, dimension: Int, isRotated: Bool = false, placement: Placement = .shifted)
        throws
    {
        self.function = function
        self.dimension = dimension
        self.isRotated = isRotated
        self.placement = placement
        let bound = function.bound
        space = try SearchSpace(
            lower: Array(repeating: -bound, count: dimension), upper: Array(repeating: bound, count: dimension))
        optimum = (0..<dimension).map { -bound + 2 * bound * Self.share(placement, coordinate: $0 + 1) }
        rotation = isRotated ? Self.rotation(dimension) : []
    }

    /// Such as `rotated-sphere-10`.
    public var name: String {
        (isRotated ? "rotated-" : "") + function.rawValue + "-\(dimension)"
            + (placement == .shifted ? "" : "-\(placement)")
    }

    public func value(at point: [Double]) -> Double {
        let distance = zip(point, optimum).map { $0 - $1 }
        guard isRotated else { return function.value(from: distance) }
        return function.value(from: rotation.map { row in zip(row, distance).reduce(0) { $0 + $1.0 * $1.1 } })
    }

    private static func share(_ placement: Placement, coordinate: Int) -> Double {
        switch placement {
        case .shifted:
            let golden = Double(coordinate) * 0.6180339887498949
            return 0.1 + 0.8 * (golden - golden.rounded(.down))
        case .centre: return 0.5
        case .low: return 0.1
        case .high: return 0.9
        case .lowerCorner: return 0
        case .upperCorner: return 1
        }
    }

    /// An orthogonal matrix that depends on the dimension alone: normal numbers, made orthonormal row by row (Gram and
    /// Schmidt), twice against rounding.
    private static func rotation(_ dimension: Int) -> [[Double]] {
        var stream = RandomStream(seed: 0x526F_7461_7465, path: [UInt64(dimension)])
        var rows: [[Double]] = []
        while rows.count < dimension {
            var row = (0..<dimension).map { _ in stream.normal() }
            for _ in 0..<2 {
                for other in rows {
                    let along = zip(row, other).reduce(0) { $0 + $1.0 * $1.1 }
                    for j in row.indices { row[j] -= along * other[j] }
                }
            }
            let length = row.reduce(0) { $0 + $1 * $1 }.squareRoot()
            rows.append(row.map { $0 / length })
        }
        return rows
    }
}
