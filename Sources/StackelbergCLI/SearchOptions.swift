import ArgumentParser
import CaseFiles
import Metaheuristics
import Studies

/// How a search runs, where it is not as the case says.
struct SearchOptions: ParsableArguments {
    @Option(help: "\(MetaheuristicRegistry.all.map { $0.name }.joined(separator: ", ")); else the case's own.")
    var algorithm: String?
    @Option(help: "Decisions to evaluate in all; else the case's own.")
    var evaluations: Int?
    @Option(help: "Decisions a generation; else the case's own.")
    var population: Int?
    @Option(help: "Seed of the random numbers; else the case's own.")
    var seed: UInt64?
    @Option(help: "Threads that evaluate, or 'auto' for one a core; else the case's own.")
    var workers: String?

    func settings(_ source: Case) throws -> StudySettings {
        let settings = StudySettings(
            algorithm: algorithm ?? source.optimiser.algorithm, population: population ?? source.optimiser.population,
            evaluations: evaluations ?? source.optimiser.evaluations, seed: seed ?? source.optimiser.seed,
            workers: try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto"))
        // Before a folder is made for the result.
        try settings.check()
        return settings
    }
}
