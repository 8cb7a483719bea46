import LinearModels

/// Writes the rows that hold a product between its linear envelopes over a box.
///
/// For `w = p q` with `p` in `a ... b` and `q` in `c ... d` (McCormick 1976):
///
///     w >= a q + c p - a c,   w >= b q + d p - b d,   w <= b q + c p - b c,   w <= a q + d p - a d
///
/// Each follows from a product of two distances to bounds, neither negative; where a bound is infinite, those with it
/// are left out.
extension SingleLevelProgram.Envelope {
    func write(factor: ClosedRange<Double>, quantity range: ClosedRange<Double>, into session: SolverSession) {
        let sides = [
            (factor.lowerBound, range.lowerBound, true), (factor.upperBound, range.upperBound, true),
            (factor.upperBound, range.lowerBound, false), (factor.lowerBound, range.upperBound, false),
        ]
        for (row, (p, q, isBelow)) in zip(rows, sides) {
            guard p.isFinite, q.isFinite else {
                session.reside(row, from: -.infinity, to: .infinity)
                continue
            }
            session.rewrite(
                row, as: [(value, 1), (quantity, -p), (self.factor, -q)],
                from: isBelow ? -p * q : -.infinity, to: isBelow ? .infinity : -p * q)
        }
    }
}
