/// A forecast of a series and how wrong it may be: at each step normal around the forecast, with a deviation relative
/// to it, truncated at 0 and at the series' maximum.
///
/// What the normal distribution has below 0 is spread over the rest, not added at 0. That lifts the expected value; at
/// a relative deviation of 0.3 by 0.05 % of the forecast, at 0.5 by 2.8 %.
public struct SeriesForecast: Sendable, Equatable {
    /// One number per time step, at least 0, in any unit.
    public var values: [Double]
    /// Standard deviation of the error before truncation, as a share of the value at the same step; at least 0.
    public var relativeDeviation: Double
    /// Correlation of the errors of neighbouring steps, above -1 and below 1; it fades with the power of the steps
    /// between. Without it errors cancel over a day, and daily totals vary less than in reality.
    public var correlation: Double
    /// The maximum of the series, at least every value of the forecast.
    public var most: Double

    public init(
        _ values: [Double], relativeDeviation: Double, correlation: Double = 0, most: Double = .greatestFiniteMagnitude
    ) {
        self.values = values
        self.relativeDeviation = relativeDeviation
        self.correlation = correlation
        self.most = most
    }

    /// Scenarios of several independent series, each vector the series one after the other, stratified
    /// (``LatinHypercube``): at each step of each series every quantile band of width `1 / count` holds exactly one
    /// scenario.
    ///
    /// Correlated errors keep these strata: the correlated normal numbers only say which scenario gets which band
    /// (Stein 1987).
    ///
    /// - Parameters:
    ///   - count: how many, all equally likely.
    ///   - seed: the same seed gives the same scenarios.
    /// - Throws: ``ScenarioError``.
    public static func scenarios(of forecasts: [SeriesForecast], count: Int, seed: UInt64) throws -> ScenarioSet {
        guard count >= 1 else { throw ScenarioError.noScenarios }
        for forecast in forecasts {
            if let problem = forecast.problem { throw ScenarioError.badForecast(problem) }
        }
        var generator = SplitMix(state: seed)
        let dimension = forecasts.reduce(0) { $0 + $1.values.count }
        var points = LatinHypercube.points(count: count, dimension: dimension, using: &generator)
        var start = 0
        for forecast in forecasts {
            let steps = start..<start + forecast.values.count
            if forecast.correlation != 0 { correlate(&points, steps, forecast.correlation) }
            for (j, value) in zip(steps, forecast.values) {
                for i in points.indices {
                    points[i][j] = StandardNormal.quantile(
                        points[i][j], mean: value, deviation: forecast.relativeDeviation * value,
                        within: 0...forecast.most)
                }
            }
            start = steps.upperBound
        }
        return try ScenarioSet(points)
    }

    /// Scenarios of this series alone.
    public func scenarios(count: Int, seed: UInt64) throws -> ScenarioSet {
        try Self.scenarios(of: [self], count: count, seed: seed)
    }

    private var problem: String? {
        if let bad = values.first(where: { !($0 >= 0 && $0.isFinite) }) {
            return "a forecast has the value \(bad), but must be at least 0 everywhere."
        }
        if let high = values.max(), !(high <= most) {
            return "a forecast has the value \(high), but at most \(most) can be."
        }
        if !(relativeDeviation >= 0 && relativeDeviation.isFinite) {
            return "relativeDeviation is \(relativeDeviation), but must be at least 0."
        }
        if !(abs(correlation) < 1) { return "correlation is \(correlation), but must be above -1 and below 1." }
        return nil
    }

    /// Hands the points of each step out in the order of a first-order autoregressive series of normal numbers.
    private static func correlate(_ points: inout [[Double]], _ steps: Range<Int>, _ correlation: Double) {
        let fresh = (1 - correlation * correlation).squareRoot()
        var normals = [Double](repeating: 0, count: points.count)
        for j in steps {
            for i in points.indices {
                let own = StandardNormal.quantile(points[i][j])
                normals[i] = j == steps.lowerBound ? own : correlation * normals[i] + fresh * own
            }
            let strata = points.map { $0[j] }.sorted()
            let order = normals.indices.sorted { (normals[$0], $0) < (normals[$1], $1) }
            for (rank, i) in order.enumerated() { points[i][j] = strata[rank] }
        }
    }
}
