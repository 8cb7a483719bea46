import ArgumentParser
import CaseFiles
import Foundation
import Games
import Metaheuristics
import Studies
import Writing

struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solves a bilevel problem from an MPS and an AUX file, by search or exactly.",
        discussion: """
            Examples: stackelberg solve game.mps game.aux --exact; stackelberg solve game.mps game.aux --algorithm \
            lshade

            The MPS file contains all variables and rows and the leader's objective, which is minimised; the AUX file \
            says which are the follower's, by names or by positions. The leader's variables need bounds, given or \
            implied by the rows. --exact proves the optimum by branch and bound on the follower's optimality \
            conditions, in rational numbers, or says why it cannot. For a follower with integer variables, the \
            leader's variables in its rows must be integer too. Ties are broken for the leader. The right-hand side of \
            the objective is minus its constant, as CPLEX, HiGHS and COIN-OR read it.
            Exit codes: 0 an answer, with --exact a proved one; 65 wrong input; 69 no answer exists, or an objective \
            is unbounded; 70 not proved, within the limits or because the optimum depends on differences below the \
            rounding of decimal numbers.
            """)

    @Argument(help: "The model: variables, rows, the leader's objective.", completion: .file())
    var mps: String
    @Argument(help: "Which variables and rows are the follower's, and its objective.", completion: .file())
    var aux: String
    @Flag(help: "Prove the optimum, without a search.")
    var exact = false
    @Option(help: "Seconds for --exact.")
    var time: TypedNumber = 60.0
    @Option(help: "\(MetaheuristicRegistry.all.map { $0.name }.joined(separator: ", ")).")
    var algorithm = "lshade"
    @Option(
        name: [.long, .customLong("budget")],
        help: "Decisions to evaluate in total; --budget is the same.")
    var evaluations: TypedNumber = 5_000
    @Option(help: "Seed of the random numbers.")
    var seed: TypedNumber = 1
    @Flag(help: "Print the result as JSON.")
    var json = false

    func run() throws {
        try reporting {
            let time = try time.seconds("--time", in: SearchLimits.seconds)
            let evaluations = try evaluations.count("--evaluations", in: SearchLimits.evaluations)
            let seed = UInt64(try seed.count("--seed", in: SearchLimits.seed))
            let problem = try BilevelExchange.read(mps: URL(fileURLWithPath: mps), aux: URL(fileURLWithPath: aux))
            let line = ProgressLine(isShown: true, isQuietOnTerminal: json)
            line.show(exact ? "proof of the optimum, at most \(NumberText.rounded(time)) s" : "search")
            defer { line.clear() }
            if exact {
                try prove(problem, seconds: time, line)
            } else {
                try search(problem, evaluations: evaluations, seed: seed, seconds: time, line)
            }
        }
    }

    private func prove(_ problem: BilevelProblem, seconds: Double, _ line: ProgressLine) throws {
        let certificate = try Certifier(problem.game(), isExact: true).certify(.init(nodes: .max, seconds: seconds))
        line.clear()
        let bound = problem.value(ofPayoff: certificate.bound)
        let known = bound.isFinite ? "no value is below \(bound)" : "no lower bound is known"
        let advice =
            certificate.hangsOnRounding
            ? "It depends on differences below the rounding of decimal numbers: the numbers of one row or objective "
                + "differ too much in size. Remove negligible ones."
            : "Give it more --time."
        guard let best = certificate.best else {
            complain("not proved: no decision with a payoff was found, and \(known). \(advice)")
            throw ExitCode(ExitCodes.notProved)
        }
        let answer = Array(certificate.values.prefix(problem.y.count))
        let value = problem.value(ofPayoff: best.payoff)
        // The bound is rounded like the value, and is no worse than it.
        show(problem, value, best.decision, answer, bound: min(bound, value), isProven: certificate.isProven)
        guard certificate.isProven else {
            complain("not proved: \(known). \(advice)")
            throw ExitCode(ExitCodes.notProved)
        }
    }

    private func search(
        _ problem: BilevelProblem, evaluations: Int, seed: UInt64, seconds: Double, _ line: ProgressLine
    ) throws {
        let game = try problem.game()
        let settings = StudySettings(
            algorithm: algorithm, evaluations: evaluations, seed: seed, workers: try workerCount("auto"))
        let decision = try Study.run(game, settings) { line.show($0, unit: "", sign: -1) }.best.decision
        let evaluation = try Evaluator(game).evaluate(decision)
        // A search relies on a solver's tolerance; the printed result should not.
        let answered = try? Certifier(problem.settled(at: evaluation.decision).game(), isExact: true)
            .certify(.init(nodes: .max, seconds: seconds))
        line.clear()
        if let answered, answered.isProven, let best = answered.best {
            let answer = Array(answered.values.prefix(problem.y.count))
            return show(problem, problem.value(ofPayoff: best.payoff), evaluation.decision, answer, bound: nil)
        }
        guard let payoff = evaluation.payoff else { throw CertificateError.infeasible }
        let answer = Array(evaluation.response(of: 0, in: game).prefix(problem.y.count))
        show(problem, problem.value(ofPayoff: payoff), evaluation.decision, answer, bound: nil)
    }

    private func show(
        _ problem: BilevelProblem, _ value: Double, _ decision: [Double], _ answer: [Double], bound: Double?,
        isProven: Bool = false
    ) {
        // Adding 0 removes the sign of a negative zero.
        let numbers = zip(problem.x.map(\.name) + problem.y.map(\.name), (decision + answer).map { $0 + 0 })
        if json {
            let cells = numbers.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            let limit = bound.map { "\($0 + 0)" } ?? "null"
            print("{\"value\": \(value + 0), \"bound\": \(limit), \"variables\": {\(cells)}}")
            return
        }
        let worth =
            bound.map { isProven ? ", proved" : ", at best \($0 + 0)" } ?? ", found by \(algorithm); --exact proves"
        print("\(problem.name): \(value + 0)\(worth)")
        for (name, number) in numbers { print("  \(name) = \(number)") }
    }
}
