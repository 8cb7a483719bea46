import LinearModels
import TestSupport

/// A program of two or three bounded variables, solved without a solver: integers by counting, the rest by trying
/// every vertex.
struct TinyProgram {
    var bounds: [(Double, Double)]
    var isInteger: [Bool]
    var rows: [(coefficients: [Double], lower: Double, upper: Double)]
    var costs: [Double]
    var constant: Double
    var maximises: Bool

    /// Whole numbers, so that ties and degenerate vertices abound; one row in five is an equation, one in five a range.
    static func random(_ random: inout SeededNumbers, integers: Bool) -> TinyProgram {
        let n = random.whole(2...3)
        let bounds = (0..<n).map { _ -> (Double, Double) in
            let low = random.whole(-3...1)
            return (Double(low), Double(low + random.whole(0...4)))
        }
        let rows = (0..<random.whole(1...3)).map { _ -> (coefficients: [Double], lower: Double, upper: Double) in
            var coefficients = (0..<n).map { _ in Double(random.whole(-3...3)) }
            if coefficients.allSatisfy({ $0 == 0 }) { coefficients[0] = 1 }
            let side = Double(random.whole(-4...5))
            switch random.whole(0...4) {
            case 0: return (coefficients, side, side)
            case 1: return (coefficients, side, side + Double(random.whole(1...4)))
            case 2: return (coefficients, -.infinity, side)
            default: return (coefficients, side, .infinity)
            }
        }
        return TinyProgram(
            bounds: bounds, isInteger: (0..<n).map { _ in integers && random.whole(0...2) > 0 }, rows: rows,
            costs: (0..<n).map { _ in Double(random.whole(-3...3)) }, constant: Double(random.whole(-4...4)) / 2,
            maximises: random.whole(0...1) == 1)
    }

    var count: Int { bounds.count }

    /// The model as it stands.
    func model() throws -> (model: LinearModel, variables: [Variable]) {
        var model = LinearModel()
        let variables = try declare(in: &model)
        try setObjective(costs, of: &model, variables)
        return (model, variables)
    }

    /// The same shape with costs, sides and the bounds of the first variable as parameters, all nought at first.
    func parametric() throws -> (model: LinearModel, set: (SolverSession, TinyProgram) throws -> Void) {
        var model = LinearModel()
        let low = try model.parameter("low")
        let high = try model.parameter("high")
        var variables: [Variable] = []
        for j in 0..<count {
            let kind: Variable.Kind = isInteger[j] ? .integer : .continuous
            variables.append(
                j == 0
                    ? try model.variable("x0", from: .init(low), to: .init(high), kind: kind)
                    : try model.variable("x\(j)", in: bounds[j].0...bounds[j].1, kind: kind))
        }
        let sides = try rows.indices.map { try model.parameter("side\($0)") }
        for (i, row) in rows.enumerated() {
            let form = sum(zip(row.coefficients, variables).map { $0 * $1 })
            if row.lower == row.upper {
                try model.add(form == sides[i], named: "row\(i)")
            } else if row.upper == .infinity {
                try model.add(form >= sides[i], named: "row\(i)")
            } else if row.lower == -.infinity {
                try model.add(form <= sides[i], named: "row\(i)")
            } else {
                try model.add(range(0, form - sides[i], row.upper - row.lower), named: "row\(i)")
            }
        }
        let prices = try (0..<count).map { try model.parameter("price\($0)") }
        let fee = try model.parameter("fee")
        let objective = sum(zip(prices, variables).map { $0 * $1 }) + fee
        if maximises { try model.maximise(objective) } else { try model.minimise(objective) }
        let set = { (session: SolverSession, values: TinyProgram) in
            try session.set(low, to: values.bounds[0].0)
            try session.set(high, to: values.bounds[0].1)
            for (i, row) in values.rows.enumerated() {
                try session.set(sides[i], to: row.lower > -.infinity ? row.lower : row.upper)
            }
            for (price, cost) in zip(prices, values.costs) { try session.set(price, to: cost) }
            try session.set(fee, to: values.constant)
        }
        return (model, set)
    }

    /// Other numbers in the places of ``parametric()``'s parameters.
    func repriced(_ random: inout SeededNumbers) -> TinyProgram {
        var other = self
        let low = Double(random.whole(-3...1))
        other.bounds[0] = (low, low + Double(random.whole(0...4)))
        for i in rows.indices {
            let shift = Double(random.whole(-3...3))
            other.rows[i].lower += shift
            other.rows[i].upper += shift
        }
        other.costs = costs.map { _ in Double(random.whole(-3...3)) }
        other.constant = Double(random.whole(-4...4)) / 2
        return other
    }

