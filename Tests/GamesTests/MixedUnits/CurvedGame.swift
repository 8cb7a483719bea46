import Games
import TestSupport

/// A small game of whole numbers whose objectives hold products of a decision and an answer, and its optimum without a
/// solver.
///
/// A follower of real variables is at its best where its costs are a sum of tight rows with factors that are not
/// negative. For each choice of rows that are tight, the answer is affine in the decision, the factors are too, and so
/// the decisions for which the choice is an optimum are a polyhedron, on which the leader's objective is a quadratic
/// form. One of whole numbers, whose rows hold no real decision, has finitely many answers, and decisions at which one
/// of them is the best are a polyhedron as well.
struct CurvedGame {
    enum Kind: CaseIterable {
        /// Real decisions anywhere, real answers.
        case real
        /// Whole decisions anywhere, real answers.
        case wholeDecisions
        /// Real decisions in the costs alone, whole answers.
        case wholeAnswers
        /// Whole decisions anywhere, whole answers.
        case whole
    }

    let problem: BilevelProblem

    init(seed: Int, kind: Kind) throws {
        var numbers = SeededNumbers(seed: UInt64(7_000 + seed))
        let (isWhole, isWholeAnswer) = (
            [.wholeDecisions, .whole].contains(kind), [.wholeAnswers, .whole].contains(kind)
        )
        func variables(_ name: String, _ count: Int, isInteger: Bool) -> [BilevelProblem.Variable] {
            (0..<count).map {
                let low = Double([0, 0, -2, 1].randomElement(using: &numbers) ?? 0)
                return .init(
                    "\(name)\($0)", lower: low, upper: low + Double(numbers.whole(2...4)), isInteger: isInteger)
            }
        }
        let x = variables("x", numbers.whole(1...2), isInteger: isWhole)
        let y = variables("y", numbers.whole(1...2), isInteger: isWholeAnswer)
        let middle = (x + y).map { (0.5 * ($0.lower + $0.upper)).rounded(.down) }
        func row(isFollowers: Bool) -> BilevelProblem.Row {
            var factors = (x + y).map { _ in Double(numbers.whole(-4...4)) }
            if isFollowers, kind == .wholeAnswers { for j in x.indices { factors[j] = 0 } }
            if factors[x.count...].allSatisfy({ $0 == 0 }) { factors[x.count] = 1 }
            let isAtMost = numbers.whole(0...1) == 0
            let activity = zip(factors, middle).reduce(0) { $0 + $1.0 * $1.1 }
            let room = Double(numbers.whole(0...4))
            return .init(
                x: Array(factors[..<x.count]), y: Array(factors[x.count...]), sense: isAtMost ? .atMost : .atLeast,
                side: activity + (isAtMost ? room : -room))
        }
        func products() -> [BilevelProblem.Product] {
            x.indices.flatMap { i in
                y.indices.compactMap { j in
                    let factor = Double(numbers.whole(-3...3))
                    return factor == 0 || numbers.whole(0...2) == 0 ? nil : .init(x: i, y: j, factor: factor)
                }
            }
        }
        let rows = (numbers.whole(1...2), numbers.whole(0...1))
        var own = products()
        let others = products()
        if own.isEmpty, others.isEmpty { own = [.init(x: 0, y: 0, factor: 1)] }
        func factors(_ count: Int, _ most: Int) -> [Double] {
            (0..<count).map { _ in Double(numbers.whole(-most...most)) }
        }
        problem = try BilevelProblem(
            name: "curved", category: .bilinear, x: x, y: y,
            leader: .init(
                objective: .init(
                    isMaximised: numbers.whole(0...1) == 0, constant: Double(numbers.whole(-1...1)),
                    x: factors(x.count, 4), y: factors(y.count, 4), products: own),
                rows: (0..<rows.1).map { _ in row(isFollowers: false) }),
            follower: .init(
                objective: .init(
                    isMaximised: numbers.whole(0...1) == 0, x: factors(x.count, 0), y: factors(y.count, 3),
                    products: others), rows: (0..<rows.0).map { _ in row(isFollowers: true) }), optimistic: nil,
            isProven: false)
    }

