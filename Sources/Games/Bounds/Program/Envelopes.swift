import LinearModels

/// One of the four rows that hold a product between its linear envelopes over a box.
///
/// For `w = p q` with `p` in `a ... b` and `q` in `c ... d` (McCormick 1976):
///
///     w >= a q + c p - a c,   w >= b q + d p - b d,   w <= b q + c p - b c,   w <= a q + d p - a d
///
/// Each follows from a product of two distances to bounds, neither negative, and stays true in all parts of the box.
package struct EnvelopeRow: Hashable, Sendable {
    /// Which envelope's.
    package let place: Int
    package let factor: Double
    package let quantity: Double
    package let isBelow: Bool

    package init(place: Int, factor: Double, quantity: Double, isBelow: Bool) {
        (self.place, self.factor, self.quantity, self.isBelow) = (place, factor, quantity, isBelow)
    }

    func row(of envelope: SingleLevelProgram.Envelope) -> AddedRow {
        AddedRow(
            [(envelope.value, 1), (envelope.quantity, -factor), (envelope.factor, -quantity)],
            from: isBelow ? -factor * quantity : -.infinity, to: isBelow ? .infinity : -factor * quantity)
    }
}

extension SingleLevelProgram.Envelope {
    /// The rows over a box; where a bound is infinite, those with it are left out.
    func rows(at place: Int, factor: ColumnRange, quantity range: ColumnRange) -> [EnvelopeRow] {
        sides(at: place, factor: factor, quantity: range).compactMap(\.self)
    }

    /// Writes the rows over a box into those that the program has for them.
    func write(factor: ColumnRange, quantity range: ColumnRange, into session: SolverSession) {
        for (row, side) in zip(rows, sides(at: 0, factor: factor, quantity: range)) {
            guard let written = side?.row(of: self) else {
                session.reside(row, from: -.infinity, to: .infinity)
                continue
            }
            session.rewrite(row, as: written.coefficients, from: written.lower, to: written.upper)
        }
    }

    /// All four; nil in the place of one with a bound that is infinite.
    private func sides(at place: Int, factor: ColumnRange, quantity range: ColumnRange) -> [EnvelopeRow?] {
        let sides = [
            (factor.lower, range.lower, true), (factor.upper, range.upper, true),
            (factor.upper, range.lower, false), (factor.lower, range.upper, false),
        ]
        return sides.map { p, q, isBelow in
            p.isFinite && q.isFinite ? EnvelopeRow(place: place, factor: p, quantity: q, isBelow: isBelow) : nil
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
