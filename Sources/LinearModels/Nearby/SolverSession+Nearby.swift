import CGLPK

extension SolverSession {
    /// How an objective may change: a direction over the columns, either way up to a length.
    package struct Shift: Sendable {
        package let coefficients: [(column: Int, value: Double)]
        package let length: Double

        package init(coefficients: [(column: Int, value: Double)], length: Double) {
            self.coefficients = coefficients
            self.length = length
        }
    }

    /// A non-basic column or row of the last solve.
    struct Loss {
        let index: Int
        let isRow: Bool
        let status: Int32
        /// What leaving its bound costs a unit: at the last objective, then how much more for each shift.
        let cost: [Double]
        /// The least of it over the objectives.
        let least: Double
    }

    /// Of the last solve.
    ///
    /// - Parameter tolerance: as in ``optimalFace(tolerance:)``.
    /// - Returns: nil where the basis tells nothing: after branch and bound, or where a variable without bounds may
    ///   gain by moving.
    package func optima(within shifts: [Shift], tolerance: Double = 1e-9) throws -> NearbyOptima? {
        guard let losses = try losses(along: shifts) else { return nil }
        let zero = tolerance * costUnit + 1e-13 * largestCostPaid
        guard !losses.contains(where: { $0.status == GLP_NF && $0.least < -zero }) else { return nil }
        let isMoving = losses.map { $0.least <= zero }
        guard losses.contains(where: { $0.least < -zero }) else {
            return try nearby(losses, isMoving: isMoving, rows: [], tolerance)
        }
        var search = TieSearch(self, losses, lengths: shifts.map(\.length), zero: zero)
        if let found = try search.run() {
            let rows = found.groups.compactMap { row(losses, of: $0, zero) }
            return try nearby(losses, isMoving: found.isMoving, rows: rows, tolerance)
        }
        let pooled = row(losses, of: Array(losses.indices), zero, above: roundingCost(losses))
        let none = OptimalFace(columns: [], rows: [], hasTies: true)
        return NearbyOptima(face: none, rows: pooled.map { [$0] } ?? [], movesIntegers: search.movesIntegers)
    }

    /// - Parameter isMoving: which of the losses may leave their bounds.
    private func nearby(
        _ losses: [Loss], isMoving: [Bool], rows limits: [FormLimit], _ tolerance: Double
    ) throws -> NearbyOptima {
        let face = try optimalFace(tolerance: tolerance)
        var stay: (columns: [(index: Int, value: Double)], rows: [(index: Int, value: Double)]) = ([], [])
        for (loss, isMoving) in zip(losses, isMoving) where !isMoving {
            if loss.isRow {
                stay.rows.append((loss.index, value(of: loss)))
            } else {
                stay.columns.append((loss.index, value(of: loss)))
            }
        }
        // What cannot move at all stays in any case.
        stay.columns += face.columns.filter { glp_get_col_stat(problem, Int32($0.index + 1)) == GLP_NS }
        stay.rows += face.rows.filter { glp_get_row_stat(problem, Int32($0.index + 1)) == GLP_NS }
        let columns = stay.columns.sorted { $0.index < $1.index }
        let rows = stay.rows.sorted { $0.index < $1.index }
        let hasTies = face.hasTies || isMoving.contains(true)
        return NearbyOptima(face: OptimalFace(columns: columns, rows: rows, hasTies: hasTies), rows: limits)
    }

    /// What the last answer may cost more than the relaxation's at some objective nearby: its integers may have been
    /// made whole where that costs nothing now.
    private func roundingCost(_ losses: [Loss]) -> Double {
        guard !integers.isEmpty else { return 0 }
        return losses.reduce(0) { sum, loss in
            let given =
                loss.isRow
                ? model.rows[loss.index].coefficients.reduce(0) { $0 + $1.value * values[$1.column] }
                : values[loss.index]
            let distance = abs(given - value(of: loss))
            return distance > 1e-9 ? sum + max(0, 2 * loss.cost[0] - loss.least) * distance : sum
        }
    }

