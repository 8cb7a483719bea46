import Foundation

/// CMA-ES with restarts of doubled population (Hansen and Ostermeier 2001; Auger and Hansen 2005), in the unit cube.
///
/// A generation draws `lambda` points `x = m + sigma y`, `y ~ N(0, C)`, and ranks them. The better half has weights `w
/// > 0` that sum to 1, the worse half weights `w < 0`. With `yw` the sum of `w y` over the better half:
///
///     m     = m + sigma yw
///     ps    = (1 - cs) ps + sqrt(cs (2 - cs) mueff) C^(-1/2) yw
///     pc    = (1 - cc) pc + h sqrt(cc (2 - cc) mueff) yw,     h = 0 while ps is unusually long, else 1
///     C     = (1 - c1 - cmu sum w + (1 - h) c1 cc (2 - cc)) C + c1 pc pc' + cmu sum wo y y'
///     sigma = sigma exp(cs / ds (|ps| / E|N(0, I)| - 1))
///
/// where `wo = w`, for the worse half `w n / |C^(-1/2) y|^2`: directions that failed are shortened. Constants by
/// Hansen's tutorial (arXiv 1604.00772, table 1). The mean starts at a random point, not at the centre, and `sigma` at
/// 0.3. Restarts when `sigma` or the range of values has collapsed, `C` is ill-conditioned or steps no longer change
/// the mean.
///
/// Bounds: points are unbounded and are folded into the box by a smooth map: identity inside, quadratic near a bound,
/// periodic outside. An optimum on a bound becomes an interior one.
public struct CovarianceAdaptation: Metaheuristic {
    static let firstStep = 0.3

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var run: Run
    private var restart: UInt64 = 0
    /// Steps `y` of the points asked last.
    private var steps: [[Double]] = []

    /// Default number of offspring for a dimension: `4 + floor(3 ln n)`.
    static func defaultOffspring(dimension: Int) -> Int { 4 + Int(3 * log(Double(dimension))) }

    /// - Parameter offspring: points per generation until the first restart; by default the population of the settings.
    public init(space: SearchSpace, settings: MetaheuristicSettings, offspring: Int? = nil) {
        self.space = space
        self.settings = settings
        let first = space.initialUnitPopulation(settings).first ?? []
        run = Run(
            mean: first, constants: Constants(dimension: space.dimension, offspring: offspring ?? settings.population))
    }

    private static let streamNumber: UInt64 = 0x434D41

    public mutating func ask() -> [[Double]] {
        let constants = run.constants
        steps = (0..<constants.offspring).map { k in
            var stream = RandomStream(
                seed: settings.seed, path: [Self.streamNumber, restart, UInt64(run.generation), UInt64(k)])
            return run.axes.step((0..<constants.dimension).map { _ in stream.normal() })
        }
        return steps.map { step in
            space.point(atUnit: step.indices.map { Self.folded(run.mean[$0] + run.sigma * step[$0]) })
        }
    }

    public mutating func tell(_ told: [Double]) {
        // If the budget cut the batch short, nothing more will be asked.
        guard told.count == steps.count else { return }
        run.update(steps, told.map(ranked))
        guard run.isExhausted else { return }
        restart += 1
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, restart])
        run = Run(
            mean: (0..<space.dimension).map { _ in stream.uniform() },
            constants: Constants(dimension: space.dimension, offspring: run.constants.offspring * 2))
    }

    /// Folds the line into `[0, 1]`: identity between 0.05 and 0.95, a parabola within 0.05 of a bound on either side,
    /// periodic beyond.
    static func folded(_ x: Double) -> Double {
        let margin = 0.05
        let period = 2 * (1 + 2 * margin)
        var y = (x + margin).truncatingRemainder(dividingBy: period)
        if y < 0 { y += period }
        if y > period / 2 { y = period - y }
        y -= margin
        if y < margin { return (y + margin) * (y + margin) / (4 * margin) }
        if y > 1 - margin { return 1 - (1 + margin - y) * (1 + margin - y) / (4 * margin) }
        return y
    }
}

extension CovarianceAdaptation {
    /// Constants that follow from the dimension and the number of offspring.
    struct Constants: Codable, Sendable {
        let dimension: Int
        let offspring: Int
        /// Weights of the better half, the best first; they sum to 1.
        let weights: [Double]
        /// Weights of the others, the worst last; none is positive.
        let otherWeights: [Double]
        let effectiveParents: Double
        let stepPathRate: Double
        let stepDamping: Double
        let pathRate: Double
        let rankOneRate: Double
        let rankManyRate: Double
        /// Expected length of a standard normal vector.
        let normalLength: Double

