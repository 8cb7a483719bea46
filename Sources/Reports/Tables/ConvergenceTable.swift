import ResultFiles
import Studies

/// What a search saw, one row per generation.
enum ConvergenceTable: TableSchema {
    static let file = "convergence.csv"
    static let generation = Column<Int>("generation")
    static let evaluations = Column<Int>("evaluations")
    static let best = Column<Double>("best", .money)
    static let generationBest = Column<Double>("generation best", .money)
    static let generationMean = Column<Double>("generation mean", .money)
    static let generationWorst = Column<Double>("generation worst", .money)
    static let unanswered = Column<Int>("unanswered")
    static let columns: [any TableColumn] = [
        generation, evaluations, best, generationBest, generationMean, generationWorst, unanswered,
    ]

    /// - Parameters:
    ///   - unit: of payoffs.
    ///   - sign: -1 where the payoff is the negative of what is shown.
    static func table(_ log: SearchLog, unit: String, sign: Double = 1) -> ResultTable {
        var table = ResultTable(Self.self, money: unit)
        for row in log.generations {
            table.add([
                generation(row.number), evaluations(row.evaluations), best(row.best.map { sign * $0 }),
                generationBest(row.generationBest.map { sign * $0 }),
                generationMean(row.generationMean.map { sign * $0 }),
                generationWorst(row.generationWorst.map { sign * $0 }), unanswered(row.unanswered),
            ])
        }
        return table
    }
}
