import Games
import LinearModels

/// Games with tied followers whose payoffs can be told by hand.
enum HandmadeTies {
    private static func game(
        ties: TieRule, follower build: (inout LinearModel, Parameter) throws -> (LinearExpression, [Variable]),
        payoff: (inout LinearModel, Parameter, [Variable]) throws -> LinearExpression
    ) throws -> StackelbergGame {
        let space = try DecisionSpace([Decision(name: "price", lower: 0, upper: 4, unit: "1")])
        var follower = LinearModel()
        let price = try follower.parameter("price", value: 1)
        try follower.minimise(build(&follower, price).0)
        var system = LinearModel()
        let shared = try system.parameter("price", value: 1)
        let response = try build(&system, shared).1
        try system.maximise(payoff(&system, shared, response))
        return try StackelbergGame(
            name: "ties", space: space, followers: [Follower(name: "user", model: follower)], system: system, ties: ties
        )
    }

    /// Two of three items must be taken, all at the same price, where the relaxation would take one and a half; the
    /// leader earns 1, 2 and 5 with them.
    static func threeItems(ties: TieRule = .optimistic) throws -> StackelbergGame {
        try game(ties: ties) { model, price in
            let items = try (0..<3).map { try model.variable("item\($0)", kind: .binary) }
            try model.add(2 * items[0] + 2 * items[1] + 2 * items[2] >= 3, named: "cover")
            return (price * items[0] + price * items[1] + price * items[2], items)
        } payoff: { _, _, items in
            items[0] + 2 * items[1] + 5 * items[2]
        }
    }

    /// Four units bought in any of the hours at one price. The leader serves an hour from a cheap source of some size
    /// and then from a dear one.
    static func hours(
        _ costs: [(cheap: Double, size: Double, dear: Double)], ties: TieRule = .optimistic
    ) throws -> StackelbergGame {
        try game(ties: ties) { model, price in
            let bought = try costs.indices.map { try model.variable("bought\($0)", in: 0...4) }
            try model.add(sum(bought) == 4, named: "need")
            return (sum(bought.map { price * $0 }), bought)
        } payoff: { model, price, bought in
            var payoff = sum(bought.map { price * $0 })
            for (t, cost) in costs.enumerated() {
                let cheap = try model.variable("cheap\(t)", in: 0...cost.size)
                let dear = try model.variable("dear\(t)")
                try model.add(cheap + dear - bought[t] == 0, named: "serve\(t)")
                payoff -= cost.cheap * cheap + cost.dear * dear
            }
            return payoff
        }
    }
}
