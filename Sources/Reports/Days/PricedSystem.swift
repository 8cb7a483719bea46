import Energy
import EnergyGames
import Games
import ResultFiles
import Writing

/// The answer to prices on every day that they are posted for, and what that comes to.
public struct PricedSystem: Sendable {
    public struct Day: Sendable {
        /// nil for a case's own horizon.
        public let name: String?
        /// How often it comes; 1 for a case's own horizon.
        public let weight: Double
        /// What the operator earns, CNY over the horizon.
        public let payoff: Double
        public let system: EnergySystem
        public let solution: SystemSolution
        public let audit: PhysicalAudit
        /// One per station that has a fleet.
        public let fleets: [FleetResult]
        /// What everybody who may choose its supply would pay under each.
        public let supplies: [SupplyComparison]

        /// kg of all parties.
        var emission: Double { solution.parties.reduce(0) { $0 + $1.totalEmission } }
    }

    public let days: [Day]
    /// What all parties pay, earn and emit, each day as often as it comes. Where there are several, it has no flows.
    public let total: SystemSolution
    private let operatorName: String

    /// - Parameters:
    ///   - evaluation: one with a payoff.
    ///   - posted: the prices by name.
    init(_ game: EnergyGame, _ evaluation: Evaluation, posted: [String: [Double]]) throws {
        let payoffs = game.payoffs(of: evaluation)
        days = try game.days.enumerated().map { k, day in
            let solution = game.solution(of: k, in: evaluation)
            return Day(
                name: day.name, weight: day.weight, payoff: payoffs[k], system: day.system, solution: solution,
                audit: PhysicalAudit(solution, of: day.system),
                fleets: try FleetResult.all(in: day.system, solution, posted: posted),
                supplies: try game.supplies(in: evaluation, on: k))
        }
        total =
            game.hasDays ? SystemSolution(sumOf: days.map { ($0.weight, $0.solution) }) : days[0].solution
        operatorName = game.operatorName
    }

    func supplyReport(_ currency: String) -> SupplyReport {
        SupplyReport(
            parts: days.map { .init(day: $0.name, supplies: $0.supplies, solution: $0.solution) }, currency: currency)
    }

    /// What parties other than the operator pay on a day, in file order.
    func bills(on day: Day) -> [(party: String, bill: Double)] {
        day.solution.parties.filter { $0.name != operatorName }.map { ($0.name, $0.totalCost) }
    }

    func billsByParty(on day: Day) -> [String: Double] {
        Dictionary(bills(on: day).map { ($0.party, $0.bill) }) { first, _ in first }
    }

    var operated: [OperatedSystem] { days.map { OperatedSystem(weight: $0.weight, $0.system, $0.solution) } }

    func tables(_ currency: String) -> SystemTables {
        SystemTables(
            currency: currency,
            parts: days.map { .init(day: $0.name, system: $0.system, solution: $0.solution, fleets: $0.fleets) })
    }

    /// The checks on it.
    ///
    /// - Parameter payoff: as it was proved.
    func verdicts(_ game: EnergyGame, _ payoff: Double, _ currency: String) -> [Verdict] {
        var verdicts = [Verdict(days.map(\.audit))]
        if game.hasDays { verdicts.append(accounts(game, payoff)) }
        for day in days { verdicts += day.fleets.map { Verdict($0, in: currency, on: day.name) } }
        if let supplied = supplyReport(currency).verdict { verdicts.append(supplied) }
        return verdicts
    }

    /// The operator's ledger of each day against what is said to be the payoff of all.
    private func accounts(_ game: EnergyGame, _ payoff: Double) -> Verdict {
        let ledgers = days.map { 0 - ($0.solution.party(operatorName)?.totalCost ?? .nan) }
        let gap = abs(game.worth(of: ledgers) - payoff) / max(1, abs(payoff))
        return Verdict(
            name: "days add up", holds: gap <= ResponseProof.tolerance,
            detail: "tables of \(days.count) days and payoff differ by \(NumberText.csv(gap)) relative")
    }
}

extension EnergyGame {
    /// The unit of the payoff and of sums of money.
    package func unit(_ currency: String) -> String { isOfYear ? "\(currency)/a" : currency }
}
