import Games
import LinearModels
import TestSupport
import Testing

@testable import Studies

/// A seller of a few hours and a customer who shifts, small enough to be solved by hand and by trying everything.
///
/// The customer needs a fixed amount each hour, and an amount in all that it takes when it likes, at most so much an
/// hour, or has elsewhere at a price of its own.
private struct Shop {
    var needed: [Double]
    var roomy: [Double]
    var shifted: Double
    var elsewhere: Double
    /// What an hour's energy costs the seller.
    var costs: [Double]
    var lower: [Double]
    var upper: [Double]
    var caps: [LinearCap] = []

    var count: Int { needed.count }

    init(_ random: inout SeededNumbers) {
        let count = random.whole(4...5)
        needed = (0..<count).map { _ in Double(random.whole(0...4)) / 2 }
        roomy = (0..<count).map { _ in Double(random.whole(1...4)) / 2 }
        shifted = Double(random.whole(2...6)) / 2
        elsewhere = Double(random.whole(4...8)) / 4
        costs = (0..<count).map { _ in Double(random.whole(0...6)) / 4 }
        let isBanded = random.whole(0...2) == 0
        lower = (0..<count).map { _ in isBanded ? Double(random.whole(0...2)) / 4 : 0 }
        upper = (0..<count).map { _ in isBanded ? 1 + Double(random.whole(0...4)) / 4 : 2 }
        switch random.whole(0...2) {
        case 0:
            caps = [
                LinearCap(
                    name: "mean", indices: Array(0..<count), coefficients: lower.map { _ in 1 / Double(count) },
                    maximum: 1.1)
            ]
        case 1:
            let demand = (0..<count).map { _ in Double(random.whole(1...4)) }
            caps = [
                LinearCap(
                    name: "revenue", indices: Array(0..<count), coefficients: demand,
                    maximum: demand.reduce(0, +) * 1.15)
            ]
        default: break
        }
    }

    // MARK: As a game

    func game(_ groupings: [ValueGrouping], ties: [[Int]] = []) throws -> StackelbergGame {
        let decisions = (0..<count).map { Decision(name: "p[\($0)]", lower: lower[$0], upper: upper[$0], unit: "CNY") }
        var model = LinearModel()
        let prices = try decisions.map { try model.parameter($0.name) }
        let bought = try roomy.enumerated().map { try model.variable("x\($0)", in: 0...$1) }
        let other = try model.variable("other")
        try model.add(sum(bought) + other >= shifted, named: "need")
        var cost = elsewhere * other
        for t in 0..<count {
            cost += prices[t] * bought[t] + needed[t] * LinearExpression(ParameterExpression(prices[t]))
        }
        try model.minimise(cost)
        return try StackelbergGame(
            name: "shop", space: DecisionSpace(decisions, linearCaps: caps, ties: ties, groupings: groupings),
            followers: [Follower(name: "customer", model: model)]
        ) { system, blocks in
            let (p, x) = (blocks[0].parameters, blocks[0].variables)
            var payoff = LinearExpression()
            for t in 0..<count {
                payoff += p[t] * x[t] - costs[t] * x[t] + needed[t] * LinearExpression(ParameterExpression(p[t]))
                payoff -= LinearExpression(costs[t] * needed[t])
            }
            try system.maximise(payoff)
        }
    }

    // MARK: By hand

    /// What prices pay: the customer fills the cheapest hours first, and among equals those that suit the seller.
    func payoff(_ prices: [Double]) -> Double {
        var payoff = (0..<count).reduce(0) { $0 + (prices[$1] - costs[$1]) * needed[$1] }
        var left = shifted
        // A price as good as equal is equal: corners are found by arithmetic.
        func isLess(_ a: Int, _ b: Int) -> Bool {
            abs(prices[a] - prices[b]) > 1e-9 ? prices[a] < prices[b] : costs[a] < costs[b]
        }
        for t in (0..<count).sorted(by: isLess) {
            guard prices[t] < elsewhere + 1e-9 else { break }
            if prices[t] > elsewhere - 1e-9, prices[t] < costs[t] { continue }
            let taken = min(left, roomy[t])
            payoff += (prices[t] - costs[t]) * taken
            left -= taken
        }
        return payoff
    }

