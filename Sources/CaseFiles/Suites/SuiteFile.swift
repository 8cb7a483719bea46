import Foundation
import Games
import Networks

/// A benchmark suite as it was read: problems with a budget, targets and best known values.
public struct SuiteFile: Sendable {
    public let name: String
    public let title: String
    /// Counted up whenever a problem, a budget or a target changes: results of two versions do not compare.
    public let version: Int
    public let population: Int
    public let evaluations: Int
    /// Gaps to the best known value that count as reached, the widest first.
    public let targets: [Double]
    public let problems: [Problem]
    /// The suite's file first, then every file that its problems are made of.
    public let inputFiles: [URL]

    public struct Problem: Sendable {
        public let name: String
        public let content: Content
        /// In the problem's own sense; nil where the suite does not say.
        public let bestKnown: Double?
    }

    public enum Content: Sendable {
        /// A test function by name.
        case function(String, dimension: Int, isRotated: Bool)
        case energyCase(Case)
        case bilevel(BilevelProblem)
        case network(NetworkPricing)
    }
}
