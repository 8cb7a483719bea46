/// Cheapest ways of one commodity at tolls that change one at a time: a tree of them from its origin to all nodes, and
/// one from all nodes to its destination.
///
/// A change of a toll repairs only what it touches (Ramalingam and Reps, "An incremental algorithm for a generalization
/// of the shortest-path problem", 1996): below an arc that became dearer, or beyond one that became cheaper.
///
/// Ties go to the operator. A toll weighs a billionth less than it is, so that of two ways that cost the same the one
/// with more tolls is the cheaper one; nothing else of two ways whose costs differ by more than rounding changes.
///
/// Lives on one thread.
final class WayTrees {
    /// What a toll weighs when ways are compared.
    static let weight = 1 - 1e-9

    let market: Market
    /// Arcs that were looked at, of all markets that share it.
    private let effort: Effort
    private let leaving: (starts: UnsafeMutableBufferPointer<Int32>, arcs: UnsafeMutableBufferPointer<Int32>)
    private let arriving: (starts: UnsafeMutableBufferPointer<Int32>, arcs: UnsafeMutableBufferPointer<Int32>)
    private let sources: UnsafeMutableBufferPointer<Int32>
    private let targets: UnsafeMutableBufferPointer<Int32>
    /// What each link costs with its toll, and the toll alone.
    private let weights: UnsafeMutableBufferPointer<Double>
    private let tolls: UnsafeMutableBufferPointer<Double>
    private let forward: Tree
    private let backward: Tree
    private let marks: UnsafeMutableBufferPointer<Bool>
    private var below: [Int32] = []
    private var heap = NodeHeap()
    /// The link with each toll; -1 where the market does not have it.
    private let linkOfToll: [Int]

    /// Of each node: what it costs to go there, what tolls are in that, and over which link one gets there.
    private struct Tree {
        let isForward: Bool
        let cost: UnsafeMutableBufferPointer<Double>
        let revenue: UnsafeMutableBufferPointer<Double>
        let link: UnsafeMutableBufferPointer<Int32>

        init(isForward: Bool, nodes: Int) {
            self.isForward = isForward
            cost = .allocate(capacity: nodes)
            revenue = .allocate(capacity: nodes)
            link = .allocate(capacity: nodes)
            cost.initialize(repeating: .infinity)
            revenue.initialize(repeating: 0)
            link.initialize(repeating: -1)
        }

        func deallocate() {
            cost.deallocate()
            revenue.deallocate()
            link.deallocate()
        }
    }

    /// What searches look at, counted and not clocked.
    final class Effort {
        var links = 0
    }

    init(_ market: Market, tolls count: Int, _ effort: Effort) {
        self.market = market
        self.effort = effort
        func filled<T>(_ values: [T]) -> UnsafeMutableBufferPointer<T> {
            let buffer = UnsafeMutableBufferPointer<T>.allocate(capacity: values.count)
            _ = buffer.initialize(from: values)
            return buffer
        }
        let incidence = Incidence(
            nodes: market.nodes, sources: market.links.map(\.source), targets: market.links.map(\.target))
        leaving = (filled(incidence.leavingStarts), filled(incidence.leaving))
        arriving = (filled(incidence.arrivingStarts), filled(incidence.arriving))
        sources = filled(market.links.map { Int32($0.source) })
        targets = filled(market.links.map { Int32($0.target) })
        weights = filled(market.links.map(\.cost))
        tolls = filled(market.links.map { _ in 0 })
        marks = filled([Bool](repeating: false, count: market.nodes))
        forward = Tree(isForward: true, nodes: market.nodes)
        backward = Tree(isForward: false, nodes: market.nodes)
        var places = [Int](repeating: -1, count: count)
        for (l, link) in market.links.enumerated() { if let toll = link.toll { places[toll] = l } }
        linkOfToll = places
    }

