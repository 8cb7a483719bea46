import ArgumentParser
import CaseFiles
import Energy
import Games

struct CheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads a case, reports every problem in it, and answers one decision.",
        discussion: "Example: stackelberg check data/cases/stackelberg-park --variant ev_and_carbon")

    @OptionGroup var source: CaseOptions

    func run() throws {
        try reporting {
            let source = try source.read()
            let game = try source.isSizing ? SizingGame(source).game : EnergyGame(source).game
            let middle = game.space.decisions.map { 0.5 * ($0.lower + $0.upper) }
            let evaluation = try Evaluator(game).evaluate(middle)
            guard let payoff = evaluation.payoff else {
                complain("\(source.name): \(evaluation.outcome.sentence)")
                throw ExitCode(ExitCodes.noAnswer)
            }
            print("\(source.name): sound.")
            print("  \(source.system.time.steps) steps of \(source.system.time.hours) h")
            let parts = source.isSizing ? "typical days" : "clearing groups"
            print("  \(game.space.count) decisions, \(game.followers.count) \(parts)")
            for follower in game.followers {
                print(
                    "  \(follower.name): \(follower.model.variableCount) variables, "
                        + "\(follower.model.constraintCount) rows")
            }
            for day in source.scenarios {
                print("  \(day.day): \(day.sentence); Kantorovich distance from all \(day.distanceSentence)")
            }
            print(
                source.isSizing
                    ? "  at the middle of every size a year costs \(-payoff) \(source.currency)"
                    : "  at the middle of every price the operator's payoff is \(payoff) \(source.currency)")
            guard !source.scenarios.isEmpty else { return }
            let check = try ScenarioCheck(source.withEveryScenario(), sizes: middle, kept: -payoff)
            print(
                check.all.map { "  over all scenarios that were drawn it costs \($0) \(source.currency)" }
                    ?? "  of all scenarios that were drawn, these cannot be operated: \(check.failures.joined(separator: ", "))"
            )
        }
    }
}
