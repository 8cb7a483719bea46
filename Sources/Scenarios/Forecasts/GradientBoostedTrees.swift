/// Least-squares boosting of regression trees (Friedman 2001): each tree is fitted to the residuals of the trees before
/// it, and a share of it is added. With `subsample < 1` each tree sees a random part of the samples (Friedman 2002).
///
///     F_0(x) = mean(y),    F_m(x) = F_(m-1)(x) + learningRate * tree_m(x),    tree_m fitted to y - F_(m-1)(x)
///
/// The same data, settings and seed give the same trees.
public struct GradientBoostedTrees: Sendable, Equatable, Codable {
    /// How many trees, how large, and how fast they learn.
    public struct Settings: Sendable, Equatable, Codable {
        /// At least 0; without any the prediction is the mean.
        public var trees: Int
        /// Splits on the way to a leaf, at most.
        public var depth: Int
        /// Share of each tree that is added, above 0.
        public var learningRate: Double
        /// Fewest samples in a leaf, at least 1.
        public var smallestLeaf: Int
        /// Share of the samples that each tree is fitted to, above 0 and at most 1, drawn without replacement.
        public var subsample: Double
        /// Where the draws of `subsample` begin.
        public var seed: UInt64

        public init(
            trees: Int = 80, depth: Int = 3, learningRate: Double = 0.1, smallestLeaf: Int = 5, subsample: Double = 1,
            seed: UInt64 = 1
        ) {
            self.trees = trees
            self.depth = depth
            self.learningRate = learningRate
            self.smallestLeaf = smallestLeaf
            self.subsample = subsample
            self.seed = seed
        }

        /// A sentence about the first invalid value; nil if all are valid.
        var problem: String? {
            if trees < 0 { return "trees is \(trees), but must be at least 0." }
            if depth < 0 { return "depth is \(depth), but must be at least 0." }
            if !(learningRate > 0 && learningRate.isFinite) {
                return "learningRate is \(learningRate), but must be above 0."
            }
            if smallestLeaf < 1 { return "smallestLeaf is \(smallestLeaf), but must be at least 1." }
            if !(subsample > 0 && subsample <= 1) {
                return "subsample is \(subsample), but must be above 0 and at most 1."
            }
            return nil
        }
    }

    /// How many numbers a sample has.
    public let featureCount: Int
    private let base: Double
    private let learningRate: Double
    private var trees: [RegressionTree] = []

    /// Fits the trees.
    ///
    /// - Parameters:
    ///   - features: one row per sample, all of the same length.
    ///   - targets: one number per sample.
    /// - Throws: ``GradientBoostingError`` for data or settings that cannot be fitted.
    public init(features: [[Double]], targets: [Double], settings: Settings = Settings()) throws {
        if let problem = settings.problem { throw GradientBoostingError.badSetting(problem) }
        guard !targets.isEmpty, let width = features.first?.count, width > 0 else { throw GradientBoostingError.noData }
        guard features.count == targets.count, features.allSatisfy({ $0.count == width }) else {
            throw GradientBoostingError.unequalLengths
        }
        guard targets.allSatisfy(\.isFinite), features.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw GradientBoostingError.notFinite
        }
        featureCount = width
        base = targets.reduce(0, +) / Double(targets.count)
        learningRate = settings.learningRate
        var residuals = targets.map { [base] in $0 - base }
        // Residuals of the size of rounding are no signal: gains below this share of the targets' squares do not count.
        let noise = 1e-28 * targets.reduce(0) { $0 + $1 * $1 }
        let grower = TreeGrower(
            features: features, depth: settings.depth, smallestLeaf: settings.smallestLeaf, leastGain: noise)
        var generator = SplitMix(state: settings.seed)
        for _ in 0..<settings.trees {
            let seen = Self.drawn(settings.subsample, of: targets.count, using: &generator)
            let (tree, fitted) = grower.grow(residuals, seen: seen)
            for i in residuals.indices { residuals[i] -= settings.learningRate * fitted[i] }
            trees.append(tree)
        }
    }

    /// The prediction for one sample.
    ///
    /// - Parameter sample: `featureCount` numbers, in the order of the fit. A missing one lies below every threshold.
    public func predict(_ sample: [Double]) -> Double {
        trees.reduce(base) { $0 + learningRate * $1.value(at: sample) }
    }

    /// - Returns: nil for all.
    private static func drawn(_ share: Double, of count: Int, using generator: inout SplitMix) -> [Bool]? {
        guard share < 1 else { return nil }
        let wanted = max(1, Int((share * Double(count)).rounded(.down)))
        var order = Array(0..<count)
        var seen = [Bool](repeating: false, count: count)
        for k in 0..<wanted {
            order.swapAt(k, Int.random(in: k..<count, using: &generator))
            seen[order[k]] = true
        }
        return seen
    }
}

/// Why trees cannot be fitted.
public enum GradientBoostingError: Error, Equatable, CustomStringConvertible {
    case noData, unequalLengths, notFinite
    /// With a sentence that says which value and why.
    case badSetting(String)

    public var description: String {
        switch self {
        case .noData: "there are no samples to learn from."
        case .unequalLengths: "every sample needs the same number of features, and one target."
        case .notFinite: "features and targets must be finite numbers."
        case .badSetting(let sentence): sentence
        }
    }
}