    deinit {
        for list in [leaving.starts, leaving.arcs, arriving.starts, arriving.arcs, sources, targets] {
            list.deallocate()
        }
        weights.deallocate()
        tolls.deallocate()
        marks.deallocate()
        forward.deallocate()
        backward.deallocate()
    }

    // MARK: Answers

    /// Cost of the cheapest way, tolls counted as they weigh.
    var cost: Double { forward.cost[market.destination] }
    /// The tolls on it.
    var revenue: Double { forward.revenue[market.destination] }

    /// The cheapest way's tolls, rising by their number, and its cost without them.
    var way: TollWay {
        var tolls: [Int32] = []
        var cost = 0.0
        var node = market.destination
        while node != market.origin {
            let l = Int(forward.link[node])
            cost += market.links[l].cost
            if let toll = market.links[l].toll { tolls.append(Int32(toll)) }
            node = Int(sources[l])
        }
        return TollWay(tolls: tolls.sorted(), cost: cost)
    }

    /// A way over one toll, and what the commodity does without.
    struct Choice {
        /// At a higher toll it takes the other way.
        let highest: Double
        /// Tolls on the way over it, itself aside.
        let others: Double
        /// Tolls on the other way.
        let otherwise: Double
    }

    /// nil where no toll however low brings the commodity there.
    func choice(of toll: Int) -> Choice? {
        let l = linkOfToll[toll]
        let (source, target) = (Int(sources[l]), Int(targets[l]))
        let over = forward.cost[source] + market.links[l].cost + backward.cost[target]
        guard over < market.freeCost else { return nil }
        var (without, otherwise) = (cost, revenue)
        if isOnWay(l) { (without, otherwise) = best(without: l) }
        // A little below, so that rounding does not undo the choice.
        let highest = (without - over) / Self.weight * (1 - 1e-10) - 1e-10
        guard highest > 0 else { return nil }
        return Choice(
            highest: highest, others: forward.revenue[source] + backward.revenue[target], otherwise: otherwise)
    }

    private func isOnWay(_ l: Int) -> Bool {
        guard forward.link[Int(targets[l])] == Int32(l) else { return false }
        var node = market.destination
        while node != market.origin {
            let last = Int(forward.link[node])
            if last == l { return true }
            node = Int(sources[last])
        }
        return false
    }

    /// Cost and tolls of the cheapest way that avoids a link which the tree goes over.
    private func best(without l: Int) -> (cost: Double, revenue: Double) {
        collect(below: Int(targets[l]), forward)
        let kept = below.map { (forward.cost[Int($0)], forward.revenue[Int($0)], forward.link[Int($0)]) }
        repair(forward, avoiding: l, until: market.destination)
        let found = (cost, revenue)
        for (node, values) in zip(below, kept) {
            (forward.cost[Int(node)], forward.revenue[Int(node)], forward.link[Int(node)]) = values
        }
        return found
    }

    // MARK: Changes

    /// Takes all tolls at once.
    func set(_ values: [Double]) {
        answer(values)
        search(backward)
    }

    /// The same with the cheapest way alone: ``choice(of:)`` needs both trees.
    func answer(_ values: [Double]) {
        for (l, link) in market.links.enumerated() {
            guard let toll = link.toll else { continue }
            tolls[l] = values[toll]
            weights[l] = link.cost + values[toll] * Self.weight
        }
        search(forward)
    }

    /// Changes one toll, which the market has.
    func set(_ toll: Int, to value: Double) {
        let l = linkOfToll[toll]
        let former = weights[l]
        tolls[l] = value
        weights[l] = market.links[l].cost + value * Self.weight
        guard weights[l] != former else { return }
        for tree in [forward, backward] {
            if weights[l] > former { raise(l, tree) } else { lower(l, tree) }
        }
    }

    private func search(_ tree: Tree) {
        tree.cost.update(repeating: .infinity)
        tree.link.update(repeating: -1)
        let start = tree.isForward ? market.origin : market.destination
        tree.cost[start] = 0
        tree.revenue[start] = 0
        heap.removeAll()
        heap.push(0, start)
        spread(tree) { _ in true }
    }

