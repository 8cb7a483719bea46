import LinearModels

/// Holds squares in a session's program, as far as rows can:
///
///     value >= 2 t root - t²              a tangent at t, true of all roots
///     value <= (a + b) root - a b         the chord, true of roots between a and b
///
/// Tangents are added where the program's answer lies below the parabola. An answer above it asks for a shorter chord:
/// for branching.
final class SquareRows {
    let squares: [SquareVariables.Held]
    private let tangents: [Constraint]
    private let session: SolverSession
    /// What each tangent row holds.
    private(set) var points: CutRows.Rows<CutRows.Tangent>

    init(_ variables: SquareVariables, in session: SolverSession) {
        squares = variables.squares
        tangents = variables.tangents
        self.session = session
        points = CutRows.Rows(count: tangents.count)
        clear()
    }

    /// Takes all tangents and chords away.
    func clear() {
        for row in tangents + squares.map(\.chord) { session.reside(row, from: -.infinity, to: .infinity) }
        points = CutRows.Rows(count: tangents.count)
    }

    func mayTake(_ rows: CutRows.Rows<CutRows.Tangent>) -> Bool {
        rows.contents.count == tangents.count && rows.lastUse.count == tangents.count
            && rows.contents.allSatisfy { $0.map { squares.indices.contains($0.square) } ?? true }
    }

    /// Has the tangents of another session's program of the same game.
    func take(_ rows: CutRows.Rows<CutRows.Tangent>) {
        points = rows
        for row in tangents.indices { writeTangent(row) }
    }

    private func writeTangent(_ row: Int) {
        guard let point = points.contents[row] else { return }
        let (square, root) = (squares[point.square], point.root)
        session.rewrite(
            tangents[row], as: [(square.value, 1), (square.root, -2 * root)], from: -root * root, to: .infinity)
    }

    /// Says that a root is in a range; an infinite one has no chord.
    func writeChord(_ index: Int, over range: ClosedRange<Double>) {
        let square = squares[index]
        let (a, b) = (range.lowerBound, range.upperBound)
        guard a.isFinite, b.isFinite else { return session.reside(square.chord, from: -.infinity, to: .infinity) }
        session.rewrite(square.chord, as: [(square.value, 1), (square.root, -a - b)], from: -.infinity, to: -a * b)
    }

    /// Solves the program; where its gain is without end, with tangents farther and farther out.
    func solve() throws -> SolveStatus {
        var status = try session.attempt()
        var distance = 1.0
        while status == .unbounded, !squares.isEmpty, distance <= Self.farthest {
            for index in squares.indices {
                for root in [-distance, distance] { addTangent(to: index, at: root) }
            }
            distance *= 10
            status = try session.attempt()
        }
        points.solves += 1
        if status == .optimal { points.use { session.dual(of: tangents[$0]) != 0 } }
        return status
    }

    private static let farthest = 1e6

    /// Adds a tangent for each square whose value lies below the parabola.
    ///
    /// - Returns: whether there is any.
    func addTangents() -> Bool {
        var hasAny = false
        for (index, square) in squares.enumerated() {
            let (root, value) = (session.value(of: square.root), session.value(of: square.value))
            guard root * root - value > Self.tolerance * max(1, root * root) else { continue }
            if addTangent(to: index, at: root) { hasAny = true }
        }
        return hasAny
    }

    /// - Returns: false where there is one so near already that another would say nothing new.
    @discardableResult
    private func addTangent(to index: Int, at root: Double) -> Bool {
        let near = Self.nearness * max(1, abs(root))
        let isKnown = points.contents.contains {
            $0.map { $0.square == index && abs($0.root - root) <= near } ?? false
        }
        guard !isKnown, let oldest = points.longestUnused else { return false }
        points.contents[oldest] = CutRows.Tangent(square: index, root: root)
        points.lastUse[oldest] = points.solves + 1
        writeTangent(oldest)
        return true
    }

    /// Between tangents at `t` and `t + d` a parabola is above them by `d² / 4` at most.
    private static let nearness = 1e-6
    private static let tolerance = 1e-9

    /// How much a square adds to the objective beyond what its root is worth, where its factor is positive.
    func excess(_ index: Int) -> Double {
        let (root, value) = (session.value(of: squares[index].root), session.value(of: squares[index].value))
        return max(0, value - root * root)
    }
}