    /// That together they lose no more than a given cost; nil where that says nothing.
    private func row(_ losses: [Loss], of members: [Int], _ zero: Double, above given: Double = 0) -> FormLimit? {
        guard members.contains(where: { losses[$0].least > zero }) else { return nil }
        var coefficients: [Int: Double] = [:]
        var upper = given
        for loss in members.map({ losses[$0] }) where abs(loss.least) > zero {
            let factor = loss.status == GLP_NU ? -loss.least : loss.least
            if loss.isRow {
                for (j, coefficient) in model.rows[loss.index].coefficients {
                    coefficients[j, default: 0] += factor * coefficient
                }
            } else {
                coefficients[loss.index, default: 0] += factor
            }
            upper += factor * value(of: loss)
        }
        let row = coefficients.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map {
            (column: $0.key, value: $0.value)
        }
        let size = row.reduce(0) { $0 + abs($1.value * glp_get_col_prim(problem, Int32($1.column + 1))) }
        return FormLimit(coefficients: row, upper: upper + 1e-12 * size)
    }

    private func value(of loss: Loss) -> Double {
        let place = Int32(loss.index + 1)
        return loss.isRow ? glp_get_row_prim(problem, place) : glp_get_col_prim(problem, place)
    }

    /// What leaving its bound costs each non-basic column and row of the last solve, where the objective may shift.
    /// Those that cannot move are left out.
    ///
    /// - Returns: nil where the basis tells nothing, as after branch and bound.
    private func losses(along shifts: [Shift]) throws -> [Loss]? {
        try checkUse()
        guard status == .optimal, !usedBranchAndBound, capRows == 0 else { return nil }
        if glp_bf_exists(problem) == 0, glp_factorize(problem) != 0 { return nil }
        let rowCount = model.rows.count
        // Where each basic column stands in the basis.
        var positions = [Int](repeating: 0, count: model.columns.count)
        for k in 0..<rowCount {
            let place = Int(glp_get_bhead(problem, Int32(k + 1)))
            if place > rowCount { positions[place - rowCount - 1] = k + 1 }
        }
        // Of each shift, what it has of the rows' own variables and of the columns; most have of few. The basis matrix
        // is of (I | -A).
        let directions = shifts.map { shift in
            var columns = [Double](repeating: 0, count: model.columns.count)
            var multipliers = [Double](repeating: 0, count: rowCount + 1)
            for (j, value) in shift.coefficients {
                columns[j] += value
                if positions[j] > 0 { multipliers[positions[j]] += value }
            }
            glp_btran(problem, &multipliers)
            for i in 0..<rowCount where multipliers[i + 1] != 0 {
                let multiplier = multipliers[i + 1]
                for (j, value) in model.rows[i].coefficients { columns[j] += value * multiplier }
            }
            return (columns: columns, multipliers: multipliers)
        }
        let unit = glp_get_obj_dir(problem) == GLP_MIN ? 1.0 : -1
        func loss(_ index: Int, isRow: Bool, _ status: Int32, _ dual: Double) -> Loss {
            let sign = status == GLP_NU ? -unit : unit
            // Without bounds it is at an optimum only where it has no cost.
            var cost = [status == GLP_NF ? 0 : sign * dual]
            var least = cost[0]
            for (shift, direction) in zip(shifts, directions) {
                let reduced = isRow ? -direction.multipliers[index + 1] : direction.columns[index]
                let isNone = abs(reduced) <= 1e-12
                if !isNone { least -= shift.length * abs(reduced) }
                cost.append(isNone ? 0 : sign * reduced)
            }
            return Loss(index: index, isRow: isRow, status: status, cost: cost, least: least)
        }
        var losses: [Loss] = []
        for j in model.columns.indices where !isOutOfForce(column: j) {
            let status = glp_get_col_stat(problem, Int32(j + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            losses.append(loss(j, isRow: false, status, glp_get_col_dual(problem, Int32(j + 1))))
        }
        for i in model.rows.indices where !isOutOfForce(row: i) {
            let status = glp_get_row_stat(problem, Int32(i + 1))
            guard status != GLP_BS, status != GLP_NS else { continue }
            losses.append(loss(i, isRow: true, status, glp_get_row_dual(problem, Int32(i + 1))))
        }
        return losses
    }

    /// Whether a row was left out of the last solve.
    func isOutOfForce(row i: Int) -> Bool { isDeferring && deferred.isDeferred[i] }

    /// Whether a column stands in rows alone that were left out of the last solve.
    func isOutOfForce(column j: Int) -> Bool { isDeferring && deferred.isSilent[j] }
}
