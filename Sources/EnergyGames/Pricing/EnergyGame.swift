import Energy
import Games
import LinearModels

/// An energy system as a Stackelberg game: the operator posts prices, everybody else answers.
///
/// Followers that trade with each other clear together, in one model whose internal payments cancel; followers that
/// trade only with the operator are separate models. The joint answer of a clearing group is the one that costs its
/// members least in sum; what they owe each other is settled afterwards at their trade's price.
public struct EnergyGame: Sendable {
    public let game: StackelbergGame
    public let system: EnergySystem
    public let operatorName: String
    /// Clearing groups of followers, in file order.
    public let groups: [[String]]
    /// The whole system's model with the ledgers that say what its variables mean.
    public let built: BuiltSystem

    /// - Parameters:
    ///   - prices: what the operator decides.
    ///   - ties: how followers answer when they have several optima.
    ///   - tick: the grid on which prices are written, in money per kWh; nil for one by their size.
    ///   - billRise: by what share of its bill a follower may pay more than at the prices' `TariffRules.reference`,
    ///     which all need then.
    public init(
        name: String, system: EnergySystem, operatorName: String, prices: [PostedPrice], ties: TieRule,
        tick: Tick? = nil, billRise: Double? = nil
    ) throws {
        self.system = system
        self.operatorName = operatorName
        let followers = system.parties.map(\.name).filter { $0 != operatorName }
        groups = Self.clearingGroups(followers, system.trades)
        let clearing = try groups.map { try ClearingGroup(members: $0, system: system, operatorName: operatorName) }
        let bills = try billRise.map { rise in
            let cap = BillCap(system: system, operatorName: operatorName, prices: prices, rise: rise)
            return try clearing.compactMap { try cap.cap(on: $0.members, $0.built.model) }
        }
        var built = BuiltSystem([], in: LinearModel())
        game = try StackelbergGame(
            name: name, space: try DecisionSpace(prices, hours: system.time.hours, bills: bills ?? [], tick: tick),
            followers: clearing.map { try $0.follower() }, ties: ties
        ) { model, blocks in
            let followers = BuiltSystem(zip(clearing, blocks).map { ($0.built, $1) }, in: model)
            built = try system.build([operatorName], minimising: [operatorName], behind: followers)
            model = built.model
        }
        self.built = built
    }

    /// Every flow, cost and state of an answer, by its ledgers.
    public func solution(of evaluation: Evaluation) -> SystemSolution {
        SystemSolution(built, time: system.time, values: evaluation.values, parameters: evaluation.parameters)
    }

    /// Parties connected by trades among themselves, each group and the list in file order.
    private static func clearingGroups(_ followers: [String], _ trades: [Trade]) -> [[String]] {
        var group = Dictionary(uniqueKeysWithValues: followers.enumerated().map { ($1, $0) })
        for trade in trades {
            guard let a = group[trade.seller], let b = group[trade.buyer], a != b else { continue }
            for name in followers where group[name] == max(a, b) { group[name] = min(a, b) }
        }
        return Set(group.values).sorted().map { number in followers.filter { group[$0] == number } }
    }
}
