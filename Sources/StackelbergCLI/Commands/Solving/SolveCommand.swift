import ArgumentParser
import CaseFiles
import Foundation
import Games
import Metaheuristics
import Studies
import Writing

extension TieRule: ExpressibleByArgument {}

struct SolveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "solve",
        abstract: "Solves bilevel problems and tolls of networks from files, by search or exactly.",
        discussion: """
            Examples: stackelberg solve game.mps game.aux --exact; stackelberg solve problems.json --exact; stackelberg \
            solve network.json --evaluations 100000

            An MPS file contains all variables and rows and the leader's objective, which is minimised; the AUX file \
            says which are the follower's, by names or by positions. The right-hand side of the objective is minus its \
            constant, as CPLEX, HiGHS and COIN-OR read it. A JSON or YAML file has a list of problems in algebraic \
            form, or one network whose tolls are to be set. An AUX file with IC and IB makes a problem of interdiction \
            of the follower's model. For a search the leader's variables need bounds, given or implied by the rows.

            --exact proves the optimum by branch and bound on the follower's optimality conditions, or says why it \
            cannot: in rational numbers where all is linear; where leader's and follower's variables are multiplied, \
            as prices and tolls are, within the rounding of decimal numbers. A follower with integer variables is \
            answered by branch and cut. If real variables of the leader stand in its rows, the optimum need not be \
            attained; an answer within a millionth of it is told. Ties are broken for the leader, or with --ties \
            pessimistic against it.
            Exit codes: 0 an answer, with --exact a proved one; 65 wrong input; 69 no answer exists, or an objective \
            is unbounded; 70 not proved, within the limits or because the optimum depends on differences below the \
            rounding of decimal numbers. Of several problems, the highest.
            """)

    @Argument(help: "The model: an MPS file, or a JSON or YAML file of problems or of a network.", completion: .file())
    var model: String
    @Argument(
        help: "For an MPS file: which variables and rows are the follower's, and its objective.", completion: .file())
    var aux: String?
    @Flag(help: "Prove the optimum, without a search.")
    var exact = false
    @Option(
        help: "How a follower's ties go: \(TieRule.allCases.map(\.rawValue).joined(separator: ", ")); not for networks."
    )
    var ties: TieRule = .optimistic
    @Option(help: "Seconds for --exact, of each problem.")
    var time: TypedNumber = 60.0
    @Option(
        help: """
            \(SearchRegistry.names.joined(separator: ", ")), or a metaheuristic with \(SearchRegistry.polish). By \
            default \(BilevelSolving.usualAlgorithm); for a network \(SearchRegistry.defaultName).
            """)
    var algorithm: String?
    @Option(
        name: [.long, .customLong("budget")],
        help: "Decisions to evaluate in total; --budget is the same.")
    var evaluations: TypedNumber = 5_000
    @Option(help: "Seed of the random numbers.")
    var seed: TypedNumber = 1
    @Flag(help: "Print the result as JSON; of several problems, a line each.")
    var json = false

    func run() throws {
        try reporting {
            let time = try time.seconds("--time", in: SearchLimits.seconds)
            let evaluations = try evaluations.count("--evaluations", in: SearchLimits.evaluations)
            let seed = UInt64(try seed.count("--seed", in: SearchLimits.seed))
            let line = ProgressLine(isShown: true, isQuietOnTerminal: json)
            defer { line.clear() }
            switch try problems() {
            case .bilevel(let problems):
                let settings = StudySettings(
                    algorithm: algorithm ?? BilevelSolving.usualAlgorithm, evaluations: evaluations, seed: seed,
                    workers: try workerCount("auto"))
                try Self.each(problems) { problem in
                    try BilevelSolving(
                        problem, isOfMany: problems.count > 1, isJSON: json, ties: ties, seconds: time, line: line
                    ).run(exactly: exact ? nil : settings)
                }
            case .network(let network):
                guard ties == .optimistic else {
                    complain(
                        "--ties is for bilevel problems: tolls are printed so that no tie needs to go anybody's way.")
                    throw ExitCode(ExitCodes.badInput)
                }
                let solving = TollSolving(network: network, isJSON: json, line: line)
                if exact {
                    try solving.prove(seconds: time)
                } else {
                    try solving.search(
                        algorithm ?? SearchRegistry.defaultName,
                        MetaheuristicSettings(evaluations: evaluations, seed: seed))
                }
            }
        }
    }

    private func problems() throws -> ProblemFile {
        let model = URL(fileURLWithPath: model)
        if let aux { return .bilevel([try BilevelExchange.read(mps: model, aux: URL(fileURLWithPath: aux))]) }
        guard model.pathExtension.lowercased() != "mps" else {
            complain(
                "\(model.lastPathComponent) says nothing of a follower. Give its AUX file too, as in stackelberg solve "
                    + "game.mps game.aux.")
            throw ExitCode(ExitCodes.badInput)
        }
        return try ProblemFile.read(model)
    }

    /// Solves all, whatever becomes of one of them.
    private static func each(_ problems: [BilevelProblem], _ solve: (BilevelProblem) throws -> Void) throws {
        var worst: Int32 = 0
        for problem in problems {
            do {
                try reporting(about: problems.count > 1 ? problem.name : nil) { try solve(problem) }
            } catch let code as ExitCode {
                guard code.rawValue < ExitCodes.interrupted else { throw code }
                worst = max(worst, code.rawValue)
            }
        }
        if worst != 0 { throw ExitCode(worst) }
    }
}
