import LinearModels

/// Prices near given ones: each may lie so far off, either way.
///
/// What is printed is one price, what is meant may be another that is printed the same. What pays whatever was meant
/// pays for all prices within half a tick.
public struct PriceReach: Sendable {
    /// One number per decision, 0 or more.
    public let lengths: [Double]
    /// How the objective of each follower may change.
    let shifts: [[SolverSession.Shift]]
    /// What is sold at each price that may lie off, over the system's columns.
    let quantities: [[(column: Int, value: Double)]]
    private let payoff: BilinearForm

    /// - Parameter lengths: one number per decision; half a tick each where none are given.
    public init(_ prices: PriceGame, lengths: [Double]? = nil) {
        let lengths = lengths ?? prices.game.space.halfTicks
        self.lengths = lengths
        payoff = prices.payoff
        func terms(of form: BilinearForm) -> [(price: Int, terms: [(column: Int, value: Double)])] {
            var terms: [Int: [(column: Int, value: Double)]] = [:]
            for product in form.products where lengths[product.parameter] > 0 {
                terms[product.parameter, default: []].append((product.variable, product.factor))
            }
            return terms.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        quantities = terms(of: prices.payoff).map(\.terms)
        shifts = prices.costs.map { cost in
            terms(of: cost).map { SolverSession.Shift(coefficients: $0.terms, length: lengths[$0.price]) }
        }
    }

    /// What the leader may lose by the prices alone, where nobody answers otherwise.
    ///
    /// - Parameter values: of the system.
    func loss(at values: [Double]) -> Double {
        zip(payoff.gradient(at: values), lengths).reduce(0) { $0 + abs($1.0) * $1.1 }
    }

    /// How far above a follower's least cost an answer may lie that is its best at prices within reach:
    /// `c(p) x - F(p) <= sum(length * |quantity(x) - quantity(x*)|)`, by the widest that its variables' bounds allow.
    ///
    /// - Parameter response: of the follower, at the prices.
    /// - Returns: infinity where nothing bounds a quantity.
    func slack(of follower: Int, _ model: LinearModel, at response: some Collection<Double>) -> Double {
        let response = Array(response)
        let variables = model.variables
        return shifts[follower].reduce(0) { total, shift in
            let quantity = sum(shift.coefficients.map { $0.value * variables[$0.column] })
            let range = model.reach(of: quantity)
            let found = shift.coefficients.reduce(0) { $0 + $1.value * response[$1.column] }
            return total + shift.length * max(range.upperBound - found, found - range.lowerBound, 0)
        }
    }
}
