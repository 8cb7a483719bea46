extension BilevelProblem {
    /// The optimum and its proof, by the method that fits: branch and cut where the follower has whole numbers and all
    /// is linear in whole numbers of moderate size, and else a ``Certifier``.
    ///
    /// - Throws: ``CertificateError`` where no optimum exists or can be proved.
    public func certify(_ limits: Certifier.Limits) throws -> Certificate {
        if let search = try BranchAndCut(self), let certificate = try search.certify(limits) { return certificate }
        return try Certifier(game(), isExact: true).certify(limits)
    }
}
