import LinearModels

/// What is traded and within which prices, party by party.
struct TradedEnergy {
    struct Item {
        let offer: Int
        let step: Int
        let seller: Int
        let buyer: Int
        /// kWh.
        let energy: Double
        /// CNY/kWh.
        let lower: Double
        let upper: Double
    }

    let items: [Item]
    let offers: Int
    let steps: Int
    let parties: Int

    /// Less than this of the largest trade of a step is what a solver leaves of nothing.
    private static let noise = 1e-9

    /// - Parameter energy: kWh by offer and step.
    init(_ terms: CoalitionTerms, energy: [[Double]]) {
        let names = terms.members.map(\.name)
        let most = energy.joined().max() ?? 0
        var items: [Item] = []
        for (k, offer) in terms.offers.enumerated() {
            guard let seller = names.firstIndex(of: offer.trade.seller),
                let buyer = names.firstIndex(of: offer.trade.buyer)
            else { continue }
            for (t, energy) in energy[k].enumerated() where energy > Self.noise * max(1, most) {
                items.append(
                    Item(
                        offer: k, step: t, seller: seller, buyer: buyer, energy: energy, lower: offer.lower[t],
                        upper: offer.upper[t]))
            }
        }
        self.items = items
        offers = terms.offers.count
        steps = energy.first?.count ?? 0
        parties = names.count
    }

    /// A program of prices: a level per item, and what each party pays.
    struct Program {
        var model = LinearModel()
        var levels: [Variable] = []
        /// By party, CNY over the horizon.
        var payments: [LinearExpression]
    }

    func program() throws -> Program {
        var program = Program(payments: Array(repeating: LinearExpression(), count: parties))
        for (k, item) in items.enumerated() {
            let level = try program.model.variable("level\(k)", in: 0...1)
            program.levels.append(level)
            let paid = item.energy * item.lower + (item.energy * (item.upper - item.lower)) * level
            program.payments[item.buyer] += paid
            program.payments[item.seller] += -paid
        }
        return program
    }

    /// CNY/kWh by offer and step.
    func prices(_ levels: [Double]) -> [[Double?]] {
        var prices = [[Double?]](repeating: Array(repeating: nil, count: steps), count: offers)
        for (item, level) in zip(items, levels) {
            prices[item.offer][item.step] = item.lower + min(1, max(0, level)) * (item.upper - item.lower)
        }
        return prices
    }

    /// What each party pays at these prices, CNY over the horizon.
    func payments(_ prices: [[Double?]]) -> [Double] {
        var payments = [Double](repeating: 0, count: parties)
        for item in items {
            let paid = (prices[item.offer][item.step] ?? 0) * item.energy
            payments[item.buyer] += paid
            payments[item.seller] -= paid
        }
        return payments
    }
}
