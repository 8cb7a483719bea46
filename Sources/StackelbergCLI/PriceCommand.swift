import ArgumentParser
import CaseFiles
import Foundation
import Metaheuristics
import Reports
import Studies

struct PriceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Finds the operator's prices: the best payoff after everybody's best response.",
        discussion: """
            Example: stackelberg price data/cases/stackelberg-park --algorithm ga --seed 7

            The final responses are proved again from nothing, and the result is written as tables with units. The same \
            case, algorithm, seed and budget give the same tables to the byte, at any number of workers.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write.
            """)

    @OptionGroup var source: CaseOptions
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
    @Option(help: "Folder for the tables; it must be new or empty. Else results/CASE-VARIANT-ALGORITHM-sSEED.")
    var output: String?
    @Flag(help: "Print the result as JSON.")
    var json = false
    @Flag(help: "Print nothing but errors.")
    var quiet = false

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let settings = try settings(source)
            let energyGame = try EnergyGame(source)
            let folder = try folder(source, settings)
            let line = ProgressLine(isShown: !quiet && !json)
            let study = try Study.run(energyGame.game, settings) { line.show($0, currency: source.currency) }
            line.clear()
            let result = try PriceResult(source, energyGame, study)
            try folder.write(result, startedAt: started)
            if json {
                print(result.json)
            } else if !quiet {
                print(result.summary)
                print("Tables: \(folder.url.relativePath)")
            }
            guard result.verdicts.allSatisfy(\.holds) else {
                for verdict in result.verdicts where !verdict.holds {
                    complain("not proved: \(verdict.name): \(verdict.detail)")
                }
                throw ExitCode(ExitCodes.notProved)
            }
        }
    }

    private func settings(_ source: Case) throws -> StudySettings {
        return StudySettings(
            algorithm: algorithm ?? source.optimiser.algorithm, population: population ?? source.optimiser.population,
            evaluations: evaluations ?? source.optimiser.evaluations, seed: seed ?? source.optimiser.seed,
            workers: try workers.map(workerCount) ?? source.optimiser.workers ?? workerCount("auto"))
    }

    private func folder(_ source: Case, _ settings: StudySettings) throws -> ResultFolder {
        if let output { return try ResultFolder(at: output) }
        let variant = source.variant.map { "-\($0)" } ?? ""
        return try ResultFolder(
            in: "results", name: "\(source.name)\(variant)-\(settings.algorithm)-s\(settings.seed)")
    }
}
