import LinearModels

/// The game as one program, a relaxation of it: the decision, the system and what keeps each follower at its best are
/// variables of a linear program that maximises the payoff.
///
/// What is hard about the game stands beside the linear program, for a ``Certifier`` to enforce by branching: products
/// of a decision and a quantity, pairs of which one is zero, whole numbers, squares. A product `w = p q` is in the
/// payoff and in a follower's own cost as one variable, so that `payment = dual objective` (strong duality) holds the
/// payoff together.
struct SingleLevelProgram {
    /// What is to be known of the followers.
    enum Depth {
        /// Nothing: the leader chooses for them (the high-point relaxation).
        case highPoint
        /// Conditions that a linear program can hold, one for each follower: its payment is its dual's objective.
        case bound
        /// The same for each row and each column of a follower (``addComplements(of:at:dual:parameters:)``): several
        /// times as large, and much closer.
        case complements
        /// Conditions that are exact once every pair has a zero.
        case exact
        /// The same for a game whose objectives hold no products, in few rows.
        case linear
    }

    /// `value = factor * quantity`.
    struct Envelope {
        let factor: Variable
        let quantity: Variable
        let value: Variable
        /// Its four rows (McCormick 1976), which say nothing until they are written for a box; none in a program whose
        /// envelopes come as they are broken (``SingleLevelProgram/complements``).
        var rows: [Constraint]
    }

    /// `value = decision * quantity`.
    struct Product {
        let decision: Int
        /// What the quantity is.
        let amount: LinearExpression
        var envelope: Envelope
        var quantity: Variable { envelope.quantity }
        var value: Variable { envelope.value }
    }

    /// What a row is worth to a follower, times the quantities of the row.
    struct RowWorth {
        let dual: Variable
        /// Of which this is the worth: the first whose price stands in a column of the row; nil where none does.
        let decision: Int?
    }

    /// A follower's cost, apart from what the decision alone adds: `own x + sum(factor * p * x)`.
    struct Payment {
        let follower: Int
        let own: LinearExpression
        /// Places in ``products``.
        var products: [Int]
        /// By decision and by variable of the game's system.
        let terms: [BilinearForm.Product]
        /// How often the payoff holds it, such as the weight of the day that it is of.
        let weight: Double
    }

    /// What may be left out, for tests that measure what it is worth.
    struct Omissions: OptionSet {
        let rawValue: Int
        /// Conditions of single rows and columns.
        static let complements = Omissions(rawValue: 1)
        /// That whole numbers forbid only what never pays.
        static let idleExclusions = Omissions(rawValue: 2)
        /// Ranges narrowed through rows.
        static let propagation = Omissions(rawValue: 4)
        /// The bounds of products that those of their factors give.
        static let productBounds = Omissions(rawValue: 8)
        /// What products with the worth of a row say of where to split.
        static let worthBranching = Omissions(rawValue: 16)
        /// That rows of envelopes come as they are broken: all are there at once.
        static let growingEnvelopes = Omissions(rawValue: 32)
    }

    let game: StackelbergGame
    let omitted: Omissions
    var model: LinearModel
    let decisions: [Variable]
    /// The variables of the game's system, in its order.
    let columns: [Variable]
    private(set) var products: [Product] = []
    private(set) var payments: [Payment] = []
    /// Those of single columns and rows.
    var complements: [Envelope] = []
    var rowWorths: [RowWorth] = []
    private(set) var pairs: [ComplementaryPair] = []
    /// Pairs of a game in which all is linear, instead of those.
    var linearPairs: [OptimalityPair] = []
    /// Variables of the system that must be whole numbers, where those matter.
    private(set) var integers: [Variable] = []
    private(set) var conditions: [FollowerConditions] = []
    /// Whether every product of the leader's objective is some follower's payment to it.
    private(set) var paymentsCancel = true
    /// What the payoff holds beside products: of the system's variables and of squares, and of the decision alone.
    var own: LinearExpression
    let alone: [(factor: Double, decision: Int)]
    /// For each product, how often the payoff holds it; 0 where it does not.
    private(set) var shares: [Double] = []
    /// The payoff of a leader that weighs scenarios by their risk.
    private var worth: LinearExpression?
    private(set) var squares = SquareVariables()
    /// Rows that say nothing, to be written as cuts.
    private(set) var spareRows: [Constraint] = []

    static let spareRowCount = 200

