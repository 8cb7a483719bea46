import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import Measuring
import ParkGames
import Studies

@main
struct SearchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "search",
        abstract: "Searches for a case's prices, and says how long that took and when a payoff was reached.",
        discussion: """
            Example: swift run -c release search ../data/benchmarks/park-pricing --algorithm auto --target 12042

            The search alone: the case is read and its models are built before the clock starts, and nothing is stored, proved or \
            written. Prints one line of JSON a seed, with the seconds of all threads as processor time.
            """)

    @Argument(help: "Folder of the case; else the reference park.") var folder: String?
    @Option(help: "Name of the algorithm.") var algorithm = SearchRegistry.defaultName
    @Option(help: "Evaluations of a run.") var evaluations = 10_000
    @Option(help: "Points a generation.") var population = 50
    @Option(help: "The first seed.") var seed: UInt64 = 1
    @Option(help: "How many seeds.") var seeds: UInt64 = 1
    @Option(help: "Threads that evaluate.") var workers = 1
    @Option(help: "A payoff to be reached.") var target: Double?

    func run() throws {
        let game = try EnergyGame(folder.map { try CaseReader.read(URL(fileURLWithPath: $0)) } ?? ReferencePark.read())
            .game
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        encoder.keyEncodingStrategy = .convertToSnakeCase
        for seed in seed..<seed + seeds {
            print(String(decoding: try encoder.encode(search(game, seed)), as: UTF8.self))
        }
    }

    private func search(_ game: StackelbergGame, _ seed: UInt64) throws -> Run {
        let settings = StudySettings(
            algorithm: algorithm, population: population, evaluations: evaluations, seed: seed, workers: workers)
        let watch = Stopwatch(.process)
        var reached: Run.Time?
        let study = try Study.run(game, settings) { progress in
            guard reached == nil, let target, let best = progress.best, best >= target else { return }
            reached = Run.Time(evaluations: progress.evaluations, watch.read())
        }
        return Run(
            seed: seed, best: study.best.payoff, whole: Run.Time(evaluations: evaluations, watch.read()),
            reached: reached)
    }

    /// What is printed of a run.
    private struct Run: Encodable {
        struct Time: Encodable {
            let evaluations: Int
            let wallSeconds: Double
            let processorSeconds: Double

            init(evaluations: Int, _ reading: Stopwatch.Reading) {
                self.evaluations = evaluations
                wallSeconds = reading.wallMilliseconds / 1e3
                processorSeconds = reading.processorMilliseconds / 1e3
            }
        }

        let seed: UInt64
        let best: Double?
        let whole: Time
        /// At the end of the generation that reached the target; nil where none did.
        let reached: Time?
    }
}
