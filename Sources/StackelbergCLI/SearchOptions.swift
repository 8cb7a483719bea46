import ArgumentParser
import CaseFiles
import Studies

/// How a search runs, where it is not as the case says.
struct SearchOptions: ParsableArguments {
    @Option(help: "\(SearchRegistry.names.joined(separator: ", ")); else the case's own, and auto where it names none.")
    var algorithm: String?
    @Flag(help: "Spend half of the evaluations on climbs from what the metaheuristic finds; for prices.")
    var polish = false
    @Option(help: "Decisions to evaluate in all; else the case's own.")
    var evaluations: Int?
    @Option(help: "Decisions a generation; else the case's own.")
    var population: Int?
    @Option(help: "Seed of the random numbers; else the case's own.")
    var seed: UInt64?
    @Option(help: "Threads that evaluate, or 'auto' for one a core; else the case's own.")
    var workers: String?

    func settings(_ source: Case) throws -> StudySettings {
        var name = algorithm ?? source.optimiser.algorithm
        // What climbs anyway has nothing to add.
        if polish, name != SearchRegistry.usual, !name.hasSuffix(SearchRegistry.polish) {
            name += SearchRegistry.polish
        }
        let settings = StudySettings(
            algorithm: name, population: population ?? source.optimiser.population,
            evaluations: evaluations ?? source.optimiser.evaluations, seed: seed ?? source.optimiser.seed,
            workers: try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto"))
        // Before a folder is made for the result.
        try settings.check()
        return settings
    }
}
