/// Counts evaluations and keeps the best: the same for every algorithm, so that none can miscount.
public struct Recorder: Sendable, Equatable {
    /// A value that was better than all before it.
    public struct Improvement: Sendable, Equatable {
        /// Evaluations spent when it was found, counted from 1.
        public let evaluation: Int
        public let value: Double
    }

    public private(set) var budget: Int
    public private(set) var evaluations = 0
    public private(set) var best = Double.infinity
    public private(set) var bestPoint: [Double] = []
    public private(set) var improvements: [Improvement] = []
    /// Value of the last evaluation; not a number where that failed.
    public private(set) var last = Double.nan
    /// Evaluations without a finite value.
    public private(set) var failures = 0

    public init(budget: Int) { self.budget = budget }

    /// The same with another budget, where another search goes on.
    public func with(budget: Int) -> Recorder {
        var recorder = self
        recorder.budget = budget
        return recorder
    }

    public var remaining: Int { budget - evaluations }

    /// - Parameter effort: evaluations that it took.
    public mutating func record(_ point: [Double], _ value: Double, effort: Int = 1) {
        evaluations += effort
        last = value
        guard value.isFinite else {
            failures += 1
            return
        }
        guard value < best else { return }
        best = value
        bestPoint = point
        improvements.append(Improvement(evaluation: evaluations, value: value))
    }

    /// Runs a search until its budget is spent; the last batch is cut where it would exceed it.
    public static func minimise(
        _ entry: MetaheuristicRegistry.Entry, in space: SearchSpace, _ settings: MetaheuristicSettings,
        _ objective: ([Double]) throws -> Double
    ) rethrows -> Recorder {
        try minimise(entry, in: space, settings) { points, _ in try points.map(objective) }
    }

    /// Runs a search batch by batch.
    ///
    /// - Parameter values: of the points of a batch, in their order; it is also told what was found before them.
    public static func minimise(
        _ entry: MetaheuristicRegistry.Entry, in space: SearchSpace, _ settings: MetaheuristicSettings,
        values: (ArraySlice<[Double]>, Recorder) throws -> [Double]
    ) rethrows -> Recorder {
        var search = entry.start(space, settings)
        var recorder = Recorder(budget: settings.evaluations)
        while recorder.remaining > 0 {
            let points = search.ask().prefix(recorder.remaining)
            guard !points.isEmpty else { break }
            let losses = try values(points, recorder)
            for (point, loss) in zip(points, losses) { recorder.record(point, loss) }
            search.tell(losses)
        }
        return recorder
    }
}
