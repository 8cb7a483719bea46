/// Counts evaluations and keeps the best: the same for every algorithm, so that none can miscount.
public struct Recorder: Sendable, Equatable {
    /// A value that was better than all before it.
    public struct Improvement: Sendable, Equatable {
        /// Evaluations spent when it was found, counted from 1.
        public let evaluation: Int
        public let value: Double
    }

    public let budget: Int
    public private(set) var evaluations = 0
    public private(set) var best = Double.infinity
    public private(set) var bestPoint: [Double] = []
    public private(set) var improvements: [Improvement] = []

    public init(budget: Int) { self.budget = budget }

    public var remaining: Int { budget - evaluations }

    mutating func record(_ point: [Double], _ value: Double) {
        evaluations += 1
        guard value.isFinite, value < best else { return }
        best = value
        bestPoint = point
        improvements.append(Improvement(evaluation: evaluations, value: value))
    }

    /// Runs a search until its budget is spent; the last batch is cut where it would exceed it.
    public static func minimise(
        _ algorithm: any Metaheuristic.Type, in space: SearchSpace, _ settings: MetaheuristicSettings,
        _ objective: ([Double]) -> Double
    ) -> Recorder {
        var search: any Metaheuristic = algorithm.init(space: space, settings: settings)
        var recorder = Recorder(budget: settings.evaluations)
        while recorder.remaining > 0 {
            let points = search.ask().prefix(recorder.remaining)
            guard !points.isEmpty else { break }
            let values = points.map(objective)
            for (point, value) in zip(points, values) { recorder.record(point, value) }
            search.tell(values)
        }
        return recorder
    }
}
