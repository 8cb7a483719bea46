import LinearModels

/// A game that is part of a larger one and shares nothing with its other parts but the decision: followers, variables
/// and rows are its own, such as those of one of several days.
///
/// What is best or worst for the leader over ties is then so in each part by itself. Looked for over all parts at once,
/// the worst of many would have to be found together.
struct ApartGame: Sendable {
    /// Over the same decisions, with the leader's objective of this part alone.
    let game: StackelbergGame
    /// Its system's variables among those of the larger one's.
    let columns: [Int]
}

/// The evaluators of parts that are apart.
final class ApartEvaluators {
    private let parts: [(columns: [Int], evaluator: Evaluator)]

    init(_ parts: [ApartGame], savings: Evaluator.Savings) throws {
        self.parts = try parts.map { ($0.columns, try Evaluator($0.game, savings: savings)) }
    }

    var work: Int { parts.reduce(0) { $0 + $1.evaluator.work } }

    struct Answer {
        /// Of the larger system; empty where some part has no answer.
        var values: [Double]
        /// Why it has none.
        var outcome: Evaluation.Outcome?
        var hasTies = false
        var isSettled = true
    }

    /// Each part's answer under a rule, put together.
    ///
    /// - Parameters:
    ///   - decision: inside the space in which the larger game is answered, which parts do not know.
    ///   - count: of the larger system's variables.
    func answer(_ decision: [Double], _ ties: TieRule, count: Int) throws -> Answer {
        var answer = Answer(values: [Double](repeating: 0, count: count))
        for (columns, evaluator) in parts {
            let found = try evaluator.answer(decision, ties)
            answer.hasTies = answer.hasTies || found.hasTies
            guard found.payoff != nil else {
                return Answer(values: [], outcome: found.outcome, hasTies: answer.hasTies)
            }
            answer.isSettled = answer.isSettled && found.tiesAreSettled
            for (column, value) in zip(columns, found.values) { answer.values[column] = value }
        }
        return answer
    }
}
