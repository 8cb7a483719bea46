import ArgumentParser
import CaseFiles
import Games
import Studies

/// How a search runs, where it is not as the case says.
struct SearchOptions: ParsableArguments {
    @Option(help: "\(SearchRegistry.names.joined(separator: ", ")); else the case's own, and auto where it names none.")
    var algorithm: String?
    @Flag(help: "Spend half of the evaluations on climbs from what the metaheuristic finds; for prices.")
    var polish = false
    @Option(help: "Decisions to evaluate in all; else the case's own.")
    var evaluations: TypedNumber?
    @Option(help: "Decisions a generation; else the case's own.")
    var population: TypedNumber?
    @Option(help: "Seed of the random numbers; else the case's own.")
    var seed: TypedNumber?
    @Option(help: "Threads that evaluate, or 'auto' for one a core; else the case's own.")
    var workers: String?

    func settings(_ source: Case) throws -> StudySettings {
        var name = algorithm ?? source.optimiser.algorithm
        // What climbs anyway has nothing to add.
        if polish, name != SearchRegistry.defaultName, !name.hasSuffix(SearchRegistry.polish) {
            name += SearchRegistry.polish
        }
        let settings = StudySettings(
            algorithm: name,
            population: try population?.count("--population", in: SearchLimits.population)
                ?? source.optimiser.population,
            evaluations: try evaluations?.count("--evaluations", in: SearchLimits.evaluations)
                ?? source.optimiser.evaluations,
            seed: try seed.map { UInt64(try $0.count("--seed", in: SearchLimits.seed)) } ?? source.optimiser.seed,
            workers: try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto"))
        // Before a folder is made for the result.
        try settings.check()
        return settings
    }
}