    /// The best payoff where each part has one price: between prices at which the customer's order changes it is
    /// linear, so that it is greatest at a corner, where as many of these borders, bounds and caps meet as there are
    /// prices.
    func best(_ parts: [[Int]]) -> Double? {
        let size = parts.count
        var planes: [(row: [Double], side: Double)] = []
        func unit(_ g: Int) -> [Double] { (0..<size).map { $0 == g ? 1 : 0 } }
        for (g, part) in parts.enumerated() {
            planes += [(unit(g), part.map { lower[$0] }.max()!), (unit(g), part.map { upper[$0] }.min()!)]
            planes.append((unit(g), elsewhere))
            for other in 0..<g { planes.append((zip(unit(g), unit(other)).map { $0 - $1 }, 0)) }
        }
        for cap in caps {
            let row = parts.map { part in
                zip(cap.indices, cap.coefficients).reduce(0) { part.contains($1.0) ? $0 + $1.1 : $0 }
            }
            planes.append((row, cap.maximum))
        }
        var best: Double?
        for chosen in Self.subsets(planes.count, size) {
            guard let corner = Self.solve(chosen.map { planes[$0].row }, chosen.map { planes[$0].side }) else {
                continue
            }
            var prices = [Double](repeating: 0, count: count)
            for (g, part) in parts.enumerated() { for t in part { prices[t] = corner[g] } }
            let isInside =
                (0..<count).allSatisfy { prices[$0] >= lower[$0] - 1e-9 && prices[$0] <= upper[$0] + 1e-9 }
                && caps.allSatisfy { cap in
                    zip(cap.indices, cap.coefficients).reduce(0) { $0 + prices[$1.0] * $1.1 } <= cap.maximum + 1e-9
                }
            if isInside { best = max(best ?? -.infinity, payoff(prices)) }
        }
        return best
    }

    private static func subsets(_ count: Int, _ size: Int) -> [[Int]] {
        var all: [[Int]] = [[]]
        for _ in 0..<size {
            all = all.flatMap { chosen in
                ((chosen.last ?? -1) + 1..<max(count, (chosen.last ?? -1) + 1)).map { chosen + [$0] }
            }
        }
        return all
    }

    private static func solve(_ rows: [[Double]], _ sides: [Double]) -> [Double]? {
        var table = zip(rows, sides).map { $0 + [$1] }
        let size = rows.count
        for column in 0..<size {
            guard let pivot = (column..<size).max(by: { abs(table[$0][column]) < abs(table[$1][column]) }),
                abs(table[pivot][column]) > 1e-9
            else { return nil }
            table.swapAt(column, pivot)
            for row in 0..<size where row != column {
                let factor = table[row][column] / table[column][column]
                for k in column...size { table[row][k] -= factor * table[column][k] }
            }
        }
        return (0..<size).map { table[$0][size] / table[$0][$0] }
    }

    /// All ways to give so many prices at most.
    func partitions(_ grouping: ValueGrouping) -> [[[Int]]] {
        var all: [[Int]] = [[]]
        for _ in 0..<count {
            all = all.flatMap { labels in (0...min(grouping.most - 1, (labels.max() ?? -1) + 1)).map { labels + [$0] } }
        }
        return all.filter { labels in
            let borders = (1..<count).count { labels[$0] != labels[$0 - 1] }
            switch grouping.kind {
            case .levels: return true
            case .runs: return borders + 1 <= grouping.most
            case .runsAround:
                return max(1, borders + (labels[0] != labels[count - 1] ? 1 : 0)) <= grouping.most
            }
        }.map { labels in Set(labels).sorted().map { label in (0..<count).filter { labels[$0] == label } } }
    }
}

/// Forms of a tariff in the default search, against trying all tariffs of the form.
@Suite struct TariffFormTests {
    private func search(_ game: StackelbergGame) throws -> Study {
        try Study.run(game, StudySettings(algorithm: "auto", population: 20, evaluations: 700, seed: 1))
    }

