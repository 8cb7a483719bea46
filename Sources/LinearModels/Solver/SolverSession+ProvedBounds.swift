import CGLPK

/// What the last solve proves by its multipliers alone, whatever the solver took for zero.
///
/// A solver's tolerances are absolute. In units in which numbers are far from 1 it takes what holds for broken, finds
/// programs that have answers to have none, and stops at objectives that are not the best. Sums of rows are true all
/// the same: any multipliers of the rows give a bound on the objective over the box of the variables (Neumaier and
/// Shcherbina 2004), and a sum that cannot be zero within the box says that nothing satisfies the rows.
extension SolverSession {
    /// What the objective is at most, or where it is minimised at least, by the duals of the last solve.
    ///
    /// Variables without an end that still seem to gain are believed to the solver's tolerance that they do not.
    ///
    /// - Parameter ranges: of all variables, where more is known of them than the session's bounds.
    /// - Returns: infinite where the duals say nothing.
    package func provedBound(within ranges: [ColumnRange]? = nil) -> Double {
        let sign = glp_get_obj_dir(problem) == GLP_MAX ? 1.0 : -1
        var sum = ProofSum()
        sum.add(sign * glp_get_obj_coef(problem, 0))
        // The objective without the multiples of rows.
        var rest = model.columns.indices.map { sign * glp_get_obj_coef(problem, Int32($0 + 1)) }
        var sizes = rest.map { abs($0) }
        eachRow { i, terms in
            let dual = sign * glp_get_row_dual(problem, i)
            let (low, high) = bounds(ofRow: i)
            let side = dual > 0 ? high : low
            guard dual != 0, side.isFinite else { return }
            sum.add(dual * side)
            for (j, value) in terms {
                rest[j] -= dual * value
                sizes[j] += abs(dual * value)
            }
        }
        for (j, cost) in rest.enumerated() where abs(cost) > Self.rounding * sizes[j] {
            let (low, high) = bounds(ofColumn: j, within: ranges)
            let end = cost > 0 ? high : low
            if end.isFinite {
                sum.add(cost * end)
            } else if abs(cost) > Self.nothing * max(1, sizes[j]) {
                return sign * .infinity
            }
        }
        return sign * sum.value
    }

    /// Whether a sum of rows shows that nothing satisfies them, after a solve that found it so.
    var provesInfeasibility: Bool {
        if hasEmptyBounds { return true }
        guard glp_bf_exists(problem) != 0 || glp_factorize(problem) == 0 else { return false }
        let rowCount = Int(glp_get_num_rows(problem))
        // Basic variables beyond their bounds, and which way.
        var broken: [(position: Int, sign: Double, size: Double)] = []
        for position in 0..<rowCount {
            let place = Int(glp_get_bhead(problem, Int32(position + 1)))
            let (low, high) = place <= rowCount ? bounds(ofRow: Int32(place)) : bounds(ofColumn: place - rowCount - 1)
            let value =
                place <= rowCount
                ? glp_get_row_prim(problem, Int32(place)) : glp_get_col_prim(problem, Int32(place - rowCount))
            let excess = max(low - value, value - high)
            guard excess > 0 else { continue }
            broken.append((position, value > high ? 1 : -1, excess / max(abs(value), abs(value > high ? high : low))))
        }
        guard !broken.isEmpty else { return false }
        broken.sort { ($1.size, $0.position) < ($0.size, $1.position) }
        // All of them together, as the primal method ends, or one, as the dual method does.
        if isImpossible(broken.map { ($0.position, $0.sign) }) { return true }
        return broken.prefix(Self.mostTried).contains { isImpossible([($0.position, $0.sign)]) }
    }

    /// Whether a sum of rows of the simplex tableau cannot be zero within all bounds.
    private func isImpossible(_ members: [(position: Int, sign: Double)]) -> Bool {
        var multipliers = [Double](repeating: 0, count: Int(glp_get_num_rows(problem)) + 1)
        for member in members { multipliers[member.position + 1] = member.sign }
        glp_btran(problem, &multipliers)
        let most = multipliers.reduce(0) { max($0, abs($1)) }
        var weights = [Double](repeating: 0, count: model.columns.count)
        var sizes = weights
        var (least, greatest) = (ProofSum(), ProofSum())
        func add(_ factor: Double, _ range: (low: Double, high: Double)) {
            least.add(factor * (factor > 0 ? range.low : range.high))
            greatest.add(factor * (factor > 0 ? range.high : range.low))
        }
        // Each row less what it is of the columns is zero.
        eachRow { i, terms in
            let multiplier = multipliers[Int(i)]
            guard abs(multiplier) > Self.rounding * most else { return }
            add(multiplier, bounds(ofRow: i))
            for (j, value) in terms {
                weights[j] -= multiplier * value
                sizes[j] += abs(multiplier * value)
            }
        }
        for (j, weight) in weights.enumerated() where abs(weight) > Self.rounding * sizes[j] {
            add(weight, bounds(ofColumn: j))
        }
        return least.value > Self.nothing * least.size || greatest.value < -Self.nothing * greatest.size
    }

    private struct ProofSum {
        var value = 0.0
        /// Of its terms.
        var size = 0.0

        mutating func add(_ term: Double) {
            value += term
            size += abs(term)
        }
    }

    /// Calls with each row's place and numbers, as they are by now: the model's rows and those added since.
    private func eachRow(_ body: (Int32, [(column: Int, value: Double)]) -> Void) {
        var places = [Int32](repeating: 0, count: model.columns.count + 1)
        var values = [Double](repeating: 0, count: model.columns.count + 1)
        let rowCount = glp_get_num_rows(problem)
        guard rowCount > 0 else { return }
        for i in 1...rowCount {
            let count = Int(glp_get_mat_row(problem, i, &places, &values))
            body(i, (0..<count).map { (Int(places[$0 + 1]) - 1, values[$0 + 1]) })
        }
    }

    private func bounds(ofRow i: Int32) -> (low: Double, high: Double) {
        ends(glp_get_row_type(problem, i), glp_get_row_lb(problem, i), glp_get_row_ub(problem, i))
    }

    private func bounds(ofColumn j: Int, within ranges: [ColumnRange]? = nil) -> (low: Double, high: Double) {
        let place = Int32(j + 1)
        let (low, high) = ends(
            glp_get_col_type(problem, place), glp_get_col_lb(problem, place), glp_get_col_ub(problem, place))
        guard let range = ranges?[j] else { return (low, high) }
        return (max(low, range.lower), min(high, range.upper))
    }

    private func ends(_ type: Int32, _ low: Double, _ high: Double) -> (low: Double, high: Double) {
        switch type {
        case GLP_FR: (-.infinity, .infinity)
        case GLP_LO: (low, .infinity)
        case GLP_UP: (-.infinity, high)
        case GLP_FX: (low, low)
        default: (low, high)
        }
    }

    /// Of the terms of a sum, what may be rounding of it.
    private static let rounding = 1e-13
    /// Of the terms of a sum, what counts as none.
    private static let nothing = 1e-9
    private static let mostTried = 20
}
