import LinearModels

/// From any prices to responses and prices that fit each other and pay the leader well, by linear programs alone.
///
/// The game with a price `m` on what the followers pay beyond their best:
///
///     max  g(p, x, y) - m (c(p) x - F(p))   over p, x and y
///
/// For given prices it is a linear program in the responses and the dispatch, for given responses one in the prices
/// (``InversePricing``). The two are solved in turn while `m` grows. In games whose payments cancel,
/// `g = c(p) x - psi(x, y)`, it begins near `m = 1` with `F(p) - psi(x, y)`, the leader's payoff if followers did what
/// pays all together; as `m` grows they do what pays themselves.
///
/// Where it ends depends on where it starts and how fast it goes. Integers count as continuous throughout, so that with
/// integer followers it proposes prices and nothing more: what they are worth, an evaluation tells.
final class PenaltyHomotopy {
    private let prices: PriceGame
    private let pricing: InversePricing
    private let session: SolverSession
    /// That of the answer to the middle of the space.
    private var start: Basis

    /// Solves of either program that one penalty may take.
    private static let rounds = 2

    /// - Throws: ``TooLarge`` where the budget ends before its first program is solved.
    init(_ prices: PriceGame, _ pricing: InversePricing, _ bases: FollowerBases, _ budget: ClimbBudget) throws {
        self.prices = prices
        self.pricing = pricing
        session = try SolverSession(prices.game.system.withoutIntegrality)
        start = session.basis
        let space = prices.game.space
        bases.restore(in: session, prices.game)
        guard try responses(to: space.middle, 1, budget) != nil else { throw TooLarge() }
        start = session.basis
    }

    /// - Parameters:
    ///   - point: where to start.
    ///   - penalties: `m`, rising, from just above 1.
    ///   - pricing: of a part of the space, where prices are to be in it; nil for all of it.
    ///   - budget: what is left of it at the end pays for two evaluations.
    func run(
        from point: [Double], penalties: [Double], by pricing: InversePricing? = nil, _ budget: ClimbBudget
    ) throws -> [Double] {
        let pricing = pricing ?? self.pricing
        var point = point
        session.restore(start)
        pricing.begin()
        for penalty in penalties {
            for _ in 0..<Self.rounds {
                guard budget.evaluationsLeft >= 4,
                    let values = try responses(to: point, penalty, budget),
                    let next = try pricing.prices(against: target(of: values, penalty), budget)?.prices
                else { return point }
                let step = zip(point, next).reduce(0) { max($0, abs($1.0 - $1.1)) }
                point = next
                if step < 1e-9 { break }
            }
        }
        return point
    }

    /// What ``InversePricing`` is asked for given responses.
    func target(of values: [Double], _ penalty: Double) -> [Double] {
        zip(prices.cost.gradient(at: values), prices.payoff.gradient(at: values)).map { $0 - $1 / penalty }
    }

    private func responses(to point: [Double], _ penalty: Double, _ budget: ClimbBudget) throws -> [Double]? {
        let costs = zip(prices.cost.coefficients(at: point), prices.payoff.coefficients(at: point))
            .map { $0 - $1 / penalty }
        session.setObjective(coefficients: costs, constant: 0, sense: .minimise)
        return try budget.solve(session, keeping: 2) == .optimal ? session.values : nil
    }
}
