import Foundation
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
        let isLinear = leader.objective.isLinear && follower.objective.isLinear
        if ties == .optimistic, openVariables.isEmpty {
            // Rational numbers have no need of units.
            return isLinear ? try Certifier(game(), isExact: true).certify(limits) : try certifyInNaturalUnits(limits)
        }
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
        let certificate = try LinearProof(game, beyondBox: ends, ties: ties).certify(limits)
        guard ties == .pessimistic, let best = certificate.best else { return certificate }
        // What follows from numbers as they stand may hang on a tie that rounding breaks.
        let room = max(256 * certificate.slack, 1e-7 * abs(best.payoff))
        return try confirmed(certificate, ties, share: Self.rounding, room: room, limits)
    }

    /// Products are held in floating point, whose tolerances are absolute.
    private func certifyInNaturalUnits(_ limits: Certifier.Limits) throws -> Certificate {
        let units = try NaturalUnits(self)
        let game = try units.problem.game()
        var certificate = try Certifier(game, isExact: true).certify(limits)
        // With squares of the follower's variables no linear program tells what it pays.
        if let best = certificate.best, leader.objective.yProducts.isEmpty {
            certificate = try units.problem.confirmed(
                certificate, .optimistic, share: 1e-9, room: certificate.slack, limits,
                or: units.roundings(of: best.decision))
        }
        if let best = certificate.best { certificate.values = try Evaluator(game).evaluate(best.decision).values }
        return units.certificate(certificate)
    }

    /// By what share costs are missed where numbers are rounded.
    private static let rounding = 0x1p-40

    /// What is left of a certificate where its best decision is asked again.
    ///
    /// - Parameters:
    ///   - room: payoffs that differ by less are one.
    ///   - others: that may be what the best decision stands for.
    private func confirmed(
        _ certificate: Certificate, _ ties: TieRule, share: Double, room: Double, _ limits: Certifier.Limits,
        or others: [[Double]] = []
    ) throws -> Certificate {
        guard let best = certificate.best else { return certificate }
        let deadline = Date().addingTimeInterval(min(1e9, max(limits.seconds, 10)))
        func paid(at decision: [Double], share: Double) throws -> Double? {
            try confirmedValue(at: decision, ties, share: share, before: deadline)
                .map { leader.objective.isMaximised ? $0 : -$0 }
        }
        let payoff = try paid(at: best.decision, share: share)
        if let payoff, abs(payoff - best.payoff) <= room { return certificate }
        // What the follower may miss gives the leader something where no tie is near, too. For real variables that is
        // concave in the share: where a small one gives nothing, a large one gives little.
        if let payoff, payoff > best.payoff, share > Self.rounding, !y.contains(where: \.isInteger),
            let near = try paid(at: best.decision, share: Self.rounding), abs(near - best.payoff) <= room
        {
            return certificate
        }
        // A decision that is a rounding off a tie.
        for other in others {
            let payoff = try paid(at: other, share: share)
            guard let payoff, payoff >= best.payoff - room, payoff <= certificate.bound + room else { continue }
            return Certificate(
                bound: max(certificate.bound, payoff), reasoning: certificate.reasoning, best: (payoff, other),
                curve: certificate.curve, grounds: certificate.grounds, slack: certificate.slack,
                hangsOnRounding: certificate.hangsOnRounding, values: certificate.values)
        }
        let found = payoff ?? best.payoff
        var doubted = Certificate(
            // No bound stands that a payoff is above, and none counts as met that hangs on a tolerance.
            bound: max(certificate.bound, found + 2 * certificate.slack), reasoning: certificate.reasoning,
            best: (found, best.decision), curve: certificate.curve, grounds: certificate.grounds,
            slack: certificate.slack, hangsOnRounding: true, values: certificate.values)
        doubted.isAttained = certificate.isAttained
        return doubted
    }
}
