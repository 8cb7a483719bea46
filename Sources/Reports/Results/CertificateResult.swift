import CaseFiles
import EnergyGames
import Foundation
import Games
import ResultFiles
import Writing

/// How the bound came down, and the payoff rose.
enum BoundTable: TableSchema {
    static let file = "bounds.csv"
    static let nodes = Column<Int>("nodes")
    static let seconds = Column<Double>("seconds")
    static let bound = Column<Double>("bound", .money)
    static let payoff = Column<Double>("payoff", .money)
    static let columns: [any TableColumn] = [nodes, seconds, bound, payoff]
}

/// A bound on the payoff beside the best payoff known. Its table holds seconds, and ends where time does: it is another
/// one each time.
public struct CertificateResult: RunResult {
    public let source: Case
    public let cheap: CheapBounds
    public let certificate: Certificate
    /// What the prices that were given pay; nil where none were.
    public let given: Given?
    private let ties: TieRule
    /// Of the payoff.
    private let unit: String

    /// Prices that are compared with the bound.
    public struct Given: Sendable {
        /// By the game's tie rule; nil where somebody has no answer.
        public let payoff: Double?
        /// For certain; nil where that is not known.
        public let bankable: BankablePayoff?

        public init(payoff: Double?, bankable: BankablePayoff?) {
            self.payoff = payoff
            self.bankable = bankable
        }
    }

    public init(
        _ source: Case, _ energyGame: EnergyGame, _ cheap: CheapBounds, _ certificate: Certificate,
        given: Given? = nil
    ) {
        self.given = given
        self.source = source
        self.cheap = cheap
        self.certificate = certificate
        ties = energyGame.game.ties
        unit = energyGame.unit(source.currency)
    }

    /// A bound below a payoff would be wrong.
    public var verdicts: [Verdict] {
        guard let best = certificate.best, certificate.bound.isFinite else { return [] }
        let room = certificate.bound - best.payoff
        let tolerance = Certificate.room(at: best.payoff)
        return [
            Verdict(
                name: "bound above the payoff", holds: room >= -tolerance,
                detail: abs(room) <= tolerance
                    ? "they are equal, but for \(NumberText.csv(abs(room))) \(unit) of rounding"
                    : "by \(NumberText.csv(room)) \(unit)")
        ]
    }

    public var tables: [ResultTable] {
        var table = ResultTable(BoundTable.self, money: unit)
        for step in certificate.curve {
            table.add([
                BoundTable.nodes(step.nodes),
                BoundTable.seconds(step.seconds, written: NumberText.fixed(step.seconds, decimals: 2)),
                BoundTable.bound(step.bound), BoundTable.payoff(step.payoff),
            ])
        }
        return [table]
    }

    public var summary: String {
        var text = "\(heading)\n\n\(givenLine)"
        func line(_ name: String, _ bound: Double?) {
            guard let bound else { return }
            let value = bound.isFinite ? NumberText.grouped(bound, decimals: 2) : "no limit"
            text += "  \(name): \(value)\(bound.isFinite ? " \(unit)" : "")\n"
        }
        if cheap.isComplete || cheap.highPoint.isFinite {
            line(Certificate.Reasoning.highPoint.rawValue, cheap.highPoint)
        } else {
            text += "  \(Certificate.Reasoning.highPoint.rawValue): not found in time\n"
        }
        line(Certificate.Reasoning.payments.rawValue, cheap.payments)
        if let reservation = cheap.reservation { text += "  \(reservation)\n" }
        if let last = certificate.curve.last, last.nodes > 0 {
            line(
                "\(Certificate.Reasoning.branching.rawValue), \(NumberText.grouped(Double(last.nodes))) nodes",
                last.bound)
        }
        text += "\n" + gapLine
        for ground in certificate.grounds { text += "  \(ground)\n" }
        return text + verdictLines
    }

    /// Whether nothing better is known than the prices that were asked about.
    static func isBest(_ given: Double?, of payoff: Double?) -> Bool {
        guard let given else { return false }
        return (payoff ?? given) <= given + Certificate.room(at: given)
    }

    /// Whose payoff is set beside the bound.
    private var known: String {
        Self.isBest(given?.payoff, of: certificate.best?.payoff) ? "these prices" : "the best known"
    }

    private var givenLine: String {
        guard let given else { return "" }
        guard let payoff = given.payoff else { return "These prices have no answer.\n" }
        func money(_ amount: Double) -> String { "\(NumberText.grouped(amount, decimals: 2)) \(unit)" }
        let sure = given.bankable.map { ", and \(money($0.payoff)) for certain" } ?? ""
        return "These prices pay \(money(payoff)) by the case's tie rule\(sure).\n"
    }

    private var gapLine: String {
        guard certificate.bound.isFinite else {
            let known =
                certificate.best.map { "; \(self.known) pay \(NumberText.grouped($0.payoff, decimals: 2))" } ?? ""
            return cheap.isComplete
                ? "Nothing limits what prices could pay by these bounds\(known).\n"
                : "No bound was found in time\(known). Give it more --time.\n"
        }
        let bound =
            "No prices pay more than \(NumberText.grouped(certificate.bound, decimals: 2)) \(unit) "
            + "(\(certificate.reasoning.rawValue))"
        guard let best = certificate.best, let gap = certificate.gap else { return bound + ".\n" }
        let share = Share.text(gap, of: best.payoff).map { " or \($0)" } ?? ""
        return bound + "; \(known) pay \(NumberText.grouped(best.payoff, decimals: 2)): a gap of "
            + "\(NumberText.grouped(gap, decimals: 2))\(share).\n"
    }

    public var json: String {
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let payoff: Double?
            let bound: Double?
            let reasoning: String
            let gap: Double?
            let relativeGap: Double?
            let highPoint: Double?
            let payments: Double?
            let nodes: Int
            let grounds: [String]
            let decision: [Double]?
            let givenPayoff: Double?
            let givenBankablePayoff: Double?
        }
        return JSONText.of(
            Output(
                caseName: source.name, variant: source.variant, payoff: certificate.best?.payoff,
                bound: certificate.bound.ifFinite, reasoning: certificate.reasoning.rawValue,
                gap: certificate.gap.flatMap(\.ifFinite), relativeGap: certificate.relativeGap.flatMap(\.ifFinite),
                highPoint: cheap.highPoint.ifFinite, payments: cheap.payments,
                nodes: certificate.curve.last?.nodes ?? 0, grounds: certificate.grounds,
                decision: certificate.best?.decision, givenPayoff: given?.payoff,
                givenBankablePayoff: given?.bankable?.payoff))
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: certificate.curve.last?.seconds ?? 0)
        manifest.ties = ties
        manifest.worthUnit = unit == source.currency ? nil : unit
        manifest.payoff = certificate.best?.payoff
        manifest.givenPayoff = given?.payoff
        manifest.bankablePayoff = given?.bankable?.payoff
        manifest.payoffIsExact = given?.bankable?.isExact
        manifest.bound = certificate.bound.ifFinite
        manifest.boundReasoning = certificate.bound.isFinite ? certificate.reasoning.rawValue : nil
        manifest.boundGrounds = certificate.grounds.isEmpty ? nil : certificate.grounds
        return manifest
    }
}
