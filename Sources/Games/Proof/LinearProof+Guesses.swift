import LinearModels

/// What floating point is asked, where rational numbers take long. It proves nothing.
extension LinearProof {
    /// Splits a part where floating point is sure that it will be. Nothing is proved by that: splitting leaves nothing
    /// out.
    func splitByGuess(_ part: BranchNode) -> Bool {
        guard session.guess() == .optimal, session.objectiveValue > threshold else { return false }
        var node = part
        node.guess = session.objectiveValue
        node.basis = session.basis
        tryNearby()
        move(to: node)
        guard session.objectiveValue > threshold else { return false }
        if let index = integers.first(where: {
            let value = session.value(of: variables[$0])
            return abs(value - value.rounded()) > Self.sure
        }) {
            let value = session.value(of: variables[index])
            branch(node, at: index, below: value.rounded(.down), above: value.rounded(.up))
            return true
        }
        guard followers.isEmpty || node.caps != nil, let pair = brokenPair(above: Self.sure) else { return false }
        branch(node, on: pair)
        return true
    }

    /// Where rational numbers take longer than they save by telling more of each part.
    var isLarge: Bool { program.model.constraintCount > 50 }

    /// What floating point is not mistaken about, as a share of magnitudes.
    static let sure = 1e-6

    /// The answer to a guessed decision tells which of each pair is zero; the best decision for which that is so may be
    /// worth knowing.
    func tryNearby() {
        guard followers.isEmpty, let evaluation = try? evaluator.evaluate(decision), let payoff = evaluation.payoff,
            payoff > threshold
        else { return }
        let (guessed, basis) = (session.values, session.basis)
        defer {
            session.adopt(guessed)
            session.restore(basis)
            session.room = .rounding
        }
        var node = root
        node.bound = .infinity
        for index in integers where index < game.space.count {
            (node.lower[index], node.upper[index]) = (evaluation.decision[index], evaluation.decision[index])
        }
        var values = session.values
        for (variable, value) in zip(program.columns, evaluation.values) { values[variable.index] = value }
        for (variable, value) in zip(program.decisions, evaluation.decision) { values[variable.index] = value }
        for (pair, places) in zip(program.linearPairs, pairs) {
            let distance = pair.distance.value(variables: values, parameters: [])
            let isOpen = distance > 1e-2 * Self.sure * session.magnitude(of: pair.pair.slack)
            node.upper[isOpen ? places.dual : places.slack] = 0
        }
        move(to: node)
        session.room = .rounding
        guard session.solve() == .optimal, session.objectiveValue > threshold,
            !integers.contains(where: { session.isFractional(variables[$0]) })
        else { return }
        settle(node, leaves: false)
    }
}
