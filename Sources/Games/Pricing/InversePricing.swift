import LinearModels

/// The best prices for given responses.
///
/// Prices that keep a response `x` a best one satisfy `c(p) x <= F(p)`. That limit is put into the objective at a
/// price, the exact penalty `m` of linear programming:
///
///     max  g(p, x, y) - m (c(p) x - F(p))   over p in the decision space
///
/// With `F(p)` as the least cost of the followers, and `g` and `c(p) x` linear in `p`, this is `m` times
///
///     max over p of  F(p) - r p,   r = gradient of c(p) x  -  1/m * gradient of g,
///
/// whose dual is the followers' own program, in which what is bought beyond `r` is paid at the highest prices of the
/// space:
///
///     min  c(0) x' + (max over p of (q(x') - r) p),   q = gradient of c(p) x'
///
/// It is as small as the followers are, `r` is all that changes between solves, and the prices are the duals of its
/// rows. Where `m` is great enough the penalty is exact, and the prices keep `x`. A small one is what
/// ``PenaltyHomotopy`` wants.
///
/// Integers of followers count as continuous: what is found may then not keep `x`, or not be the best that does.
/// ``ListedPricing`` knows better.
///
/// Holds a GLPK session: lives and dies on one thread.
final class InversePricing {
    private let session: SolverSession
    private let rows: [Constraint]
    private let targets: [Parameter]
    /// What followers pay a unit of price whatever they do.
    private let fixedQuantities: [Double]
    private let fixedCost: Double
    private let start: Basis
    private let space: DecisionSpace

    /// - Throws: ``TooLarge`` where the budget ends before its first program is solved.
    init(_ prices: PriceGame, _ bases: FollowerBases, _ budget: ClimbBudget) throws {
        let space = prices.game.space
        self.space = space
        var model = LinearModel()
        var cost = LinearExpression()
        var quantities = space.decisions.map { _ in LinearExpression() }
        for (k, follower) in prices.game.followers.enumerated() {
            let block = try model.append(follower.model.withoutIntegrality, named: "f\(k)")
            let form = prices.costs[k]
            for (j, value) in form.ofVariables.enumerated() where value != 0 { cost += value * block.variables[j] }
            for product in form.products {
                quantities[product.parameter] += product.factor * block.variables[product.variable]
            }
        }
        fixedQuantities = prices.cost.ofParameters
        fixedCost = prices.cost.constant
        // The highest prices of the space for a vector of quantities, as the dual of its bounds, caps, orderings and
        // ties.
        for (t, decision) in space.decisions.enumerated() {
            let (above, below) = (try model.variable("above\(t)"), try model.variable("below\(t)"))
            quantities[t] -= above - below
            cost += decision.upper * above - decision.lower * below
        }
        for (c, cap) in space.meanCaps.enumerated() {
            let capped = try model.variable("cap\(c)")
            for (t, weight) in zip(cap.indices, cap.weights) { quantities[t] -= weight * capped }
            cost += cap.maximum * cap.totalWeight * capped
        }
        for (o, ordering) in space.orderings.enumerated() {
            let ordered = try model.variable("order\(o)")
            quantities[ordering.lower] -= ordered
            quantities[ordering.upper] += ordered
        }
        for (c, cap) in space.linearCaps.enumerated() {
            let capped = try model.variable("linear\(c)")
            for (t, coefficient) in zip(cap.indices, cap.coefficients) { quantities[t] -= coefficient * capped }
            cost += cap.maximum * capped
        }
        for (n, pair) in space.tiedPairs.enumerated() {
            let tied = try model.variable("tie\(n)", in: -.infinity ... .infinity)
            quantities[pair.0] -= tied
            quantities[pair.1] += tied
        }
        var rows: [Constraint] = []
        var targets: [Parameter] = []
        for (t, quantity) in quantities.enumerated() {
            let target = try model.parameter("target\(t)")
            rows.append(try model.add(quantity == target, named: "quantity\(t)"))
            targets.append(target)
        }
        try model.minimise(cost)
        self.rows = rows
        self.targets = targets
        session = try SolverSession(model)
        bases.restore(in: session, prices.game)
        guard case .optimal = try budget.solve(session, keeping: 0) else { throw TooLarge() }
        start = session.basis
    }

    /// Makes the next answer independent of those before.
    func begin() { session.restore(start) }

    /// Prices that are best by `F(p) - quantities * p`, with that value; nil where GLPK finds none, or the budget ends
    /// first.
    func prices(
        against quantities: [Double], _ budget: ClimbBudget
    ) throws -> (prices: [Double], value: Double)? {
        try session.set(targets) { quantities[$0] - fixedQuantities[$0] }
        guard try budget.solve(session, keeping: 1) == .optimal else { return nil }
        return (space.project(rows.map { 0 - session.dual(of: $0) }), session.objectiveValue + fixedCost)
    }
}
