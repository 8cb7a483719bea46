import LinearModels

/// The greatest or least of an objective with squares over all that a session's program allows: the followers' optimal
/// faces.
///
/// On a face many variables follow from others, so that squares add up or cancel there: they are written anew over the
/// variables that are left free. Squares that the objective would have small are then held by tangents: with them alone
/// it is a convex program, and cutting planes end it (Kelley 1960). Those that it would have great are held by chords
/// over the range of their roots, and the range that errs most is split.
final class SquareSearch {
    private let session: SolverSession
    private let squares: [Square]
    private let rows: SquareRows
    private let columns: [Variable]
    private let rowCount: Int

    /// Ranges of the roots in a part of the program.
    private struct Part {
        var bound: Double
        var lower: [Double]
        var upper: [Double]
    }

    /// The objective on the face: a linear one, and a factor for each square.
    private struct Objective {
        var coefficients: [Double]
        var constant: Double
        var factors: [Double]
    }

    /// - Parameters:
    ///   - session: of a model whose first variables and rows are the system's.
    ///   - variables: one for each of the squares, in that model.
    init(_ session: SolverSession, _ squares: [Square], _ variables: SquareVariables, system: LinearModel) {
        self.session = session
        self.squares = squares
        rows = SquareRows(variables, in: session)
        columns = Array(session.model.variables.prefix(system.variableCount))
        rowCount = system.constraintCount
    }

    func search(
        at decision: [Double], towards sense: LinearModel.Sense
    ) throws -> Result<WholeSystem.Answer, WholeSystem.Failure> {
        let linear = (coefficients: session.objectiveCoefficients, constant: session.objectiveConstant)
        defer {
            rows.clear()
            session.setObjective(
                coefficients: linear.coefficients, constant: linear.constant, sense: session.model.sense)
        }
        rows.clear()
        for square in rows.squares { session.rebound(square.root, from: -.infinity, to: .infinity) }
        let objective = try writeSquares(linear.coefficients, linear.constant, at: decision)
        let sign = sense == .maximise ? 1.0 : -1.0
        let isSought = objective.factors.map { sign * $0 > 0 }
        var whole = Part(
            bound: .infinity, lower: isSought.map { _ in -.infinity }, upper: isSought.map { _ in .infinity })
        for (i, square) in rows.squares.enumerated() where isSought[i] {
            switch try range(of: square.root) {
            case .success(let range): (whole.lower[i], whole.upper[i]) = (range.lowerBound, range.upperBound)
            case .failure(let failure): return .failure(failure)
            }
        }
        session.setObjective(coefficients: objective.coefficients, constant: objective.constant, sense: sense)

        var open = [whole]
        var best: (gain: Double, answer: WholeSystem.Answer)?
        for _ in 0..<Self.parts {
            guard var part = open.popLast() else {
                return best.map { .success($0.answer) } ?? .failure(.init(status: .infeasible))
            }
            func isWorthALook() -> Bool {
                best.map { part.bound > $0.gain + Self.tolerance * max(1, abs($0.gain)) } ?? true
            }
            guard isWorthALook() else { continue }
            for (i, square) in rows.squares.enumerated() where isSought[i] {
                session.rebound(square.root, from: part.lower[i], to: part.upper[i])
                rows.writeChord(i, over: part.lower[i]...part.upper[i])
            }
            var status: SolveStatus
            var round = 0
            repeat {
                round += 1
                status = try rows.solve()
                guard status == .optimal else { break }
                part.bound = min(part.bound, sign * session.objectiveValue)
                let values = Array(session.values[..<columns.count])
                let value = zip(linear.coefficients, values).reduce(linear.constant) { $0 + $1.0 * $1.1 }
                let gain = sign * squares.reduce(value) { $0 + $1.value(at: decision, values) }
                if gain > best?.gain ?? -.infinity { best = (gain, .init(value: value, values: values)) }
            } while isWorthALook() && round < Self.rounds && rows.addTangents()
            if status == .infeasible { continue }
            guard status == .optimal else { return .failure(.init(status: status)) }
            guard isWorthALook(), let worst = worst(objective.factors, isSought) else { continue }
            let (low, high) = (part.lower[worst], part.upper[worst])
            let point = PartSolver.splitPoint(session.value(of: rows.squares[worst].root), low, high)
            guard low < point, point < high else { continue }
            var half = part
            half.lower[worst] = point
            open.append(half)
            half = part
            half.upper[worst] = point
            open.append(half)
        }
        return .failure(.init(status: .limit(gap: nil)))
    }

    private static let tolerance = 1e-9
    private static let parts = 20_000
    private static let rounds = 200

    /// Writes the squares over the face's free variables `z`, where each root is `c + g z`:
    ///
    ///     sum(f (c + g z)²)  =  sum(f c²)  +  sum(2 f c g) z  +  z' sum(f g g') z
    private func writeSquares(_ linear: [Double], _ constant: Double, at decision: [Double]) throws -> Objective {
        let hull = try session.affineHull(ofFirst: columns.count, rows: rowCount)
        let free = hull.free.indices
        var objective = Objective(coefficients: linear, constant: constant, factors: rows.squares.map { _ in 0 })
        var matrix = free.map { _ in [Double](repeating: 0, count: free.count) }
        for square in squares {
            var root = square.decisions.reduce(0) { $0 + $1.factor * decision[$1.index] }
            var slopes = [Double](repeating: 0, count: free.count)
            for term in square.variables {
                root += term.factor * hull.constants[term.index]
                for i in free { slopes[i] += term.factor * hull.factors[term.index][i] }
            }
            objective.constant += square.factor * root * root
            for i in free where slopes[i] != 0 {
                objective.coefficients[hull.free[i]] += 2 * square.factor * root * slopes[i]
                for j in free { matrix[i][j] += square.factor * slopes[i] * slopes[j] }
            }
        }
        // No more squares than there were: their number is the rank.
        let reduced = QuadraticForm(matrix).squares()
        for (k, square) in rows.squares.enumerated() {
            var link: [(variable: Variable, value: Double)] = [(square.root, -1)]
            if k < reduced.count {
                objective.factors[k] = reduced[k].factor
                objective.coefficients[square.value.index] = reduced[k].factor
                for i in free where reduced[k].root[i] != 0 {
                    link.append((columns[hull.free[i]], reduced[k].root[i]))
                }
            }
            session.rewrite(square.link, as: link, from: 0, to: 0)
        }
        return objective
    }

    /// The square that adds most beyond what its root is worth.
    private func worst(_ factors: [Double], _ isSought: [Bool]) -> Int? {
        let errors = rows.squares.indices.map { isSought[$0] ? abs(factors[$0]) * rows.excess($0) : 0 }
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
}
