import Games
import LinearModels

/// The leader builds capacity that bounds what the follower may take: decisions in bounds and in right-hand sides.
enum CapacityGame {
    /// The follower earns 3 a unit up to the capacity and 1 a unit beyond it by own means, of at most 6 units together;
    /// the leader earns `fee` a unit of capacity used and pays 0.5 a unit built.
    static func game() throws -> StackelbergGame {
        let space = try DecisionSpace([
            Decision(name: "capacity", lower: 0, upper: 5, unit: "kW"),
            Decision(name: "fee", lower: 0, upper: 2.5, unit: "CNY"),
        ])
        var model = LinearModel()
        let capacity = try model.parameter("capacity", value: 1)
        let fee = try model.parameter("fee", value: 1)
        let served = try model.variable("served", from: ParameterExpression(0), to: ParameterExpression(capacity))
        let own = try model.variable("own", in: 0...4)
        try model.add(served + own <= 6, named: "demand")
        try model.add(own + capacity >= -1, named: "side")
        try model.minimise(fee * served - 3 * served - 1 * own)
        return try StackelbergGame(
            name: "capacity", space: space, followers: [Follower(name: "client", model: model)]
        ) { system, blocks in
            let (capacity, fee) = (blocks[0].parameters[0], blocks[0].parameters[1])
            try system.maximise(fee * blocks[0].variables[0] - 0.5 * capacity)
        }
    }

    /// By hand: where the fee is at most 2 capacity is worth 1 or more a unit, as own means are, and the optimistic
    /// follower uses it all; above 2 own means come first and capacity takes the rest.
    static func payoff(_ point: [Double]) -> Double {
        let (capacity, fee) = (point[0], point[1])
        let served = fee <= 2 ? capacity : min(capacity, 2)
        return fee * served - 0.5 * capacity
    }
}

/// A game in which everything can go wrong: no answer, an answer without end, an answer that cannot be served.
enum FragileGame {
    /// The follower buys `y >= need` at `price - 1` a unit, at most `10 + 100 (price - 1)` units where the price is
    /// above 1 and without limit below; the leader can serve 4.
    static func game() throws -> StackelbergGame {
        let space = try DecisionSpace([
            Decision(name: "price", lower: 0, upper: 3, unit: "CNY"),
            Decision(name: "need", lower: 0, upper: 9, unit: "kWh"),
        ])
        var model = LinearModel()
        // In another order than the decisions: parameters are joined to them by their names.
        let need = try model.parameter("need", value: 1)
        let price = try model.parameter("price", value: 2)
        let y = try model.variable("y")
        let z = try model.variable("z", in: 0...3)
        try model.add(y + z >= 1 * need, named: "need")
        try model.add(z <= 5 - 1 * need, named: "side")
        try model.minimise(price * y - y + 5 * z)
        return try StackelbergGame(
            name: "fragile", space: space, followers: [Follower(name: "buyer", model: model)]
        ) { system, blocks in
            let (price, y) = (blocks[0].parameters[1], blocks[0].variables[0])
            let made = try system.variable("made", in: 0...4)
            try system.add(made - y == 0, named: "serve")
            try system.maximise(price * y - 0.25 * made)
        }
    }

    static let outcomes: [([Double], Evaluation.Outcome)] = [
        ([2, 3], .payoff(5.25)),
        ([0.5, 3], .noResponse(follower: "buyer", status: .unbounded)),
        ([2, 4], .payoff(7)),
        ([2, 7], .noResponse(follower: "buyer", status: .infeasible)),
        ([3, 2], .payoff(5.5)),
        ([2, 4.5], .cannotServe(status: .infeasible)),
        ([2, 3], .payoff(5.25)),
    ]
}
