import Games
import LinearModels
import Networks
import Studies

/// What `serve` may be asked for.
enum ServeRequest: UInt32, CaseIterable {
    /// The payoff of each row, and what followers pay.
    case evaluate = 1
    /// The same with the payoffs between which ties decide.
    case ties = 2
    /// The nearest admissible decision to each row.
    case nearest = 3
    /// Why a decision has no answer, in words.
    case why = 4
    /// The end.
    case goodbye = 5

    var name: String { "\(self)" }
}

/// Answers batches of decisions by threads, each with solvers of its own.
///
/// An answer depends on its decision alone: it is that of an `Evaluator` that was just made.
final class ServedAnswers {
    private let problem: ServedProblem
    private let workers: Int
    private let queue: WorkQueue<Rows, [Double]>

    private struct Rows: Sendable {
        let request: ServeRequest
        let range: Range<Int>
        let numbers: [Double]
    }

    /// - Throws: whatever an evaluator throws when it is built; `StudyStopped`.
    init(_ problem: ServedProblem, workers: Int, stop: StopRequest) throws {
        self.problem = problem
        self.workers = workers
        let width = problem.game.space.count
        queue = try WorkQueue(threads: workers, name: "server", stop: stop) {
            let player = try DecisionPlayer(problem)
            return { rows in
                var found: [Double] = []
                for row in rows.range {
                    let point = Array(rows.numbers[row * width..<(row + 1) * width])
                    do {
                        found += try player.answer(rows.request, point)
                    } catch is Interrupted {
                        throw Interrupted()
                    } catch {
                        throw ServeRefusal(
                            .unanswered, row: row,
                            "the solver gave up: \(error) Ask for the other rows without this one.")
                    }
                }
                return found
            }
        }
    }

    /// The numbers of an answer to each row of a request.
    static func columns(of request: ServeRequest, in problem: ServedProblem) -> [String] {
        let costs = problem.network == nil ? problem.game.parties.map { "cost.\($0.name)" } : []
        return switch request {
        case .evaluate: ["payoff"] + costs
        case .ties: ["payoff", "optimistic", "pessimistic", "settled"] + costs
        case .nearest: problem.game.space.decisions.map(\.name)
        case .why, .goodbye: []
        }
    }

    /// Answers the rows of a batch, in their order.
    ///
    /// - Parameter isWanted: looked at now and then; once it is false, what is left of the batch is not begun.
    /// - Throws: ``ServeRefusal``; `StudyStopped`.
    func answer(_ request: ServeRequest, _ numbers: [Double], isWanted: @escaping () -> Bool) throws -> [Double] {
        let width = problem.game.space.count
        try check(request, numbers)
        let count = numbers.count / width
        // Cheap answers are handed out many at a time; dear ones so that no thread is idle for long.
        let size = max(1, min(256, count / (8 * workers)))
        let tasks = stride(from: 0, to: count, by: size).map {
            Rows(request: request, range: $0..<min($0 + size, count), numbers: numbers)
        }
        return try queue.answer(tasks) { _, _ in if !isWanted() { throw NobodyListens() } }.flatMap(\.self)
    }

    /// Why a decision has no answer; nothing where it has one.
    func why(_ point: [Double]) throws -> String {
        try check(.why, point)
        let evaluation = try Evaluator(problem.game).evaluate(point)
        guard evaluation.payoff == nil else { return "" }
        return try problem.reason(evaluation.decision) ?? evaluation.outcome.sentence
    }

    /// - Throws: ``ServeRefusal`` of the first row that cannot be answered.
    private func check(_ request: ServeRequest, _ numbers: [Double]) throws {
        let space = problem.game.space
        let width = space.count
        guard !numbers.isEmpty, numbers.count.isMultiple(of: width), request != .why || numbers.count == width else {
            throw ServeRefusal(
                .badLength,
                "\(numbers.count) numbers were sent, but "
                    + (request == .why
                        ? "one decision has \(width). Send one." : "a row has \(width). Send one row or more."))
        }
        for row in 0..<numbers.count / width {
            let point = Array(numbers[row * width..<(row + 1) * width])
            if let column = point.firstIndex(where: { !$0.isFinite }) {
                throw ServeRefusal(
                    .notFinite, row: row, column: column, decision: space.decisions[column].name,
                    "\(point[column]) is no finite number. Send a number from \(space.decisions[column].lower) to "
                        + "\(space.decisions[column].upper).")
            }
            guard request != .nearest, let problem = space.problem(with: point) else { continue }
            throw ServeRefusal(.outside, row: row, "\(problem) Or ask for the nearest admissible decision first.")
        }
    }
}

/// Who asked has closed the stream on which answers go.
struct NobodyListens: Error {}

/// Answers decisions one by one, on one thread.
private final class DecisionPlayer {
    private let problem: ServedProblem
    private let evaluator: Evaluator?
    private let tolls: TollAnswers?
    /// For ties in networks; made when first asked for.
    private var flows: Evaluator?

    init(_ problem: ServedProblem) throws {
        self.problem = problem
        tolls = problem.network.map { TollAnswers($0) }
        evaluator = try problem.network == nil ? Evaluator(problem.game) : nil
    }

    func answer(_ request: ServeRequest, _ point: [Double]) throws -> [Double] {
        switch request {
        case .nearest: return problem.game.space.project(point)
        case .evaluate:
            if let tolls { return [tolls.revenue(problem.game.space.project(point))] }
            return try row(evaluator?.evaluate(point))
        case .ties: return try ties(point)
        case .why, .goodbye: return []
        }
    }

    /// - Parameter ends: what stands between the payoff and what followers pay.
    private func row(_ evaluation: Evaluation?, _ ends: [Double] = []) -> [Double] {
        guard let evaluation, evaluation.payoff != nil else {
            let costs = problem.network == nil ? problem.game.parties.count : 0
            return [Double](repeating: .nan, count: 1 + ends.count + costs)
        }
        return [problem.told(evaluation.payoff)] + ends + problem.game.partyCosts(of: evaluation)
    }

    private func ties(_ point: [Double]) throws -> [Double] {
        if let tolls {
            let evaluator = try flows ?? Evaluator(problem.game)
            flows = evaluator
            let revenue = tolls.revenue(problem.game.space.project(point))
            let worst = try evaluator.evaluate(point, ties: .pessimistic)
            return [revenue, revenue, min(worst.payoff ?? .nan, revenue), worst.tiesAreSettled ? 1 : 0]
        }
        guard let evaluator else { return [] }
        let evaluation = try evaluator.evaluate(point)
        let best = problem.game.ties == .optimistic ? evaluation : try evaluator.evaluate(point, ties: .optimistic)
        guard let most = best.payoff else { return row(nil, [.nan, .nan, .nan]) }
        let worst =
            problem.game.ties == .pessimistic ? evaluation : try evaluator.evaluate(point, ties: .pessimistic)
        let least = problem.told(worst.payoff.map { min($0, most) })
        let isSettled = worst.payoff != nil && worst.tiesAreSettled
        return row(evaluation, [problem.told(most), least, isSettled ? 1 : 0])
    }
}
