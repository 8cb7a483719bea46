import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import Measuring
import ParkGames

@main
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Answers decisions from a file, one after the other, and says what each one cost.",
        discussion: """
            Example: swift run -c release evaluate ../data/benchmarks/park-pricing prices.csv --count 500

            One evaluator on one thread answers them in their order, 50 a generation; as in a search, solves start near the \
            best of the generations before. A row of the file is a decision, in the order of the case's prices; without a file they are drawn at random, 100 if not \
            said otherwise. With --users the case is a park of that many users instead, and no folder is needed. One line \
            of JSON is printed.
            """)

    @Argument(help: "Folder of the case; else the reference park.") var folder: String?
    @Argument(help: "CSV file with one decision a row.") var decisions: String?
    @Option(help: "How many of the decisions; else all.") var count: Int?
    @Option(help: "A park of so many users instead of a case from a folder.") var users: Int?
    @Option(help: "Hours of that park.") var steps = 24
    @Flag(help: "Solve every follower's model in one piece, though it would fall apart.") var whole = false
    @Flag(inversion: .prefixedNo, help: "Spare solves whose result is known.") var savings = true

    func run() throws {
        let building = Stopwatch()
        let source = try readCase()
        let split = try EnergyGame(source).game
        let game = try whole ? split.whole() : split
        let evaluator = try Evaluator(game, savings: savings ? .all : [])
        let built = building.read()
        let decisions = try decisions.map { try DecisionFile.read($0) } ?? game.randomDecisions(count ?? 100)

        // As in a search, the clock starts on an evaluator that has answered before, but not what comes now.
        _ = try evaluator.evaluate(game.randomDecisions(1, seed: 77)[0])
        var answers: [Report.Answer] = []
        var best: Evaluation?
        var schedule = AnchorSchedule()
        for decision in decisions.prefix(count ?? .max) {
            let watch = Stopwatch()
            if answers.count % 50 == 0 {
                schedule.update(evaluations: answers.count, best: best?.decision)
                try evaluator.anchor(at: schedule.anchor)
            }
            let evaluation = try evaluator.evaluate(decision)
            answers.append(
                Report.Answer(
                    time: watch.read(), cost: evaluation.followerCosts.reduce(0, +), payoff: evaluation.payoff,
                    hasTies: evaluation.hasTies))
            if let payoff = evaluation.payoff, payoff > best?.payoff ?? -.infinity { best = evaluation }
        }
        print(try Report(tool: tool, instance: source.name, game: game, built: built, answers: answers).line)
    }

    private func readCase() throws -> Case {
        if let users { return try ScaledPark(steps: steps, users: users).read() }
        return try folder.map { try CaseReader.read(URL(fileURLWithPath: $0)) } ?? ReferencePark.read()
    }

    private var tool: String {
        "stackelberg" + (whole ? "_whole" : "") + (savings ? "" : "_unsaved")
    }
}
