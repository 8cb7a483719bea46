import LinearModels

/// What a part's program answers, as answers of the game.
extension LinearProof {
    /// A part whose program's answer is one of the game.
    ///
    /// - Parameter leaves: whether the part has nothing else to look into.
    func settle(_ node: BranchNode, leaves: Bool = true) {
        let moved = session.objectiveValue
        let found = Candidate(payoff: moved, decision: decision, values: systemValues)
        var fixed = node
        for index in integers {
            let value = session.value(of: variables[index])
            (fixed.lower[index], fixed.upper[index]) = (value, value)
        }
        for (slack, dual) in pairs where fixed.upper[slack] > 0 && fixed.upper[dual] > 0 {
            fixed.upper[session.value(of: variables[dual]) == 0 ? dual : slack] = 0
        }
        let (exact, wide) = (answer(fixed, room: .none), answer(fixed, room: .wide))
        let slack = slack(moved)
        if let exact, abs(exact.payoff - moved) <= slack {
            wide.map { abs($0.payoff - moved) <= Self.spread * slack } ?? true
                ? improve(exact) : doubt(exact)
        } else if let wide, abs(wide.payoff - moved) <= Self.spread * slack {
            improve(found)
        } else {
            doubt(exact)
        }
        if leaves { leave(node) }
    }

    /// How much more than ``slack(_:)`` the wide room may change: it is some hundred times as wide.
    static let spread = 256.0

    func improve(_ candidate: Candidate) {
        if candidate.payoff > best?.payoff ?? -.infinity { best = candidate }
    }

    func doubt(_ exact: Candidate?) {
        hangsOnRounding = true
        if let exact { improve(exact) }
    }

    /// The best of a part in which all is settled, with sides moved by more or less.
    func answer(_ node: BranchNode, room: RationalSession.Room) -> Candidate? {
        var node = node
        // A least cost that a computer's number tells exactly needs no room.
        for share in room == .none && node.caps != nil ? [0, Self.capRoom] : [Self.capRoom] {
            if node.caps != nil {
                let decision = Array(node.lower[..<game.space.count])
                guard let caps = caps(at: decision, room: room, share: share) else { return nil }
                node.caps = caps
            }
            move(to: node)
            session.room = room
            if session.solve() == .optimal {
                return Candidate(payoff: session.objectiveValue, decision: decision, values: systemValues)
            }
        }
        return nil
    }

    var decision: [Double] {
        game.space.decisions.enumerated().map { j, decision in
            let range = ends[j] ?? decision.lower...decision.upper
            let value = session.shortest(session.value(of: program.decisions[j]))
            return min(max(value, range.lowerBound), range.upperBound)
        }
    }

    var systemValues: [Double] { answers.map { session.shortest(session.value(of: $0)) } }
}