    /// Goes on from the nodes of the heap.
    @inline(__always)
    private func spread(_ tree: Tree, avoiding: Int = -1, until last: Int = -1, _ may: (Int) -> Bool) {
        let (starts, arcs) = tree.isForward ? leaving : arriving
        let ends = tree.isForward ? targets : sources
        var looked = 0
        while let (distance, node) = heap.pop() {
            guard distance == tree.cost[node] else { continue }
            if node == last { break }
            for k in Int(starts[node])..<Int(starts[node + 1]) {
                let l = Int(arcs[k])
                let next = Int(ends[l])
                looked += 1
                guard l != avoiding, may(next) else { continue }
                let reached = distance + weights[l]
                guard reached < tree.cost[next] || tree.link[next] == Int32(l) && reached == tree.cost[next] else {
                    continue
                }
                tree.cost[next] = reached
                tree.revenue[next] = tree.revenue[node] + tolls[l]
                tree.link[next] = Int32(l)
                heap.push(reached, next)
            }
        }
        effort.links += looked
    }

    private func lower(_ l: Int, _ tree: Tree) {
        let (near, far) = tree.isForward ? (Int(sources[l]), Int(targets[l])) : (Int(targets[l]), Int(sources[l]))
        let reached = tree.cost[near] + weights[l]
        guard reached < tree.cost[far] else { return }
        tree.cost[far] = reached
        tree.revenue[far] = tree.revenue[near] + tolls[l]
        tree.link[far] = Int32(l)
        heap.removeAll()
        heap.push(reached, far)
        spread(tree) { _ in true }
    }

    private func raise(_ l: Int, _ tree: Tree) {
        let far = Int(tree.isForward ? targets[l] : sources[l])
        guard tree.link[far] == Int32(l) else { return }
        collect(below: far, tree)
        repair(tree)
    }

    /// Marks the nodes that a tree reaches over one.
    private func collect(below node: Int, _ tree: Tree) {
        let (starts, arcs) = tree.isForward ? leaving : arriving
        let ends = tree.isForward ? targets : sources
        below.removeAll(keepingCapacity: true)
        below.append(Int32(node))
        marks[node] = true
        var place = 0
        while place < below.count {
            let node = Int(below[place])
            place += 1
            for k in Int(starts[node])..<Int(starts[node + 1]) {
                let l = arcs[k]
                let next = ends[Int(l)]
                guard tree.link[Int(next)] == l else { continue }
                marks[Int(next)] = true
                below.append(next)
            }
        }
    }

    /// Finds the marked nodes' ways anew, from those around them.
    private func repair(_ tree: Tree, avoiding: Int = -1, until last: Int = -1) {
        let (starts, arcs) = tree.isForward ? arriving : leaving
        let begins = tree.isForward ? sources : targets
        heap.removeAll()
        var looked = 0
        for node in below {
            let node = Int(node)
            var (best, link) = (Double.infinity, Int32(-1))
            for k in Int(starts[node])..<Int(starts[node + 1]) {
                let l = Int(arcs[k])
                let near = Int(begins[l])
                looked += 1
                guard l != avoiding, !marks[near] else { continue }
                let reached = tree.cost[near] + weights[l]
                if reached < best { (best, link) = (reached, Int32(l)) }
            }
            tree.cost[node] = best
            tree.link[node] = link
            guard link >= 0 else { continue }
            tree.revenue[node] = tree.revenue[Int(begins[Int(link)])] + tolls[Int(link)]
            heap.push(best, node)
        }
        effort.links += looked
        spread(tree, avoiding: avoiding, until: last) { marks[$0] }
        for node in below { marks[Int(node)] = false }
    }
}

/// A way, as what it costs at any tolls.
struct TollWay: Sendable, Hashable {
    /// Places among the problem's tolls, rising.
    let tolls: [Int32]
    /// Without them.
    let cost: Double
}
