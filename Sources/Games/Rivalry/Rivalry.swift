/// Leaders who decide beside each other, and followers who answer all of them at once.
///
/// In symbols, for the decisions `p = (p_1, …, p_n)` and the followers' answer `x(p)`, which is the same for all:
///
///     leader i:  max over p_i of payoff_i(p_i, p_-i, x(p))
///
/// an equilibrium problem with equilibrium constraints. With the decisions of its rivals given, each leader has a
/// ``StackelbergGame`` of its own.
public struct Rivalry: Sendable {
    public struct Leader: Sendable {
        public let name: String
        /// The place of its decisions among all.
        public let decisions: Range<Int>
        /// Its payoff at decisions of everybody: all followers, and its own dispatch.
        public let game: StackelbergGame

        public init(name: String, decisions: Range<Int>, game: StackelbergGame) {
            self.name = name
            self.decisions = decisions
            self.game = game
        }
    }

    public let name: String
    /// Of everybody's decisions, leader after leader.
    public let space: DecisionSpace
    public let leaders: [Leader]
    /// What makes each decision more attractive to followers: -1 where a smaller number does, as a price that they
    /// pay, and 1 where a greater one does, as a price that they are paid.
    public let attraction: [Double]
    /// For each decision those of rivals that are for the same.
    public let rivals: [[Int]]
    /// For each decision the followers' variables that it is the price of: columns of every leader's system.
    public let volumes: [[Int]]
    /// A leader's game over its own decisions, where those of its rivals are as in everybody's decisions.
    public let game: @Sendable (_ leader: Int, _ decisions: [Double]) throws -> StackelbergGame

    /// All leaders' games have the same followers, with the same variables in the same order, and ``space``.
    public init(
        name: String, space: DecisionSpace, leaders: [Leader], attraction: [Double], rivals: [[Int]],
        volumes: [[Int]],
        game: @escaping @Sendable (_ leader: Int, _ decisions: [Double]) throws -> StackelbergGame
    ) {
        self.name = name
        self.space = space
        self.leaders = leaders
        self.attraction = attraction
        self.rivals = rivals
        self.volumes = volumes
        self.game = game
    }
}