    init(_ game: StackelbergGame, depth: Depth, omitting omitted: Omissions = []) throws {
        (self.game, self.omitted) = (game, omitted)
        (model, columns, decisions) = try Self.system(of: game)
        let sign = game.system.sense == .maximise ? 1.0 : -1.0
        let objective = game.form(of: game.system, game.bindings.system, times: sign, firstVariable: 0)
        own = objective.own(over: columns)
        alone = objective.ofParameters.enumerated().filter { $0.element != 0 }.map { ($0.element, $0.offset) }
        var left = objective.mergedProducts
        for k in game.followers.indices {
            try addFollower(k, depth: depth, left: &left)
        }
        let first = game.offset(of: game.followers.count).column
        integers += game.system.integers.filter { $0.index >= first }.map { columns[$0.index] }
        // What is left of the leader's products is no payment between the two, or another one on each side.
        paymentsCancel = left.isEmpty
        for i in try addProducts(left, named: "rest") { shares[i] = 1 }
        if !payments.isEmpty, conditions.contains(.responses), depth != .highPoint, depth != .linear {
            spareRows = try (0..<Self.spareRowCount).map {
                try model.add(sum(decisions) <= 1e9, named: "@spare\($0)")
            }
        }
        squares = try SquareVariables(
            game.squares, times: sign, decisions: decisions.map { 1.0 * $0 }, columns: columns, in: &model)
        own += squares.objective
        worth = try game.risk.map { try add($0, times: sign) }
        if complements.isEmpty {
            for i in products.indices {
                products[i].envelope.rows = try addRows(of: products[i].envelope, named: "\(i)")
            }
        }
        try model.maximise(payoff)
    }

    /// Whether no product, square or weighing of scenarios makes the payoff more than linear.
    var isLinear: Bool { products.isEmpty && game.squares.isEmpty && game.risk == nil }

    /// The payoff over the program's variables.
    var payoff: LinearExpression {
        worth ?? own + sum(alone.map { $0.factor * decisions[$0.decision] })
            + sum(products.indices.filter { shares[$0] != 0 }.map { shares[$0] * products[$0].value })
    }

    /// A follower's cost over the program's variables, without constants and what the decision alone adds.
    func payment(of payment: Payment) -> LinearExpression {
        payment.own - LinearExpression(payment.own.constant) + sum(payment.products.map { products[$0].value })
    }

    /// The payoff, or where scenarios are weighed by their risk the one that is expected and no less, without the
    /// followers' costs, each as often as it counts, and what the leader earns from the decision alone.
    var beside: LinearExpression {
        var beside = own - sum(payments.map { $0.weight * $0.own })
        var costs = products.map { _ in 0.0 }
        for payment in payments { for i in payment.products { costs[i] = payment.weight } }
        for (i, product) in products.enumerated() where shares[i] != costs[i] {
            beside += (shares[i] - costs[i]) * product.value
        }
        return beside
    }

    /// The system with decisions as variables.
    private static func system(
        of game: StackelbergGame
    ) throws -> (LinearModel, columns: [Variable], decisions: [Variable]) {
        var system = game.system.withoutIntegrality
        try system.minimise(LinearExpression())
        let freed = game.bindings.system
        let ranges = freed.select(from: game.space.decisions.map { $0.lower...$0.upper })
        var model = try system.freeing(zip(system.parameters, ranges).map { ($0, $1) })
        let all = model.variables
        let known = Dictionary(uniqueKeysWithValues: zip(freed.decisions, all[system.variableCount...]))
        let decisions = try game.space.decisions.enumerated().map { index, decision in
            try known[index]
                ?? model.variable(LinearModel.legal(decision.name), in: decision.lower...decision.upper)
        }
        try game.space.addRows(to: &model, decisions)
        return (model, Array(all[..<system.variableCount]), decisions)
    }

