import Foundation
import Games
import Measuring

/// One run of an evaluator over decisions, as one line of JSON. Keys are those that other programs of this kind print.
struct Report: Encodable {
    /// What became of one decision.
    struct Answer {
        var time: Stopwatch.Reading
        /// Cost of all followers together.
        var cost: Double
        var payoff: Double?
        /// Whether a follower had another answer that costs the same.
        var hasTies: Bool
    }

    private let tool: String
    private let instance: String
    private let n: Int
    private let buildMilliseconds: Double
    private let medianWall: Double
    private let medianProcessor: Double
    private let meanProcessor: Double
    private let processor95: Double
    private let memory: Double
    private let followers: Int
    private let rows: Int
    private let cols: Int
    private let costs: [Double]
    private let profits: [Double?]
    private let ties: [Bool]

    private enum CodingKeys: String, CodingKey {
        case tool, instance, n, followers, rows, cols, costs, profits, ties
        case buildMilliseconds = "build_cpu_ms"
        case medianWall = "ms_per_eval"
        case medianProcessor = "cpu_ms_median"
        case meanProcessor = "cpu_ms_mean"
        case processor95 = "cpu_ms_p95"
        case memory = "rss_mb"
    }

    init(tool: String, instance: String, game: StackelbergGame, built: Stopwatch.Reading, answers: [Answer]) {
        let wall = answers.map(\.time.wallMilliseconds).sorted()
        let processor = answers.map(\.time.processorMilliseconds).sorted()
        self.tool = tool
        self.instance = instance
        n = answers.count
        buildMilliseconds = built.processorMilliseconds
        medianWall = wall[n / 2]
        medianProcessor = processor[n / 2]
        meanProcessor = processor.reduce(0, +) / Double(n)
        processor95 = processor[n * 95 / 100]
        var usage = rusage()
        // Nought is this process; its name has another type on each system.
        getrusage(0, &usage)
        memory = Double(usage.ru_maxrss) / 1024
        followers = game.followers.count
        rows = game.followers.reduce(0) { $0 + $1.model.constraintCount }
        cols = game.followers.reduce(0) { $0 + $1.model.variableCount }
        costs = answers.map(\.cost)
        profits = answers.map(\.payoff)
        ties = answers.map(\.hasTies)
    }

    var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