    // MARK: The optimum

    /// `x factors + y factors >= side`.
    private typealias Line = (x: [Double], y: [Double], side: Double)

    private static func line(_ row: BilevelProblem.Row) -> Line {
        row.sense == .atMost ? (row.x.map { -$0 }, row.y.map { -$0 }, -row.side) : (row.x, row.y, row.side)
    }

    private static func unit(_ index: Int, _ count: Int, _ value: Double = 1) -> [Double] {
        (0..<count).map { $0 == index ? value : 0 }
    }

    private static func bounds(_ variables: [BilevelProblem.Variable]) -> [([Double], Double)] {
        variables.enumerated().flatMap { j, variable in
            [(unit(j, variables.count), variable.lower), (unit(j, variables.count, -1), -variable.upper)]
        }
    }

    /// Nil where no decision has an answer.
    func optimum() -> Double? {
        let sign = problem.leader.objective.isMaximised ? -1.0 : 1
        let isWhole = problem.x.allSatisfy(\.isInteger)
        let isWholeAnswer = problem.y.allSatisfy(\.isInteger)
        let own = Self.bounds(problem.x).map { (x: $0.0, y: problem.y.map { _ in 0.0 }, side: $0.1) }
        let followers =
            problem.follower.rows.map(Self.line)
            + Self.bounds(problem.y).map { (x: problem.x.map { _ in 0.0 }, y: $0.0, side: $0.1) }
        let leaders = problem.leader.rows.map(Self.line)
        let least =
            switch (isWhole, isWholeAnswer) {
            case (_, false):
                (isWhole ? CountedBilevel.points(problem.x).map(Optional.some) : [nil]).compactMap { point in
                    leastOfRealAnswers(own, followers, leaders, at: point)
                }.min()
            case (true, true):
                CountedBilevel.points(problem.x).compactMap { leastOfWholeAnswers(own, followers, leaders, at: $0) }
                    .min()
            case (false, true): leastOfWholeAnswers(own, followers, leaders, at: nil)
            }
        return least.map { sign * $0 }
    }

    /// The leader's objective, minimised, as a form of `x` where `y` is `constants + factors x`.
    private func form(_ constants: [Double], _ factors: [[Double]]) -> QuadraticProgram.Form {
        let objective = problem.leader.objective
        let sign = objective.isMaximised ? -1.0 : 1
        let count = problem.x.count
        var form = QuadraticProgram.Form(count: count)
        form.constant = objective.constant + zip(objective.y, constants).reduce(0) { $0 + $1.0 * $1.1 }
        for i in 0..<count {
            form.linear[i] = objective.x[i] + zip(objective.y, factors).reduce(0) { $0 + $1.0 * $1.1[i] }
        }
        for product in objective.products {
            form.linear[product.x] += product.factor * constants[product.y]
            for i in 0..<count { form.square[product.x][i] += product.factor * factors[product.y][i] }
        }
        return sign < 0 ? form.negated : form
    }

    /// What the follower minimises, by its variables, as a function of `x`: constants and factors.
    private func costs() -> [(constant: Double, x: [Double])] {
        let objective = problem.follower.objective
        let sign = objective.isMaximised ? -1.0 : 1
        return problem.y.indices.map { j in
            var factors = problem.x.map { _ in 0.0 }
            for product in objective.products where product.y == j { factors[product.x] += sign * product.factor }
            return (sign * objective.y[j], factors)
        }
    }

