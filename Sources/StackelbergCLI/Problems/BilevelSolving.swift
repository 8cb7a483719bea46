import ArgumentParser
import Foundation
import Games
import LinearModels
import Studies
import Writing

/// Solves one bilevel problem and prints the answer.
struct BilevelSolving {
    static let usualAlgorithm = "lshade"

    let problem: BilevelProblem
    /// Whether its answer stands among others.
    let isOfMany: Bool
    let isJSON: Bool
    /// For a proof.
    let seconds: Double
    let line: ProgressLine

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
        show(value, best.decision, answer, bound: min(bound, value), isProven: certificate.isProven)
        guard certificate.isProven else {
            complain("not proved: \(known). \(advice)")
            throw ExitCode(ExitCodes.notProved)
        }
    }

    private func search(_ settings: StudySettings) throws {
        let game = try problem.game()
        let decision = try Study.run(game, settings) { line.show($0, unit: "", sign: -1) }.best.decision
        let evaluation = try Evaluator(game).evaluate(decision)
        // A search relies on a solver's tolerance; the printed result should not.
        let answered = try? Certifier(problem.settled(at: evaluation.decision).game(), isExact: true)
            .certify(.init(nodes: .max, seconds: seconds))
        line.clear()
        if let answered, answered.isProven, let best = answered.best {
            let answer = Array(answered.values.prefix(problem.y.count))
            return show(
                problem.value(ofPayoff: best.payoff), evaluation.decision, answer, bound: nil, settings.algorithm)
        }
        guard let payoff = evaluation.payoff else { throw CertificateError.infeasible }
        let answer = Array(evaluation.response(of: 0, in: game).prefix(problem.y.count))
        show(problem.value(ofPayoff: payoff), evaluation.decision, answer, bound: nil, settings.algorithm)
    }

    private func show(
        _ value: Double, _ decision: [Double], _ answer: [Double], bound: Double?,
        isProven: Bool = false, _ algorithm: String = ""
    ) {
        // Adding 0 removes the sign of a negative zero.
        let numbers = zip(problem.x.map(\.name) + problem.y.map(\.name), (decision + answer).map { $0 + 0 })
        if isJSON {
            let cells = numbers.map { "\"\($0)\": \($1)" }.joined(separator: ", ")
            let limit = bound.map { "\($0 + 0)" } ?? "null"
            let name = isOfMany ? "\"name\": \"\(problem.name)\", " : ""
            print("{\(name)\"value\": \(value + 0), \"bound\": \(limit), \"variables\": {\(cells)}}")
            return
        }
        let worth =
            bound.map { isProven ? ", proved" : ", at best \($0 + 0)" } ?? ", found by \(algorithm); --exact proves"
        print("\(problem.name): \(value + 0)\(worth)")
        for (name, number) in numbers { print("  \(name) = \(number)") }
    }
}
