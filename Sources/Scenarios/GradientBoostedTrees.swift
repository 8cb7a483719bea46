/// Least-squares boosting of regression trees (Friedman 2001): each tree is fitted to what the trees before it leave over, and a
/// share of it is added.
///
/// Splits are found exactly: for each feature all thresholds between sorted neighbours, the one that lowers the sum of squares most.
/// Equal gains go to the first feature and the lowest threshold, so a fit is the same everywhere.
public struct GradientBoostedTrees: Sendable, Equatable, Codable {
    public struct Settings: Sendable, Equatable, Codable {
        public var trees: Int
        public var depth: Int
        public var learningRate: Double
        /// Fewest samples in a leaf.
        public var smallestLeaf: Int

        public init(trees: Int = 80, depth: Int = 3, learningRate: Double = 0.1, smallestLeaf: Int = 5) {
            self.trees = trees
            self.depth = depth
            self.learningRate = learningRate
            self.smallestLeaf = smallestLeaf
        }
    }

    private indirect enum Node: Sendable, Equatable, Codable {
        case leaf(Double)
        case split(feature: Int, threshold: Double, below: Node, above: Node)

        func value(at sample: [Double]) -> Double {
            switch self {
            case .leaf(let value): value
            case .split(let feature, let threshold, let below, let above):
                sample[feature] <= threshold ? below.value(at: sample) : above.value(at: sample)
            }
        }
    }

    private let base: Double
    private let learningRate: Double
    private var trees: [Node] = []

    /// - Parameters:
    ///   - features: one row a sample, all of the same length.
    ///   - targets: one number a sample.
    /// - Throws: ``GradientBoostingError`` for data that cannot be fitted.
    public init(features: [[Double]], targets: [Double], settings: Settings = Settings()) throws {
        guard !targets.isEmpty, let width = features.first?.count, width > 0 else { throw GradientBoostingError.noData }
        guard features.count == targets.count, features.allSatisfy({ $0.count == width }) else {
            throw GradientBoostingError.unequalLengths
        }
        guard targets.allSatisfy(\.isFinite), features.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw GradientBoostingError.notFinite
        }
        base = targets.reduce(0, +) / Double(targets.count)
        learningRate = settings.learningRate
        let orders = (0..<width).map { j in
            features.indices.sorted { (features[$0][j], $0) < (features[$1][j], $1) }
        }
        var residuals = targets.map { $0 - base }
        for _ in 0..<settings.trees {
            let tree = Self.grow(features, residuals, orders, depth: settings.depth, settings.smallestLeaf)
            for i in residuals.indices { residuals[i] -= learningRate * tree.value(at: features[i]) }
            trees.append(tree)
        }
    }

    public func predict(_ sample: [Double]) -> Double {
        trees.reduce(base) { $0 + learningRate * $1.value(at: sample) }
    }

    /// - Parameter orders: the samples of this node, sorted by each feature.
    private static func grow(
        _ features: [[Double]], _ targets: [Double], _ orders: [[Int]], depth: Int, _ smallestLeaf: Int
    ) -> Node {
        let samples = orders[0]
        let total = samples.reduce(0) { $0 + targets[$1] }
        let mean = total / Double(samples.count)
        guard depth > 0, samples.count >= 2 * smallestLeaf else { return .leaf(mean) }
        var best: (gain: Double, feature: Int, threshold: Double)?
        for (feature, order) in orders.enumerated() {
            var left = 0.0
            for (k, i) in order.dropLast().enumerated() {
                left += targets[i]
                let count = k + 1
                let (here, next) = (features[i][feature], features[order[count]][feature])
                guard here < next, count >= smallestLeaf, order.count - count >= smallestLeaf else { continue }
                let right = total - left
                let gain = left * left / Double(count) + right * right / Double(order.count - count) - total * mean
                if gain > (best?.gain ?? 1e-12) { best = (gain, feature, 0.5 * (here + next)) }
            }
        }
        guard let best else { return .leaf(mean) }
        func part(_ isBelow: Bool) -> Node {
            let kept = orders.map { $0.filter { (features[$0][best.feature] <= best.threshold) == isBelow } }
            return grow(features, targets, kept, depth: depth - 1, smallestLeaf)
        }
        return .split(feature: best.feature, threshold: best.threshold, below: part(true), above: part(false))
    }
}

public enum GradientBoostingError: Error, Equatable, CustomStringConvertible {
    case noData, unequalLengths, notFinite

    public var description: String {
        switch self {
        case .noData: "there are no samples to learn from."
        case .unequalLengths: "every sample needs the same number of features, and one target."
        case .notFinite: "features and targets must be finite numbers."
        }
    }
}
