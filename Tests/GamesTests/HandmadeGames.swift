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
        func build(_ model: inout LinearModel) throws -> (capacity: Parameter, fee: Parameter, [Variable]) {
            let capacity = try model.parameter("capacity", value: 1)
            let fee = try model.parameter("fee", value: 1)
            let served = try model.variable("served", from: ParameterExpression(0), to: ParameterExpression(capacity))
            let own = try model.variable("own", in: 0...4)
            try model.add(served + own <= 6, named: "demand")
            try model.add(own + capacity >= -1, named: "side")
            return (capacity, fee, [served, own])
        }
        var follower = LinearModel()
        let (_, fee, answer) = try build(&follower)
        try follower.minimise(fee * answer[0] - 3 * answer[0] - 1 * answer[1])
        var system = LinearModel()
        let (capacity, price, response) = try build(&system)
        try system.maximise(price * response[0] - 0.5 * capacity)
        return try StackelbergGame(
            name: "capacity", space: space, followers: [Follower(name: "client", model: follower)], system: system)
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
        func build(_ model: inout LinearModel) throws -> (price: Parameter, need: Parameter, [Variable]) {
            let price = try model.parameter("price", value: 2)
            let need = try model.parameter("need", value: 1)
            let y = try model.variable("y")
            let z = try model.variable("z", in: 0...3)
            try model.add(y + z >= 1 * need, named: "need")
            try model.add(z <= 5 - 1 * need, named: "side")
            return (price, need, [y, z])
        }
        var follower = LinearModel()
        let (price, _, y) = try build(&follower)
        try follower.minimise(price * y[0] - y[0] + 5 * y[1])
        var system = LinearModel()
        let (fee, _, response) = try build(&system)
        let made = try system.variable("made", in: 0...4)
        try system.add(made - response[0] == 0, named: "serve")
        try system.maximise(fee * response[0] - 0.25 * made)
        return try StackelbergGame(
            name: "fragile", space: space, followers: [Follower(name: "buyer", model: follower)], system: system)
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