    private func leastOfRealAnswers(
        _ own: [Line], _ followers: [Line], _ leaders: [Line], at point: [Double]?
    ) -> Double? {
        let count = problem.y.count
        let rows = followers + leaders.filter { $0.y.contains { $0 != 0 } }
        let costs = costs()
        var best: Double?
        for tight in Self.choices(of: count, from: rows.count) {
            // y = inverse (side - x part), which is affine in x.
            guard let inverse = QuadraticProgram.inverse(tight.map { rows[$0].y }) else { continue }
            let constants = inverse.map { row in zip(row, tight).reduce(0) { $0 + $1.0 * rows[$1.1].side } }
            let factors = inverse.map { row in
                problem.x.indices.map { i in -zip(row, tight).reduce(0) { $0 + $1.0 * rows[$1.1].x[i] } }
            }
            var program = QuadraticProgram(form: form(constants, factors))
            func hold(_ line: Line) {
                program.atLeast.append(
                    (
                        problem.x.indices.map { i in
                            line.x[i] + zip(line.y, factors).reduce(0) { $0 + $1.0 * $1.1[i] }
                        }, line.side - zip(line.y, constants).reduce(0) { $0 + $1.0 * $1.1 }
                    ))
            }
            for line in own + followers + leaders { hold(line) }
            // The costs are the sum of the tight rows, each times its worth; rows of the leader's are worth nothing.
            for (k, index) in tight.enumerated() {
                let constant = zip(costs, inverse).reduce(0) { $0 + $1.0.constant * $1.1[k] }
                let worth = problem.x.indices.map { i in
                    zip(costs, inverse).reduce(0) { $0 + $1.0.x[i] * $1.1[k] }
                }
                if index < followers.count {
                    program.atLeast.append((worth, -constant))
                } else {
                    program.equal.append((worth, -constant))
                }
            }
            if let least = program.least(at: point) { best = min(best ?? .infinity, least) }
        }
        return best
    }

    private func leastOfWholeAnswers(
        _ own: [Line], _ followers: [Line], _ leaders: [Line], at point: [Double]?
    ) -> Double? {
        // Rows of the follower hold no real decision, so that without a point they are the same for all.
        let place = point ?? problem.x.map { _ in 0 }
        func activity(_ line: Line, _ y: [Double]) -> Double {
            zip(line.x, place).reduce(0) { $0 + $1.0 * $1.1 } + zip(line.y, y).reduce(0) { $0 + $1.0 * $1.1 }
        }
        let answers = CountedBilevel.points(problem.y).filter { y in
            followers.allSatisfy { activity($0, y) >= $0.side - 1e-9 }
        }
        let costs = costs()
        var best: Double?
        for y in answers {
            var program = QuadraticProgram(form: form(y, y.map { _ in problem.x.map { _ in 0 } }))
            for line in own + leaders {
                program.atLeast.append((line.x, line.side - zip(line.y, y).reduce(0) { $0 + $1.0 * $1.1 }))
            }
            for other in answers {
                let steps = zip(other, y).map { $0 - $1 }
                program.atLeast.append(
                    (
                        problem.x.indices.map { i in zip(costs, steps).reduce(0) { $0 + $1.0.x[i] * $1.1 } },
                        -zip(costs, steps).reduce(0) { $0 + $1.0.constant * $1.1 }
                    ))
            }
            if let least = program.least(at: point) { best = min(best ?? .infinity, least) }
        }
        return best
    }

    static func choices(of count: Int, from all: Int) -> [[Int]] {
        guard count > 0 else { return [[]] }
        return choices(of: count - 1, from: all).flatMap { chosen in
            (((chosen.last ?? -1) + 1)..<max(all, (chosen.last ?? -1) + 1)).map { chosen + [$0] }
        }
    }
}

/// The least value of a quadratic form of few variables over a bounded polyhedron: on one of its faces the form has its
/// only stationary point there.
struct QuadraticProgram {
    struct Form {
        var constant = 0.0
        var linear: [Double]
        /// Need not be symmetric.
        var square: [[Double]]

        init(count: Int) {
            linear = .init(repeating: 0, count: count)
            square = .init(repeating: linear, count: count)
        }

        var negated: Form {
            var form = self
            form.constant = -constant
            form.linear = linear.map { -$0 }
            form.square = square.map { $0.map { -$0 } }
            return form
        }

