import Games

extension StackelbergGame {
    /// The game with every follower's model solved in one piece, though it would fall apart: what the splitting saves.
    public func whole() throws -> StackelbergGame {
        try StackelbergGame(
            name: name, space: space, followers: followers.map { Follower(name: $0.name, model: $0.model) },
            system: system, ties: ties)
    }
}
