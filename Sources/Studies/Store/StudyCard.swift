import Foundation
import Games

/// What a study is: with copies of the case's files, all that is needed to begin it anew or to go on.
public struct StudyCard: Sendable, Equatable, Codable {
    /// What is decided.
    public enum Purpose: String, Sendable, Codable {
        case prices, sizes
    }

    public let purpose: Purpose
    public let caseName: String
    /// Where the case stood.
    public let caseFolder: String
    public let variant: String?
    /// Of payoffs.
    public let unit: String
    public let settings: StudySettings
    /// Seconds for the joint program of sizes and operation; nil where there is none.
    public let exactSeconds: Double?
    /// Program and solver with their versions: others may give other digits.
    public let program: String
    public let solver: String
    public let startedAt: Date

    public init(
        purpose: Purpose, caseName: String, caseFolder: String, variant: String?, unit: String, settings: StudySettings,
        exactSeconds: Double? = nil, program: String, solver: String, startedAt: Date
    ) {
        self.purpose = purpose
        self.caseName = caseName
        self.caseFolder = caseFolder
        self.variant = variant
        self.unit = unit
        self.settings = settings
        self.exactSeconds = exactSeconds
        self.program = program
        self.solver = solver
        self.startedAt = startedAt
    }

    /// What no command can have begun, as in a file that somebody else has written to; nil where all is well.
    var fault: String? {
        if let exactSeconds, !(exactSeconds > 0 && SearchLimits.seconds.contains(exactSeconds)) {
            return "its card allows the joint program \(exactSeconds) seconds"
        }
        // Two hundred years around the turn of the millennium.
        guard abs(startedAt.timeIntervalSinceReferenceDate) < 6.3e9 else {
            return "its card tells no time at which it was begun"
        }
        do {
            try settings.check()
            return nil
        } catch { return "its settings make no search: \(error)" }
    }
}