    @Test(arguments: [ValueGrouping.Kind.levels, .runs, .runsAround])
    func chosenFormsReachTheBestOfAllTariffs(kind: ValueGrouping.Kind) throws {
        var random = SeededNumbers(seed: 77)
        var compared = 0
        for number in 0..<14 {
            let shop = Shop(&random)
            let grouping = ValueGrouping(
                name: "form", indices: Array(0..<shop.count), kind: kind, most: random.whole(1...3))
            guard let best = shop.partitions(grouping).compactMap(shop.best).max() else { continue }
            let game = try shop.game([grouping])
            let study = try search(game)
            let payoff = try #require(study.best.payoff)
            compared += 1
            #expect(abs(payoff - best) <= 1e-6 * max(1, abs(best)), "shop \(number): \(payoff) of \(best)")
            // Counted by hand, the prices pay that.
            #expect(abs(shop.payoff(study.best.decision) - payoff) <= 1e-6, "shop \(number)")
            #expect(Set(study.best.decision).count <= grouping.most || kind != .levels)
            #expect(game.space.violation(of: study.best.decision) <= 1e-9)
            #expect(try ResponseProof(of: study.best, in: game).holds)
        }
        #expect(compared > 10)
    }

    /// Given periods, as ties: climbs alone must do.
    @Test func givenPeriodsReachTheBestOfTheirTariffs() throws {
        var random = SeededNumbers(seed: 78)
        for number in 0..<14 {
            let shop = Shop(&random)
            let cut = random.whole(1...shop.count - 2)
            let parts = [Array(0..<cut) + [shop.count - 1], Array(cut..<shop.count - 1)]
            guard let best = shop.best(parts) else { continue }
            let study = try search(shop.game([], ties: parts))
            let payoff = try #require(study.best.payoff)
            #expect(abs(payoff - best) <= 1e-6 * max(1, abs(best)), "shop \(number): \(payoff) of \(best)")
        }
    }

    /// Caps alone, hour by hour: linear caps and steps between neighbours.
    @Test func linearCapsReachTheBestOfAllPrices() throws {
        var random = SeededNumbers(seed: 79)
        for number in 0..<8 {
            var shop = Shop(&random)
            shop.lower = shop.lower.map { _ in 0 }
            shop.upper = shop.upper.map { _ in 2 }
            for k in 0..<shop.count {
                let next = (k + 1) % shop.count
                for (a, b) in [(k, next), (next, k)] where shop.count == 4 {
                    shop.caps.append(
                        LinearCap(name: "change", indices: [a, b], coefficients: [1, -1], maximum: 0.5))
                }
            }
            let best = try #require(shop.best((0..<shop.count).map { [$0] }))
            let study = try search(shop.game([]))
            let payoff = try #require(study.best.payoff)
            #expect(abs(payoff - best) <= 1e-6 * max(1, abs(best)), "shop \(number): \(payoff) of \(best)")
        }
    }

    /// A bound on all prices is one on those of a form, and prices that do not depend on ties keep to it.
    @Test func whatFollowsTheSearchKeepsToTheForm() throws {
        var random = SeededNumbers(seed: 80)
        for number in 0..<4 {
            let shop = Shop(&random)
            let grouping = ValueGrouping(name: "form", indices: Array(0..<shop.count), kind: .levels, most: 2)
            guard let best = shop.partitions(grouping).compactMap(shop.best).max() else { continue }
            let game = try shop.game([grouping])
            let findings = try PriceFindings(game, search(game))
            #expect(findings.bounds.best.bound >= best - 1e-6, "shop \(number)")
            #expect(game.space.violation(of: findings.best.decision) <= 1e-9)
            let sure = try Study.run(
                game, StudySettings(population: 20, evaluations: 600, seed: 2, answer: .bankable))
            let certain = try PriceFindings(game, sure)
            #expect(game.space.violation(of: certain.best.decision) <= 1e-9, "shop \(number)")
            #expect(Set(certain.best.decision).count <= 2)
            #expect(try #require(certain.bankable).payoff <= best + 1e-6)
            #expect(certain.proof.holds)
        }
    }

    /// The same answer, whoever works on it.
    @Test func theResultDoesNotDependOnTheWorkers() throws {
        var random = SeededNumbers(seed: 81)
        let shop = Shop(&random)
        let game = try shop.game([
            ValueGrouping(name: "form", indices: Array(0..<shop.count), kind: .runsAround, most: 2)
        ])
        var settings = StudySettings(algorithm: "auto", population: 20, evaluations: 500, seed: 2)
        let one = try Study.run(game, settings)
        for workers in [2, 3] {
            settings.workers = workers
            let other = try Study.run(game, settings)
            #expect(other.log == one.log && other.best.values == one.best.values)
        }
        #expect(one.log.evaluations == 500)
    }
}
