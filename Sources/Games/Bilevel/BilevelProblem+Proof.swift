import LinearModels

extension BilevelProblem {
    /// The optimum and its proof, by the method that fits: branch and cut where the follower has whole numbers and all
    /// is linear in whole numbers of moderate size, and else a ``Certifier``.
    ///
    /// The leader's variables need no bounds where all is linear.
    ///
    /// - Parameter ties: against the leader only where all is linear, the leader's rows hold no variable of the
    ///   follower, and what is whole is moderate.
    /// - Throws: ``CertificateError`` where no optimum exists or can be proved.
    public func certify(_ limits: Certifier.Limits, ties: TieRule = .optimistic) throws -> Certificate {
        if let search = try BranchAndCut(self, ties: ties) {
            if let certificate = try search.certify(limits) { return certificate }
            // Decisions go on for ever, and what the follower makes of that is not known.
            if let open = openVariables.first { throw BilevelProblemError.unboundedLeader(variable: x[open].name) }
        }
        if ties == .optimistic, openVariables.isEmpty { return try Certifier(game(), isExact: true).certify(limits) }
        // Rows of the leader would choose among the answers.
        guard ties == .optimistic || !leader.rows.contains(where: \.holdsY) && !y.contains(where: \.isInteger) else {
            throw CertificateError.tiesNotProvable
        }
        let game = try game(
            ties: .optimistic,
            within: x.map { variable in
                let low = variable.lower.isFinite ? variable.lower : min(-1, variable.upper - 2)
                let high = variable.upper.isFinite ? variable.upper : max(1, variable.lower + 2)
                return low...high
            })
        guard try SingleLevelProgram(game, depth: .linear).isLinear else {
            throw openVariables.first.map { BilevelProblemError.unboundedLeader(variable: x[$0].name) }
                ?? CertificateError.tiesNotProvable
        }
        let ends = Dictionary(uniqueKeysWithValues: openVariables.map { ($0, x[$0].lower...x[$0].upper) })
        return try LinearProof(game, beyondBox: ends, ties: ties).certify(limits)
    }
}
