/// Partitioning around medoids (Kaufman and Rousseeuw 1990): the points with the least sum of distances from all points
/// to the nearest of them. Chosen greedily, then improved by the best exchange of a medoid for another point as long as
/// there is one: no single exchange makes the result better, though an exchange of two at once may.
enum Medoids {
    /// - Returns: `wanted` points, in ascending order.
    static func choose(_ wanted: Int, from distances: DistanceMatrix) -> [Int] {
        let count = distances.count
        var medoids = ForwardSelection.select(
            wanted, from: distances, weights: [Double](repeating: 1, count: count))
        while let (position, point) = bestExchange(of: medoids, distances) { medoids[position] = point }
        return medoids.sorted()
    }

    /// For each point, the gains of all exchanges of a medoid for it at once (Schubert and Rousseeuw 2019).
    private static func bestExchange(of medoids: [Int], _ distances: DistanceMatrix) -> (position: Int, point: Int)? {
        let nearest = (0..<distances.count).map { i in
            medoids.indices.min { distances[i, medoids[$0]] < distances[i, medoids[$1]] } ?? 0
        }
        let first = nearest.indices.map { distances[$0, medoids[nearest[$0]]] }
        let second = nearest.indices.map { i in
            medoids.indices.filter { $0 != nearest[i] }.map { distances[i, medoids[$0]] }.min()
                ?? .greatestFiniteMagnitude
        }
        // A gain of the size of rounding does not count; else two equal exchanges could follow each other for ever.
        var best = (gain: 1e-12 * first.reduce(0, +), position: -1, point: -1)
        for point in 0..<distances.count where !medoids.contains(point) {
            // The gain whichever medoid goes, and the further gain if it is the nearest one.
            var always = 0.0
            var gains = [Double](repeating: 0, count: medoids.count)
            distances.withRow(point) { row in
                for i in row.indices {
                    let kept = min(first[i], row[i])
                    always += first[i] - kept
                    gains[nearest[i]] += kept - min(second[i], row[i])
                }
            }
            for position in gains.indices where always + gains[position] > best.gain {
                best = (always + gains[position], position, point)
            }
        }
        return best.point < 0 ? nil : (best.position, best.point)
    }
}