        init(dimension: Int, offspring: Int) {
            self.dimension = dimension
            self.offspring = offspring
            let n = Double(dimension)
            let parents = max(1, offspring / 2)
            let raw = (1...offspring).map { log((Double(offspring) + 1) / 2) - log(Double($0)) }
            let (better, worse) = (raw.prefix(parents), raw.dropFirst(parents))
            let total = better.reduce(0, +)
            weights = better.map { $0 / total }
            func effective(_ raw: ArraySlice<Double>) -> Double {
                let sum = raw.reduce(0, +)
                return sum * sum / raw.reduce(0) { $0 + $1 * $1 }
            }
            let mu = effective(better)
            effectiveParents = mu
            stepPathRate = (mu + 2) / (n + mu + 5)
            stepDamping = 1 + 2 * max(0, ((mu - 1) / (n + 1)).squareRoot() - 1) + stepPathRate
            pathRate = (4 + mu / n) / (n + 4 + 2 * mu / n)
            rankOneRate = 2 / ((n + 1.3) * (n + 1.3) + mu)
            rankManyRate = min(1 - rankOneRate, 2 * (0.25 + mu - 2 + 1 / mu) / ((n + 2) * (n + 2) + mu))
            let allowed = min(
                1 + rankOneRate / rankManyRate, 1 + 2 * effective(worse) / (mu + 2),
                (1 - rankOneRate - rankManyRate) / (n * rankManyRate))
            let negative = worse.reduce(0) { $0 + min($1, 0) }
            otherWeights = worse.map { negative < 0 ? allowed * min($0, 0) / -negative : 0 }
            normalLength = n.squareRoot() * (1 - 1 / (4 * n) + 1 / (21 * n * n))
        }
    }

    /// One run between restarts.
    struct Run: Codable, Sendable {
        let constants: Constants
        private(set) var mean: [Double]
        private(set) var sigma = CovarianceAdaptation.firstStep
        private(set) var covariance: SymmetricMatrix
        private(set) var axes: PrincipalAxes
        private(set) var generation = 0
        private var stepPath: [Double]
        private var path: [Double]
        private var recentBests: [Double] = []
        private var lastRange = Double.greatestFiniteMagnitude

        init(mean: [Double], constants: Constants) {
            self.mean = mean
            self.constants = constants
            covariance = SymmetricMatrix(identity: constants.dimension)
            axes = PrincipalAxes(of: covariance)
            stepPath = mean.map { _ in 0 }
            path = stepPath
        }

        mutating func update(_ steps: [[Double]], _ values: [Double]) {
            let c = constants
            let order = bestFirst(values)
            generation += 1
            let parents = order.prefix(c.weights.count).map { steps[$0] }
            let move = mean.indices.map { j in zip(c.weights, parents).reduce(0) { $0 + $1.0 * $1.1[j] } }
            for j in mean.indices { mean[j] += sigma * move[j] }

            let whitened = axes.whitened(move)
            let stepGain = (c.stepPathRate * (2 - c.stepPathRate) * c.effectiveParents).squareRoot()
            for j in mean.indices { stepPath[j] = (1 - c.stepPathRate) * stepPath[j] + stepGain * whitened[j] }
            let length = stepPath.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let settled = (1 - pow(1 - c.stepPathRate, 2 * Double(generation))).squareRoot()
            let n = Double(c.dimension)
            let isUsual = length / settled < (1.4 + 2 / (n + 1)) * c.normalLength
            let pathGain = isUsual ? (c.pathRate * (2 - c.pathRate) * c.effectiveParents).squareRoot() : 0
            for j in mean.indices { path[j] = (1 - c.pathRate) * path[j] + pathGain * move[j] }

            let lost = isUsual ? 0 : c.rankOneRate * c.pathRate * (2 - c.pathRate)
            let weightSum = 1 + c.otherWeights.reduce(0, +)
            covariance.scale(by: 1 - c.rankOneRate - c.rankManyRate * weightSum + lost)
            covariance.add(c.rankOneRate, outerProductOf: path)
            for (weight, parent) in zip(c.weights, parents) {
                covariance.add(c.rankManyRate * weight, outerProductOf: parent)
            }
            for (weight, k) in zip(c.otherWeights, order.dropFirst(c.weights.count)) where weight < 0 {
                let squared = axes.whitened(steps[k]).reduce(0) { $0 + $1 * $1 }
                covariance.add(c.rankManyRate * weight * n / squared, outerProductOf: steps[k])
            }
            axes = PrincipalAxes(of: covariance)
            sigma *= exp(min(1, c.stepPathRate / c.stepDamping * (length / c.normalLength - 1)))
            watch(order.map { values[$0] })
        }

        /// Wider steps on a plateau; bests and range for the stopping rules.
        private mutating func watch(_ sorted: [Double]) {
            if sorted[0] == sorted[min(sorted.count - 1, sorted.count / 3)] {
                sigma *= exp(0.2 + constants.stepPathRate / constants.stepDamping)
            }
            let horizon = 10 + 30 * constants.dimension / constants.offspring
            recentBests = Array((recentBests + [sorted[0]]).suffix(horizon))
            let isFull = recentBests.count == horizon
            lastRange = isFull ? (recentBests.max() ?? 0) - (recentBests.min() ?? 0) : .greatestFiniteMagnitude
        }

        var isExhausted: Bool {
            guard mean.allSatisfy(\.isFinite), sigma.isFinite, axes.isSound else { return true }
            if sigma * axes.longest < 1e-13 || sigma * axes.longest > 1e4 { return true }
            if lastRange < 1e-13 { return true }
            if axes.condition > 1e14 { return true }
            return mean.indices.allSatisfy { mean[$0] == mean[$0] + 0.2 * sigma * covariance[$0, $0].squareRoot() }
        }
    }
}
