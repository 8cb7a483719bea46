import Games

/// How an equilibrium among leaders is looked for.
public struct CompetitionSettings: Sendable, Equatable {
    /// Of each best response; its workers share the starts, and the result does not depend on them.
    public var search: StudySettings
    /// The finest step by which a leader makes its decisions more attractive than its rivals', in the unit of the
    /// decisions; nil for the 256th part of the widest range of a decision.
    public var tick: Double?
    /// A move counts where it gains more than this share of what followers pay in all.
    public var epsilon: Double
    /// Rounds after which a start is given up, each a move by every leader.
    public var rounds: Int
    /// Programs for the bound on what each leader's best decisions could pay.
    public var nodes: Int

    public init(
        search: StudySettings, tick: Double? = nil, epsilon: Double = 1e-4, rounds: Int = 200, nodes: Int = 100
    ) {
        self.search = search
        self.tick = tick
        self.epsilon = epsilon
        self.rounds = rounds
        self.nodes = nodes
    }

    func finestTick(in rivalry: Rivalry) -> Double { tick ?? rivalry.widestRange / 256 }
}

/// Where the decisions of all leaders begin.
public enum CompetitionStart: String, Sendable, CaseIterable {
    case middle, top, bottom
}

/// One leader's turn.
public struct CompetitionMove: Sendable, Equatable {
    /// Rounds count from 1.
    public let round: Int
    public let leader: Int
    public let tick: Double
    /// What it was paid before the turn, and after; nil where it had no answer.
    public let before: Double?
    public let after: Double?
    public let hasMoved: Bool
}

/// What came of one start.
public struct CompetitionPath: Sendable {
    public enum End: String, Sendable {
        /// Nobody found a move at the finest tick that gains.
        case equilibrium
        /// Best responses lead back to where they were.
        case cycle
        /// The rounds ended before either.
        case roundsEnded = "rounds ended"
    }

    public let start: CompetitionStart
    public let moves: [CompetitionMove]
    public let end: End
    /// Where it ended.
    public let answer: RivalryAnswer
    /// For a cycle, everybody's decisions after each of its rounds; the last is ``answer``.
    public let cycle: [RivalryAnswer]
}
