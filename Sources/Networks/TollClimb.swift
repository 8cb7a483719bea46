import LinearModels
import Metaheuristics

/// Raises what tolls bring until neither a change of one toll nor other tolls on the same ways bring more.
///
/// 1. Tolls one by one, in random order. What all commodities pay is known as a function of one toll: below some toll a
///    commodity takes a way over its arc, above it another. The best toll is one of these, or the limit.
/// 2. All tolls at once, while ways stay as they are (``TollPricing``); where that lets some commodity take a way that
///    brings more, again; then 1.
///
/// Lives on one thread.
final class TollClimb {
    let answers: TollAnswers
    private let pricing: TollPricing
    private var problem: NetworkPricing { answers.problem }

    init(_ answers: TollAnswers) {
        self.answers = answers
        pricing = TollPricing(answers)
    }

    /// What was solved and looked at so far, in links.
    var work: Int { answers.work + Self.linksOfARow * pricing.work }

    /// What a pivot does with a row takes about as long.
    private static let linksOfARow = 3

    /// Tolls that suit some ways, from which to climb; see ``TollPricing/homotopy(from:penalties:limit:)``.
    func leap(from tolls: [Double], penalties: [Double], limit: Int) throws -> [Double] {
        let rows = max(0, limit - work) / Self.linksOfARow
        return try pricing.homotopy(from: tolls, penalties: penalties, limit: rows) ?? tolls
    }

    /// - Parameters:
    ///   - threshold: step 2 is left out below it, where most climbs end that are not worth it.
    ///   - limit: of ``work``: where it is reached, the climb ends as far as it came.
    /// - Returns: what the tolls bring then.
    func climb(
        _ tolls: inout [Double], threshold: Double, limit: Int, _ random: inout RandomStream
    ) throws -> Double {
        for tree in answers.trees { tree.set(tolls) }
        var revenue = oneByOne(&tolls, limit: limit, &random)
        guard revenue >= threshold else { return revenue }
        for _ in 0..<Self.rounds where work < limit {
            let ways = answers.ways(tolls).ways
            guard let next = try pricing.tolls(keeping: ways, limit: (limit - work) / Self.linksOfARow) else { break }
            for tree in answers.trees { tree.set(next) }
            guard answers.revenue > revenue * (1 + Self.leastGain) else { break }
            tolls = next
            revenue = oneByOne(&tolls, limit: limit, &random)
        }
        return revenue
    }

    private static let rounds = 60
    /// Gains below this, relative, are rounding.
    private static let leastGain = 1e-7

    private struct Threshold {
        let highest: Double
        /// What the toll brings for each unit of it, and what tolls beside it bring more there.
        let demand: Double
        let gain: Double
    }

    /// The trees stand at the tolls, before and after.
    private func oneByOne(_ tolls: inout [Double], limit: Int, _ random: inout RandomStream) -> Double {
        let order = random.permutation(tolls.count)
        var revenue = answers.revenue
        var (place, unchanged) = (0, 0)
        var thresholds: [Threshold] = []
        while unchanged < order.count, work < limit {
            let t = order[place]
            place = place + 1 == order.count ? 0 : place + 1
            unchanged += 1
            guard let better = better(t, than: revenue, &thresholds), abs(better - tolls[t]) > 1e-9 else { continue }
            let former = tolls[t]
            tolls[t] = better
            let next = changed(t, to: better, revenue)
            if next > revenue * (1 + 1e-8) {
                revenue = next
                unchanged = 0
            } else {
                tolls[t] = former
                _ = changed(t, to: former, next)
            }
        }
        return answers.revenue
    }

    private func changed(_ t: Int, to value: Double, _ revenue: Double) -> Double {
        var revenue = revenue
        for k in answers.marketsOfToll[t] {
            let tree = answers.trees[k]
            revenue -= tree.market.demand * tree.revenue
            tree.set(t, to: value)
            revenue += tree.market.demand * tree.revenue
        }
        return revenue
    }

    /// The best value of one toll while the others stay; nil where the present one is.
    private func better(_ t: Int, than revenue: Double, _ thresholds: inout [Threshold]) -> Double? {
        thresholds.removeAll(keepingCapacity: true)
        let limit = problem.tolls[t].limit
        var (present, without) = (0.0, 0.0)
        for k in answers.marketsOfToll[t] {
            let tree = answers.trees[k]
            guard let choice = tree.choice(of: t) else { continue }
            let demand = tree.market.demand
            present += demand * tree.revenue
            without += demand * choice.otherwise
            thresholds.append(
                Threshold(
                    highest: min(choice.highest, limit), demand: demand,
                    gain: demand * (choice.others - choice.otherwise)))
        }
        guard !thresholds.isEmpty else { return nil }
        thresholds.sort { $0.highest > $1.highest }
        var best = present + Self.leastGain * revenue
        var found: Double?
        if without > best { (best, found) = (without, limit) }
        var (sum, demand) = (without, 0.0)
        for (n, threshold) in thresholds.enumerated() {
            sum += threshold.gain
            demand += threshold.demand
            if n + 1 < thresholds.count, thresholds[n + 1].highest >= threshold.highest { continue }
            let value = sum + demand * threshold.highest
            if value > best { (best, found) = (value, threshold.highest) }
        }
        return found
    }
}
