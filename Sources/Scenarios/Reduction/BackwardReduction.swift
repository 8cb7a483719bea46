/// Simultaneous backward reduction (Heitsch and Roemisch 2003, algorithm 2.2): starting with all points, removes the
/// one for which the removed ones together stay nearest to the rest.
///
/// Each point stores the two nearest that remain, itself not counted. Removing `l` then costs its own distance to the
/// nearest, and for each removed point whose nearest is `l` the larger distance to its second; so a step is linear in
/// the number of points, except for those that have to search for new neighbours. Of equals the first point is removed.
struct BackwardReduction {
    private let distances: DistanceMatrix
    private let weights: [Double]
    private var remains: [Bool]
    /// The nearest that remain, or -1 if none is left.
    private var first: [Int]
    private var second: [Int]

    private init(_ distances: DistanceMatrix, _ weights: [Double]) {
        self.distances = distances
        self.weights = weights
        remains = [Bool](repeating: true, count: distances.count)
        first = [Int](repeating: -1, count: distances.count)
        second = first
        for point in 0..<distances.count { findNeighbours(of: point) }
    }

    /// - Parameter weights: one per point, at least 0.
    /// - Returns: the `wanted` points that remain, in ascending order.
    static func keep(_ wanted: Int, of distances: DistanceMatrix, weights: [Double]) -> [Int] {
        var reduction = BackwardReduction(distances, weights)
        for _ in wanted..<distances.count { reduction.leaveOutOne() }
        return reduction.remains.indices.filter { reduction.remains[$0] }
    }

    private mutating func leaveOutOne() {
        var costs = [Double](repeating: 0, count: distances.count)
        for point in costs.indices {
            if remains[point] {
                costs[point] += weights[point] * distances[point, first[point]]
            } else {
                costs[first[point]] +=
                    weights[point] * (distances[point, second[point]] - distances[point, first[point]])
            }
        }
        var goes = -1
        for point in costs.indices where remains[point] && (goes < 0 || costs[point] < costs[goes]) { goes = point }
        remains[goes] = false
        for point in first.indices where first[point] == goes || second[point] == goes { findNeighbours(of: point) }
    }

    private mutating func findNeighbours(of point: Int) {
        let (nearest, next) = distances.withRow(point) { row -> (Int, Int) in
            var (nearest, next) = (-1, -1)
            var k = 0
            while k < row.count {
                if remains[k] && k != point {
                    if nearest < 0 || row[k] < row[nearest] {
                        (nearest, next) = (k, nearest)
                    } else if next < 0 || row[k] < row[next] {
                        next = k
                    }
                }
                k += 1
            }
            return (nearest, next)
        }
        first[point] = nearest
        second[point] = next
    }
}
