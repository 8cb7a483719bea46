import CGLPK

/// What became of a search over the optima of a solved program.
package enum FaceMove: Sendable {
    /// No other optimum is better by the second objective.
    case stayed
    /// ``SolverSession/values`` are another optimum now.
    case moved
    /// Nothing was found out.
    case lost
}

extension SolverSession {
    package var isOnFace: Bool { objectiveOffFace != nil }

    /// Confines the session to the optima of its last solve, until ``leaveFace()``.
    package func enterFace() throws {
        guard objectiveOffFace == nil else { return }
        let face = try optimalFace()
        objectiveOffFace = (objectiveCoefficients, objectiveConstant)
        restrict(to: [(face, 0, 0)])
    }

    /// Goes to the optimum that is best by a second objective, from the one where the session is.
    ///
    /// - Parameters:
    ///   - gradient: the second objective, one number per variable.
    ///   - maximised: whether more of it is better.
    package func moveOverFace(betterBy gradient: ArraySlice<Double>, maximised: Bool) throws -> FaceMove {
        try checkUse()
        guard objectiveOffFace != nil, !hasEmptyBounds else { return .lost }
        let before = values
        setObjective(
            coefficients: Array(gradient), constant: 0, sense: maximised ? .maximise : .minimise)
        // Where it is, is feasible: the primal method starts from there.
        guard try solveRelaxation(Self.waysOnFace) == .optimal else { return .lost }
        readRelaxation()
        guard roundIntegers() else {
            values = before
            return .lost
        }
        return values == before ? .stayed : .moved
    }

    /// Gives the session its own objective and bounds back.
    package func leaveFace() {
        guard let objective = objectiveOffFace else { return }
        objectiveOffFace = nil
        setObjective(coefficients: objective.coefficients, constant: objective.constant, sense: model.sense)
        release()
    }
}
