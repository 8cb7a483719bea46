import LinearModels

/// Every answer that followers have been seen to give.
///
/// What a follower may do does not depend on prices, so each answer stays open to it at any others. The cheapest of
/// those seen is an upper estimate of its least cost, `F_k(p) <= c_k(p) x_i`, for integer followers too, and exact
/// wherever the true answer is among them: a prediction where nothing was solved, and a cut where a bound is sought.
package struct ResponseLibrary: Sendable {
    /// An answer, as what it costs at any prices: `fixed + gradient * p`.
    package struct Response: Sendable, Equatable {
        /// By variable of the follower.
        package let values: [Double]
        package let fixed: Double
        /// By decision: the quantity that is bought at each price.
        package let gradient: [Double]

        package func cost(at prices: [Double]) -> Double { zip(gradient, prices).reduce(fixed) { $0 + $1.0 * $1.1 } }
    }

    /// All followers' answers to one decision, as what they are worth to the leader at any prices.
    private struct Answer: Sendable {
        let costFixed: Double
        let costGradient: [Double]
        let payoffFixed: Double
        let payoffGradient: [Double]
    }

    private let prices: PriceGame
    /// By follower, in the order of their first appearance.
    package private(set) var responses: [[Response]]
    private var answers: [Answer] = []
    /// What tells responses, and answers of all, from each other.
    private var known: [Set<[Double]>]
    private var knownAnswers: Set<[Double]> = []

    package init(_ prices: PriceGame) {
        self.prices = prices
        responses = prices.costs.map { _ in [] }
        known = prices.costs.map { _ in [] }
    }

    /// Notes an answer.
    ///
    /// - Returns: whether some follower's response was new. Responses that cost the same at all prices are one.
    @discardableResult
    package mutating func add(_ evaluation: Evaluation) -> Bool {
        guard evaluation.payoff != nil else { return false }
        var isNew = false
        for (k, form) in prices.costs.enumerated() {
            let values = evaluation.values[prices.blocks[k]]
            let response = Response(
                values: Array(values), fixed: form.fixed(at: values), gradient: form.gradient(at: values))
            guard known[k].insert([response.fixed] + response.gradient).inserted else { continue }
            responses[k].append(response)
            isNew = true
        }
        let values = evaluation.values
        let answer = Answer(
            costFixed: prices.cost.fixed(at: values), costGradient: prices.cost.gradient(at: values),
            payoffFixed: prices.payoff.fixed(at: values), payoffGradient: prices.payoff.gradient(at: values))
        let key = [answer.costFixed] + answer.costGradient + [answer.payoffFixed] + answer.payoffGradient
        if knownAnswers.insert(key).inserted { answers.append(answer) }
        return isNew
    }

    /// No follower's least cost is above this, by follower; infinite where it has never been seen to answer.
    package func leastCosts(at prices: [Double]) -> [Double] {
        responses.map { $0.reduce(.infinity) { min($0, $1.cost(at: prices)) } }
    }

    /// What prices would pay if followers gave, of the answers that they have given together, the one that is cheapest
    /// for them: exact where that is their true answer.
    ///
    /// - Returns: nil while nothing was seen.
    package func payoff(at prices: [Double]) -> Double? {
        func value(_ fixed: Double, _ gradient: [Double]) -> Double {
            zip(gradient, prices).reduce(fixed) { $0 + $1.0 * $1.1 }
        }
        var best: (cost: Double, payoff: Double)?
        for answer in answers {
            let cost = value(answer.costFixed, answer.costGradient)
            let tolerance = 1e-9 * max(1, abs(cost))
            if let best, cost > best.cost + tolerance { continue }
            let payoff = value(answer.payoffFixed, answer.payoffGradient)
            // Ties go the leader's way.
            if let known = best, cost >= known.cost - tolerance {
                best = (min(cost, known.cost), max(payoff, known.payoff))
            } else {
                best = (cost, payoff)
            }
        }
        return best?.payoff
    }
}
