import Foundation

/// One run of an evaluator over decisions, as one line of JSON. Keys are those that other programs of this kind print.
struct Report: Encodable {
    let tool: String
    let instance: String
    let n: Int
    let buildMilliseconds: Double
    let medianWall: Double
    let medianProcessor: Double
    let meanProcessor: Double
    let processor95: Double
    let memory: Double
    let followers: Int
    let rows: Int
    let cols: Int
    /// Costs of all followers together.
    let costs: [Double]
    /// The leader's payoffs.
    let profits: [Double?]

    enum CodingKeys: String, CodingKey {
        case tool, instance, n, followers, rows, cols, costs, profits
        case buildMilliseconds = "build_cpu_ms"
        case medianWall = "ms_per_eval"
        case medianProcessor = "cpu_ms_median"
        case meanProcessor = "cpu_ms_mean"
        case processor95 = "cpu_ms_p95"
        case memory = "rss_mb"
    }

    init(
        tool: String, instance: String, n: Int, built: Stopwatch.Reading, readings: [Stopwatch.Reading], followers: Int,
        rows: Int, cols: Int, costs: [Double], profits: [Double?]
    ) {
        let wall = readings.map(\.wallMilliseconds).sorted()
        let processor = readings.map(\.processorMilliseconds).sorted()
        self.tool = tool
        self.instance = instance
        self.n = n
        buildMilliseconds = built.processorMilliseconds
        medianWall = wall[wall.count / 2]
        medianProcessor = processor[processor.count / 2]
        meanProcessor = processor.reduce(0, +) / Double(processor.count)
        processor95 = processor[processor.count * 95 / 100]
        var usage = rusage()
        // Nought is this process; its name has another type on each system.
        getrusage(0, &usage)
        memory = Double(usage.ru_maxrss) / 1024
        self.followers = followers
        self.rows = rows
        self.cols = cols
        self.costs = costs
        self.profits = profits
    }

    var line: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
