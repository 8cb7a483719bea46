import Foundation

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
}
