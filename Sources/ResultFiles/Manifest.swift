import Games
import LinearModels
import Studies

/// What is needed to make a result again, what it is worth, and when it was made: `manifest.json` of every command that
/// leaves a folder.
///
/// What does not apply to a command is nil, and left out of the file.
public struct Manifest: Codable, Sendable {
    /// A file that the result was made of.
    public struct Input: Codable, Sendable {
        public let file: String
        public let bytes: Int
        /// In hexadecimal digits.
        public let sha256: String

        package init(file: String, bytes: Int, sha256: String) {
            self.file = file
            self.bytes = bytes
            self.sha256 = sha256
        }
    }

    public static let file = "manifest.json"

    public var program: String? = "stackelberg"
    public var version: String? = Version.number
    public var solver: String? = "GLPK \(SolverSession.solverVersion)"

    // MARK: A case

    public var caseName: String?
    /// Where the case was, as a path from the root.
    public var caseFolder: String?
    public var title: String?
    public var currency: String?
    public var variant: String?
    public var stepHours: Double?
    /// When the first step begins, on the case's own clock: `2024-01-15T00:00`; nil where the case does not say.
    public var firstStep: String?
    /// Colours of carriers in figures, `#RRGGBB`, of those for which the case has one.
    public var carrierColors: [String: String]?
    /// The party whose payoff or cost it is.
    public var leader: String?
    /// Of the search; nil where there was none.
    public var settings: StudySettings?
    public var ties: TieRule?
    /// What a sweep went over, as it was asked for.
    public var over: [String]?
    public var inputs: [Input]?
    /// ISO 8601, UTC.
    public var startedAt: String?
    /// Wall-clock, of all phases of the command and of all processes that worked on it.
    public var seconds: Double?
    /// Of these, the search's and those of each phase after it.
    public var searchSeconds: Double?
    public var phaseSeconds: [String: Double]?

    // MARK: What it is worth

    /// What the leader earns over the horizon; for certain, where there is a ``payoffAsWritten``.
    public var payoff: Double?
    /// What the prices pay as they are written, if followers break ties against the leader.
    public var payoffAsWritten: Double?
    /// Whether nothing pays less than the payoff for certain; else it is the least found.
    public var payoffIsExact: Bool?
    /// Of prices that a certificate was asked about: what they pay by the tie rule.
    public var givenPayoff: Double?
    /// Of given prices: what they pay for certain.
    public var bankablePayoff: Double?
    /// Of given prices: the least that prices pay within ``distance`` of them.
    public var nearbyPayoff: Double?
    /// In money per kWh.
    public var distance: Double?
    /// Step of the grid on which prices are written, in money per kWh: the least, where they differ.
    public var tick: Double?
    /// The step of each price or other part of a tariff, by its name, in its own unit.
    public var ticks: [String: Double]?
    /// The most found for any prices if followers break every tie for the leader.
    public var supremum: Double?
    /// The payoff where followers break ties for the leader.
    public var optimisticPayoff: Double?
    /// The payoff where they break ties against it.
    public var pessimisticPayoff: Double?
    /// The upper bound on the payoff of any decision.
    public var bound: Double?
    /// What the bound of a certificate follows from, and what had to be left out.
    public var boundReasoning: String?
    public var boundGrounds: [String]?
    /// The prices or the variant that an evaluation was set beside.
    public var against: String?
    /// Whether the payoff against the leader was looked for to the end.
    public var tiesAreSettled: Bool?
    /// What found the answer.
    public var foundBy: String?
    /// What sizes and operation cost a year.
    public var cost: Double?
    /// What a dispatch made as small as possible: `cost` or `emission`.
    public var aim: String?
    /// Of a dispatch, over its horizon or a year of typical days.
    public var operatingCost: Double?
    /// kg, of a dispatch.
    public var emission: Double?
    /// What neither can be below: of the cost, or of the emission where that is the aim.
    public var lowerBound: Double?
    /// What parties who trade gain together, in money over the horizon.
    public var gain: Double?
    /// How what is best for all was found.
    public var method: String?
    /// Of a distributed method.
    public var rounds: Int?
    /// The unit of a dispatch's cost, or of what a tariff for several days pays: the currency, per year where there are
    /// typical days.
    public var worthUnit: String?
    public var verdicts: [Verdict]?

    // MARK: A comparison

    public var suite: String?
    public var suiteVersion: Int?
    /// How followers of the suite's games break ties, in order; nil where it has no games.
    public var tieRules: [String]?
    public var algorithms: [String]?
    public var reference: String?
    public var seeds: Int?
    public var population: Int?
    /// Of each run.
    public var evaluations: Int?
    public var runs: Int?
    public var processorSeconds: Double?
    /// ISO 8601, UTC.
    public var finishedAt: String?

    package init() {}

    /// - Throws: ``ReportError`` where the text is no manifest.
    public init(json: String) throws(ReportError) {
        do {
            self = try JSONText.read(json)
        } catch { throw .damaged(file: Self.file, reason: "it is not the manifest of a run.") }
    }

    /// As the file holds it.
    public var json: String { JSONText.of(self) + "\n" }
}

/// One check on a result, in words.
public struct Verdict: Sendable, Codable, Equatable {
    public let name: String
    public let holds: Bool
    public let detail: String

    package init(name: String, holds: Bool, detail: String) {
        self.name = name
        self.holds = holds
        self.detail = detail
    }
}

/// Version of the package.
package enum Version {
    package static let number = "0.1.0"
}
