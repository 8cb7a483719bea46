/// What holds for the optima of every objective near that of the last solve.
///
/// The objectives are `c + sum(t_i a_i)` with `|t_i| <= h_i`. Let `d_j` be the reduced cost of a variable or row `j` at
/// a bound in the basis of the last solve, and `g_ij` the reduced cost of `a_i` in it. Leaving the bound costs at least
/// `m_j = |d_j| - sum(h_i |g_ij|)` a unit, whichever of the objectives counts. A point that is optimal by one of them
/// costs no more by it than the last answer, so that
///
///     sum over j of  m_j * (distance of j from its bound)  <=  0
///
/// holds for the optima of all of them. Where every `m_j` is above 0 the last answer is the only one. Where none is
/// below, the rest must stay at their bounds. Else it is one row, in which what some `j` may gain pays for what others
/// lose, though these have nothing to do with each other. So those that may leave their bounds are looked at first in
/// groups of which no one limits another (``TieGroup``): where duals prove that all others stay, each group has a row
/// of its own.
package struct NearbyOptima: Sendable {
    /// What must stay.
    package let face: OptimalFace
    /// Each keeps a linear form of the columns at or below a value.
    package let rows: [FormLimit]
    /// Whether all of them are in one row because whole numbers would have to move.
    package var movesIntegers = false
}

/// Keeps a linear form of the columns at or below a value.
package struct FormLimit: Sendable {
    package let coefficients: [(column: Int, value: Double)]
    package let upper: Double

    package init(coefficients: [(column: Int, value: Double)], upper: Double) {
        self.coefficients = coefficients
        self.upper = upper
    }
}