        func value(_ x: [Double]) -> Double {
            constant + zip(linear, x).reduce(0) { $0 + $1.0 * $1.1 }
                + zip(square, x).reduce(0) { sum, line in
                    sum + line.1 * zip(line.0, x).reduce(0) { $0 + $1.0 * $1.1 }
                }
        }
    }

    typealias Line = (factors: [Double], side: Double)

    let form: Form
    var atLeast: [Line] = []
    var equal: [Line] = []

    init(form: Form) { self.form = form }

    private static let room = 1e-9

    private func holds(_ x: [Double]) -> Bool {
        func activity(_ line: Line) -> Double { zip(line.factors, x).reduce(0) { $0 + $1.0 * $1.1 } }
        return atLeast.allSatisfy { activity($0) >= $0.side - Self.room }
            && equal.allSatisfy { abs(activity($0) - $0.side) <= Self.room }
    }

    /// - Parameter point: where only that one counts.
    func least(at point: [Double]? = nil) -> Double? {
        if let point { return holds(point) ? form.value(point) : nil }
        let count = form.linear.count
        var fixed: [Line] = []
        for line in equal where line.factors.contains(where: { abs($0) > Self.room }) {
            if fixed.count < count, Self.rank(fixed.map(\.factors) + [line.factors]) > fixed.count {
                fixed.append(line)
            }
        }
        let edges = atLeast.filter { $0.factors.contains { abs($0) > Self.room } }
        var best: Double?
        for size in 0...(count - fixed.count) {
            for chosen in CurvedGame.choices(of: size, from: edges.count) {
                let lines = fixed + chosen.map { edges[$0] }
                guard let x = stationaryPoint(lines), holds(x) else { continue }
                best = min(best ?? .infinity, form.value(x))
            }
        }
        return best
    }

    private func stationaryPoint(_ lines: [Line]) -> [Double]? {
        let count = form.linear.count
        var matrix = (0..<count).map { i in
            (0..<count).map { form.square[i][$0] + form.square[$0][i] } + lines.map { $0.factors[i] }
        }
        matrix += lines.map { $0.factors + lines.map { _ in 0 } }
        guard let inverse = Self.inverse(matrix) else { return nil }
        let sides = form.linear.map { -$0 } + lines.map(\.side)
        return inverse[..<count].map { row in zip(row, sides).reduce(0) { $0 + $1.0 * $1.1 } }
    }

    private static func rank(_ lines: [[Double]]) -> Int {
        var (lines, rank) = (lines, 0)
        for c in lines[0].indices {
            guard let pivot = (rank..<lines.count).max(by: { abs(lines[$0][c]) < abs(lines[$1][c]) }),
                abs(lines[pivot][c]) > room
            else { continue }
            lines.swapAt(rank, pivot)
            for r in lines.indices.dropFirst(rank + 1) {
                let share = lines[r][c] / lines[rank][c]
                lines[r] = zip(lines[r], lines[rank]).map { $0 - share * $1 }
            }
            rank += 1
            if rank == lines.count { break }
        }
        return rank
    }

    /// By elimination; nil where there is none.
    static func inverse(_ matrix: [[Double]]) -> [[Double]]? {
        let count = matrix.count
        var lines = matrix.enumerated().map { i, row in row + (0..<count).map { $0 == i ? 1 : 0 } }
        for c in 0..<count {
            guard let pivot = (c..<count).max(by: { abs(lines[$0][c]) < abs(lines[$1][c]) }),
                abs(lines[pivot][c]) > room
            else { return nil }
            lines.swapAt(c, pivot)
            lines[c] = lines[c].map { [divisor = lines[c][c]] in $0 / divisor }
            for r in 0..<count where r != c && lines[r][c] != 0 {
                lines[r] = zip(lines[r], lines[c]).map { [share = lines[r][c]] in $0 - share * $1 }
            }
        }
        return lines.map { Array($0[count...]) }
    }
}
