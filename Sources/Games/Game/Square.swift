import LinearModels

/// The term `factor * root²` of a leader's objective, whose root is a sum over decisions `p` and the followers'
/// variables `x`:
///
///     root = sum(a_i p_i) + sum(b_j x_j)
public struct Square: Sendable, Equatable {
    /// A multiple of one decision or variable.
    public struct Term: Sendable, Equatable {
        /// Among the space's decisions, or among the system's variables.
        public let index: Int
        public let factor: Double

        public init(index: Int, factor: Double) {
            self.index = index
            self.factor = factor
        }
    }

    public let factor: Double
    public let decisions: [Term]
    public let variables: [Term]

    public init(factor: Double, decisions: [Term] = [], variables: [Term] = []) {
        self.factor = factor
        self.decisions = decisions
        self.variables = variables
    }

    /// - Parameters:
    ///   - decision: one number per decision.
    ///   - values: one number per variable of the system.
    func value(at decision: [Double], _ values: [Double]) -> Double {
        let root =
            decisions.reduce(0) { $0 + $1.factor * decision[$1.index] }
            + variables.reduce(0) { $0 + $1.factor * values[$1.index] }
        return factor * root * root
    }
}

extension StackelbergGame {
    /// The leader's objective in its own sense, from the part of it that is the system's.
    func objective(_ linear: Double, at decision: [Double], _ values: [Double]) -> Double {
        if let risk { return risk.objective(at: bindings.system.select(from: decision), values, system.sense) }
        return squares.reduce(linear) { $0 + $1.value(at: decision, values) }
    }

    /// Squares of what followers answer: these tell answers apart that are one to a linear objective.
    var squaresOfResponses: [Square] { squares.filter { !$0.variables.isEmpty } }
}
