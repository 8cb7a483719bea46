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
    /// How often its payoff counts in the larger one's.
    let weight: Double
}

/// The evaluators of parts that are apart.
final class ApartEvaluators {
    private let parts: [(columns: [Int], weight: Double, evaluator: Evaluator)]
    /// What payoffs of the parts are worth together.
    private let measure: RiskMeasure

    /// What each part's prices reach, kept for as long as that is the same.
    private var known: (lengths: [Double], reaches: [PriceReach])?

    init(_ parts: [ApartGame], measure: RiskMeasure, savings: Evaluator.Savings) throws {
        self.measure = measure
        self.parts = try parts.map { ($0.columns, $0.weight, try Evaluator($0.game, savings: savings)) }
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
        for (columns, _, evaluator) in parts {
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

    private func reaches(_ lengths: [Double]) throws -> [PriceReach] {
        if let known, known.lengths == lengths { return known.reaches }
        let reaches = try parts.map { try PriceReach(PriceGame($0.evaluator.game), lengths: lengths) }
        known = (lengths, reaches)
        return reaches
    }

    /// What a decision pays for certain, part by part.
    ///
    /// Prices within reach are the same for all parts, so that together they pay no less than what comes of each
    /// part's own worst ones, since what payoffs are worth rises with each; and no more where what is lost to prices is
    /// lost to the same ones.
    ///
    /// - Parameters:
    ///   - decision: as for ``answer(_:_:count:)``.
    ///   - reach: of the larger game.
    ///   - count: of the larger system's variables.
    ///   - floor: below this payoff it need not be known.
    ///   - care: how hard the worst answers are looked for.
    func bankable(
        _ decision: [Double], _ reach: PriceReach, count: Int, above floor: Double, care: BankablePayoff.Care
    ) throws -> BankablePayoff? {
        let hoped = try parts.map { try $0.evaluator.answer(decision, .optimistic) }
        // What the parts before pay, and those to come at best.
        var payoffs = hoped.compactMap(\.payoff)
        guard payoffs.count == parts.count else { return nil }
        let weights = parts.map(\.weight)
        let reaches = try reaches(reach.lengths)
        var values = [Double](repeating: 0, count: count)
        var (isExact, isSettled, lost) = (true, true, 0.0)
        for (k, part) in parts.enumerated() {
            // However the parts count, they are worth no more than if they counted as they do here.
            let counts = measure.counts(of: payoffs, weights: weights)
            let most = zip(counts, payoffs).reduce(0) { $0 + $1.0 * $1.1 }
            guard most > floor else { return nil }
            let least = counts[k] > 0 ? payoffs[k] - (most - floor) / counts[k] : -.infinity
            guard
                let found = try part.evaluator.bankable(hoped[k], reaches[k], above: least, care: care)
            else { return nil }
            payoffs[k] = found.payoff
            isExact = isExact && found.isExact
            isSettled = isSettled && found.isSettled
            lost += part.weight * reaches[k].loss(at: found.values)
            for (column, value) in zip(part.columns, found.values) { values[column] = value }
        }
        let payoff = measure.worth(of: payoffs, weights: weights)
        guard payoff > floor else { return nil }
        return BankablePayoff(
            payoff: payoff, isExact: isExact && abs(lost - reach.loss(at: values)) <= 1e-9 * max(1, abs(lost)),
            isSettled: isSettled, values: values)
    }
}
