import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import Reports
import Studies

struct CompeteCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compete",
        abstract: "Finds prices of several operators from which none of them gains by a change of its own.",
        discussion: """
            Example: stackelberg compete data/cases/two-operators

            The case has two or more parties with prices, and users who buy where it is cheapest. Operators answer \
            each other's prices in turn, from the middle, the top and the bottom of their bands, each by a search with \
            --evaluations. Users that are indifferent take the mean of what each operator would like most: equal \
            prices share them. Who wants a rival's users goes below its price by a tick, which is coarse at first and \
            halved down to --tick.
            It ends at an equilibrium, where nobody finds a move that gains more than --epsilon of what users pay, \
            or says that best responses cycle, or that the rounds ended. In each case a bound is proved on what each \
            operator's best prices could pay, with those of its rivals as they are. The same case and options give \
            the same tables to the byte, at any number of workers.
            Exit codes: 0 an end of one of these kinds, 65 wrong input, 69 no answer exists, 70 a check failed, 73 \
            cannot write, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "Decisions to evaluate for each best response.")
    var evaluations: TypedNumber = 200
    @Option(help: "Seed of the random numbers; default: the case's own.")
    var seed: TypedNumber?
    @Option(help: "Threads, or 'auto' for one per core; default: the case's own.")
    var workers: String?
    @Option(help: "Finest step below a rival's price, in money per kWh; default: the 256th part of the widest band.")
    var tick: TypedNumber?
    @Option(help: "Least gain of a move, as a share of what users pay.")
    var epsilon: TypedNumber = 0.0001
    @Option(help: "Most rounds from each start.")
    var rounds: TypedNumber = 200
    @Option(help: "Most programs to solve for each operator's bound.")
    var nodes: TypedNumber = 100
    @OptionGroup var result: ResultOptions

    /// Decisions of a generation of a best response's search.
    private static let population = 20

    private func settings(_ source: Case) throws -> CompetitionSettings {
        let search = StudySettings(
            population: Self.population,
            evaluations: try evaluations.count(
                "--evaluations", in: Self.population...SearchLimits.evaluations.upperBound),
            seed: try seed.map { UInt64(try $0.count("--seed", in: SearchLimits.seed)) } ?? source.optimiser.seed,
            workers: try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto"))
        return CompetitionSettings(
            search: search, tick: try tick.map { try $0.number("--tick", in: 1e-9...1e6) },
            epsilon: try epsilon.share("--epsilon"), rounds: try rounds.count("--rounds", in: 1...100_000),
            nodes: try nodes.count("--nodes", in: SearchLimits.nodes))
    }

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let settings = try settings(source)
            let competition = try EnergyCompetition(source)
            let folder = try result.folder(source, "competition-\(settings.search.folderName)")
            let line = result.printing.progressLine
            let found: CompetitionSearch
            do {
                let advice = "stopped before an equilibrium was found; nothing is written."
                found = try interruptible(line, advice: advice) { stop in
                    try CompetitionSearch.run(competition.rivalry, settings, stop: stop) { line.show($0) }
                }
            } catch let error as StudyError where error.isWithoutAnswer {
                let game = competition.games[0]
                throw try game.infeasibility(at: game.game.space.middle) ?? error
            }
            try result.deliver(
                CompetitionResult(source, competition, found, seconds: Date().timeIntervalSince(started)),
                to: folder, startedAt: started)
        }
    }
}
