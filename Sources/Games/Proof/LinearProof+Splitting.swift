import LinearModels

/// How parts are split.
extension LinearProof {
    func node(_ parent: BranchNode, _ change: (inout BranchNode) -> Void) {
        made += 1
        var node = BranchNode(
            id: made, bound: parent.bound, lower: parent.lower, upper: parent.upper, basis: parent.basis)
        node.caps = parent.caps
        node.guess = parent.guess
        change(&node)
        open.insert(node)
    }

    func branch(_ parent: BranchNode, at index: Int, below: Double, above: Double) {
        if below >= parent.lower[index] { node(parent) { $0.upper[index] = below } }
        if above <= parent.upper[index] { node(parent) { $0.lower[index] = above } }
    }

    func branch(_ parent: BranchNode, on pair: (slack: Int, dual: Int)) {
        for index in [pair.slack, pair.dual] { node(parent) { $0.upper[index] = 0 } }
    }

    /// The decision alone at which the program would be, and what is left and right of it.
    func branchOnDecision(_ parent: BranchNode) {
        guard
            let index = linking.max(by: {
                parent.upper[$0] - parent.lower[$0] < parent.upper[$1] - parent.lower[$1]
            })
        else { return leave(parent) }
        let value = session.value(of: variables[index]).rounded()
        node(parent) { ($0.lower[index], $0.upper[index]) = (value, value) }
        branch(parent, at: index, below: value - 1, above: value + 1)
    }

    /// The pair that costs its follower most, of those whose two variables are both above a share of their magnitudes.
    func brokenPair(above least: Double = 0) -> (slack: Int, dual: Int)? {
        func exceeds(_ index: Int) -> Bool {
            session.value(of: variables[index]) > least * session.magnitude(of: variables[index])
        }
        func cost(_ pair: (slack: Int, dual: Int)) -> Double {
            session.value(of: variables[pair.slack]) * session.value(of: variables[pair.dual])
        }
        return pairs.filter { exceeds($0.slack) && exceeds($0.dual) }.max { cost($0) < cost($1) }
    }

    /// A part without an end to what it pays: split where it can be; where it cannot, the game has none.
    func splitEndless(_ parent: BranchNode) throws {
        if let pair = pairs.first(where: { parent.upper[$0.slack] > 0 && parent.upper[$0.dual] > 0 }) {
            return branch(parent, on: pair)
        }
        if !followers.isEmpty, parent.caps == nil { return branchOnDecision(parent) }
        let status = session.solve(whole: integers.map { variables[$0] })
        switch status {
        case .infeasible: return
        case .unbounded, .optimal: throw CertificateError.unbounded
        case .limit: leave(parent)
        }
    }
}
