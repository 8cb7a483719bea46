import ArgumentParser
import CaseFiles
import Foundation
import Games
import ParkGames

@main
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answers decisions from a file, one after the other, and says what each one cost.",
        discussion: """
            Example: swift run -c release evaluate ../data/benchmarks/park-pricing prices.csv --count 500

            One evaluator on one thread answers them in their order, as a search without a search would. A row of the \
            file is a decision, in the order of the case's prices. One line of JSON is printed.
            """)

    @Argument(help: "Folder of the case.") var folder: String
    @Argument(help: "CSV file with one decision a row.") var decisions: String
    @Option(help: "How many of the decisions; else all.") var count: Int?
    @Flag(help: "Every follower answers alone; a fleet sells to the operator.") var decomposed = false

    func run() throws {
        let decisions = try DecisionFile.read(decisions).prefix(count ?? .max)
        let building = Stopwatch()
        let source = try CaseReader.read(URL(fileURLWithPath: folder))
        let game = try decomposed ? EnergyGame(decomposing: source).game : EnergyGame(source).game
        let evaluator = try Evaluator(game)
        let built = building.read()

        // As in a search, the clock starts on an evaluator that has answered before.
        if let first = decisions.first { _ = try evaluator.evaluate(first) }
        var answers: [Report.Answer] = []
        for decision in decisions {
            let watch = Stopwatch()
            let evaluation = try evaluator.evaluate(decision)
            answers.append(
                Report.Answer(
                    time: watch.read(), cost: evaluation.followerCosts.reduce(0, +), payoff: evaluation.payoff))
        }
        let tool = decomposed ? "stackelberg_decomposed" : "stackelberg"
        print(try Report(tool: tool, instance: source.name, game: game, built: built, answers: answers).line)
    }
}
