/// Moves supplies to demands at least cost: shortest augmenting paths with potentials (Ahuja, Magnanti and Orlin 1993,
/// section 9.7).
///
/// Each round sends what it can along the cheapest path from any source with supply left to any sink with demand left;
/// potentials keep all reduced costs non-negative, so Dijkstra's algorithm finds the path, without a heap as every pair
/// is joined.
struct TransportProblem {
    /// One row per source, one column per sink; at least 0.
    let costs: [[Double]]
    /// At least 0, with equal sums.
    let supplies: [Double]
    let demands: [Double]

    func leastCost() -> Double {
        let (m, n) = (supplies.count, demands.count)
        var (supply, demand) = (supplies, demands)
        var flow = costs.map { $0.map { _ in 0.0 } }
        // Sources are nodes 0..<m, sinks m..<m+n.
        var potential = [Double](repeating: 0, count: m + n)
        // A remainder of the size of rounding needs no path.
        let nothing = 1e-13

        while supply.contains(where: { $0 > nothing }) {
            var distance = (0..<m + n).map { $0 < m && supply[$0] > nothing ? 0 : Double.infinity }
            var parent = [Int](repeating: -1, count: m + n)
            var done = [Bool](repeating: false, count: m + n)
            var target = -1
            while true {
                var node = -1
                for k in 0..<m + n where !done[k] && distance[k] < (node < 0 ? .infinity : distance[node]) { node = k }
                guard node >= 0 else { break }
                done[node] = true
                if node >= m, demand[node - m] > nothing {
                    target = node
                    break
                }
                for next in node < m ? m..<m + n : 0..<m where !done[next] {
                    // Back along an arc at most as much as flows there.
                    if node >= m, flow[next][node - m] <= 0 { continue }
                    let cost = node < m ? costs[node][next - m] : -costs[next][node - m]
                    let length = distance[node] + max(0, cost + potential[node] - potential[next])
                    if length < distance[next] {
                        distance[next] = length
                        parent[next] = node
                    }
                }
            }
            guard target >= 0 else { break }
            for k in 0..<m + n { potential[k] += min(distance[k], distance[target]) }

            var amount = demand[target - m]
            var node = target
            while parent[node] >= 0 {
                if node < m { amount = min(amount, flow[node][parent[node] - m]) }
                node = parent[node]
            }
            amount = min(amount, supply[node])
            supply[node] -= amount
            demand[target - m] -= amount
            node = target
            while parent[node] >= 0 {
                let before = parent[node]
                if node < m { flow[node][before - m] -= amount } else { flow[before][node - m] += amount }
                node = before
            }
        }
        return zip(flow, costs).reduce(0) { $0 + zip($1.0, $1.1).reduce(0) { $0 + $1.0 * $1.1 } }
    }
}
