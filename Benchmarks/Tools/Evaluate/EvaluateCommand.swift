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
            file is a decision, in the order of the case's prices; without a file they are drawn at random, 100 if not \
            said otherwise. With --users the case is a park of that many users instead, and no folder is needed. One line \
            of JSON is printed.
            """)

    @Argument(help: "Folder of the case; else the reference park.") var folder: String?
    @Argument(help: "CSV file with one decision a row.") var decisions: String?
    @Option(help: "How many of the decisions; else all.") var count: Int?
    @Option(help: "A park of so many users instead of a case from a folder.") var users: Int?
    @Option(help: "Hours of that park.") var steps = 24
    @Flag(help: "Every follower answers alone; a fleet sells to the operator.") var decomposed = false
    @Flag(inversion: .prefixedNo, help: "Spare solves whose result is known.") var savings = true

    func run() throws {
        let building = Stopwatch()
        let source = try readCase()
        let game = try decomposed ? EnergyGame(decomposing: source).game : EnergyGame(source).game
        let evaluator = try Evaluator(game, savings: savings ? .all : [])
        let built = building.read()
        let decisions = try decisions.map { try DecisionFile.read($0) } ?? game.randomDecisions(count ?? 100)

        // As in a search, the clock starts on an evaluator that has answered before, but not what comes now.
        _ = try evaluator.evaluate(game.space.upper)
        var answers: [Report.Answer] = []
        for decision in decisions.prefix(count ?? .max) {
            let watch = Stopwatch()
            let evaluation = try evaluator.evaluate(decision)
            answers.append(
                Report.Answer(
                    time: watch.read(), cost: evaluation.followerCosts.reduce(0, +), payoff: evaluation.payoff,
                    hasTies: evaluation.hasTies))
        }
        print(try Report(tool: tool, instance: source.name, game: game, built: built, answers: answers).line)
    }

    private func readCase() throws -> Case {
        if let users { return try ScaledPark(steps: steps, users: users).read() }
        return try folder.map { try CaseReader.read(URL(fileURLWithPath: $0)) } ?? ReferencePark.read()
    }

    private var tool: String {
        "stackelberg" + (decomposed ? "_decomposed" : "") + (savings ? "" : "_unsaved")
    }
}