    private func declare(in model: inout LinearModel) throws -> [Variable] {
        var variables: [Variable] = []
        for (j, bound) in bounds.enumerated() {
            variables.append(
                try model.variable("x\(j)", in: bound.0...bound.1, kind: isInteger[j] ? .integer : .continuous))
        }
        for (i, row) in rows.enumerated() {
            try model.add(
                range(row.lower, sum(zip(row.coefficients, variables).map { $0 * $1 }), row.upper), named: "row\(i)")
        }
        return variables
    }

    private func setObjective(_ costs: [Double], of model: inout LinearModel, _ variables: [Variable]) throws {
        let objective = sum(zip(costs, variables).map { $0 * $1 }) + constant
        if maximises { try model.maximise(objective) } else { try model.minimise(objective) }
    }

    // MARK: The oracle

    /// Points among which every linear objective has an optimum: vertices of each integer assignment's polytope.
    func candidates() -> [[Double]] {
        var assignments: [[(Double, Double)]] = [bounds]
        for j in 0..<count where isInteger[j] {
            assignments = assignments.flatMap { box in
                stride(from: bounds[j].0.rounded(.up), through: bounds[j].1, by: 1).map { value in
                    var box = box
                    box[j] = (value, value)
                    return box
                }
            }
        }
        return assignments.flatMap(vertices(in:))
    }

    func objective(_ costs: [Double], at point: [Double]) -> Double {
        zip(costs, point).reduce(constant) { $0 + $1.0 * $1.1 }
    }

    /// Optimal objective; nil where nothing is feasible.
    func optimum(over candidates: [[Double]]) -> Double? {
        let values = candidates.map { objective(costs, at: $0) }
        return maximises ? values.max() : values.min()
    }

    private func vertices(in box: [(Double, Double)]) -> [[Double]] {
        var planes: [(normal: [Double], side: Double)] = []
        for j in 0..<count {
            var unit = [Double](repeating: 0, count: count)
            unit[j] = 1
            planes.append((unit, box[j].0))
            if box[j].1 > box[j].0 { planes.append((unit, box[j].1)) }
        }
        for row in rows {
            if row.lower > -.infinity { planes.append((row.coefficients, row.lower)) }
            if row.upper < .infinity, row.upper != row.lower { planes.append((row.coefficients, row.upper)) }
        }
        var found: [[Double]] = []
        for a in planes.indices {
            for b in planes.indices where b > a {
                if count == 2 {
                    found += vertex([planes[a], planes[b]], in: box)
                } else {
                    for c in planes.indices where c > b { found += vertex([planes[a], planes[b], planes[c]], in: box) }
                }
            }
        }
        return found
    }

    private func vertex(_ planes: [(normal: [Double], side: Double)], in box: [(Double, Double)]) -> [[Double]] {
        guard let point = Self.solve(planes), isFeasible(point, in: box) else { return [] }
        return [point]
    }

    private func isFeasible(_ point: [Double], in box: [(Double, Double)]) -> Bool {
        zip(point, box).allSatisfy { $0 >= $1.0 - 1e-9 && $0 <= $1.1 + 1e-9 }
            && rows.allSatisfy { row in
                let activity = zip(row.coefficients, point).reduce(0) { $0 + $1.0 * $1.1 }
                return activity >= row.lower - 1e-9 && activity <= row.upper + 1e-9
            }
    }

    /// Gauss with pivoting; nil for planes that do not meet in one point.
    private static func solve(_ planes: [(normal: [Double], side: Double)]) -> [Double]? {
        var a = planes.map { $0.normal + [$0.side] }
        let n = a.count
        for k in 0..<n {
            guard let pivot = (k..<n).max(by: { abs(a[$0][k]) < abs(a[$1][k]) }), abs(a[pivot][k]) > 1e-9 else {
                return nil
            }
            a.swapAt(k, pivot)
            for i in 0..<n where i != k {
                let factor = a[i][k] / a[k][k]
                for j in k...n { a[i][j] -= factor * a[k][j] }
            }
        }
        return (0..<n).map { a[$0][n] / a[$0][$0] }
    }
}
