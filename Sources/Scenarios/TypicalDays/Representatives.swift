/// Which member represents each cluster, when the totals of the year count as well as distance.
///
/// The member nearest to all others is a moderate one: if a column is skewed, as wind is, such members differ from the
/// mean and the year's total is missed. So the nearest members are exchanged for others as long as that lowers
///
///     sum of costs / least sum of costs + weight * sum over columns of |error of the total|
///
/// always by the best exchange of all, so that the order of clusters does not matter.
struct Representatives {
    let clusters: [[Int]]
    /// For each point its cost when it represents its cluster.
    let costs: [Double]
    /// For each point its total in each column, as a share of the year's.
    let totals: [[Double]]
    /// For each column the wanted sum of the clusters' totals.
    let wanted: [Double]
    let weight: Double

    /// - Returns: one point per cluster.
    func choose() -> [Int] {
        var chosen = clusters.map { $0.min { (costs[$0], $0) < (costs[$1], $1) } ?? 0 }
        let least = chosen.reduce(0) { $0 + costs[$1] }
        guard weight > 0, least > 0 else { return chosen }
        var errors = wanted.map { -$0 }
        for (cluster, point) in zip(clusters, chosen) {
            for c in errors.indices { errors[c] += Double(cluster.count) * totals[point][c] }
        }
        while true {
            // A gain of the size of rounding does not count.
            var best = (gain: 1e-12, position: -1, point: -1)
            for (position, cluster) in clusters.enumerated() {
                let now = chosen[position]
                for point in cluster where point != now {
                    var gain = (costs[now] - costs[point]) / least
                    for c in errors.indices {
                        let moved = errors[c] + Double(cluster.count) * (totals[point][c] - totals[now][c])
                        gain += weight * (abs(errors[c]) - abs(moved))
                    }
                    if gain > best.gain { best = (gain, position, point) }
                }
            }
            guard best.point >= 0 else { return chosen }
            for c in errors.indices {
                errors[c] +=
                    Double(clusters[best.position].count) * (totals[best.point][c] - totals[chosen[best.position]][c])
            }
            chosen[best.position] = best.point
        }
    }
}
