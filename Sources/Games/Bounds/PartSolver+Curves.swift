import LinearModels

/// Products and squares that a part's program breaks, and where to split for their sake.
extension PartSolver {
    /// The product or square that is farthest from what it should be, and where to split the range it depends on.
    func brokenCurve(_ node: BranchNode) -> (index: Int, value: Double)? {
        guard let square = brokenSquare(node) else { return brokenProduct(node).map { ($0.index, $0.value) } }
        if let product = brokenProduct(node), product.error >= square.error { return (product.index, product.value) }
        return (square.index, square.value)
    }

    private func brokenSquare(_ node: BranchNode) -> (index: Int, value: Double, error: Double)? {
        var worst: (index: Int, value: Double, error: Double)?
        for (i, square) in nodes.squares.squares.enumerated() where square.factor > 0 {
            let index = nodes.index(of: square.root)
            let (low, high) = (node.lower[index], node.upper[index])
            let error = square.factor * nodes.squares.excess(i)
            guard error > max(1e-9, worst?.error ?? 0), (high - low).isFinite,
                high - low > Self.leastWidth * max(1, abs(low), abs(high))
            else { continue }
            worst = (index, Self.splitPoint(nodes.session.value(of: square.root), low, high), error)
        }
        return worst
    }

    /// The decision whose products are farthest from what they should be, together with those of what it is worth to
    /// followers; where none is left to be split, such a worth.
    private func brokenProduct(_ node: BranchNode) -> (index: Int, value: Double, error: Double)? {
        var errors = [Double](repeating: 0, count: nodes.lower.count)
        for product in program.products {
            let error = error(of: product.envelope)
            if width(node, product.decision) > Self.leastWidth { errors[product.decision] += error }
        }
        for envelope in program.omitted.contains(.worthBranching) ? [] : program.complements {
            guard let place = place(of: envelope.factor, node) else { continue }
            errors[place] += error(of: envelope)
        }
        let decisions = program.decisions.indices
        let worst =
            decisions.max { errors[$0] < errors[$1] }.flatMap { errors[$0] > 0 ? $0 : nil }
            ?? errors.indices.max { errors[$0] < errors[$1] }
        guard let worst, errors[worst] > 0 else { return nil }
        let range = nodes.range(of: nodes.variable(at: worst))
        let (low, high) =
            decisions.contains(worst) ? (node.lower[worst], node.upper[worst]) : (range.lower, range.upper)
        if decisions.contains(worst), game.space.decisions[worst].isInteger { return nil }
        let value = nodes.session.value(of: nodes.variable(at: worst))
        return (worst, Self.splitPoint(value, low, high), errors[worst])
    }

    /// Where to split for the sake of a product with this factor: the decision that it is or is the worth of; itself,
    /// where that decision is narrow by now and says little of the worth; nil where both are as narrow as can be.
    private func place(of factor: Variable, _ node: BranchNode) -> Int? {
        let own = nodes.index(of: factor)
        if own < program.decisions.count { return width(node, own) > Self.leastWidth ? own : nil }
        let range = nodes.range(of: factor)
        let isOpen = range.upper - range.lower > Self.leastWidth * max(1, min(abs(range.lower), abs(range.upper)))
        guard let decision = decisionOf[factor], width(node, decision) > Self.leastWidth else {
            return isOpen ? own : nil
        }
        let isNarrow = width(node, decision) < 1.0 / 16
        let reach = node.upper[decision] - node.lower[decision]
        return isNarrow && range.upper - range.lower > 4 * reach ? own : decision
    }

    private func error(of envelope: SingleLevelProgram.Envelope) -> Double {
        let p = nodes.session.value(of: envelope.factor)
        let (q, w) = (nodes.session.value(of: envelope.quantity), nodes.session.value(of: envelope.value))
        let error = abs(w - p * q)
        return error > 1e-9 * max(1, abs(w)) ? error : 0
    }

    /// Both parts hold a product or a square there where the program wants to be; near an end one of them would be all
    /// of it. A range without end is split beyond where the program is, so that the part with an end holds it.
    static func splitPoint(_ value: Double, _ low: Double, _ high: Double) -> Double {
        if !low.isFinite { return high.isFinite ? value - max(1, high - value) : value }
        if !high.isFinite { return value + max(1, value - low) }
        let margin = Self.margin * (high - low)
        return (low + margin...high - margin).contains(value) ? value : 0.5 * (low + high)
    }

    private static let margin = 0.4
}
