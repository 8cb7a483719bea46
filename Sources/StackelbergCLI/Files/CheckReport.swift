import CaseFiles
import EnergyGames
import ResultFiles

/// What `check` prints for a program.
struct CheckReport: Encodable {
    struct Finding: Encodable {
        let severity: Diagnostic.Severity
        let file: String
        let line: Int?
        let column: Int?
        let path: String
        let message: String
    }
    struct NoAnswer: Encodable {
        let sentences: [String]
        let extent: Infeasibility.Extent
        let isOfEveryDecision: Bool
        let unmet: [Infeasibility.Unmet]
        let clash: [Infeasibility.Rule]
        let changes: [Infeasibility.Change]
    }

    let isSound: Bool
    let findings: [Finding]
    let noAnswer: NoAnswer?
    /// The payoff at the middle of every decision's bounds: the operator's, or minus a year's cost.
    let payoff: Double?

    init(_ diagnostics: [Diagnostic], isSound: Bool = false, payoff: Double? = nil, noAnswer: NoAnswer? = nil) {
        self.isSound = isSound
        // Zero has no sign.
        self.payoff = payoff.map { $0 == 0 ? 0 : $0 }
        self.noAnswer = noAnswer
        findings = diagnostics.map {
            Finding(
                severity: $0.severity, file: $0.file, line: $0.line, column: $0.column, path: $0.path,
                message: $0.message)
        }
    }

    /// - Parameter mistakes: in variants of the case.
    init(_ source: Case, _ check: CaseCheck, _ mistakes: [Diagnostic] = []) {
        self.init(
            check.warnings + mistakes, isSound: check.isSound && mistakes.isEmpty,
            payoff: check.payoffs.isEmpty ? check.payoff : nil,
            noAnswer: check.infeasibility.map {
                NoAnswer(
                    sentences: $0.sentences, extent: $0.extent, isOfEveryDecision: $0.isOfEveryDecision,
                    unmet: $0.unmet,
                    clash: $0.clash, changes: $0.changes)
            })
    }

    var json: String { JSONText.of(self) }
}
