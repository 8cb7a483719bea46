import Networks
import TestSupport

/// A small network with a way without tolls for each commodity.
enum RandomNetwork {
    static func make(_ seed: UInt64, nodes: Int, arcs: Int, tolled: Int, commodities: Int) throws -> NetworkPricing {
        var random = SeededNumbers(seed: seed)
        func node() -> Int { random.whole(1...nodes) }
        let pairs = (0..<commodities).map { _ -> (Int, Int) in
            let origin = node()
            return (origin, (origin + random.whole(0...nodes - 2)) % nodes + 1)
        }
        // Integer costs, so that ties are many.
        var list = (0..<arcs).map { a in
            NetworkPricing.Arc(
                from: node(), to: node(), cost: Double(random.whole(0...9)), isTolled: a < tolled)
        }
        list += pairs.map { .init(from: $0.0, to: $0.1, cost: Double(random.whole(8...25))) }
        return try NetworkPricing(
            name: "random\(seed)", nodes: nodes, arcs: list,
            commodities: pairs.map { .init(from: $0.0, to: $0.1, demand: Double(random.whole(1...9))) })
    }
}
