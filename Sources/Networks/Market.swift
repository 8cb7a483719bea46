/// A commodity with the part of the network that it may use.
///
/// An arc is of use only where the cheapest way over it without any toll costs less than the way without tolled arcs:
/// no tolls bring the commodity onto others. The cheapest way without tolled arcs stays, too.
struct Market: Sendable, Equatable {
    struct Link: Sendable, Equatable {
        let source: Int
        let target: Int
        let cost: Double
        /// Place among the problem's tolls; nil for an arc without.
        let toll: Int?
    }

    /// Its place among all commodities.
    let commodity: Int
    let demand: Double
    /// What it pays on the cheapest way without tolled arcs.
    let freeCost: Double
    /// Nodes are numbered from 0, and only those that count.
    let nodes: Int
    let origin: Int
    let destination: Int
    let links: [Link]

    /// Two ways whose costs differ by less, relative, are equally cheap.
    static let rounding = 1e-12

    /// What a whole network leaves of itself for one commodity.
    struct Reduction {
        private let arcs: [NetworkPricing.Arc]
        private let commodity: NetworkPricing.Commodity
        private let place: Int
        private let freeWay: Set<Int>
        /// Least costs without any toll, from the origin and to the destination.
        private let from: [Double]
        private let to: [Double]
        let freeCost: Double

        /// - Parameters:
        ///   - incidence: of the arcs.
        ///   - place: of the commodity among all.
        init(
            _ arcs: [NetworkPricing.Arc], _ incidence: Incidence, _ commodity: NetworkPricing.Commodity, place: Int
        ) {
            (self.arcs, self.commodity, self.place) = (arcs, commodity, place)
            let nodes = incidence.nodes
            func distances(_ isForward: Bool, from start: Int, free: Bool) -> (cost: [Double], arc: [Int]) {
                var cost = [Double](repeating: .infinity, count: nodes)
                var last = [Int](repeating: -1, count: nodes)
                var heap = NodeHeap()
                cost[start] = 0
                heap.push(0, start)
                while let (distance, node) = heap.pop() {
                    guard distance == cost[node] else { continue }
                    for a in incidence.arcs(at: node, isForward) where !(free && arcs[a].isTolled) {
                        let next = isForward ? arcs[a].target : arcs[a].source
                        let reached = distance + arcs[a].cost
                        guard reached < cost[next] else { continue }
                        (cost[next], last[next]) = (reached, a)
                        heap.push(reached, next)
                    }
                }
                return (cost, last)
            }
            let free = distances(true, from: commodity.origin, free: true)
            freeCost = free.cost[commodity.destination]
            from = distances(true, from: commodity.origin, free: false).cost
            to = distances(false, from: commodity.destination, free: false).cost
            var way: Set<Int> = []
            var node = commodity.destination
            while freeCost.isFinite, node != commodity.origin {
                way.insert(free.arc[node])
                node = arcs[free.arc[node]].source
            }
            freeWay = way
        }

        /// How much cheaper the cheapest way over an arc is than the one without tolled arcs.
        func room(_ arc: NetworkPricing.Arc) -> Double {
            freeCost * (1 - Market.rounding) - (from[arc.source] + arc.cost + to[arc.target])
        }

        /// Whether any toll matters to the commodity.
        var hasChoice: Bool {
            commodity.demand > 0 && commodity.origin != commodity.destination
                && from[commodity.destination] < freeCost * (1 - Market.rounding)
        }

        /// What all its units save by tolled arcs at no toll.
        var saving: Double { commodity.demand * (freeCost - from[commodity.destination]) }

        /// - Parameter tollOfArc: place among the problem's tolls; nil for none.
        func market(_ tollOfArc: [Int?]) -> Market {
            let kept = arcs.indices.filter { a in
                arcs[a].source != arcs[a].target && (freeWay.contains(a) || room(arcs[a]) > 0)
            }
            var places: [Int: Int] = [:]
            func local(_ node: Int) -> Int {
                if let known = places[node] { return known }
                defer { places[node] = places.count }
                return places.count
            }
            let (origin, destination) = (local(commodity.origin), local(commodity.destination))
            let links = kept.map { a in
                Link(
                    source: local(arcs[a].source), target: local(arcs[a].target), cost: arcs[a].cost,
                    toll: tollOfArc[a])
            }
            return Market(
                commodity: place, demand: commodity.demand, freeCost: freeCost, nodes: places.count, origin: origin,
                destination: destination, links: links)
        }
    }
}

/// Which arcs leave a node, and which arrive there.
struct Incidence {
    /// Where the arcs of each node begin in the lists; one more at the end.
    let leavingStarts: [Int32]
    let leaving: [Int32]
    let arrivingStarts: [Int32]
    let arriving: [Int32]
    var nodes: Int { leavingStarts.count - 1 }

    init(nodes: Int, sources: [Int], targets: [Int]) {
        func lists(_ ends: [Int]) -> (starts: [Int32], arcs: [Int32]) {
            var starts = [Int32](repeating: 0, count: nodes + 1)
            for node in ends { starts[node + 1] += 1 }
            for node in 0..<nodes { starts[node + 1] += starts[node] }
            var next = starts
            var arcs = [Int32](repeating: 0, count: ends.count)
            for (a, node) in ends.enumerated() {
                arcs[Int(next[node])] = Int32(a)
                next[node] += 1
            }
            return (starts, arcs)
        }
        (leavingStarts, leaving) = lists(sources)
        (arrivingStarts, arriving) = lists(targets)
    }

    func arcs(at node: Int, _ isForward: Bool) -> some Sequence<Int> {
        let (starts, arcs) = isForward ? (leavingStarts, leaving) : (arrivingStarts, arriving)
        return arcs[Int(starts[node])..<Int(starts[node + 1])].lazy.map { Int($0) }
    }
}

/// Nodes by their distance, the nearest first. Among equals the one with the lowest number, so that nothing depends on
/// the order in which they came.
struct NodeHeap {
    private var items: [(distance: Double, node: Int32)] = []

    mutating func removeAll() { items.removeAll(keepingCapacity: true) }

    @inline(__always)
    private static func isBefore(_ a: (distance: Double, node: Int32), _ b: (distance: Double, node: Int32)) -> Bool {
        a.distance < b.distance || a.distance == b.distance && a.node < b.node
    }

    mutating func push(_ distance: Double, _ node: Int) {
        let item = (distance: distance, node: Int32(truncatingIfNeeded: node))
        items.append(item)
        items.withUnsafeMutableBufferPointer { items in
            var place = items.count - 1
            while place > 0 {
                let parent = (place - 1) / 2
                guard Self.isBefore(item, items[parent]) else { break }
                items[place] = items[parent]
                place = parent
            }
            items[place] = item
        }
    }

    mutating func pop() -> (distance: Double, node: Int)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        let count = items.count
        if count > 0 {
            items.withUnsafeMutableBufferPointer { items in
                var place = 0
                while true {
                    var child = 2 * place + 1
                    guard child < count else { break }
                    if child + 1 < count, Self.isBefore(items[child + 1], items[child]) { child += 1 }
                    guard Self.isBefore(items[child], last) else { break }
                    items[place] = items[child]
                    place = child
                }
                items[place] = last
            }
        }
        return (first.distance, Int(first.node))
    }
}
