import CGLPK

/// Numbers of a loaded model that change between solves without being parameters: those of a relaxation that is
/// narrowed step by step.
extension SolverSession {
    /// Gives a row other coefficients and sides. ``model`` does not know of it: what the session solves from now on is
    /// another model of the same size.
    ///
    /// - Parameter coefficients: each variable once.
    package func rewrite(
        _ constraint: Constraint, as coefficients: [(variable: Variable, value: Double)], from lower: Double,
        to upper: Double
    ) {
        let isLegal =
            model.owns(constraint) && !lower.isNaN && !upper.isNaN
            && coefficients.allSatisfy { model.owns($0.variable) && $0.value.isFinite }
            && Set(coefficients.map(\.variable)).count == coefficients.count
        guard mayUse(orElse: .misfit(what: "a rewritten row"), isLegal) else { return }
        placed = nil
        glp_set_mat_row(
            problem, Int32(constraint.index + 1), Int32(coefficients.count),
            [0] + coefficients.map { Int32($0.variable.index + 1) }, [0] + coefficients.map(\.value))
        placeRow(constraint.index, lower, upper)
    }

    /// Gives a row other sides; with none it says nothing.
    package func reside(_ constraint: Constraint, from lower: Double, to upper: Double) {
        let isLegal = model.owns(constraint) && !lower.isNaN && !upper.isNaN
        guard mayUse(orElse: .misfit(what: "a row's sides"), isLegal) else { return }
        placeRow(constraint.index, lower, upper)
    }

    /// Gives a variable other bounds; crossed ones leave nothing to solve.
    package func rebound(_ variable: Variable, from lower: Double, to upper: Double) {
        let isLegal = model.owns(variable) && !lower.isNaN && !upper.isNaN
        guard mayUse(orElse: .misfit(what: "bounds"), isLegal) else { return }
        placeColumn(variable.index, lower, upper)
    }
}
