import LinearModels

/// Bases of all followers' answers to one decision, each found apart: a start for programs that hold them all.
///
/// Followers' blocks hold as many basic variables as rows, so that together, with slacks for what ties them, they are a
/// basis. Found at once, from nothing, it would take pivots as many as there are followers, each through all of them.
struct FollowerBases {
    private let bases: [Basis]

    /// Answers with integers as continuous.
    init(_ prices: PriceGame, at decision: [Double]) throws {
        bases = try zip(prices.game.followers, prices.game.bindings.followers).map { follower, binding in
            let bound = try BoundSession(follower.model.withoutIntegrality, binding)
            try bound.set(decision)
            _ = try bound.solve()
            return bound.session.basis
        }
    }

    /// Starts a session from them whose model begins with the followers' blocks, in their order.
    func restore(in session: SolverSession, _ game: StackelbergGame) {
        for (k, basis) in bases.enumerated() {
            let (column, row) = game.offset(of: k)
            session.restore(basis, columnOffset: column, rowOffset: row)
        }
    }
}

/// A program over all followers takes more than climbs may spend on it.
struct TooLarge: Error {}
