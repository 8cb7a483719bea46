import LinearModels

/// Writes the rows that hold a product between its linear envelopes over a box.
///
/// For `w = p q` with `p` in `a ... b` and `q` in `c ... d` (McCormick 1976):
///
///     w >= a q + c p - a c,   w >= b q + d p - b d,   w <= b q + c p - b c,   w <= a q + d p - a d
///
/// Each follows from a product of two distances to bounds, neither negative; where a bound is infinite, those with it
/// are left out.
struct Envelopes {
    let program: SingleLevelProgram

    /// Where a product's quantity is, by the bounds of what it is made of alone.
    func reach(of product: SingleLevelProgram.Product) -> ClosedRange<Double> {
        program.model.reach(of: product.amount)
    }

    func write(_ index: Int, decision: (Double, Double), quantity: ClosedRange<Double>, into session: SolverSession) {
        let product = program.products[index]
        let price = program.decisions[product.decision]
        let sides = [
            (decision.0, quantity.lowerBound, true), (decision.1, quantity.upperBound, true),
            (decision.1, quantity.lowerBound, false), (decision.0, quantity.upperBound, false),
        ]
        for (row, (p, q, isBelow)) in zip(product.rows, sides) {
            guard q.isFinite else {
                session.reside(row, from: -.infinity, to: .infinity)
                continue
            }
            session.rewrite(
                row, as: [(product.value, 1), (product.quantity, -p), (price, -q)],
                from: isBelow ? -p * q : -.infinity, to: isBelow ? .infinity : -p * q)
        }
    }
}
