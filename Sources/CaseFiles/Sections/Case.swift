import Disk
import Energy
import EnergyGames
import Foundation
import Games

/// A case as it was read: everything that a run needs, checked, in the engine's units.
public struct Case: Sendable {
    public let name: String
    public let title: String
    /// The folder that holds the case file and its tables.
    public let folder: URL
    public let currency: String
    /// Those of numbers without a unit.
    public let units: CaseUnits
    /// When the first step begins, as the case writes it.
    public let startLabel: String
    public let timezone: String

    public let system: EnergySystem
    public let operatorName: String
    /// Parties that answer the operator: users, then EV stations, in file order.
    public let followers: [String]
    /// The operator's decisions. Prices that the case fixes stand in the trades already.
    public let prices: [PostedPrice]
    /// By what share of its bill a follower may pay more than at the prices' reference; nil without such a limit.
    public let billRise: Double?
    /// Those who post prices beside each other; none where one operator does.
    public let operators: [CompetingOperator]
    /// What parties who trade with each other agree on; nil where nobody does.
    public let coalition: CoalitionTerms?
    /// Paths of the sizes that are to be decided.
    public let sizes: [String]
    /// Typical days, or days that one tariff is for; none where the case's own horizon stands alone.
    public let days: [TypicalDay]
    /// What was drawn of typical days whose forecasts may be wrong; none where each is a day as it stands.
    public let scenarios: [DayScenarios]
    public let economics: Economics
    /// Numbers that it defines by its results, in file order.
    public let indices: [NamedIndex]
    public let game: GameSettings
    public let optimiser: OptimiserSettings

    /// Whether sizes are asked for, so that the case is a ``SizingGame``; prices are where it is an ``EnergyGame``.
    public var isSizing: Bool { !sizes.isEmpty || !days.isEmpty && prices.isEmpty }

    /// Whether nobody is led: the operator runs a system of its own, or all parties act together, as a `Dispatch`.
    public var isCentral: Bool { followers.isEmpty && !isSizing }

    /// Whether several operators post prices to the same users, so that the case is an ``EnergyCompetition``.
    public var isCompetition: Bool { !operators.isEmpty }

    /// Names of the variants that the case offers.
    public let variants: [String]
    /// The one that was applied.
    public let variant: String?
    /// Numbers that were laid over the case's own, with the units that the case writes there.
    public let numbers: [CaseNumber]
    /// The types of devices and flexible demands that the case was read with.
    public let components: ComponentCatalogue
    /// All files as they were read, the case file first: from copies of them the same case can be read again.
    public let inputs: [FileCopy]
    /// Every value with its unit, defaults included, in file order.
    package let listing: [ListedValue]
    /// What is odd but not wrong.
    public let warnings: [Diagnostic]

    /// Where the inputs stand, or stood.
    public var inputFiles: [URL] { inputs.map { folder.appendingPathComponent($0.path).standardizedFileURL } }

    /// The case with all scenarios that were drawn of its typical days, each a day of its own, from the inputs as they
    /// were read.
    public func withEveryScenario() throws(CaseFileError) -> Case { try read(.every) }

    /// The case with its typical days as they are forecast, without their scenarios, from the inputs as they were read.
    public func withoutScenarios() throws(CaseFileError) -> Case { try read(.none) }

    /// The case on one day: the mean of its days as they are forecast, table column by table column, each as often as
    /// it comes; from the inputs as they were read.
    ///
    /// - Returns: nil where days differ in more than the files of tables of series, so that they have no mean.
    public func onMeanDay() throws(CaseFileError) -> Case? {
        let mean = try read(.mean)
        return mean.days.isEmpty ? nil : mean
    }

    private func read(_ scenarios: ScenarioChoice) throws(CaseFileError) -> Case {
        try CaseReader.read(
            copies: inputs, from: folder, variant: variant, numbers: numbers, scenarios: scenarios,
            components: components)
    }

    /// Fleets by the name of their station.
    public var fleets: [String: EVFleet] {
        var fleets: [String: EVFleet] = [:]
        for party in system.parties {
            if let fleet = party.components.lazy.compactMap({ $0 as? EVFleet }).first { fleets[party.name] = fleet }
        }
        return fleets
    }
}

/// What a year's cost of investment is made with.
public struct Economics: Sendable, Equatable {
    /// A year, as a fraction.
    public let discountRate: Double
}

/// How followers answer, and how prices are written.
public struct GameSettings: Sendable, Equatable {
    public let ties: TieRule
    /// The grid of prices in money per kWh; nil for one by their size.
    public let tick: Tick?
    /// What several days are worth to the operator together.
    public var risk = RiskMeasure.mean
}

/// How the search for prices runs, unless a command says otherwise.
public struct OptimiserSettings: Sendable, Equatable {
    public let algorithm: String
    public let population: Int
    public let evaluations: Int
    public let seed: UInt64
    /// Threads that evaluate; nil for as many as the machine has.
    public let workers: Int?
}
