import Energy
import Games
import LinearModels

/// Followers who trade with each other, and therefore answer together.
struct ClearingGroup {
    let members: [String]
    let system: EnergySystem
    let operatorName: String
    /// The group's joint model, minimising what its members pay to others.
    let built: BuiltSystem

    /// How it falls apart where members resell to each other; nil where they do not, or are tied by more than that.
    private(set) var parts: FollowerParts?
    /// The joint model as models that share no row, such as the days of a year without storage; one for a group that
    /// falls into ``parts``, and for a small one.
    private(set) var pieces: [ModelPart] = []

    /// Beyond so many variables a model is taken apart: the time of a solve grows faster than they do.
    private static let mostInOnePiece = 500

    init(members: [String], system: EnergySystem, operatorName: String) throws {
        self.members = members
        self.system = system
        self.operatorName = operatorName
        built = try system.build(members, minimising: members)
        parts = try parts(of: built.model)
        pieces = try built.model.pieces(ofAtMost: parts == nil ? Self.mostInOnePiece : .max)
    }

    /// - Parameters:
    ///   - day: what their names begin with, where there are several.
    ///   - weight: how often it comes.
    func followers(of day: String?, weight: Double) -> [Follower] {
        let name = [day, members.joined(separator: " + ")].compactMap(\.self).joined(separator: ": ")
        guard pieces.count > 1 else {
            return [Follower(name: name, model: built.model, parts: parts, prefix: day, weight: weight)]
        }
        return Follower.pieces(pieces, name: name, prefix: day, weight: weight)
    }

    /// One seller's sales of a carrier to members who buy the same carrier from the operator, all at one price.
    private struct Resale {
        let purchases: [Trade]
        let sales: [Trade]
        /// The sale of everything to the operator, at what buyers pay it.
        let outside: Trade
        /// Purchases that include what was bought from the seller.
        let intakes: [Trade]

        init(from seller: String, purchases: [Trade], sales: [Trade]) {
            self.purchases = purchases
            self.sales = sales
            let steps = sales[0].limit.indices
            outside = Trade(
                name: "resale.\(seller).\(sales[0].carrier)", seller: seller, buyer: purchases[0].seller,
                carrier: sales[0].carrier, price: purchases[0].price,
                limit: steps.map { t in sales.reduce(0) { $0 + $1.limit[t] } })
            intakes = zip(purchases, sales).map { purchase, sale in
                var intake = purchase
                intake.limit = steps.map { purchase.limit[$0] + sale.limit[$0] }
                return intake
            }
        }
    }

    /// How the group falls apart, see `FollowerParts`; nil where its members are tied by more than resales beside
    /// purchases from the operator.
    private func parts(of model: LinearModel) throws -> FollowerParts? {
        // A charge is on what is bought from the operator, which the parts do not tell from what is resold.
        guard members.count > 1, !system.charges.contains(where: { members.contains($0.buyer) }),
            let resale = resale()
        else { return nil }
        var apart = system
        let replaced = Set((resale.sales + resale.purchases).map(\.name))
        apart.trades.removeAll { replaced.contains($0.name) }
        apart.trades += resale.intakes + [resale.outside]

        let models = try members.map { try apart.build([$0], minimising: [$0]).model }
        var places: [String: Int] = [:]
        for name in models.flatMap(\.variableNames) { places[name] = places.count }
        let names = model.variableNames
        let columns = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })

        var pools: [FollowerParts.Pool] = []
        var pooled: Set<Int> = []
        for t in system.time.indices {
            guard let sale = places[resale.outside.variable(at: t)] else { return nil }
            var buyers: [FollowerParts.Pool.Buyer] = []
            for (offer, trade) in zip(resale.purchases, resale.sales) {
                guard let intake = places[offer.variable(at: t)], let purchase = columns[offer.variable(at: t)],
                    let sold = columns[trade.variable(at: t)]
                else { return nil }
                buyers.append(
                    .init(
                        intake: intake, purchase: purchase, trade: sold, mostPurchased: offer.limit[t],
                        mostTraded: trade.limit[t]))
                pooled.formUnion([purchase, sold])
            }
            pools.append(.init(sale: sale, buyers: buyers))
        }
        var copies: [(part: Int, whole: Int)] = []
        for (column, name) in names.enumerated() where !pooled.contains(column) {
            guard let part = places[name] else { return nil }
            copies.append((part, column))
        }
        return FollowerParts(models: models, copies: copies, pools: pools)
    }

    private func resale() -> Resale? {
        let inside = system.trades.filter { members.contains($0.seller) && members.contains($0.buyer) }
        // Two sellers to the same buyers would have to share what those take.
        guard let first = inside.first, inside.allSatisfy({ $0.seller == first.seller && $0.carrier == first.carrier }),
            Set(inside.map(\.buyer)).count == inside.count
        else { return nil }
        let purchases = inside.map { sale in
            system.trades.filter {
                $0.seller == operatorName && $0.buyer == sale.buyer && $0.carrier == sale.carrier
            }
        }
        guard purchases.allSatisfy({ $0.count == 1 && $0[0].price == purchases[0][0].price }) else { return nil }
        return Resale(from: first.seller, purchases: purchases.map { $0[0] }, sales: inside)
    }
}
