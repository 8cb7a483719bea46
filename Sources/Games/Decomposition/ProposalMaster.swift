import LinearModels

/// The restricted master program of Dantzig and Wolfe (1960) over the plans that parties have proposed.
///
/// Money is counted in the network's scale of it and trades in theirs, so that the program has the same numbers in all
/// units.
struct ProposalMaster {
    private let network: ExchangeNetwork
    private let scales: Negotiation.Scales
    /// By party, and the fees of what it buys included.
    private let proposals: [[(trades: [[Double]], cost: Double)]]

    /// - Parameter count: acting alone and so many of the last plans of each party; all plans without it.
    init(_ negotiation: Negotiation, _ scales: Negotiation.Scales, among count: Int = .max) {
        let network = negotiation.network
        self.network = network
        self.scales = scales
        proposals = zip(network.ports, negotiation.proposals).map { ports, proposals in
            (proposals.prefix(1) + proposals.dropFirst().suffix(count)).map { proposal in
                let fees = zip(ports, proposal.trades).reduce(0.0) {
                    $0 + ($1.0.role == .buyer ? network.links[$1.0.link].fee * $1.1.reduce(0, +) : 0)
                }
                return (proposal.trades, (proposal.ask + fees) / scales.money)
            }
        }
    }

    private struct Program {
        var model = LinearModel()
        var weights: [[Variable]] = []
        var cost = LinearExpression()
        /// By link and step: what is bought less what is sold.
        var balances: [[LinearExpression]] = []
    }

    private func program(_ kind: Variable.Kind) throws -> Program {
        var program = Program()
        program.balances = network.links.map { $0.capacity.map { _ in LinearExpression() } }
        for (party, plans) in proposals.enumerated() {
            let weights = try plans.indices.map {
                try program.model.variable("weight_\(party)_\($0)", in: 0...1, kind: kind)
            }
            try program.model.add(sum(weights) == 1, named: "plan_\(party)")
            for (weight, plan) in zip(weights, plans) {
                if plan.cost != 0 { program.cost += plan.cost * weight }
                for (port, list) in zip(network.ports[party], plan.trades) {
                    let sign = port.role == .buyer ? 1.0 : -1
                    for (step, value) in list.enumerated() where value != 0 {
                        program.balances[port.link][step] += (sign * value / scales.quantity) * weight
                    }
                }
            }
            program.weights.append(weights)
        }
        return program
    }

    /// The copies of trades that weights of plans make.
    private func copies(_ weights: [[Double]]) -> Negotiation.Copies {
        var copies = Negotiation.Copies(sold: network.filled(with: 0), bought: network.filled(with: 0))
        for (party, plans) in proposals.enumerated() {
            for (weight, plan) in zip(weights[party], plans) where weight > 0 {
                for (port, list) in zip(network.ports[party], plan.trades) {
                    for (step, value) in list.enumerated() {
                        if port.role == .seller {
                            copies.sold[port.link][step] += weight * value
                        } else {
                            copies.bought[port.link][step] += weight * value
                        }
                    }
                }
            }
        }
        return copies
    }

    /// The cheapest mix of plans whose trades agree.
    func mix() throws -> [[Double]] {
        var program = try program(.continuous)
        for (link, row) in program.balances.enumerated() {
            for (step, balance) in row.enumerated() where !balance.isConstant {
                try program.model.add(balance == 0, named: "balance_\(link)_\(step)")
            }
        }
        try program.model.minimise(program.cost)
        let session = try solved(program.model)
        let mixed = copies(program.weights.map { $0.map(session.value(of:)) })
        return mixed.mean
    }

    /// Where the pieces of the penalty end, in units of ``Negotiation/Scales/quantity``.
    private static let pieces = [0.003, 0.01, 0.03, 0.1, 0.3, 1]

    /// Prices of the cheapest mix whose trades need not agree quite: what does not is paid for the dearer, the more it
    /// is, in pieces of a square. The prices are then those near a centre that a proximal step would take
    /// (Lemarechal 1975; with pieces du Merle, Villeneuve, Desrosiers and Hansen 1999).
    ///
    /// - Parameter reach: how far a price may be from the centre.
    /// - Returns: the prices, the mean of both copies of the mix, and the most that the bound can be near the centre as
    ///   far as the plans so far tell.
    func step(
        from centre: [[Double]], reach: Double
    ) throws -> (prices: [[Double]], trades: [[Double]], value: Double) {
        var program = try program(.continuous)
        var cost = program.cost
        var rows: [[Constraint]] = []
        for (link, row) in program.balances.enumerated() {
            var constraints: [Constraint] = []
            for (step, balance) in row.enumerated() {
                let id = "\(link)_\(step)"
                let price = centre[link][step] / scales.price
                var left = balance
                var start = 0.0
                for (k, end) in Self.pieces.enumerated() {
                    let isLast = k == Self.pieces.count - 1
                    let range = 0...(isLast ? Double.infinity : end - start)
                    let tooLittle = try program.model.variable("short_\(id)_\(k)", in: range)
                    let tooMuch = try program.model.variable("over_\(id)_\(k)", in: range)
                    // A unit that is sold and not bought is paid less, one that is bought alone more.
                    let offset = reach / scales.price * (isLast ? 1 : (start + end) / 2)
                    cost += (offset - price) * tooLittle
                    cost += (offset + price) * tooMuch
                    left += tooLittle - tooMuch
                    start = end
                }
                constraints.append(try program.model.add(left == 0, named: "balance_\(id)"))
            }
            rows.append(constraints)
        }
        try program.model.minimise(cost)
        let session = try solved(program.model)
        let prices = zip(rows, centre).map { constraints, centre in
            zip(constraints, centre).map { constraint, centre in
                min(max(-session.dual(of: constraint) * scales.price, centre - reach), centre + reach)
            }
        }
        let mixed = copies(program.weights.map { $0.map(session.value(of:)) })
        return (prices, mixed.mean, session.objectiveValue * scales.money)
    }

    /// One whole plan of each party, with as little disagreement as is worth it.
    func wholePlans() throws -> Negotiation.Copies {
        var program = try program(.binary)
        var cost = program.cost
        for (link, row) in program.balances.enumerated() {
            for (step, balance) in row.enumerated() where !balance.isConstant {
                let distance = try program.model.variable("distance_\(link)_\(step)")
                try program.model.add(distance - balance >= 0, named: "above_\(link)_\(step)")
                try program.model.add(distance + balance >= 0, named: "below_\(link)_\(step)")
                cost += distance
            }
        }
        try program.model.minimise(cost)
        let session = try SolverSession(program.model, limits: SolveLimits(nodes: 2_000))
        switch try session.solve() {
        case .optimal, .limit(.some): break
        default: return copies(proposals.map { _ in [1] })
        }
        return copies(program.weights.map { $0.map { session.value(of: $0).rounded() } })
    }

    private func solved(_ model: LinearModel) throws -> SolverSession {
        let session = try SolverSession(model)
        let status = try session.solve()
        guard status == .optimal else { throw SolverSessionError.noSolution(status: "\(status)") }
        return session
    }
}
