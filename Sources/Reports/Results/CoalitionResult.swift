import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Writing

/// Parties alone, together and after they have paid each other, with every check on it.
public struct CoalitionResult: RunResult {
    public let source: Case
    public let agreement: CoalitionAgreement
    public let run: CoalitionRun
    /// In the order of the members; nil where some model is elsewhere.
    public let alone: [DispatchAnswer]?
    /// All parties together; nil where some model is elsewhere.
    public let operation: DispatchResult.Part?
    /// What every group of parties gains; nil where it is not known.
    public let groups: CoalitionGroups?
    private let seconds: Double

    public init(
        _ source: Case, _ agreement: CoalitionAgreement, _ run: CoalitionRun, alone: [DispatchAnswer]?,
        operation: DispatchResult.Part?, groups: CoalitionGroups?, seconds: Double
    ) {
        self.source = source
        self.agreement = agreement
        self.run = run
        self.alone = alone
        self.operation = operation
        self.groups = groups
        self.seconds = seconds
    }

    var members: [String] { agreement.terms.members.map(\.name) }

    // MARK: What it is worth

    /// A party, or all of them.
    struct Payoff: Codable {
        let party: String
        /// CNY over the horizon; nil where the model is elsewhere.
        let alone: Double?
        let together: Double?
        let payment: Double
        let lumpSum: Double
        let after: Double?
        let gain: Double
        let share: Double
        /// Shares of what is taken; nil where nothing is.
        let independenceAlone: Double?
        let independence: Double?
    }

    var payoffs: [Payoff] {
        let rows = members.indices.map { k in
            payoff(
                members[k], alone: alone?[k].cost, gain: agreement.gains[k], before: agreement.before[k],
                payment: agreement.prices.payments[k], lumpSum: agreement.prices.lumpSums[k],
                share: agreement.shares[k], of: [members[k]])
        }
        let all = payoff(
            PayoffTable.all, alone: alone.map { $0.reduce(0) { $0 + $1.cost } }, gain: agreement.gain,
            before: agreement.gain, payment: 0, lumpSum: 0, share: agreement.shares.reduce(0, +), of: members)
        return rows + [all]
    }

    private func payoff(
        _ party: String, alone: Double?, gain: Double, before: Double, payment: Double, lumpSum: Double, share: Double,
        of members: [String]
    ) -> Payoff {
        let together = alone.map { $0 - before }
        return Payoff(
            party: party, alone: alone, together: together, payment: payment, lumpSum: lumpSum,
            after: together.map { $0 + payment + lumpSum }, gain: gain, share: share,
            independenceAlone: independence(of: members, alone: true),
            independence: independence(of: members, alone: false))
    }

    /// The carrier of the first trade, which others mostly share.
    private var carrier: String { agreement.terms.offers.first?.trade.carrier ?? "electricity" }

    private func independence(of names: [String], alone isAlone: Bool) -> Double? {
        guard let alone, let operation else { return nil }
        var sum = Independence()
        for name in names {
            guard let k = members.firstIndex(of: name) else { continue }
            let parties = source.system.parties.filter { $0.name == name }
            let solution = isAlone ? alone[k].solution : operation.answer.solution
            sum += Independence(in: carrier, of: parties, in: solution)
        }
        return sum.share
    }

    // MARK: Checks

    public var verdicts: [Verdict] {
        let tolerance = CoalitionAgreement.tolerance
        let loss = agreement.worstLoss
        let imbalance = agreement.imbalance
        let outside = agreement.outsideBand
        let most = run.most - agreement.gain
        var verdicts = [
            Verdict(
                name: "nobody is worse off than alone", holds: loss <= tolerance,
                detail: "largest loss \(NumberText.csv(loss)), relative"),
            Verdict(
                name: "payments sum to 0", holds: imbalance <= tolerance,
                detail: "off by \(NumberText.csv(imbalance)), relative"),
            Verdict(
                name: "prices inside their bands", holds: outside <= 1e-9,
                detail: "largest excess \(NumberText.csv(outside)) \(source.currency)/kWh"),
            Verdict(
                name: "no trades gain more", holds: most >= -tolerance * scale,
                detail: "all together gain at most \(NumberText.csv(max(0, most))) more"
                    + (run.isDone ? "" : "; the rounds ended before the gap that was asked for")),
        ]
        guard let operation else { return verdicts }
        let violation = operation.answer.violation
        verdicts.append(
            Verdict(
                name: "rows hold", holds: violation <= DispatchResult.tolerance,
                detail: "largest violation \(NumberText.csv(violation))"))
        return verdicts + [Verdict([operation.audit])] + operation.fleets.map { Verdict($0, in: source.currency) }
    }

    private var scale: Double { max(1, abs(agreement.gain), alone?.reduce(0) { $0 + abs($1.cost) } ?? 0) }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: seconds)
        manifest.leader = nil
        manifest.gain = agreement.gain
        manifest.method = run.method.rawValue
        manifest.rounds = run.rounds.isEmpty ? nil : run.rounds.count
        return manifest
    }
}
