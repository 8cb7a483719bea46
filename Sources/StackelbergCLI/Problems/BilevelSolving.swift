import ArgumentParser
import Foundation
import Games
import LinearModels
import ResultFiles
import Studies
import Writing

/// Solves one bilevel problem and prints the answer.
struct BilevelSolving {
    static let usualAlgorithm = "lshade"

    let problem: BilevelProblem
    /// Whether its answer stands among others.
    let isOfMany: Bool
    let isJSON: Bool
    let ties: TieRule
    /// For a proof.
    let seconds: Double
    let line: ProgressLine
    private var isMaximised: Bool { problem.leader.objective.isMaximised }

    init(_ problem: BilevelProblem, isOfMany: Bool, isJSON: Bool, ties: TieRule, seconds: Double, line: ProgressLine) {
        (self.problem, self.isOfMany, self.isJSON) = (problem, isOfMany, isJSON)
        (self.ties, self.seconds, self.line) = (ties, seconds, line)
    }

    /// - Parameter settings: of a search; nil for a proof.
    func run(exactly settings: StudySettings?) throws {
        let name = isOfMany ? "\(problem.name): " : ""
        guard let settings else {
            line.show("\(name)proof of the optimum, at most \(NumberText.rounded(seconds)) s")
            return try prove()
        }
        line.show("\(name)search")
        try search(settings)
    }

    private func prove() throws {
        let certificate = try problem.certify(.init(nodes: .max, seconds: seconds), ties: ties)
        line.clear()
        let bound = problem.value(ofPayoff: certificate.bound)
        let known =
            isMaximised
            ? bound.isFinite ? "no value is above \(bound)" : "no upper bound is known"
            : bound.isFinite ? "no value is below \(bound)" : "no lower bound is known"
        let advice =
            certificate.hangsOnRounding
            ? "It depends on differences below the rounding of decimal numbers: the numbers of one row or objective "
                + "differ too much in size. Remove negligible ones."
            : "Give it more --time."
        guard let best = certificate.best else {
            complain("not proved: no decision with a payoff was found, and \(known). \(advice)")
            throw ExitCode(ExitCodes.notProved)
        }
        let answer = try response(certificate, to: best.decision)
        let value = problem.value(ofPayoff: best.payoff)
        // The bound is rounded like the value, and is no worse than it.
        let limit = isMaximised ? max(bound, value) : min(bound, value)
        let standing: AnswerStanding =
            !certificate.isProven ? .within(limit) : certificate.isAttained ? .proved(limit) : .near(limit)
        show(value, best.decision, answer, standing)
        guard certificate.isProven else {
            complain("not proved: \(known). \(advice)")
            throw ExitCode(ExitCodes.notProved)
        }
    }

    private func search(_ settings: StudySettings) throws {
        let game = try problem.game(ties: ties)
        let decision = try Study.run(game, settings) { line.show($0, unit: "", sign: isMaximised ? 1 : -1) }.best
            .decision
        let evaluation = try Evaluator(game).evaluate(decision)
        // A search relies on a solver's tolerance; the printed result should not.
        let answered = try? problem.settled(at: evaluation.decision)
            .certify(.init(nodes: .max, seconds: seconds), ties: ties)
        line.clear()
        if let answered, answered.isProven, let best = answered.best {
            let answer = try response(answered, to: evaluation.decision)
            return show(
                problem.value(ofPayoff: best.payoff), evaluation.decision, answer, .found(by: settings.algorithm))
        }
        guard let payoff = evaluation.payoff else { throw CertificateError.infeasible }
        show(
            problem.value(ofPayoff: payoff), evaluation.decision, response(of: evaluation, in: game),
            .found(by: settings.algorithm))
    }

    /// What the follower answers: a proof in rational numbers has it, and of others an evaluation.
    private func response(_ certificate: Certificate, to decision: [Double]) throws -> [Double] {
        guard certificate.values.isEmpty else { return Array(certificate.values.prefix(problem.y.count)) }
        let game = try problem.game()
        return response(of: try Evaluator(game).evaluate(decision), in: game)
    }

    private func response(of evaluation: Evaluation, in game: StackelbergGame) -> [Double] {
        Array(evaluation.response(of: 0, in: game).prefix(problem.y.count))
    }

    private func show(_ value: Double, _ decision: [Double], _ answer: [Double], _ standing: AnswerStanding) {
        // Adding 0 removes the sign of a negative zero.
        let numbers = zip(problem.x.map(\.name) + problem.y.map(\.name), (decision + answer).map { $0 + 0 })
        if isJSON {
            let cells = numbers.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            // JSON has no infinity: such a bound is none.
            let limit = standing.bound.flatMap { $0.isFinite ? "\($0 + 0)" : nil } ?? "null"
            let name = isOfMany ? "\"name\": \(JSONText.of(problem.name)), " : ""
            print("{\(name)\"value\": \(value + 0), \"bound\": \(limit), \"variables\": {\(cells)}}")
            return
        }
        print("\(problem.name): \(value + 0), \(standing.words)")
        for (name, number) in numbers { print("  \(name) = \(number)") }
    }
}

/// How an answer came about, and what is known beside it.
enum AnswerStanding {
    case found(by: String)
    /// With a bound on any value.
    case within(Double)
    case proved(Double)
    /// Of a bound that no answer attains, and that answers come as near to as one likes.
    case near(Double)

    var bound: Double? {
        switch self {
        case .found: nil
        case .within(let bound), .proved(let bound), .near(let bound): bound
        }
    }

    var words: String {
        switch self {
        case .found(let algorithm): "found by \(algorithm); --exact proves"
        case .within(let bound): "at best \(bound + 0)"
        case .proved: "proved"
        case .near(let bound): "proved to be near \(bound + 0), which answers approach and none here attains"
        }
    }
}
