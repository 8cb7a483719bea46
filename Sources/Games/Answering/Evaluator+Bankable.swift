import LinearModels

/// What prices pay for certain, as they are written.
public struct BankablePayoff: Sendable, Codable {
    /// The least that they pay whichever way ties go, for all prices within reach.
    public let payoff: Double
    /// Whether that is known to be the least; else it is the least found.
    public let isExact: Bool
    /// Whether it was looked for to the end: not where the work that was allowed is spent.
    public let isSettled: Bool
    /// The system's variables at the answers that pay so little.
    public let values: [Double]

    /// How hard the answers that pay least are looked for.
    public enum Care: Sendable {
        /// From few starts, follower by follower: enough to turn prices down.
        case screening
        /// From all starts follower by follower, and from few where answers have to do with each other: enough to
        /// choose among prices.
        case choosing
        /// From all starts, for what is promised.
        case promising
    }
}

extension BankablePayoff {
    /// What is certain is no more than what any answer pays that is known: the least that was found over ties at the
    /// prices as they are written may be less than the least that was found for all prices within reach.
    ///
    /// - Parameters:
    ///   - worst: an answer to the same prices.
    ///   - reach: what this is for.
    package func limited(by worst: Evaluation, _ reach: PriceReach) -> BankablePayoff {
        guard let paid = worst.payoff, paid < payoff else { return self }
        return BankablePayoff(
            payoff: paid - reach.loss(at: worst.values), isExact: false, isSettled: isSettled && worst.tiesAreSettled,
            values: worst.values)
    }
}

extension Evaluator {
    /// What prices pay for certain.
    ///
    /// Followers' answers are confined to those that may be best at any prices within reach (`NearbyOptima`), and the
    /// one that pays the leader least is looked for among them. The leader's own best dispatch pays no less at other
    /// prices than `payoff - loss`, since its payoff is the greatest of linear functions of the prices.
    ///
    /// - Parameters:
    ///   - reach: of the same game.
    ///   - known: below this payoff it need not be known.
    ///   - care: how hard the worst answers are looked for.
    /// - Returns: nil where the decision has no payoff, or none above what is known.
    public func bankable(
        _ point: [Double], _ reach: PriceReach, above known: Double = -.infinity, care: BankablePayoff.Care = .promising
    ) throws -> BankablePayoff? {
        let decision = game.space.project(point)
        guard game.apart.isEmpty else {
            return try apartEvaluators.bankable(
                decision, reach, count: game.system.variableCount, above: known, care: care)
        }
        return try bankable(answer(decision, .optimistic), reach, above: known, care: care)
    }

    /// - Parameter hoped: the answer to the decision with ties in favour, which this evaluator has given.
    func bankable(
        _ hoped: Evaluation, _ reach: PriceReach, above known: Double, care: BankablePayoff.Care
    ) throws -> BankablePayoff? {
        guard let payoff = hoped.payoff else { return nil }
        // Whatever ties do, they do no better.
        guard payoff - reach.loss(at: hoped.values) > known else { return nil }
        let start = start(for: hoped.decision)
        guard try answerAsWholes(hoped.decision, from: start) == nil else { return nil }
        var choices: [[WholeSystem.Choice]] = []
        for k in followers.indices {
            guard let found = try choicesOf(k, reach, apart: true) else { return nil }
            choices.append(found)
        }
        guard choices.contains(where: { $0.count > 1 || $0.contains(where: \.hasTies) }) else {
            return BankablePayoff(
                payoff: payoff - reach.loss(at: hoped.values), isExact: true, isSettled: true, values: hoped.values)
        }
        let sign = game.system.sense == .maximise ? 1.0 : -1
        let worth = { (answer: WorstResponse.Answer) in sign * answer.value - reach.loss(at: answer.values) }
        var measure = WholeSystem.Measure(worth: worth, floor: known)
        if care == .screening { measure.pairs = Self.fewPairs }
        func result(_ answer: WorstResponse.Answer, _ isSettled: Bool, _ isExact: Bool) -> BankablePayoff? {
            let least = worth(answer)
            guard least > known else { return nil }
            return BankablePayoff(payoff: least, isExact: isExact, isSettled: isSettled, values: answer.values)
        }
        var least: (answer: WorstResponse.Answer, worth: Double)?
        let field = try apartField(hoped.decision, choices, from: start, reach.quantities)
        if let (_, gradient) = try field.serve(Array(hoped.values[..<field.mayMix.count])) {
            let found = try WorstResponse(field: field, measure: measure).search(
                from: (sign * payoff, hoped.values), gradient: gradient)
            if !field.hasUnserved { return result(found.answer, found.isSettled, found.isExact) }
            let own = worth(found.answer)
            // Whether any of them pays less, only the whole system tells.
            if care == .screening || !found.isSettled || own <= known {
                return result(found.answer, found.isSettled, false)
            }
            least = (found.answer, own)
        }
        // One by one, each with what the leader can serve of it.
        if care == .choosing { measure.pairs = Self.fewPairs }
        if choices.reduce(1, { $0.cappedProduct($1.count) }) > Self.mostCombinations {
            for k in choices.indices where choices[k].count > 1 {
                guard let pooled = try choicesOf(k, reach, apart: false) else { return nil }
                choices[k] = pooled
            }
        }
        var isSettled = true
        var combinations: [[WholeSystem.Choice]] = [[]]
        for own in choices { combinations = combinations.flatMap { head in own.map { head + [$0] } } }
        for combination in combinations {
            let found: WholeSystem.Found
            do {
                found = try loadedSystem.answer(
                    hoped.decision, .pessimistic, choices: combination, leader: start.dispatch, by: measure)
            } catch let spent as WorkSpent {
                guard care == .choosing, least != nil else { throw spent }
                break
            }
            // A choice may go by what the work allowed has found; what is promised is looked for to the end.
            if !found.isSettled, care == .promising || least == nil { isSettled = false }
            switch found.answer {
            case .success(let answer):
                let answer = (answer.value, answer.values)
                guard worth(answer) < least?.worth ?? .infinity else { continue }
                least = (answer, worth(answer))
                if combinations.count == 1 { return result(answer, isSettled, found.isExact) }
            case .failure(let failure): if failure.status != .infeasible { return nil }
            }
        }
        return least.flatMap { result($0.answer, isSettled, false) }
    }

