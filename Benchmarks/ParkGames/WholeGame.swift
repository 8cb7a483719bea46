import Games

extension StackelbergGame {
    /// The game with every follower's model solved in one piece, though it would fall apart: what the splitting saves.
    public func whole() throws -> StackelbergGame {
        try withFollowersInOnePiece()
    }
}
