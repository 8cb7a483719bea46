import Energy
import Games
import ResultFiles
import Writing

extension Verdict {
    /// Best responses, solved a second time.
    init(_ proof: ResponseProof) {
        let regret = proof.checks.map { abs($0.regret) }.max() ?? 0
        guard proof.isComplete else {
            self.init(
                name: "responses re-proved", holds: false,
                detail: "not completed: the work allowed, or the solver's limits, ended it after \(proof.checks.count) "
                    + "followers. Give the search more evaluations: the proof is allowed half of what they take.")
            return
        }
        self.init(
            name: "responses re-proved", holds: proof.holds,
            detail: "largest regret \(NumberText.csv(regret)) relative, largest violation "
                + "\(NumberText.csv(proof.violation))")
    }

    /// What prices pay for certain.
    ///
    /// - Parameter payoff: at the prices as they are written.
    init(_ bankable: BankablePayoff, asWritten payoff: Double) {
        self.init(
            name: "payoff is for certain", holds: bankable.isSettled && bankable.payoff <= payoff,
            detail: bankable.isExact
                ? "no tie and no price within half a tick pays less"
                : "the least that was found over ties and prices within half a tick; that nothing pays less is not proved"
        )
    }

    /// Physics and bookkeeping of one or several systems.
    init(_ audits: [PhysicalAudit]) {
        self.init(
            name: "balances closed", holds: audits.allSatisfy(\.holds),
            detail: audits.flatMap(\.findings).max { $0.size < $1.size }
                .map { "largest gap \(NumberText.csv($0.size)) (\($0.what))" } ?? "")
    }

    /// Share of a fleet's energy that its vehicles may not follow. One sum of vehicles that come and go at all hours
    /// misses up to a fifth.
    private static let mostMissed = 0.25

    /// The schedules of a fleet's vehicles.
    ///
    /// - Parameters:
    ///   - currency: of what is missed.
    ///   - day: where the fleet has several.
    init(_ fleet: FleetResult, in currency: String, on day: String? = nil) {
        let place = day.map { ", \($0)" } ?? ""
        guard let split = fleet.split else {
            self.init(
                name: "\(fleet.station) inside its envelope\(place)",
                holds: fleet.envelopeViolation <= PhysicalAudit.tolerance,
                detail:
                    "leaves it by at most \(NumberText.csv(fleet.envelopeViolation)); scheduled as a whole, not split over vehicles"
            )
            return
        }
        let isFeasible = split.vehicleViolation <= PhysicalAudit.tolerance
        let limits =
            isFeasible
            ? "every vehicle's own schedule is feasible"
            : "a vehicle's own limits are broken by \(NumberText.csv(split.vehicleViolation))"
        let holds = split.missedShare <= Self.mostMissed
        let worth = split.extraCost.map {
            "; their own schedules cost \(NumberText.grouped(abs($0), decimals: 2)) \(currency) "
                + "\($0 < 0 ? "less" : "more") than its path"
        }
        let advice =
            split.missedShare > 0.05
            ? (worth ?? "") + "; more 'groups' would make the envelope tighter" : ""
        let limit = holds ? "" : ", above \(NumberText.rounded(100 * Self.mostMissed)) %"
        self.init(
            name: "\(fleet.station) disaggregated\(place)",
            holds: isFeasible && holds,
            detail: "\(limits); vehicles do not follow at most "
                + "\(NumberText.grouped(100 * split.missedShare, decimals: 2)) % of the fleet's energy moved\(limit)\(advice)"
        )
    }
}
