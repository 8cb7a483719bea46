import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import LinearModels
import ResultFiles
import Writing

/// The least-cost or least-emission operation of a case, with every check on it.
public struct DispatchResult: RunResult {
    /// One horizon: the case's own, or a typical day.
    public struct Part: Sendable {
        /// nil for the case's own horizon.
        public let day: String?
        /// How often a year has the day; 1 for the case's own horizon.
        public let weight: Double
        public let dispatch: Dispatch
        public let answer: DispatchAnswer
        public let audit: PhysicalAudit
        /// One per station that has a fleet.
        public let fleets: [FleetResult]

        public init(day: TypicalDay?, _ dispatch: Dispatch, _ answer: DispatchAnswer) throws {
            self.day = day?.name
            weight = day?.weight ?? 1
            self.dispatch = dispatch
            self.answer = answer
            audit = PhysicalAudit(answer.solution, of: dispatch.system)
            fleets = try FleetResult.all(in: dispatch.system, answer.solution)
        }
    }

    /// What is decided before it is known which scenario of a day comes.
    public struct Plan: Sendable {
        public let day: String
        /// How often a year has the day.
        public let weight: Double
        public let answer: StochasticDispatch.Answer

        public init(day: String, weight: Double, _ answer: StochasticDispatch.Answer) {
            (self.day, self.weight, self.answer) = (day, weight, answer)
        }
    }

    public let source: Case
    public let aim: Dispatch.Aim
    public let parts: [Part]
    /// From the cheapest operation to the cleanest; empty where it was not asked for.
    public let front: [DispatchAnswer]
    /// One per typical day whose scenarios share a plan; empty where nothing is decided here and now.
    public let plans: [Plan]
    private let seconds: Double

    public init(
        _ source: Case, _ aim: Dispatch.Aim, _ parts: [Part], front: [DispatchAnswer] = [], plans: [Plan] = [],
        seconds: Double
    ) {
        self.source = source
        self.aim = aim
        self.parts = parts
        self.front = front
        self.plans = plans
        self.seconds = seconds
    }

    /// CNY over the horizon, or per year where there are typical days.
    public var cost: Double { total(\.cost) }
    /// kg over the horizon, or per year where there are typical days.
    public var emission: Double { total(\.emission) }
    /// What the cost, or the emission, cannot be below.
    public var bound: Double { total(\.bound) }

    private func total(_ number: (DispatchAnswer) -> Double) -> Double {
        parts.reduce(0) { $0 + $1.weight * number($1.answer) }
    }

    /// Money over what the totals are of.
    var unit: String { parts.contains { $0.day != nil } ? "\(source.currency)/a" : source.currency }

    // MARK: Checks

    /// Above the bound by less than this, relative, the operation is the best one.
    static let tolerance = 1e-6

    public var verdicts: [Verdict] {
        let answers = parts.map(\.answer) + front
        let violation = answers.map(\.violation).max() ?? 0
        let rows = Verdict(
            name: "rows hold", holds: violation <= Self.tolerance,
            detail: "largest violation \(NumberText.csv(violation))")
        // Of windows that nothing was set beside, and of scenarios under a common plan, no optimum is claimed.
        let isOpen = answers.contains { $0.bound == -.infinity }
        return [rows] + (isOpen ? [] : [optimum(answers)]) + plans.map(order) + [Verdict(parts.map(\.audit))]
            + parts.flatMap { part in part.fleets.map { Verdict($0, in: source.currency, on: part.day) } }
    }

    private func optimum(_ answers: [DispatchAnswer]) -> Verdict {
        let gap = answers.map(\.gap).max() ?? 0
        let areWindows = answers.contains { !$0.windows.isEmpty }
        let isCut = areWindows || answers.contains { $0.status != .optimal }
        let prover = answers.allSatisfy(\.isProvedByDuality) ? "duality" : "branch and bound"
        return Verdict(
            name: isCut ? "bound" : "proved \(aim == .cost ? "cheapest" : "cleanest")",
            holds: isCut || gap <= Self.tolerance,
            detail: "at most \(NumberText.csv(gap)) above the bound, relative, by \(prover)"
                + (areWindows ? "; decided in windows" : isCut ? "; the limits ended the solver" : ""))
    }

    /// Nobody can do better than knowing the scenario, and no plan better than the best one.
    private func order(_ plan: Plan) -> Verdict {
        let answer = plan.answer
        let slack = Self.tolerance * max(1, abs(answer.cost))
        let isCut = answer.status != .optimal
        let holds =
            answer.cost >= answer.waitAndSee - slack
            && (answer.planForForecast.map { answer.cost <= $0 + slack } ?? true)
        return Verdict(
            name: "plan of \(plan.day)", holds: holds || isCut,
            detail:
                "between knowing the scenario, \(NumberText.csv(answer.waitAndSee)), and planning for the forecast, "
                + (answer.planForForecast.map(NumberText.csv) ?? "which some scenario cannot be operated with")
                + (isCut ? "; the limits ended the solver" : ""))
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(of: self, startedAt: startedAt, seconds: seconds)
        manifest.aim = aim.rawValue
        manifest.operatingCost = cost
        manifest.emission = emission
        manifest.lowerBound = bound.ifFinite
        manifest.worthUnit = unit
        return manifest
    }
}