    /// What a follower may answer at prices within reach, after it has answered as a whole.
    ///
    /// - Parameter apart: whether answers with other whole numbers may be choices of their own.
    private func choicesOf(_ k: Int, _ reach: PriceReach, apart: Bool) throws -> [WholeSystem.Choice]? {
        try followers[k].choices(within: reach.shifts[k], apart: apart) {
            reach.slack(of: k, game.followers[k].model, at: $0)
        }
    }

    private static let mostCombinations = 16
    private static let fewPairs = 2

    /// Answers to a decision that one of its tied followers could be held to, those that pay the leader most first.
    ///
    /// The leader's favourite may lie between tied answers, and no prices make a follower prefer what lies between. So
    /// these are corners of the optimal faces: extreme along the leader's gradient at its favourite, and off it.
    ///
    /// - Returns: the system's variables at each, at most so many; none where the decision has no payoff.
    func favourites(at point: [Double], _ most: Int) throws -> [[Double]] {
        let hoped = try evaluate(point, ties: .optimistic)
        guard hoped.payoff != nil else { return [] }
        let start = start(for: hoped.decision)
        guard try answerAsWholes(hoped.decision, from: start) == nil else { return [hoped.values] }
        let choices = try followers.map { try $0.optima(cost: $0.wholeSession.objectiveValue) }
        guard choices.contains(where: \.hasTies) else { return [hoped.values] }
        let field = try apartField(hoped.decision, choices.map { [$0] }, from: start)
        guard let (_, marginal) = try field.serve(Array(hoped.values[..<field.mayMix.count])) else {
            return [hoped.values]
        }
        let size = marginal.reduce(0) { max($0, abs($1)) }
        var noise = Noise()
        var seen: Set<[Double]> = []
        var found: [WorstResponse.Answer] = []
        for k in 0..<Self.triedFavourites {
            var gradient = k == 0 ? marginal : marginal.map { $0 + Self.offGradient * size * noise.next() }
            // The gradient there may lead on to a better one.
            for _ in 0..<2 {
                guard let response = try field.extreme(along: gradient, sense: field.sense),
                    seen.insert(response).inserted, let (answer, next) = try field.serve(response)
                else { break }
                found.append(answer)
                gradient = next
            }
        }
        let isMaximised = field.sense == .maximise
        return found.sorted { isMaximised ? $0.value > $1.value : $0.value < $1.value }.prefix(most).map(\.values)
    }

    private static let triedFavourites = 6
    /// How far directions lie off the gradient, relative to its size.
    private static let offGradient = 0.3

    /// Followers apart, each with its choices, at the answers that they have just given.
    func apartField(
        _ decision: [Double], _ choices: [[WholeSystem.Choice]], from start: Anchor,
        _ quantities: [[(column: Int, value: Double)]] = []
    ) throws -> ApartField {
        let sessions = try followers.map { try $0.wholeSession }
        let count = game.offset(of: followers.count).column
        var payments = [Double](repeating: 0, count: count)
        dispatch.remainder.addCosts(to: &payments, parameters: game.bindings.system.select(from: decision))
        dispatch.bound.session.restore(start.dispatch)
        return try ApartField(
            game, choices: choices, parameters: sessions.map(\.parameters), base: sessions.flatMap(\.values),
            payments: payments, activities: dispatch.remainder.fixedActivities,
            quantities: quantities.map { form in form.filter { $0.column < count } }
        ) { [self] response in
            try dispatch.set(decision, given: response)
            let session = dispatch.bound.session
            guard try dispatch.bound.solve() == .optimal, !session.usedBranchAndBound else { return nil }
            var gradient = [Double](repeating: 0, count: count)
            dispatch.remainder.gradient(session, parameters: session.parameters, into: &gradient)
            return (served(response, at: decision), gradient)
        }
    }
}
