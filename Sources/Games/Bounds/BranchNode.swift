import LinearModels

/// A part of a program's points: the box of what branching narrows.
package struct BranchNode: Sendable {
    /// In the order of making, so that equal bounds are taken in an order that depends on nothing else.
    package let id: Int
    /// No point of this part pays more.
    package var bound: Double
    /// What is guessed of that, for the order of parts alone; nil where nothing is.
    var guess: Double?
    var rank: Double { min(bound, guess ?? .infinity) }
    package var lower: [Double]
    package var upper: [Double]
    /// To start from: that of the part it was cut from.
    package var basis: Basis
    /// The rows of envelopes that are at their sides in it, where these come and go; nil before the first answer.
    package var rows: [EnvelopeRow]?
    /// The least costs of followers with whole numbers, once the decisions that they see are settled.
    var caps: [Double]?

    package init(
        id: Int = 0, bound: Double, lower: [Double], upper: [Double], basis: Basis, rows: [EnvelopeRow]? = nil
    ) {
        (self.id, self.bound, self.lower, self.upper) = (id, bound, lower, upper)
        (self.basis, self.rows) = (basis, rows)
    }
}

/// Parts that are still to be looked into, the one with the greatest bound first.
package struct OpenNodes: Sendable {
    /// From the least bound to the greatest.
    package private(set) var nodes: [BranchNode] = []

    init() {}

    /// - Parameter nodes: in the order of ``nodes``.
    package init(inOrder nodes: [BranchNode]) { self.nodes = nodes }

    var count: Int { nodes.count }
    var greatestBound: Double? {
        guard let last = nodes.last else { return nil }
        return last.guess == nil ? last.bound : nodes.reduce(-.infinity) { max($0, $1.bound) }
    }

    mutating func insert(_ node: BranchNode) {
        var (low, high) = (0, nodes.count)
        while low < high {
            let middle = (low + high) / 2
            let other = nodes[middle]
            if other.rank < node.rank || other.rank == node.rank && other.id > node.id {
                low = middle + 1
            } else {
                high = middle
            }
        }
        nodes.insert(node, at: low)
    }

    mutating func takeBest() -> BranchNode? { nodes.popLast() }
}
