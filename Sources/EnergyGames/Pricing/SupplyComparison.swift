import Energy
import Games
import LinearModels

/// What a party pays at the least under each supply that it may take, whatever the others do.
public struct SupplyComparison: Sendable, Equatable {
    public struct Option: Sendable, Equatable {
        /// Such as `operator`, `night` or `outside`.
        public let name: String
        /// CNY over the horizon; nil where the party cannot do under it, or a limit kept it from being told.
        public let cost: Double?
    }

    public let party: String
    public let options: [Option]
    /// The supply that it takes.
    public let taken: String
    /// CNY over the horizon, as it stands in the answer.
    public let paid: Double

    /// How much more it pays than under another supply, relative to what it pays: nothing but rounding.
    public var regret: Double {
        let least = options.compactMap(\.cost).min() ?? paid
        return max(0, paid - least) / max(1, abs(least))
    }

    /// Of what a regret may be.
    public static let tolerance = 1e-6
}

extension EnergyGame {
    /// What everybody who may choose its supply would pay under each.
    ///
    /// Each is solved with the supply given, as a program without the choice.
    ///
    /// - Parameters:
    ///   - evaluation: an answer to a decision.
    ///   - day: which of the days that prices are for.
    public func supplies(in evaluation: Evaluation, on day: Int = 0) throws -> [SupplyComparison] {
        let (solution, system) = (solution(of: day, in: evaluation), days[day].system)
        let prices = Dictionary(zip(game.space.decisions.map(\.name), evaluation.decision)) { first, _ in first }
        return try system.choices.compactMap { choice in
            guard let party = solution.party(choice.party) else { return nil }
            let options = try choice.options.map { option in
                SupplyComparison.Option(
                    name: option.name, cost: try leastCost(of: choice.party, under: option.name, at: prices, in: system)
                )
            }
            return SupplyComparison(
                party: choice.party, options: options,
                taken: party.supply ?? "", paid: party.totalCost)
        }
    }

    private func leastCost(
        of party: String, under supply: String, at prices: [String: Double], in system: EnergySystem
    ) throws -> Double? {
        let model: LinearModel
        do {
            model = try system.keeping(supply, of: party).build([party], minimising: [party]).model
        } catch is InputProblem {
            // A demand that nothing supplies.
            return nil
        }
        let session = try SolverSession(model)
        for parameter in model.parameters {
            if let price = prices[model.name(of: parameter)] { try session.set(parameter, to: price) }
        }
        return try session.solve() == .optimal ? session.objectiveValue : nil
    }
}
