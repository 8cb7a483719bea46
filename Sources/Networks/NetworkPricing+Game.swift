import Games
import LinearModels

extension NetworkPricing {
    /// The problem as a game: each commodity that has a choice is a follower, whose linear program sends one unit from
    /// its origin to its destination at the least cost.
    ///
    /// What is proved of games is proved of it, and any search for prices can play it. ``TollAnswers`` gives the same
    /// answers in less time.
    public func game(ties: TieRule = .optimistic) throws -> StackelbergGame {
        let decisions = tolls.map {
            Decision(
                name: "toll.\(arcs[$0.arc].source).\(arcs[$0.arc].target).\($0.arc + 1)", lower: 0, upper: $0.limit,
                unit: "1")
        }
        let followers = try markets.map { market in
            try Follower(name: "commodity\(market.commodity + 1)", model: market.program(decisions.map(\.name)))
        }
        return try StackelbergGame(
            name: name, space: DecisionSpace(decisions), followers: followers, ties: ties
        ) { system, blocks in
            var revenue = LinearExpression()
            for (market, block) in zip(markets, blocks) {
                let tolled = market.links.indices.filter { market.links[$0].toll != nil }
                for (l, parameter) in zip(tolled, block.parameters) {
                    revenue += market.demand * (parameter * block.variables[l])
                }
            }
            try system.maximise(revenue)
        }
    }
}

extension Market {
    /// With a parameter for each tolled link, in their order.
    ///
    /// - Parameter names: of all tolls.
    fileprivate func program(_ names: [String]) throws -> LinearModel {
        var model = LinearModel()
        var surplus = [LinearExpression](repeating: LinearExpression(), count: nodes)
        var cost = LinearExpression()
        for (l, link) in links.enumerated() {
            let flow = try model.variable("flow\(commodity + 1).\(l)", in: 0...1)
            surplus[link.source] += flow
            surplus[link.target] -= flow
            cost += demand * link.cost * flow
            if let toll = link.toll { cost += try demand * (model.parameter(names[toll]) * flow) }
        }
        for node in 0..<nodes where node != destination {
            try model.add(surplus[node] == (node == origin ? 1 : 0), named: "node\(commodity + 1).\(node)")
        }
        try model.minimise(cost)
        return model
    }
}
