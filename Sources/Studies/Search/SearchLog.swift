/// What a search saw, one line per generation.
public struct SearchLog: Sendable, Equatable, Codable {
    public struct Generation: Sendable, Equatable, Codable {
        public let number: Int
        /// Evaluations spent up to and with this generation.
        public let evaluations: Int
        /// Best payoff so far; nil while no decision could be answered.
        public let best: Double?
        /// Within the generation, over the decisions that could be answered.
        public let generationBest: Double?
        public let generationMean: Double?
        public let generationWorst: Double?
        /// Decisions of the generation that had no payoff.
        public let unanswered: Int
    }

    public internal(set) var generations: [Generation] = []

    /// Evaluations spent so far.
    public var evaluations: Int { generations.last?.evaluations ?? 0 }

    /// Adds a generation's payoffs, nil for decisions without one.
    ///
    /// - Parameter evaluations: spent on it.
    mutating func add(_ payoffs: [Double?], evaluations: Int) {
        let answered = payoffs.compactMap { $0 }
        let best = [generations.last?.best, answered.max()].compactMap { $0 }.max()
        generations.append(
            Generation(
                number: generations.count, evaluations: self.evaluations + evaluations,
                best: best, generationBest: answered.max(),
                generationMean: answered.isEmpty ? nil : answered.reduce(0, +) / Double(answered.count),
                generationWorst: answered.min(), unanswered: payoffs.count - answered.count))
    }
}