    private mutating func addFollower(_ k: Int, depth: Depth, left: inout [BilinearForm.Product]) throws {
        let follower = game.followers[k]
        let first = game.offset(of: k).column
        let block = Array(columns[first..<first + follower.model.variableCount])
        let parameters = game.bindings.followers[k].select(from: decisions)
        let cost = game.form(of: follower.model, game.bindings.followers[k], times: 1, firstVariable: first)
        let (costs, terms) = (cost.own(over: columns), cost.mergedProducts)
        let indices = try addProducts(terms, named: "\(k)")
        // A quantity that the leader's objective counts as the follower's does is the payment itself. How often the
        // objective counts payments is its own: another unit of it, or a share that goes to someone else.
        let members = first..<first + block.count
        let ratios = indices.map { ratio(of: left, to: $0, terms, members) }
        let weight = Self.weight(of: ratios.compactMap { $0 }, expected: follower.weight)
        payments.append(Payment(follower: k, own: costs, products: indices, terms: terms, weight: weight))
        for (i, ratio) in zip(indices, ratios) {
            guard let ratio, Self.isSame(ratio, weight) else { continue }
            left.removeAll { $0.parameter == products[i].decision && members.contains($0.variable) }
            shares[i] = weight
        }
        guard depth != .highPoint else {
            conditions.append(.none)
            return
        }
        var (kind, program) = (FollowerConditions(follower), follower.model)
        if kind == .responses, depth == .complements, !omitted.contains(.idleExclusions),
            let linear = try follower.linearEquivalent(in: game.space, game.bindings.followers[k])
        {
            (kind, program) = (.dualityWithoutWholeNumbers, linear)
        }
        if kind == .duality, depth == .complements { program = program.withoutIdleBounds }
        conditions.append(kind)
        let fees = cost.ofParameters.enumerated().filter { $0.element != 0 }.map { $0.element * decisions[$0.offset] }
        let payment = costs + sum(fees) + sum(indices.map { products[$0].value })
        switch kind {
        case .duality where depth == .linear, .complementarity where depth == .linear:
            linearPairs += try model.addOptimality(
                of: follower.model, at: block, parameters: parameters, named: "@follower\(k)")
        case .duality, .dualityWithoutWholeNumbers:
            let dual: DualProgram
            if depth == .exact {
                let added = try model.addComplementarity(
                    of: follower.model, at: block, parameters: parameters, named: "@follower\(k)")
                pairs += added.pairs
                dual = added.dual
            } else {
                dual = try model.addDual(of: program, parameters: parameters, named: "@follower\(k).dual")
                if depth == .complements, !omitted.contains(.complements) {
                    try addComplements(of: program, at: block, dual: dual, costs: cost, named: "@follower\(k)")
                }
            }
            do {
                try model.add(payment - dual.objective == 0, named: "@follower\(k).duality")
            } catch ModelError.emptyConstraint {
                // It pays nothing and nothing binds it: at its best wherever it is.
            }
        case .complementarity where depth == .exact:
            pairs += try model.addComplementarity(
                of: follower.model, at: block, parameters: parameters, named: "@follower\(k)"
            ).pairs
        case .complementarity: break
        case .responses, .none: integers += follower.model.integers.map { block[$0.index] }
        }
    }

    private static func isSame(_ ratio: Double, _ weight: Double) -> Bool { abs(ratio - weight) <= 1e-12 * weight }

    /// How often most of what a follower pays counts, given how often it does at each decision.
    private static func weight(of ratios: [Double], expected: Double) -> Double {
        guard ratios.contains(where: { !isSame($0, expected) }) else { return expected }
        func count(_ weight: Double) -> Int { ratios.count { isSame($0, weight) } }
        return ratios.filter { $0 > 0 }.reduce(expected) { count($1) > count($0) ? $1 : $0 }
    }

    /// How often an objective counts what a follower pays at one decision; nil where it counts it otherwise.
    ///
    /// - Parameters:
    ///   - objective: the objective's products.
    ///   - product: the place of the payment's product in ``products``.
    ///   - terms: what the follower pays.
    ///   - members: the follower's variables.
    func ratio(
        of objective: [BilinearForm.Product], to product: Int, _ terms: [BilinearForm.Product], _ members: Range<Int>
    ) -> Double? {
        let price = products[product].decision
        let own = terms.filter { $0.parameter == price }
        let counted = objective.filter { $0.parameter == price && members.contains($0.variable) }
        guard own.count == counted.count, let first = own.first, let other = counted.first else { return nil }
        let isSame = zip(own, counted).allSatisfy { abs($0.factor - $1.factor) <= 1e-12 * abs($0.factor) }
        let ratio = isSame ? 1 : other.factor / first.factor
        let agrees = zip(own, counted).allSatisfy {
            $0.variable == $1.variable && abs(ratio * $0.factor - $1.factor) <= 1e-12 * abs($1.factor)
        }
        return agrees ? ratio : nil
    }

    /// Adds a product for each parameter among the terms.
    ///
    /// - Returns: their indices in ``products``.
    mutating func addProducts(_ terms: [BilinearForm.Product], named name: String) throws -> [Int] {
        var indices: [Int] = []
        for (j, decision) in decisions.enumerated() {
            let own = terms.filter { $0.parameter == j }
            guard let only = own.first else { continue }
            let amount = sum(own.map { $0.factor * columns[$0.variable] })
            var quantity = columns[only.variable]
            if own.count > 1 || only.factor != 1 {
                quantity = try model.variable("@quantity\(name).\(j)", in: -.infinity ... .infinity)
                try model.add(amount - quantity == 0, named: "@quantity\(name).\(j)")
            }
            indices.append(products.count)
            let envelope = try addEnvelope(of: decision, times: quantity, named: "\(name).\(j)")
            products.append(Product(decision: j, amount: amount, envelope: envelope))
            shares.append(0)
        }
        return indices
    }

    mutating func addEnvelope(of factor: Variable, times quantity: Variable, named name: String) throws -> Envelope {
        let value = try model.variable("@value\(name)", in: -.infinity ... .infinity)
        return Envelope(factor: factor, quantity: quantity, value: value, rows: [])
    }

    private mutating func addRows(of envelope: Envelope, named name: String) throws -> [Constraint] {
        try (0..<4).map {
            try model.add(envelope.value + envelope.factor <= 1e9, named: "@envelope\(name).\($0)")
        }
    }
}
