/// How the least joint cost was found: what a distributed method went through, and what it showed.
public struct CoalitionRun: Sendable {
    /// One round of questions to all parties.
    public struct Round: Sendable, Equatable {
        public let number: Int
        /// How far what sellers and buyers want is from its mean, kWh, by Euclid's norm over all trades and steps.
        public let primal: Double
        /// How far prices are from where they were, CNY/kWh, by Euclid's norm; of ADMM the change of the agreed trades
        /// times the penalty.
        public let dual: Double?
        /// What all together can gain at most, CNY over the horizon, proven; nil where the round tells nothing.
        public let most: Double?
        /// What the best trades so far that all can keep gain, CNY over the horizon.
        public let gain: Double?

        public init(number: Int, primal: Double, dual: Double?, most: Double?, gain: Double?) {
            (self.number, self.primal, self.dual) = (number, primal, dual)
            (self.most, self.gain) = (most, gain)
        }
    }

    public let method: CoalitionTerms.Method
    /// Empty for the central method.
    public let rounds: [Round]
    /// What all together can gain at most, CNY over the horizon, proven.
    public let most: Double
    /// Messages to and from parties, and their length in bytes.
    public let messages: Int
    public let bytes: Int
    /// Whether it stopped by its own rule, and not for want of rounds.
    public let isDone: Bool

    public init(
        method: CoalitionTerms.Method, rounds: [Round] = [], most: Double, messages: Int = 0, bytes: Int = 0,
        isDone: Bool = true
    ) {
        self.method = method
        self.rounds = rounds
        self.most = most
        self.messages = messages
        self.bytes = bytes
        self.isDone = isDone
    }
}
