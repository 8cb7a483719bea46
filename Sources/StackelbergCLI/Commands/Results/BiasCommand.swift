import ArgumentParser
import ComparisonReports
import Comparisons
import Foundation
import Games
import Metaheuristics

struct BiasCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "bias",
        abstract: "Tests whether metaheuristics favour the centre of the box.",
        discussion: """
            Example: stackelberg bias --algorithms goa,goa-t,wdo,lshade

            An algorithm with a centre bias does well on functions with their optimum there, and only there. Takes \
            about a minute for all algorithms.
            """)

    @Option(
        help:
            """
            Names separated by commas; default: all of \
            \(MetaheuristicRegistry.all.map { $0.name }.joined(separator: ",")).
            """
    )
    var algorithms: String?
    @Option(help: "Runs per function and place of the optimum.")
    var seeds: TypedNumber = 15
    @Option(help: "Runs on noise.")
    var noiseRuns: TypedNumber = 200
    @Option(help: "Threads, or 'auto' for one per core.")
    var workers = "auto"
    @Flag(help: "Print CSV.")
    var csv = false

    func run() throws {
        try reporting {
            let names = algorithmNames(algorithms)
            let seeds = try seeds.count("--seeds", in: SearchLimits.seeds)
            let noiseRuns = try noiseRuns.count("--noise-runs", in: SearchLimits.seeds)
            // The same checks, and the same sentences, as for a comparison.
            try ComparisonSettings(
                algorithms: names, seeds: min(seeds, noiseRuns), population: 50, evaluations: 10_000
            ).check()
            let results = try ProgressLine(isShown: true).showing("measuring") {
                try CentreBias.measure(
                    names.compactMap(MetaheuristicRegistry.named), seeds: seeds, noiseRuns: noiseRuns,
                    workers: try workerCount(workers))
            }
            let report = BiasReport(results)
            print(csv ? report.csv : report.summary, terminator: "")
        }
    }
}

/// Names from a list with commas; all if there is no list.
func algorithmNames(_ list: String?) -> [String] {
    guard let list else { return MetaheuristicRegistry.all.map { $0.name } }
    return list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
}
