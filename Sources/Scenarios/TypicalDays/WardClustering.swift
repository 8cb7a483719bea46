/// Hierarchical clustering (Ward 1963): from each point alone, always joins the two clusters whose union raises the sum
/// of squared distances to the clusters' means least. That rise for clusters of `a` and `b` points is `a b / (a + b)`
/// times the squared distance of their means, and follows from those before the union (Lance and Williams 1967).
enum WardClustering {
    /// - Parameter distances: Euclidean.
    /// - Returns: `wanted` clusters, each in ascending order, by their first points.
    static func clusters(_ wanted: Int, of distances: DistanceMatrix) -> [[Int]] {
        let count = distances.count
        var members = (0..<count).map { [$0] }
        // Twice the rise, which for single points is the squared distance; a cluster is where its first point was.
        var rise = (0..<count).map { i in distances.withRow(i) { $0.map { $0 * $0 } } }
        // The cluster after each whose union with it costs least.
        var partner = (0..<count).map { i in nearest(after: i, rise[i], members) }
        for _ in wanted..<count {
            var i = -1
            for k in 0..<count where partner[k] >= 0 && (i < 0 || rise[k][partner[k]] < rise[i][partner[i]]) { i = k }
            let j = partner[i]
            let (a, b) = (Double(members[i].count), Double(members[j].count))
            for k in 0..<count where k != i && k != j && !members[k].isEmpty {
                let c = Double(members[k].count)
                rise[i][k] = ((a + c) * rise[i][k] + (b + c) * rise[j][k] - c * rise[i][j]) / (a + b + c)
                rise[k][i] = rise[i][k]
            }
            members[i] = (members[i] + members[j]).sorted()
            members[j] = []
            partner[j] = -1
            // A union is never nearer to a third cluster than both its halves were, so a cluster that keeps its partner
            // need not search again.
            for k in 0..<count where k == i || partner[k] == i || partner[k] == j {
                partner[k] = members[k].isEmpty ? -1 : nearest(after: k, rise[k], members)
            }
        }
        return members.filter { !$0.isEmpty }
    }

    private static func nearest(after i: Int, _ rise: [Double], _ members: [[Int]]) -> Int {
        var best = -1
        for k in i + 1..<rise.count where !members[k].isEmpty && (best < 0 || rise[k] < rise[best]) {
            best = k
        }
        return best
    }
}
