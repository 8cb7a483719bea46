import LinearModels

/// A follower's model as models that can be solved apart: a relaxation of it.
///
/// Members of a clearing group who sell to each other are tied together only by that: what a seller sells,
/// `sum over u of v_u`, spares the buyers their purchase outside. With the intake `w_u = purchase_u + v_u`, both priced
/// at the outside price `p`, the group's cost
///
///     sum over u of p * purchase_u  =  sum over u of p * w_u  -  p * V,     V = sum over u of v_u
///
/// falls apart into the buyers' models, in which all intake is bought, and the seller's, in which `V` is sold outside
/// at the same price. Left out are only `v_u <= w_u` and upper bounds of single trades. Where the answers found apart
/// satisfy them, they are the answer of the whole; elsewhere the whole is solved.
public struct FollowerParts: Sendable {
    public let models: [LinearModel]
    /// Columns of the parts, counted through all of them, with the column of the whole that each one is.
    public let copies: [(part: Int, whole: Int)]
    public let pools: [Pool]

    /// Sales of one seller in one step, to whichever of the buyers.
    public struct Pool: Sendable {
        /// Column of `V` in the parts.
        public let sale: Int
        public let buyers: [Buyer]

        public struct Buyer: Sendable {
            /// Column of `w_u` in the parts.
            public let intake: Int
            /// Columns of `purchase_u` and `v_u` in the whole.
            public let purchase: Int
            public let trade: Int
            /// Upper bounds of those.
            public let mostPurchased: Double
            public let mostTraded: Double

            public init(intake: Int, purchase: Int, trade: Int, mostPurchased: Double, mostTraded: Double) {
                self.intake = intake
                self.purchase = purchase
                self.trade = trade
                self.mostPurchased = mostPurchased
                self.mostTraded = mostTraded
            }
        }

        public init(sale: Int, buyers: [Buyer]) {
            self.sale = sale
            self.buyers = buyers
        }
    }

    public init(models: [LinearModel], copies: [(part: Int, whole: Int)], pools: [Pool]) {
        self.models = models
        self.copies = copies
        self.pools = pools
    }

    /// Puts the parts' values together.
    ///
    /// - Parameters:
    ///   - whole: the follower's values; overwritten.
    /// - Returns: whether they are feasible for the whole.
    func compose(_ values: [Double], into whole: inout [Double]) -> Bool {
        for (part, column) in copies { whole[column] = values[part] }
        for pool in pools {
            var left = values[pool.sale]
            let rounding = 1e-9 * max(1, abs(left))
            for buyer in pool.buyers {
                let intake = values[buyer.intake]
                let bought = max(0, min(left, intake, buyer.mostTraded))
                guard intake - bought <= buyer.mostPurchased + rounding else { return false }
                whole[buyer.trade] = bought
                whole[buyer.purchase] = intake - bought
                left -= bought
            }
            if left > rounding { return false }
        }
        return true
    }

    /// Whether who buys from the pool is open: then the whole has several optima.
    func leavesBuyersOpen(_ values: [Double]) -> Bool {
        pools.contains { pool in values[pool.sale] > 0 && pool.buyers.count { values[$0.intake] > 0 } > 1 }
    }

    /// A second objective of the whole, as one of the parts.
    ///
    /// - Returns: nil where it minds who buys from the pool.
    func pullBack(_ gradient: ArraySlice<Double>) -> [Double]? {
        var pulled = [Double](repeating: 0, count: models.reduce(0) { $0 + $1.variableCount })
        let first = gradient.startIndex
        for (part, column) in copies { pulled[part] = gradient[first + column] }
        for pool in pools {
            var gain: Double?
            for buyer in pool.buyers {
                let (bought, sold) = (gradient[first + buyer.purchase], gradient[first + buyer.trade])
                if let gain, abs(sold - bought - gain) > 1e-12 * max(1, abs(gain)) { return nil }
                gain = gain ?? sold - bought
                pulled[buyer.intake] = bought
            }
            pulled[pool.sale] = gain ?? 0
        }
        return pulled
    }
}
