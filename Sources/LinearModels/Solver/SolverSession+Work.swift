/// What solves cost, without a clock.
extension SolverSession {
    /// What a solve takes beside its pivots, in pivots: the problem is copied and factorised, and values are read.
    static let pivotsOfASolve = 10

    /// What a solve of so many pivots counts as ``work``: each goes through the whole model, its rows, columns and numbers.
    func work(ofPivots pivots: Int) -> Int { (Self.pivotsOfASolve + pivots) * size }

    /// Solves as ``solve()`` does, with no more than so much ``work``; ends as ``SolveStatus/limit(gap:)`` where that does not suffice.
    public func solve(work limit: Int) throws -> SolveStatus {
        let pivots = limit / max(1, size) - Self.pivotsOfASolve
        guard pivots > 0 else {
            status = .limit(gap: nil)
            return status
        }
        let usual = limits
        limits.iterations = min(pivots, limits.iterations ?? pivots)
        defer { limits = usual }
        return try solve()
    }
}
