import CaseFiles
import Disk
import Foundation
import Games
import LinearModels
import Studies

/// What is needed to make a result again, and when it was made.
public struct Manifest: Encodable, Sendable {
    struct Input: Encodable {
        let file: String
        let bytes: Int
        let sha256: String
    }

    let program = "stackelberg"
    let version = Version.number
    let solver = "GLPK \(SolverSession.solverVersion)"
    let caseName: String
    /// Where the case was, as a path from the root.
    let caseFolder: String
    let title: String
    let currency: String
    let variant: String?
    let stepHours: Double
    /// The party whose payoff or cost it is.
    let leader: String
    /// Of the search; nil where there was none.
    let settings: StudySettings?
    let ties: TieRule?
    /// What a sweep went over, as it was asked for.
    let over: [String]?
    let inputs: [Input]
    /// What the leader earns over the horizon.
    let payoff: Double?
    /// The payoff where followers break ties for the leader, and against it.
    let optimisticPayoff: Double?
    let pessimisticPayoff: Double?
    /// What no decision can pay more than.
    let bound: Double?
    let robustPayoff: Double?
    /// Whether the payoff against the leader was looked for to the end, and the search for robust prices went through all of its steps.
    let tiesAreSettled: Bool?
    let robustSearchIsComplete: Bool?
    /// What found the answer.
    let foundBy: String?
    /// What sizes and operation cost a year.
    let cost: Double?
    let verdicts: [Verdict]
    /// ISO 8601, UTC.
    let startedAt: String
    /// Wall-clock, of all phases of the command and of all processes that worked on it.
    let seconds: Double
    /// Of these, the search's and those of each phase after it.
    let searchSeconds: Double?
    let phaseSeconds: [String: Double]?

    init(
        _ result: some RunResult, settings: StudySettings?, ties: TieRule? = nil, over: [String]? = nil,
        proof: ResponseProof? = nil, payoff: Double? = nil, bound: Double? = nil, robustPayoff: Double? = nil,
        findings: PriceFindings? = nil, cost: Double? = nil, startedAt: Date, searchSeconds: Double? = nil,
        seconds: Double
    ) {
        let source = result.source
        caseName = source.name
        caseFolder = source.folder.standardizedFileURL.path
        title = source.title
        currency = source.currency
        variant = source.variant
        leader = source.operatorName
        stepHours = source.system.time.hours
        self.settings = settings
        self.ties = ties
        self.over = over
        inputs = source.inputs.map {
            Input(file: $0.path, bytes: $0.content.count, sha256: Checksum.sha256($0.content))
        }
        self.payoff = proof?.payoff ?? payoff
        optimisticPayoff = (proof?.optimisticPayoff).flatMap { $0.isFinite ? $0 : nil }
        self.bound = bound.flatMap { $0.isFinite ? $0 : nil }
        self.robustPayoff = robustPayoff
        tiesAreSettled = proof?.tiesAreSettled
        robustSearchIsComplete = findings.map { !$0.robustIsCut }
        foundBy = findings?.origin.rawValue
        pessimisticPayoff = (proof?.pessimisticPayoff).flatMap { $0.isFinite ? $0 : nil }
        self.cost = cost
        verdicts = result.verdicts
        self.startedAt = startedAt.formatted(.iso8601)
        self.seconds = seconds
        self.searchSeconds = searchSeconds
        phaseSeconds = findings.map {
            Dictionary($0.seconds.map { ($0.phase.rawValue, $0.seconds) }, uniquingKeysWith: +)
        }
    }
}

/// Version of the package.
public enum Version {
    public static let number = "0.1.0"
}
