/// What does not fit together in a ``BilevelProblem``.
public enum BilevelProblemError: Error, Equatable, CustomStringConvertible {
    case noVariables(of: String)
    case duplicateName(String)
    case crossedBounds(variable: String, lower: Double, upper: Double)
    case unboundedLeader(variable: String)
    case noWholeNumber(variable: String, lower: Double, upper: Double)
    case notANumber(place: String)
    case wrongCount(place: String, expected: Int, found: Int)
    case noSuchVariable(place: String, index: Int, count: Int)
    case followerNotLinear
    case outsideBounds(place: String, variable: String, value: Double)

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
        case .notANumber(let place): "\(place): must be a finite number."
        case .wrongCount(let place, let expected, let found):
            "\(place): needs one number a variable, that is \(expected), but has \(found)."
        case .noSuchVariable(let place, let index, let count):
            "\(place): there is no variable number \(index); they count from 0 to \(count - 1)."
        case .followerNotLinear:
            "the follower's objective: holds squares or products of one side's own variables, which only the leader's may. A follower has a linear or integer program for any decision."
        case .outsideBounds(let place, let variable, let value):
            "\(place): \(variable) is \(value), which its bounds or its whole numbers exclude."
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
                let place = "a product of the \(title)'s objective"
                try checkIndex(product.x, of: x.count, place)
                try checkIndex(product.y, of: y.count, place)
                try checkFinite(product.factor, place)
            }
            for (products, count) in [(objective.xProducts, x.count), (objective.yProducts, y.count)] {
                for product in products {
                    let place = "a product of the \(title)'s objective"
                    try checkIndex(product.first, of: count, place)
                    try checkIndex(product.second, of: count, place)
                    try checkFinite(product.factor, place)
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
                throw BilevelProblemError.notANumber(place: "a bound of \(name)")
            }
            guard lower <= upper else {
                throw BilevelProblemError.crossedBounds(variable: name, lower: lower, upper: upper)
            }
            guard !variable.isInteger || lower.rounded(.up) <= upper else {
                throw BilevelProblemError.noWholeNumber(variable: name, lower: lower, upper: upper)
            }
        }
        for variable in x where !variable.lower.isFinite || !variable.upper.isFinite {
            throw BilevelProblemError.unboundedLeader(variable: variable.name)
        }
    }

    private func checkFactors(_ x: [Double], _ y: [Double], _ place: String) throws {
        for (factors, variables, party) in [(x, self.x, "leader"), (y, self.y, "follower")] {
            guard factors.count == variables.count else {
                throw BilevelProblemError.wrongCount(
                    place: "\(place), factors of the \(party)'s variables", expected: variables.count,
                    found: factors.count)
            }
            for factor in factors { try checkFinite(factor, place) }
        }
    }

    private func checkIndex(_ index: Int, of count: Int, _ place: String) throws {
        guard (0..<count).contains(index) else {
            throw BilevelProblemError.noSuchVariable(place: place, index: index, count: count)
        }
    }

    private func checkFinite(_ value: Double, _ place: String) throws {
        guard value.isFinite else { throw BilevelProblemError.notANumber(place: place) }
    }

    private func checkPoint(_ point: Point, _ place: String) throws {
        try checkFinite(point.value, place)
        guard point.x.count == x.count else {
            throw BilevelProblemError.wrongCount(place: place, expected: x.count, found: point.x.count)
        }
        for (value, variable) in zip(point.x, x) {
            try checkFinite(value, place)
            let isInside = (variable.lower...variable.upper).contains(value)
            guard isInside, !variable.isInteger || value == value.rounded() else {
                throw BilevelProblemError.outsideBounds(place: place, variable: variable.name, value: value)
            }
        }
    }
}
