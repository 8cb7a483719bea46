import LinearModels

/// Looks over the followers' optimal faces for the response that pays the leader least.
///
/// The leader's best value is concave in the response (the value function of a minimum-cost linear program), so its
/// least value is at a vertex of the faces. From a response, the leader's duals give the gradient; the faces' worst
/// point along it is the next response, whose value is no better for the leader. Such a descent ends at a vertex that
/// is worst to first order; which one depends on where it starts, so there are many starts, always the same ones.
/// Exact where all tied responses are one to the leader; otherwise the least value found.
struct WorstResponse {
    typealias Answer = (value: Double, values: [Double])

    let field: any ResponseField
    /// What is worst.
    let measure: WholeSystem.Measure

    private var columns: Int { field.mayMix.count }

    /// Rounds of one descent; each but the last is worse for the leader than the one before.
    private static let rounds = 20
    /// How far they lie off the gradient, in turn: small steps find neighbours, great ones forget the gradient.
    private static let amplitudes = [0.5, 2, 8]

    /// The worst answer found; whether it was looked for to the end, as it is not where the work that was allowed is
    /// spent; and whether there is none worse. Below the measure's floor nothing is looked for any more.
    ///
    /// - Parameters:
    ///   - best: one answer, such as the one that pays the leader most.
    ///   - gradient: of the leader's value there.
    func search(
        from best: Answer, gradient: [Double]
    ) throws -> (answer: Answer, isSettled: Bool, isExact: Bool) {
        var visited = Visited(worst: best, worth: measure.worth(best))
        do {
            let isExact = try search(gradient, &visited)
            return (visited.worst, true, isExact)
        } catch is WorkSpent {
            return (visited.worst, false, false)
        }
    }

    /// - Returns: whether all responses are one to the leader.
    private func search(_ marginal: [Double], _ visited: inout Visited) throws -> Bool {
        // Starts: the gradient at the leader's favourite response, payments alone, and both ways off the gradient in
        // directions without a pattern.
        let served = Array(visited.worst.values[..<columns])
        let size = marginal.reduce(0) { max($0, abs($1)) }
        var noise = Noise()
        let first = direction(&noise, size: 1)
        guard let low = try field.extreme(along: first, sense: .minimise),
            let high = try field.extreme(along: first, sense: .maximise)
        else { return false }
        // Where both ends of a direction without a pattern are one, all tied responses are one to the leader.
        let ends = [low, high].map { end in zip(first, end).reduce(0) { $0 + $1.0 * $1.1 } }
        if abs(ends[0] - ends[1]) <= 1e-9 * max(1, abs(ends[0])) { return true }

        for start in field.starts where visited.worth > measure.floor {
            guard visited.responses.insert(start).inserted, let (answer, gradient) = try field.serve(start) else {
                continue
            }
            let worth = measure.worth(answer)
            if worth < visited.worth { (visited.worst, visited.worth) = (answer, worth) }
            if !field.startsAreAll { try descend(along: gradient, from: served, &visited) }
        }
        if field.startsAreAll { return false }

        // Between two responses the leader's duals are those of both sides; at an end they may be one-sided.
        let middle = (0..<columns).map { field.mayMix[$0] ? 0.5 * (low[$0] + high[$0]) : low[$0] }
        if let (_, gradient) = try field.serve(middle) { try descend(along: gradient, from: served, &visited) }
        try descend(along: marginal, from: served, &visited)
        try descend(along: field.payments, from: served, &visited)
        for pair in 0..<measure.pairs where visited.worth > measure.floor {
            let reach = (size > 0 ? size : 1) * Self.amplitudes[pair % Self.amplitudes.count]
            let step = direction(&noise, size: reach)
            try descend(along: zip(marginal, step).map { $0 + $1 }, from: served, &visited)
            try descend(along: zip(marginal, step).map { $0 - $1 }, from: served, &visited)
        }
        return false
    }

    /// A direction without a pattern among those that the leader feels: its payments, and what its rows take from the
    /// followers' columns.
    private func direction(_ noise: inout Noise, size: Double) -> [Double] {
        let largest = field.payments.reduce(0) { max($0, abs($1)) }
        let weights = (0..<field.rowCount).map { _ in size * noise.next() }
        let rows = field.combination(weights)
        let payments = (largest > 0 ? size / largest : 0) * noise.next()
        return zip(rows, field.payments).map { $0 + payments * $1 }
    }

    /// What all descents have seen so far.
    private struct Visited {
        var worst: Answer
        var worth: Double
        var responses: Set<[Double]> = []
    }

    /// Follows gradients to worse and worse responses, until one has been seen or is no worse.
    ///
    /// - Parameter served: responses that the leader can serve.
    private func descend(along start: [Double], from served: [Double], _ visited: inout Visited) throws {
        var (gradient, served) = (start, served)
        var last: Double?
        for _ in 0..<Self.rounds where visited.worth > measure.floor {
            let worse: LinearModel.Sense = field.sense == .minimise ? .maximise : .minimise
            guard let response = try field.extreme(along: gradient, sense: worse) else { return }
            guard visited.responses.insert(response).inserted,
                let (answer, next) = try field.serve(response) ?? field.serve(towards: response, from: served)
            else { return }
            let worth = measure.worth(answer)
            if worth < visited.worth { (visited.worst, visited.worth) = (answer, worth) }
            if let last, worth >= last { return }
            last = worth
            gradient = next
            served = Array(answer.values[..<columns])
        }
    }
}
