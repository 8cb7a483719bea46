import LinearModels

/// The tolls that bring most while given ways stay cheapest.
///
/// With what each market pays as a variable `u`, any of its ways is a limit on it, and the given one is met:
///
///     max  sum over markets k of  demand_k * (u_k - cost of its given way)
///     s.t. u_k <= cost of a way + tolls on it     for every way of k
///          u_k  = cost of the given way + tolls on it
///
/// Ways are many, and few matter: they come into the program as ones that are cheaper than `u` are found. They stay
/// there, so that another set of given ways changes the sides of some rows and nothing else.
///
/// Lives on one thread.
final class TollPricing {
    private let answers: TollAnswers
    private var program: GrowingProgram
    /// By market: the row of each way, by its tolls.
    private var rows: [[[Int32]: Int]]
    /// By row: the market's way.
    private var ways: [TollWay] = []
    /// By market: the row of the way that is given; nil before the first.
    private var given: [Int?]
    private var formerWork = 0
    private var formerPenalty = 0.0
    private var problem: NetworkPricing { answers.problem }
    private var tollCount: Int { problem.tolls.count }

    /// Rows and columns that pivots went through so far.
    var work: Int { formerWork + program.work }

    init(_ answers: TollAnswers) {
        self.answers = answers
        program = Self.program(answers.problem)
        rows = answers.problem.markets.map { _ in [:] }
        given = answers.problem.markets.map { _ in nil }
    }

    private static func program(_ problem: NetworkPricing) -> GrowingProgram {
        let tolls = problem.tolls.map { GrowingProgram.Column(in: 0...$0.limit) }
        let payments = problem.markets.map { GrowingProgram.Column(in: -.infinity...$0.freeCost, cost: $0.demand) }
        return GrowingProgram(tolls + payments, sense: .maximise)
    }

    /// Begins anew: what comes does not depend on what was.
    private func forget() {
        formerWork += program.work
        program = Self.program(problem)
        formerPenalty = 0
        rows = problem.markets.map { _ in [:] }
        ways = []
        given = problem.markets.map { _ in nil }
    }

    /// A pivot goes through all rows, so that from some number on it is better to begin anew.
    private static let mostRows = 1500

    /// - Parameter limit: of ``work``, of all its solves together.
    /// - Returns: nil where GLPK finds none, or not within the limit.
    func tolls(keeping kept: [TollWay], limit: Int) throws -> [Double]? {
        let end = work.cappedSum(limit)
        if program.rowCount > Self.mostRows { forget() }
        setCosts([], penalty: 0)
        for (k, way) in kept.enumerated() {
            let row = row(of: way, market: k)
            guard given[k] != row else { continue }
            if let former = given[k] { program.reside(former, from: -.infinity, to: ways[former].cost) }
            given[k] = row
            program.reside(row, from: ways[row].cost, to: ways[row].cost)
        }
        return try solve(tolerance: 1e-8, end)
    }

    /// Tolls that suit some ways: ways and tolls in turn, while what a way costs beyond the cheapest one weighs more
    /// and more (the penalty homotopy of games of prices).
    ///
    ///     max  sum over k of  demand_k * ((1 + m) u_k - m * tolls on its way)
    ///     ways: cheapest by  cost + m / (1 + m) * tolls
    ///
    /// At `m` near 0 the tolls are those of the bound, which no commodity needs to pay, and ways those of the least
    /// cost.
    ///
    /// - Parameter penalties: `m`, rising.
    /// - Returns: nil where GLPK finds none, or not within the limit.
    func homotopy(from tolls: [Double], penalties: [Double], limit: Int) throws -> [Double]? {
        let end = work.cappedSum(limit)
        if program.rowCount > Self.mostRows { forget() }
        for (k, row) in given.enumerated() {
            if let row { program.reside(row, from: -.infinity, to: ways[row].cost) }
            given[k] = nil
        }
        var tolls = tolls
        var held = answers.ways(tolls).ways
        for penalty in penalties {
            for _ in 0..<2 {
                setCosts(held, penalty: penalty)
                guard let next = try solve(after: .costs, tolerance: 1e-6, end) else { return nil }
                tolls = next
                held = answers.ways(tolls.map { $0 * penalty / (1 + penalty) }).ways
            }
        }
        return tolls
    }

    /// Prices what is paid against the tolls on given ways.
    private func setCosts(_ held: [TollWay], penalty: Double) {
        guard penalty != formerPenalty || penalty > 0 else { return }
        formerPenalty = penalty
        var costs = [Double](repeating: 0, count: tollCount)
        for (k, way) in held.enumerated() {
            for t in way.tolls { costs[Int(t)] -= penalty * problem.markets[k].demand }
        }
        for (t, cost) in costs.enumerated() { program.setCost(t, cost) }
        for (k, market) in problem.markets.enumerated() {
            program.setCost(tollCount + k, (1 + penalty) * market.demand)
        }
    }

    /// The program's tolls, once no way that it does not know is cheaper than what is paid.
    private func solve(after change: GrowingProgram.Change = .rows, tolerance: Double, _ end: Int) throws -> [Double]? {
        var tolls = [Double](repeating: 0, count: tollCount)
        var change = change
        for _ in 0..<Self.rounds {
            guard try program.solve(after: change, work: end - work) == .optimal else { return nil }
            change = .rows
            for t in tolls.indices { tolls[t] = min(max(program.value(t), 0), problem.tolls[t].limit) }
            var isEnough = true
            for (k, tree) in answers.trees.enumerated() {
                let payment = program.value(tollCount + k)
                tree.answer(tolls)
                guard tree.cost < payment - tolerance * max(1, abs(payment)) else { continue }
                let before = program.rowCount
                _ = row(of: tree.way, market: k)
                if program.rowCount > before { isEnough = false }
            }
            if isEnough { break }
        }
        return tolls
    }

    private static let rounds = 50

    private func row(of way: TollWay, market: Int) -> Int {
        if let known = rows[market][way.tolls] {
            guard way.cost < ways[known].cost else { return known }
            ways[known] = way
            program.reside(known, from: given[market] == known ? way.cost : -.infinity, to: way.cost)
            return known
        }
        let row = program.add(
            [(column: tollCount + market, value: 1)] + way.tolls.map { (column: Int($0), value: -1) },
            from: -.infinity, to: way.cost)
        rows[market][way.tolls] = row
        ways.append(way)
        return row
    }
}
