import ArgumentParser
import CaseFiles
import Foundation
import Games
import Metaheuristics
import Studies

struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solves a bilevel problem of an MPS and an AUX file, by search or exactly.",
        discussion: """
            Examples: stackelberg solve game.mps game.aux --exact; stackelberg solve game.mps game.aux --algorithm lshade

            The MPS file holds all variables and rows and the leader's objective, which is minimised; the AUX file says which are the \
            follower's, by names or by places. The leader's variables need bounds, their own or such as the rows imply. --exact proves \
            the optimum by branch and bound on the follower's optimality conditions, or says why it cannot. Ties are broken for the leader.
            Exit codes: 0 an answer, with --exact a proved one; 65 wrong input, 69 no answer exists, 70 not proved within the limits.
            """)

    @Argument(help: "The model: variables, rows, the leader's objective.", completion: .file())
    var mps: String
    @Argument(help: "Which of them are the follower's, and its objective.", completion: .file())
    var aux: String
    @Flag(help: "Prove the optimum, without a search.")
    var exact = false
    @Option(help: "Seconds for --exact.")
    var time: TypedNumber = 60.0
    @Option(help: "\(MetaheuristicRegistry.all.map { $0.name }.joined(separator: ", ")).")
    var algorithm = "lshade"
    @Option(help: "Decisions to evaluate in all.")
    var budget: TypedNumber = 5_000
    @Option(help: "Seed of the random numbers.")
    var seed: TypedNumber = 1
    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() throws {
        try reporting {
            let time = try time.seconds("--time", in: SearchLimits.seconds)
            let budget = try budget.count("--budget", in: SearchLimits.evaluations)
            let seed = UInt64(try seed.count("--seed", in: SearchLimits.seed))
            let problem = try BilevelExchange.read(mps: URL(fileURLWithPath: mps), aux: URL(fileURLWithPath: aux))
            let game = try problem.game()
            let certifier = exact ? try Certifier(game, isExact: true) : nil
            let decision: [Double]
            var bound: Double?
            if let certifier {
                let certificate = try certifier.certify(
                    .init(nodes: .max, seconds: time), cheap: CheapBounds(game))
                guard let best = certificate.best else {
                    complain(
                        "no decision with a payoff was found; none has a value below \(problem.value(ofPayoff: certificate.bound))."
                    )
                    throw ExitCode(ExitCodes.notProved)
                }
                (decision, bound) = (best.decision, problem.value(ofPayoff: certificate.bound))
                if !certificate.isProven {
                    complain(
                        "not proved: no value is below \(problem.value(ofPayoff: certificate.bound)). Give it more --time."
                    )
                }
                try show(problem, game, decision, bound: bound)
                if !certificate.isProven { throw ExitCode(ExitCodes.notProved) }
            } else {
                let settings = StudySettings(
                    algorithm: algorithm, evaluations: budget, seed: seed, workers: try workerCount("auto"))
                try show(problem, game, Study.run(game, settings).best.decision, bound: nil)
            }
        }
    }

    private func show(_ problem: BilevelProblem, _ game: StackelbergGame, _ decision: [Double], bound: Double?) throws {
        let evaluation = try Evaluator(game).evaluate(decision)
        guard let payoff = evaluation.payoff else { throw CertificateError.infeasible }
        let value = problem.value(ofPayoff: payoff)
        let answer = Array(evaluation.response(of: 0, in: game).prefix(problem.y.count))
        let numbers = zip(problem.x.map(\.name) + problem.y.map(\.name), (evaluation.decision + answer).map { $0 + 0 })
        if json {
            let cells = numbers.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            print("{\"value\": \(value), \"bound\": \(bound.map { "\($0)" } ?? "null"), \"variables\": {\(cells)}}")
            return
        }
        print(
            "\(problem.name): \(value)"
                + (bound.map {
                    abs($0 - value) <= Certificate.tolerance * max(1, abs(value)) ? ", proved" : ", at best \($0)"
                } ?? ", found by \(algorithm); --exact proves"))
        for (name, number) in numbers { print("  \(name) = \(number)") }
    }
}
