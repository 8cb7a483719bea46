import ArgumentParser
import CaseFiles
import Games
import Studies

/// Settings of a search that replace those of the case.
struct SearchOptions: ParsableArguments {
    @Option(help: "\(SearchRegistry.names.joined(separator: ", ")); default: the case's own, or auto.")
    var algorithm: String?
    @Flag(help: "For prices: spend half of the evaluations on climbs from what the metaheuristic finds.")
    var polish = false
    @Option(help: "Decisions to evaluate in total; default: the case's own.")
    var evaluations: TypedNumber?
    @Option(help: "Decisions per generation; default: the case's own.")
    var population: TypedNumber?
    @Option(help: "Seed of the random numbers; default: the case's own.")
    var seed: TypedNumber?
    @Option(help: "Threads that evaluate, or 'auto' for one per core; default: the case's own.")
    var workers: String?

    func settings(_ source: Case) throws -> StudySettings {
        var name = algorithm ?? source.optimiser.algorithm
        // An algorithm that already makes climbs needs no others.
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
        // Checked before a folder is made for the result.
        try settings.check()
        return settings
    }
}
