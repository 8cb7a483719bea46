import LinearModels

/// What the joint program of sizes and operation gave.
public struct ExactSizing: Sendable, Codable {
    /// `SolveStatus.optimal` for a proven optimum.
    public let status: SolveStatus
    /// The best sizes found with their operation; nil where none was found.
    public let best: Found?

    public struct Found: Sendable, Codable {
        /// CNY per year: investment and operation.
        public let cost: Double
        /// No sizes cost less: CNY per year.
        public let bound: Double
        /// One number per decision.
        public let sizes: [Double]
        /// One number per variable of the game's system.
        public let values: [Double]

        /// How much less than ``cost`` the optimum may be, as a share of it; 0 for a proven optimum.
        public var gap: Double { (cost - bound) / max(1e-10, abs(cost)) }
    }

    init(status: SolveStatus, objective: Double, sizes: [Double], values: [Double]) {
        self.status = status
        switch status {
        case .optimal: best = Found(cost: objective, bound: objective, sizes: sizes, values: values)
        case .limit(let gap?):
            best = Found(
                cost: objective, bound: objective - gap * max(1e-10, abs(objective)), sizes: sizes, values: values)
        default: best = nil
        }
    }
}
