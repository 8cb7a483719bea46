/// What decisions of all leaders are worth to each of them, at one answer of the followers.
public struct RivalryAnswer: Sendable {
    /// Of everybody, inside the space.
    public let decision: [Double]
    /// One per leader, all with the same responses.
    public let evaluations: [Evaluation]
    /// Whether followers were indifferent between answers that leaders value differently.
    public let isSplit: Bool

    /// One per leader; nil where it cannot serve what it is asked for, or a follower has no answer.
    public var payoffs: [Double?] { evaluations.map(\.payoff) }

    /// What followers pay in all, each one's cost by its size.
    public var turnover: Double { evaluations[0].followerCosts.reduce(0) { $0 + abs($1) } }
}

/// Answers decisions of all leaders by one response of each follower.
///
/// Followers answer at their best. Of several best answers of a follower, each leader has one that it would like most;
/// the follower takes the mean of these, so that leaders whose prices are equal share what is indifferent in equal
/// parts. A leader to whom an answer that another likes is worth as much has no say. The mean of optima of a linear
/// program is an optimum. A follower with whole numbers, whose mean need not be possible, takes the answer that the
/// first of these leaders likes.
///
/// The rule favours nobody but in one case: where two would each be content with what the other likes, the one written
/// later has the say. It lives on one thread, as an ``Evaluator`` does.
public final class RivalryEvaluator {
    public let rivalry: Rivalry
    private let evaluators: [Evaluator]

    public init(_ rivalry: Rivalry) throws {
        self.rivalry = rivalry
        evaluators = try rivalry.leaders.map { try Evaluator($0.game) }
    }

    /// - Parameter decision: of everybody; projected into the space first.
    public func evaluate(_ decision: [Double]) throws -> RivalryAnswer {
        let liked = try evaluators.map { try $0.evaluate(decision, ties: .optimistic) }
        let answered = liked.indices.filter { liked[$0].payoff != nil }
        guard let first = answered.first else {
            return RivalryAnswer(decision: liked[0].decision, evaluations: liked, isSplit: false)
        }
        var responses: [Double] = []
        var isSplit = false
        for k in rivalry.leaders[0].game.followers.indices {
            let voters = try voters(answered, on: k, liked)
            isSplit = isSplit || voters.count > 1
            responses += mean(voters.map { response(of: k, in: liked[$0]) }, of: k)
        }
        let evaluations = try zip(evaluators, liked).map { evaluator, liked in
            try evaluator.evaluate(liked, given: responses)
        }
        return RivalryAnswer(decision: liked[first].decision, evaluations: evaluations, isSplit: isSplit)
    }

    private func response(of follower: Int, in evaluation: Evaluation) -> ArraySlice<Double> {
        evaluation.response(of: follower, in: rivalry.leaders[0].game)
    }

    /// The leaders who have a say on a follower's answer.
    private func voters(_ leaders: [Int], on follower: Int, _ liked: [Evaluation]) throws -> [Int] {
        let game = rivalry.leaders[0].game
        let place = game.offset(of: follower).column
        var voters = leaders
        for leader in leaders where voters.count > 1 {
            let own = response(of: follower, in: liked[leader])
            let isContent = try voters.contains { other in
                let answer = response(of: follower, in: liked[other])
                guard other != leader else { return false }
                if Self.areEqual(answer, own) { return true }
                var responses = Array(liked[leader].values[..<game.offset(of: game.followers.count).column])
                responses.replaceSubrange(place..<place + answer.count, with: answer)
                guard let best = liked[leader].payoff,
                    let payoff = try evaluators[leader].evaluate(liked[leader], given: responses).payoff
                else { return false }
                return payoff >= best - 1e-9 * max(1, abs(best))
            }
            if isContent { voters.removeAll { $0 == leader } }
        }
        return voters
    }

    private func mean(_ answers: [ArraySlice<Double>], of follower: Int) -> [Double] {
        let first = Array(answers[0])
        guard answers.count > 1, !rivalry.leaders[0].game.followers[follower].model.hasIntegers else { return first }
        return first.indices.map { place in
            answers.reduce(0) { $0 + $1[$1.startIndex + place] } / Double(answers.count)
        }
    }

    /// Up to what two solves of the same program may differ by.
    private static func areEqual(_ a: ArraySlice<Double>, _ b: ArraySlice<Double>) -> Bool {
        zip(a, b).allSatisfy { abs($0 - $1) <= 1e-7 * max(1, abs($0)) }
    }
}
