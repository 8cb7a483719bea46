/// Answers tolls: the way of each commodity, and what all ways bring.
///
/// A cheapest way is found by Dijkstra's algorithm in the part of the network that a commodity may use. It is the same
/// answer as that of a linear program over the arcs' flows, see ``NetworkPricing/game(ties:)``, and takes a twelfth to
/// a twentieth of its time on the public instances.
///
/// Lives on one thread.
public final class TollAnswers {
    public let problem: NetworkPricing
    let trees: [WayTrees]
    private let effort = WayTrees.Effort()
    /// Which markets have a toll.
    let marketsOfToll: [[Int]]

    /// Links that were looked at so far.
    var work: Int { effort.links }

    public init(_ problem: NetworkPricing) {
        self.problem = problem
        let (effort, count) = (effort, problem.tolls.count)
        trees = problem.markets.map { WayTrees($0, tolls: count, effort) }
        var markets = [[Int]](repeating: [], count: count)
        for (k, market) in problem.markets.enumerated() {
            for link in market.links { if let toll = link.toll { markets[toll].append(k) } }
        }
        marketsOfToll = markets
    }

    /// What tolls bring, with ties for the operator.
    ///
    /// - Parameter tolls: one number from 0 to its limit for each of ``NetworkPricing/tolls``.
    public func revenue(_ tolls: [Double]) -> Double {
        var sum = 0.0
        for tree in trees {
            tree.answer(tolls)
            sum += tree.market.demand * tree.revenue
        }
        return sum
    }

    /// Each market's way at tolls, which the trees then stand at.
    func ways(_ tolls: [Double]) -> (revenue: Double, ways: [TollWay]) {
        for tree in trees { tree.set(tolls) }
        return (revenue, trees.map(\.way))
    }

    /// What the tolls bring that the trees stand at.
    var revenue: Double { trees.reduce(0) { $0 + $1.market.demand * $1.revenue } }

    /// What an answer usually takes, in links looked at: the mean over some tolls without a pattern. It depends on the
    /// problem alone.
    func typicalWork() -> Int {
        let before = work
        for sample in 0..<Self.samples {
            let tolls = problem.tolls.enumerated().map { t, toll in
                toll.limit * Double((t * 7 + sample * 3) % 11) / 10
            }
            _ = revenue(tolls)
        }
        return max(1, (work - before) / Self.samples)
    }

    private static let samples = 4
}
