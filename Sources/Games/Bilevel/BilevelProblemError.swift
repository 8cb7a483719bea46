/// What does not fit together in a ``BilevelProblem``.
public enum BilevelProblemError: Error, Equatable, CustomStringConvertible {
    case noVariables(of: String)
    case duplicateName(String)
    case crossedBounds(variable: String, lower: Double, upper: Double)
    case unboundedLeader(variable: String)
    case noWholeNumber(variable: String, lower: Double, upper: Double)
    case notANumber(location: String)
    case wrongCount(location: String, expected: Int, found: Int)
    case noSuchVariable(location: String, index: Int, count: Int)
    case followerNotLinear
    case outsideBounds(location: String, variable: String, value: Double)

    public var description: String {
        switch self {
        case .noVariables(let party): "the \(party) has no variables. Give it at least one."
        case .duplicateName(let name): "two variables are called '\(name)'. Rename one."
        case .crossedBounds(let variable, let lower, let upper):
            "\(variable): the lower bound \(lower) is above the upper bound \(upper)."
        case .unboundedLeader(let variable):
            "\(variable): a search needs a box. Give the leader's variable finite bounds that contain the optimum."
        case .noWholeNumber(let variable, let lower, let upper):
            "\(variable): must be a whole number, but there is none between \(lower) and \(upper)."
        case .notANumber(let location): "\(location): must be a finite number."
        case .wrongCount(let location, let expected, let found):
            "\(location): needs one number per variable, that is \(expected), but has \(found)."
        case .noSuchVariable(let location, let index, let count):
            "\(location): there is no variable number \(index); they count from 0 to \(count - 1)."
        case .followerNotLinear:
            "the follower's objective: holds squares or products of one side's own variables, which only the leader's may. A follower has a linear or integer program for any decision."
        case .outsideBounds(let location, let variable, let value):
            "\(location): \(variable) is \(value), which its bounds or its whole numbers exclude."
        }
    }
}

extension BilevelProblem {
    func check() throws {
        try checkVariables()
        for (title, level) in [("leader", leader), ("follower", follower)] {
            let objective = level.objective
            try checkFactors(objective.x, objective.y, "the \(title)'s objective")
            try checkFinite(objective.constant, "the \(title)'s objective")
            for product in objective.products {
                let location = "a product of the \(title)'s objective"
                try checkIndex(product.x, of: x.count, location)
                try checkIndex(product.y, of: y.count, location)
                try checkFinite(product.factor, location)
            }
            for (products, count) in [(objective.xProducts, x.count), (objective.yProducts, y.count)] {
                for product in products {
                    let location = "a product of the \(title)'s objective"
                    try checkIndex(product.first, of: count, location)
                    try checkIndex(product.second, of: count, location)
                    try checkFinite(product.factor, location)
                }
            }
            for (i, row) in level.rows.enumerated() {
                try checkFactors(row.x, row.y, "row \(i + 1) of the \(title)")
                try checkFinite(row.side, "row \(i + 1) of the \(title)")
            }
        }
        guard follower.objective.xProducts.isEmpty, follower.objective.yProducts.isEmpty else {
            throw BilevelProblemError.followerNotLinear
        }
        if let optimistic { try checkPoint(optimistic, "the optimistic point") }
        if let pessimistic { try checkPoint(pessimistic, "the pessimistic point") }
        if let bound { try checkFinite(bound, "the bound") }
    }

    private func checkVariables() throws {
        for (party, variables) in [("leader", x), ("follower", y)] where variables.isEmpty {
            throw BilevelProblemError.noVariables(of: party)
        }
        var names: Set<String> = []
        for variable in x + y {
            let (name, lower, upper) = (variable.name, variable.lower, variable.upper)
            guard names.insert(name).inserted else { throw BilevelProblemError.duplicateName(name) }
            guard !lower.isNaN, !upper.isNaN, lower < .infinity, upper > -.infinity else {
                throw BilevelProblemError.notANumber(location: "a bound of \(name)")
            }
            guard lower <= upper else {
                throw BilevelProblemError.crossedBounds(variable: name, lower: lower, upper: upper)
            }
            guard !variable.isInteger || lower.rounded(.up) <= upper else {
                throw BilevelProblemError.noWholeNumber(variable: name, lower: lower, upper: upper)
            }
        }
    }

    private func checkFactors(_ x: [Double], _ y: [Double], _ location: String) throws {
        for (factors, variables, party) in [(x, self.x, "leader"), (y, self.y, "follower")] {
            guard factors.count == variables.count else {
                throw BilevelProblemError.wrongCount(
                    location: "\(location), factors of the \(party)'s variables", expected: variables.count,
                    found: factors.count)
            }
            for factor in factors { try checkFinite(factor, location) }
        }
    }

    private func checkIndex(_ index: Int, of count: Int, _ location: String) throws {
        guard (0..<count).contains(index) else {
            throw BilevelProblemError.noSuchVariable(location: location, index: index, count: count)
        }
    }

    private func checkFinite(_ value: Double, _ location: String) throws {
        guard value.isFinite else { throw BilevelProblemError.notANumber(location: location) }
    }

    private func checkPoint(_ point: Point, _ location: String) throws {
        try checkFinite(point.value, location)
        guard point.x.count == x.count else {
            throw BilevelProblemError.wrongCount(location: location, expected: x.count, found: point.x.count)
        }
        for (value, variable) in zip(point.x, x) {
            try checkFinite(value, location)
            let isInside = (variable.lower...variable.upper).contains(value)
            guard isInside, !variable.isInteger || value == value.rounded() else {
                throw BilevelProblemError.outsideBounds(location: location, variable: variable.name, value: value)
            }
        }
    }
}
