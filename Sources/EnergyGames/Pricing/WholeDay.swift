import Energy
import Games
import LinearModels

/// The whole system of a day: followers as blocks, the operator behind them.
struct WholeDay {
    let clearing: [ClearingGroup]
    let built: BuiltSystem
    var followerRows: Int { clearing.reduce(0) { $0 + $1.built.model.constraintCount } }
    var followerCount: Int { clearing.reduce(0) { $0 + $1.pieces.count } }

    init(_ system: EnergySystem, operatorName: String) throws {
        let names = system.parties.map(\.name).filter { $0 != operatorName }
        clearing = try Self.clearingGroups(names, system.trades)
            .map { try ClearingGroup(members: $0, system: system, operatorName: operatorName) }
        var model = LinearModel()
        let blocks = try clearing.map { try model.append($0.built.model, in: $0.pieces) }
        let followers = BuiltSystem(zip(clearing, blocks).map { ($0.built, $1) }, in: model)
        built = try system.build([operatorName], minimising: [operatorName], behind: followers)
    }

    /// - Parameters:
    ///   - day: what their names begin with, where there are several.
    ///   - weight: how often it comes.
    func followers(of day: String?, weight: Double) -> [Follower] {
        clearing.flatMap { $0.followers(of: day, weight: weight) }
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
