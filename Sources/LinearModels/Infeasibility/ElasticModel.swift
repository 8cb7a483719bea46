/// A model whose rules may give way, each at a price: `lower - s <= a x + ... <= upper + s` with `s >= 0`, and the sum
/// of `price * s` minimal.
///
/// Bounds that may give way stand in rows. Whole numbers stay whole.
struct ElasticModel {
    private let numeric: NumericModel
    private let limits: SolveLimits
    private var model = LinearModel()
    /// What gives way, by column: negative amounts below the limit.
    private var slacks: [(column: Int, rule: ModelRule, limit: Double, sign: Double)] = []
    /// The rule of each row.
    private var ruleOfRow: [ModelRule] = []
    /// Columns of what gives way for several rules at once.
    private var shared: [String: Int] = [:]

    /// - Parameters:
    ///   - price: of a unit by which a rule gives way; nil for a rule that stands.
    ///   - number: what rules share that are one number, so that they give way together; nil for a rule of its own.
    init(
        _ numeric: NumericModel, limits: SolveLimits, sharing number: (ModelRule) -> String? = { _ in nil },
        price: (ModelRule) -> Double?
    ) throws {
        self.numeric = numeric
        self.limits = limits
        var bounds = numeric.columns
        var soft: [(rule: ModelRule, price: Double)] = []
        for rule in numeric.rules where rule.kind != .row {
            guard rule.kind != .wholeNumber, let price = price(rule) else { continue }
            if rule.kind == .lowerBound {
                bounds[rule.index].lower = -.infinity
            } else {
                bounds[rule.index].upper = .infinity
            }
            soft.append((rule, price))
        }
        for (bound, column) in zip(bounds, numeric.model.columns) {
            try model.append(bound.lower, bound.upper, column.kind)
        }
        var cost = LinearExpression()
        for (rule, price) in soft {
            let (lower, upper) = (numeric.columns[rule.index].lower, numeric.columns[rule.index].upper)
            let isUpper = rule.kind == .upperBound
            try add(
                [(rule.index, 1)], isUpper ? -.infinity : lower, isUpper ? upper : .infinity, of: rule, number(rule),
                price,
                &cost)
        }
        for rule in numeric.rules where rule.kind == .row {
            let bounds = numeric.rows[rule.index]
            try add(
                numeric.model.rows[rule.index].coefficients, bounds.lower, bounds.upper, of: rule, number(rule),
                price(rule), &cost)
        }
        model.setCheckedObjective(cost, sense: .minimise)
    }

    private mutating func add(
        _ coefficients: [(column: Int, value: Double)], _ lower: Double, _ upper: Double, of rule: ModelRule,
        _ number: String?, _ price: Double?, _ cost: inout LinearExpression
    ) throws {
        guard let price else { return try append(coefficients, lower, upper, of: rule) }
        if number != nil, lower.isFinite, upper.isFinite {
            // One slack for both sides needs a row for each.
            try add(coefficients, lower, .infinity, of: rule, number, price, &cost)
            return try add(coefficients, -.infinity, upper, of: rule, number, price, &cost)
        }
        var coefficients = coefficients
        for (limit, sign) in [(lower, 1.0), (upper, -1.0)] where limit.isFinite {
            let known = number.flatMap { shared[$0] }
            let slack = try known ?? model.append(0, .infinity, .continuous)
            if let number { shared[number] = slack }
            if known == nil {
                cost.terms.append(.init(variable: Variable(index: slack, model: model.identity), coefficient: price))
            }
            slacks.append((slack, rule, limit, -sign))
            coefficients.append((slack, sign))
        }
        try append(coefficients, lower, upper, of: rule)
    }

    private mutating func append(
        _ coefficients: [(column: Int, value: Double)], _ lower: Double, _ upper: Double, of rule: ModelRule
    ) throws {
        try model.append(lower, upper, coefficients)
        ruleOfRow.append(rule)
    }

    /// The cheapest changes that leave some point; nil where the rules that may not give way have none.
    func changes() throws -> [RuleChange]? {
        let session = try SolverSession(model, limits: limits)
        switch try session.solve() {
        case .optimal, .limit(.some): break
        default: return nil
        }
        return slacks.compactMap { slack in
            let amount = session.values[slack.column]
            guard amount > 1e-7 * max(1, abs(slack.limit)) else { return nil }
            return RuleChange(rule: slack.rule, limit: slack.limit, amount: slack.sign * amount)
        }
    }

    /// Rules whose rows have a dual at the optimum of the linear relaxation: together with what stands they leave no
    /// point.
    func proof() throws -> Set<ModelRule> {
        var relaxed = model
        for j in relaxed.columns.indices { relaxed.columns[j].kind = .continuous }
        let session = try SolverSession(relaxed, limits: limits)
        guard try session.solve() == .optimal else { return [] }
        return Set(ruleOfRow.indices.filter { abs(session.dual(ofRow: $0)) > 1e-9 }.map { ruleOfRow[$0] })
    }
}

extension LinearModel {
    /// The least changes of rules after which some point satisfies all: the sum of `price * |amount|` is minimal.
    ///
    /// - Parameters:
    ///   - parameters: one number per parameter.
    ///   - limits: of the solve; one that ends it early leaves changes that suffice, but may not be the least.
    ///   - number: what rules share that are one number, such as a capacity at all hours: they give way together, and
    ///     are paid for once.
    ///   - price: of a unit by which a rule gives way; nil for a rule that stands. Whole numbers stay whole.
    /// - Returns: no change where none is needed; nil where these changes alone cannot mend it.
    package func leastChanges(
        at parameters: [Double], limits: SolveLimits = SolveLimits(nodes: 2_000),
        sharing number: (ModelRule) -> String? = { _ in nil }, price: (ModelRule) -> Double?
    ) throws -> [RuleChange]? {
        let elastic = try ElasticModel(
            NumericModel(self, at: parameters), limits: limits, sharing: number, price: price)
        do {
            return try elastic.changes()
        } catch SolverSessionError.solverFailed {
            return nil
        }
    }

    /// The model with rules changed: what ``leastChanges(at:limits:sharing:price:)`` proposes.
    package func changing(_ changes: [RuleChange]) -> LinearModel {
        var result = self
        func moved(_ side: ParameterExpression, _ amount: Double) -> ParameterExpression {
            side + ParameterExpression(amount)
        }
        for change in changes {
            let index = change.rule.index
            switch (change.rule.kind, change.amount > 0) {
            case (.lowerBound, _): result.columns[index].lower = moved(columns[index].lower, change.amount)
            case (.upperBound, _): result.columns[index].upper = moved(columns[index].upper, change.amount)
            case (.row, true): result.rows[index].upper = moved(rows[index].upper, change.amount)
            case (.row, false): result.rows[index].lower = moved(rows[index].lower, change.amount)
            case (.wholeNumber, _): break
            }
        }
        return result
    }
}
