import LinearModels

/// The greatest or least of an objective with squares over all that a session's program allows.
///
/// Squares that the objective would have small are held by tangents: with them alone it is a convex program, and cutting planes end it
/// (Kelley 1960). Those that it would have great are held by chords over the range of their roots, and the range that errs most is split.
final class SquareSearch {
    private let session: Session
    private let variables: SquareVariables
    private let rows: SquareRows

    /// Ranges of the roots in a part of the program.
    private struct Part {
        var bound: Double
        var lower: [Double]
        var upper: [Double]
    }

    /// - Parameter variables: part of the session's model, and of its objective.
    init(_ session: Session, _ variables: SquareVariables) {
        self.session = session
        self.variables = variables
        rows = SquareRows(variables, in: session)
    }

    /// - Returns: the objective without its squares, and the values of all variables.
    func search(towards sense: LinearModel.Sense) throws -> Result<WholeSystem.Answer, WholeSystem.Failure> {
        let objective = (coefficients: session.objectiveCoefficients, constant: session.objectiveConstant)
        func pursue() {
            session.setObjective(coefficients: objective.coefficients, constant: objective.constant, sense: sense)
        }
        defer {
            rows.clear()
            for square in rows.squares { release(square.root) }
            session.setObjective(
                coefficients: objective.coefficients, constant: objective.constant, sense: session.model.sense)
        }
        rows.clear()
        let sign = sense == .maximise ? 1.0 : -1.0
        let isSought = rows.squares.map { sign * $0.factor > 0 }
        var whole = Part(
            bound: .infinity, lower: rows.squares.map { _ in -.infinity }, upper: rows.squares.map { _ in .infinity })
        for (i, square) in rows.squares.enumerated() where isSought[i] {
            switch try range(of: square.root) {
            case .success(let range): (whole.lower[i], whole.upper[i]) = (range.lowerBound, range.upperBound)
            case .failure(let failure): return .failure(failure)
            }
        }
        pursue()

        var open = [whole]
        var best: (gain: Double, answer: WholeSystem.Answer)?
        var count = 0
        while var part = open.popLast() {
            count += 1
            guard count <= Self.parts else { return .failure(.init(status: .limit(gap: nil))) }
            func isWorthALook() -> Bool {
                best.map { part.bound > $0.gain + Self.tolerance * max(1, abs($0.gain)) } ?? true
            }
            guard isWorthALook() else { continue }
            for i in rows.squares.indices where isSought[i] {
                session.rebound(rows.squares[i].root, from: part.lower[i], to: part.upper[i])
                rows.writeChord(i, over: part.lower[i]...part.upper[i])
            }
            var status: SolveStatus
            repeat {
                status = try rows.solve()
                guard status == .optimal else { break }
                part.bound = min(part.bound, sign * session.objectiveValue)
                let (answer, gain) = answer()
                if sign * gain > best?.gain ?? -.infinity { best = (sign * gain, answer) }
            } while isWorthALook() && rows.addTangents()
            if status == .infeasible { continue }
            guard status == .optimal else { return .failure(.init(status: status)) }
            guard isWorthALook(), let worst = worst(among: isSought) else { continue }
            let (low, high) = (part.lower[worst], part.upper[worst])
            let point = Certifier.splitPoint(session.value(of: rows.squares[worst].root), low, high)
            guard low < point, point < high else { continue }
            var half = part
            half.lower[worst] = point
            open.append(half)
            half = part
            half.upper[worst] = point
            open.append(half)
        }
        return best.map { .success($0.answer) } ?? .failure(.init(status: .infeasible))
    }

    private static let tolerance = 1e-9
    private static let parts = 100_000

    /// The answer of the last solve, and its true objective.
    private func answer() -> (WholeSystem.Answer, objective: Double) {
        var linear = session.objectiveValue
        var objective = linear
        for square in rows.squares {
            let (root, value) = (session.value(of: square.root), session.value(of: square.value))
            linear -= square.factor * value
            objective += square.factor * (root * root - value)
        }
        return (.init(value: linear, values: session.values), objective)
    }

    /// The square that adds most beyond what its root is worth.
    private func worst(among isSought: [Bool]) -> Int? {
        let errors = rows.squares.indices.map { isSought[$0] ? abs(rows.squares[$0].factor) * rows.excess($0) : 0 }
        return errors.indices.max { errors[$0] < errors[$1] }.flatMap { errors[$0] > 0 ? $0 : nil }
    }

    /// Where a root can be. A failure tells that there is no end to it, or nowhere.
    private func range(of root: Variable) throws -> Result<ClosedRange<Double>, WholeSystem.Failure> {
        var direction = [Double](repeating: 0, count: session.model.variableCount)
        direction[root.index] = 1
        var ends: [Double] = []
        for sense in [LinearModel.Sense.minimise, .maximise] {
            session.setObjective(coefficients: direction, constant: 0, sense: sense)
            let status = try session.attempt()
            guard status == .optimal else { return .failure(.init(status: status)) }
            ends.append(session.objectiveValue)
        }
        return .success(ends[0]...max(ends[0], ends[1]))
    }

    private func release(_ root: Variable) {
        let reach = session.model.bounds(of: root) ?? -.infinity ... .infinity
        session.rebound(root, from: reach.lowerBound, to: reach.upperBound)
    }
}
