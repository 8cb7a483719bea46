import LinearModels

/// One of the four rows that hold a product between its linear envelopes over a box.
///
/// For `w = p q` with `p` in `a ... b` and `q` in `c ... d` (McCormick 1976):
///
///     w >= a q + c p - a c,   w >= b q + d p - b d,   w <= b q + c p - b c,   w <= a q + d p - a d
///
/// Each follows from a product of two distances to bounds, neither negative, and stays true in all parts of the box.
struct EnvelopeRow: Hashable {
    /// Which envelope's.
    let place: Int
    let factor: Double
    let quantity: Double
    let isBelow: Bool

    func row(of envelope: SingleLevelProgram.Envelope) -> AddedRow {
        AddedRow(
            [(envelope.value, 1), (envelope.quantity, -factor), (envelope.factor, -quantity)],
            from: isBelow ? -factor * quantity : -.infinity, to: isBelow ? .infinity : -factor * quantity)
    }
}

extension SingleLevelProgram.Envelope {
    /// The rows over a box; where a bound is infinite, those with it are left out.
    func rows(at place: Int, factor: ColumnRange, quantity range: ColumnRange) -> [EnvelopeRow] {
        let sides = [
            (factor.lower, range.lower, true), (factor.upper, range.upper, true),
            (factor.upper, range.lower, false), (factor.lower, range.upper, false),
        ]
        return sides.compactMap { p, q, isBelow in
            guard p.isFinite, q.isFinite else { return nil }
            return EnvelopeRow(place: place, factor: p, quantity: q, isBelow: isBelow)
        }
    }

    /// Writes the rows over a box into those that the program has for them.
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

extension ColumnRange {
    /// Where the product of a number of each is.
    func times(_ other: ColumnRange) -> ColumnRange {
        // A bound at zero stays one, whatever it is multiplied by.
        func product(_ a: Double, _ b: Double) -> Double { a == 0 || b == 0 ? 0 : a * b }
        let ends = [
            product(lower, other.lower), product(lower, other.upper), product(upper, other.lower),
            product(upper, other.upper),
        ]
        return ColumnRange(ends.reduce(.infinity, min), ends.reduce(-.infinity, max))
    }
}
