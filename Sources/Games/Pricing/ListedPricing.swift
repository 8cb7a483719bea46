import LinearModels

/// The best prices for given responses, by a list of what else followers might do: for integer followers, whom no dual
/// describes.
///
///     max  g(p, x, y)
///     s.t. c_k(p) x_k <= c_k(p) x_i  for every answer x_i of k in the list,   p in the decision space
///
/// A linear program in the prices alone. Its prices keep `x` against the list; whether they keep it, an evaluation
/// tells, and what it finds cheaper joins the list. When nothing is, the prices are the best that keep `x`: the list
/// gave the leader at least as much room as the truth.
struct ListedPricing {
    let prices: PriceGame

    /// - Parameters:
    ///   - values: of the system: the responses to be kept, and the dispatch.
    ///   - library: what else followers might do.
    ///   - budget: pays for the program, and keeps what an evaluation of its answer takes.
    /// - Returns: nil where no prices keep the responses, or the budget ends first.
    func prices(
        keeping values: [Double], against library: ResponseLibrary, _ budget: ClimbBudget
    ) throws -> [Double]? {
        let space = prices.game.space
        var model = LinearModel()
        let variables = try space.addVariables(to: &model)
        try space.addRows(to: &model, variables)
        for (k, form) in prices.costs.enumerated() {
            let own = values[prices.blocks[k]]
            let (fixed, gradient) = (form.fixed(at: own), form.gradient(at: own))
            for (i, other) in library.responses[k].enumerated() {
                let difference = zip(gradient, other.gradient).map { $0 - $1 }
                let size = difference.reduce(0) { max($0, abs($1)) }
                guard size > 1e-9 else { continue }
                let left = sum(zip(difference, variables).map { $0 * $1 })
                try model.add(left <= other.fixed - fixed, named: "answer\(k)_\(i)")
            }
        }
        let gain = prices.payoff.gradient(at: values)
        try model.maximise(sum(zip(gain, variables).map { $0 * $1 }))
        let session = try SolverSession(model)
        guard try budget.solve(session, keeping: 1) == .optimal else { return nil }
        return space.project(variables.map { session.value(of: $0) })
    }
}
