import LinearModels

/// Prices at which given responses are the only best ones, by a margin, as far as prices can make them so.
///
///     max  g(p, x, y) - penalty * shortfall
///     s.t. A' z + reduced = c(p),  |reduced| >= margin - shortfall where x is at a bound,
///          reduced = 0 elsewhere,  likewise for the duals z of rows,  p in the decision space
///
/// a linear program in the prices and the duals. Shortfalls are for ways to tie that no price can break, such as who of
/// several buyers takes what is cheap. Integers of followers count as continuous, or are held: what is best with other
/// whole numbers is then for an answer to tell.
struct MarginPricing {
    private let space: DecisionSpace
    private let session: SolverSession
    private let variables: [Variable]
    private let margin: Parameter

    /// What a unit of price that misses its margin costs, relative to what is sold.
    private static let penalty = 100.0

    /// - Parameters:
    ///   - values: of the system: the responses to be kept, and the dispatch.
    ///   - holdsIntegers: as where the responses are no optima of linear programs: a fee that is paid or not.
    init(_ prices: PriceGame, keeping values: [Double], holdsIntegers: Bool) throws {
        space = prices.game.space
        let gain = prices.payoff.gradient(at: values)
        let penalty = Self.penalty * gain.reduce(1) { max($0, abs($1)) }
        var model = LinearModel()
        variables = try space.addVariables(to: &model)
        try space.addRows(to: &model, variables)
        margin = try model.parameter("@margin")
        var objective = sum(zip(gain, variables).map { $0 * $1 })
        for (k, follower) in prices.game.followers.enumerated() {
            let first = prices.game.offset(of: k).column
            let response = Array(values[first..<first + follower.model.variableCount])
            let parameters = prices.game.bindings.followers[k].select(from: variables)
            let own = holdsIntegers ? follower.model.holdingIntegers(of: response) : follower.model
            let dual = try model.addDual(of: own, parameters: parameters, named: "@f\(k)")
            let (columns, rows) = own.boundStatuses(of: response)
            for (j, (status, cost)) in zip(columns + rows, dual.reducedCosts + dual.rowDuals).enumerated() {
                guard status != .fixed, !cost.isConstant else { continue }
                let name = "@margin\(k)_\(j)"
                if status == .inside {
                    try model.add(cost == 0, named: name)
                } else {
                    let shortfall = try model.variable(
                        "@shortfall\(k)_\(j)", from: ParameterExpression(0), to: ParameterExpression(margin))
                    try model.add((status == .lower ? cost : -cost) + shortfall >= margin, named: name)
                    objective -= penalty * shortfall
                }
            }
        }
        try model.maximise(objective)
        session = try SolverSession(model)
    }

    /// - Parameter margin: of reduced costs and duals, in money a unit.
    /// - Returns: nil where no prices keep the responses.
    func prices(margin: Double) throws -> [Double]? {
        try session.set(self.margin, to: margin)
        guard try session.attempt() == .optimal else { return nil }
        return space.project(variables.map { session.value(of: $0) })
    }
}
