import Metaheuristics

/// One search of a comparison: an algorithm on a problem with a seed.
public struct RunKey: Sendable, Hashable, Codable {
    public let problem: String
    public let algorithm: String
    public let seed: UInt64

    public init(problem: String, algorithm: String, seed: UInt64) {
        self.problem = problem
        self.algorithm = algorithm
        self.seed = seed
    }
}

/// What a finished run saw. Losses are to be minimised, whatever the problem's own sense is.
public struct Run: Sendable, Equatable, Codable {
    public let key: RunKey
    public let evaluations: Int
    /// Evaluations without a value.
    public let failures: Int
    /// nil where no evaluation had a value.
    public let best: Double?
    /// The decision that was answered best.
    public let bestPoint: [Double]
    /// Loss of the last evaluation; nil where it failed.
    public let last: Double?
    public let improvements: [Improvement]

    public struct Improvement: Sendable, Equatable, Codable {
        /// Evaluations spent when it was found, counted from 1.
        public let evaluation: Int
        public let loss: Double

        public init(evaluation: Int, loss: Double) {
            self.evaluation = evaluation
            self.loss = loss
        }
    }

    public init(
        key: RunKey, evaluations: Int, failures: Int, best: Double?, bestPoint: [Double], last: Double?,
        improvements: [Improvement]
    ) {
        self.key = key
        self.evaluations = evaluations
        self.failures = failures
        self.best = best
        self.bestPoint = bestPoint
        self.last = last
        self.improvements = improvements
    }

    init(key: RunKey, _ recorder: Recorder, on problem: BenchmarkProblem) {
        self.init(
            key: key, evaluations: recorder.evaluations, failures: recorder.failures,
            best: recorder.best.isFinite ? recorder.best : nil, bestPoint: problem.answered(recorder.bestPoint),
            last: recorder.last.isFinite ? recorder.last : nil,
            improvements: recorder.improvements.map { Improvement(evaluation: $0.evaluation, loss: $0.value) })
    }

    /// What no search can have given, as in a file that somebody else has written to; nil where all is well.
    var fault: String? {
        if evaluations < 0 || failures < 0 { return "has a negative count" }
        for (former, next) in zip(improvements, improvements.dropFirst())
        where next.evaluation <= former.evaluation || !(next.loss < former.loss) {
            return "has improvements that are none"
        }
        guard improvements.allSatisfy({ (1...max(1, evaluations)).contains($0.evaluation) && $0.loss.isFinite }) else {
            return "has improvements outside its evaluations"
        }
        return best == improvements.last?.loss ? nil : "has a best value that is not its last improvement"
    }

    /// Best loss after so many evaluations; infinite before the first value.
    public func best(after evaluations: Int) -> Double {
        // Improvements are in order of evaluation: the last one that is not later.
        var (low, high) = (0, improvements.count)
        while low < high {
            let middle = (low + high) / 2
            if improvements[middle].evaluation <= evaluations { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? .infinity : improvements[low - 1].loss
    }

    /// The first evaluation with a loss not above this; nil where there was none.
    public func hit(_ loss: Double) -> Int? {
        // Losses only fall along the list.
        var (low, high) = (0, improvements.count)
        while low < high {
            let middle = (low + high) / 2
            if improvements[middle].loss <= loss { high = middle } else { low = middle + 1 }
        }
        return low < improvements.count ? improvements[low].evaluation : nil
    }
}
