/// Fast forward selection (Heitsch and Roemisch 2003, algorithm 2.4): starting empty, adds the point with which the
/// others are nearest to the selected ones. `count^2` operations per point; of equals the first point.
enum ForwardSelection {
    /// - Parameter weights: one per point, at least 0.
    /// - Returns: `wanted` points in the order of their selection.
    static func select(_ wanted: Int, from distances: DistanceMatrix, weights: [Double]) -> [Int] {
        let count = distances.count
        var selected: [Int] = []
        var isSelected = [Bool](repeating: false, count: count)
        // The distance of each point from the selected ones; very large before the first is selected.
        var nearest = [Double](repeating: .greatestFiniteMagnitude, count: count)
        while selected.count < wanted {
            var best = (point: -1, cost: Double.infinity)
            for candidate in 0..<count where !isSelected[candidate] {
                let cost = distances.withRow(candidate) { remainder(of: $0, nearest, weights) }
                if best.point < 0 || cost < best.cost { best = (candidate, cost) }
            }
            selected.append(best.point)
            isSelected[best.point] = true
            distances.withRow(best.point) { row in
                for k in 0..<count { nearest[k] = min(nearest[k], row[k]) }
            }
        }
        return selected
    }

    private static func remainder(
        of row: UnsafeBufferPointer<Double>, _ nearest: [Double], _ weights: [Double]
    ) -> Double {
        nearest.withUnsafeBufferPointer { nearest in
            weights.withUnsafeBufferPointer { weights in
                var cost = 0.0
                var k = 0
                while k < row.count {
                    cost += weights[k] * min(nearest[k], row[k])
                    k += 1
                }
                return cost
            }
        }
    }
}
