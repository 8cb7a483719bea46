import Testing

@testable import Scenarios

/// Small sets of scenarios with unequal probabilities, drawn by seed.
private func randomSet(_ count: Int, _ dimension: Int, seed: UInt64) throws -> ScenarioSet {
    var generator = SplitMix(state: seed)
    let vectors = (0..<count).map { _ in (0..<dimension).map { _ in Double.random(in: 0..<10, using: &generator) } }
    let weights = (0..<count).map { _ in Double.random(in: 0.1..<1, using: &generator) }
    let sum = weights.reduce(0, +)
    return try ScenarioSet(vectors, probabilities: weights.map { $0 / sum })
}

/// Every way to choose `size` of `count`.
private func subsets(of count: Int, size: Int) -> [[Int]] {
    (0..<1 << count).filter { $0.nonzeroBitCount == size }.map { bits in (0..<count).filter { bits >> $0 & 1 == 1 } }
}

/// What a reduction is worth, straight from its definition.
private func left(_ set: ScenarioSet, _ kept: [Int], _ metric: ScenarioMetric) -> Double {
    set.vectors.indices.reduce(0) { sum, i in
        sum + set.probabilities[i] * (kept.map { metric.distance(set.vectors[i], set.vectors[$0]) }.min() ?? .infinity)
    }
}

@Suite struct ScenarioMetricTests {
    @Test func normsByHand() throws {
        let (a, b) = ([0.0, 0, 1], [3.0, -8, 1])
        #expect(try ScenarioMetric(.manhattan).distance(a, b) == 11)
        #expect(try ScenarioMetric(.euclidean, scales: [1, 2, 5]).distance(a, b) == 5)
        #expect(try ScenarioMetric(.maximum, scales: [1, 4, 5]).distance(a, b) == 3)
    }

    @Test func scalesAreDeviationsAndBlocksShareThem() throws {
        // Deviations 1, 3 and 0.
        let set = try ScenarioSet([[0, 0, 7], [2, 6, 7]])
        #expect(try ScenarioMetric.standardised(set).scales == [1, 3, 1])
        let two = try ScenarioSet([[0, 0], [2, 14]])
        #expect(try ScenarioMetric.standardised(two, block: 2).scales == [5, 5])
        #expect(throws: ScenarioError.badScales) { try ScenarioMetric.standardised(set, block: 2) }
        #expect(throws: ScenarioError.badScales) { try ScenarioMetric(scales: [1, 0]) }
    }

    /// On a line the Kantorovich distance is the area between the two distribution functions.
    @Test(arguments: 0..<20) func distanceOnALineIsTheAreaBetweenDistributions(seed: UInt64) throws {
        let (a, b) = (try randomSet(7, 1, seed: seed), try randomSet(4, 1, seed: seed + 100))
        let steps =
            (zip(a.vectors, a.probabilities).map { ($0[0], $1) } + zip(b.vectors, b.probabilities).map { ($0[0], -$1) })
            .sorted { $0.0 < $1.0 }
        var (area, height) = (0.0, 0.0)
        for (step, next) in zip(steps, steps.dropFirst()) {
            height += step.1
            area += abs(height) * (next.0 - step.0)
        }
        #expect(abs(try ScenarioMetric().distance(a, b) - area) < 1e-12)
        #expect(abs(try ScenarioMetric().distance(b, a) - area) < 1e-12)
    }

    /// With equal probabilities on both sides the best transport is a pairing.
    @Test(arguments: ScenarioMetric.Norm.allCases) func distanceOfEquallyLikelyIsTheBestPairing(
        norm: ScenarioMetric.Norm
    ) throws {
        let metric = try ScenarioMetric(norm, scales: [1, 0.5, 4])
        let a = try ScenarioSet(randomSet(6, 3, seed: 5).vectors)
        let b = try ScenarioSet(randomSet(6, 3, seed: 6).vectors)
        func best(_ i: Int, _ free: [Int]) -> Double {
            free.isEmpty
                ? 0
                : free.map { j in
                    metric.distance(a.vectors[i], b.vectors[j]) / 6 + best(i + 1, free.filter { $0 != j })
                }.min() ?? .infinity
        }
        #expect(abs(try metric.distance(a, b) - best(0, Array(0..<6))) < 1e-12)
        #expect(try metric.distance(a, a) == 0)
    }
}

@Suite struct ScenarioReductionTests {
    @Test func fourOnALineByHand() throws {
        let set = try ScenarioSet([[0], [1], [10], [12]], probabilities: [0.4, 0.3, 0.1, 0.2])
        let forward = try ScenarioReduction(set, to: 2, metric: ScenarioMetric())
        // One at 1 leaves 0.4 + 0.9 + 2.2 = 3.5, at 0 3.7, at 10 7.1, at 12 8.3. Beside 1: with 12
        // 0.4 + 0.2 = 0.6, with 10 0.4 + 0.4 = 0.8.
        #expect(forward.kept == [1, 3] && forward.representative == [0, 0, 1, 1])
        #expect(abs(forward.distance - 0.6) < 1e-12 && abs(forward.relativeDistance - 0.6 / 3.5) < 1e-12)
        #expect(zip(forward.reduced.probabilities, [0.7, 0.3]).allSatisfy { abs($0 - $1) < 1e-12 })
        // Backward: 10 costs 0.1 * 2, then 1 costs 0.3 * 1: better than forward, which had to begin at 1.
        let backward = try ScenarioReduction(set, to: 2, metric: ScenarioMetric(), method: .backward)
        #expect(backward.kept == [0, 3] && abs(backward.distance - 0.5) < 1e-12)
    }

    @Test(arguments: ScenarioReduction.Method.allCases, 0..<8)
    func chosenStepByStepAsTheDefinitionsSay(method: ScenarioReduction.Method, seed: UInt64) throws {
        let metric = try ScenarioMetric(ScenarioMetric.Norm.allCases[Int(seed) % 3])
        let set = try randomSet(9, 3, seed: seed)
        var ways: [Int: [Int]] = [:]
        switch method {
        case .forward:
            var kept: [Int] = []
            for count in 1...9 {
                let next = (0..<9).filter { !kept.contains($0) }
                    .min { left(set, kept + [$0], metric) < left(set, kept + [$1], metric) }
                kept.append(try #require(next))
                ways[count] = kept
            }
        case .backward:
            var kept = Array(0..<9)
            ways[9] = kept
            for count in (1..<9).reversed() {
                let gone = kept.min { a, b in
                    left(set, kept.filter { $0 != a }, metric) < left(set, kept.filter { $0 != b }, metric)
                }
                kept.removeAll { $0 == gone }
                ways[count] = kept
            }
        }
        for count in 1...9 {
            let reduction = try ScenarioReduction(set, to: count, metric: metric, method: method)
            // The last two of forward selection may change places, as both leave nothing but rounding.
            #expect(count == 9 ? Set(reduction.kept) == Set(0..<9) : reduction.kept == ways[count])
        }
    }

    @Test(arguments: ScenarioReduction.Method.allCases)
    func distancesAgainstAllSubsets(method: ScenarioReduction.Method) throws {
        let metric = try ScenarioMetric(.euclidean, scales: [1, 3])
        var ratios: [Double] = []
        for seed in UInt64(40)..<48 {
            let set = try randomSet(9, 2, seed: seed)
            var single = 0.0
            for count in 1...8 {
                let reduction = try ScenarioReduction(set, to: count, metric: metric, method: method)
                let best = try #require(subsets(of: 9, size: count).map { left(set, $0, metric) }.min())
                if count == 1 { single = best }
                #expect(abs(reduction.distance - left(set, reduction.kept, metric)) < 1e-12)
                #expect(abs(reduction.relativeDistance - reduction.distance / single) < 1e-12)
                // Each is exact in its first step.
                if count == (method == .forward ? 1 : 8) { #expect(abs(reduction.distance - best) < 1e-12) }
                ratios.append(reduction.distance / best)
            }
        }
        let (worst, mean) = (ratios.max() ?? 0, ratios.reduce(0, +) / Double(ratios.count))
        print("\(method): distance of the best subset times \(mean) in the mean and \(worst) at worst")
        #expect(ratios.allSatisfy { $0 >= 1 - 1e-12 } && mean < 1.05 && worst < 1.5)
    }

    /// The stated distance is the Kantorovich distance of the reduced set, and no other probabilities on the same
    /// scenarios are nearer.
    @Test(arguments: ScenarioReduction.Method.allCases) func redistributionIsTheNearest(
        method: ScenarioReduction.Method
    ) throws {
        let metric = try ScenarioMetric(.manhattan)
        let set = try randomSet(14, 3, seed: 77)
        let reduction = try ScenarioReduction(set, to: 4, metric: metric, method: method)
        #expect(abs(try metric.distance(set, reduction.reduced) - reduction.distance) < 1e-12)
        for (position, i) in reduction.kept.enumerated() {
            let served = set.vectors.indices.filter { reduction.representative[$0] == position }
            #expect(served.contains(i))
            let together = served.reduce(0) { $0 + set.probabilities[$1] }
            #expect(abs(reduction.reduced.probabilities[position] - together) < 1e-12)
        }
        for from in 0..<4 {
            for to in 0..<4 where from != to {
                var probabilities = reduction.reduced.probabilities
                probabilities[from] -= 0.01
                probabilities[to] += 0.01
                let other = try ScenarioSet(reduction.reduced.vectors, probabilities: probabilities)
                #expect(try metric.distance(set, other) > reduction.distance)
            }
        }
    }

    /// Expectations over the reduced set against the full one's: for a function that changes by at most `L` a unit of
    /// distance they may differ by `L` times the stated distance (Kantorovich and Rubinstein).
    @Test(arguments: ScenarioReduction.Method.allCases) func expectationsStayWithinTheirBound(
        method: ScenarioReduction.Method
    ) throws {
        let day = (0..<24).map { 100 + 60 * Double(min($0, 24 - $0)) / 12 }
        let set = try SeriesForecast(day, relativeDeviation: 0.2, correlation: 0.8).scenarios(count: 300, seed: 9)
        let metric = try ScenarioMetric(.manhattan)
        var last = Double.infinity
        for count in [3, 10, 30, 100, 300] {
            let reduction = try ScenarioReduction(set, to: count, metric: metric, method: method)
            #expect(reduction.distance < last)
            last = reduction.distance
            for (j, error) in reduction.meanError.enumerated() {
                #expect(abs(error) <= reduction.distance + 1e-9)
                #expect(abs(error - (reduction.reduced.mean[j] - set.mean[j])) < 1e-9)
            }
            // The day's energy, and what it costs to buy whatever exceeds 130 kW: both change by at most 1 a kW in any
            // hour.
            let energies = (set.expectation { $0.reduce(0, +) }, reduction.reduced.expectation { $0.reduce(0, +) })
            func excess(_ day: [Double]) -> Double { day.reduce(0) { $0 + max(0, $1 - 130) } }
            let excesses = (set.expectation(of: excess), reduction.reduced.expectation(of: excess))
            #expect(abs(energies.0 - energies.1) <= reduction.distance + 1e-9)
            #expect(abs(excesses.0 - excesses.1) <= reduction.distance + 1e-9)
            print(
                "\(method) to \(count) of 300: distance \(reduction.relativeDistance) of one scenario's,",
                "energy \(energies.1) for \(energies.0) kWh, excess \(excesses.1) for \(excesses.0) kWh"
            )
        }
        #expect(last == 0)
    }

    @Test func equalScenariosMergeAndTiesGoToTheFirst() throws {
        let set = try ScenarioSet([[1], [5], [1], [5], [1]])
        for method in ScenarioReduction.Method.allCases {
            let reduction = try ScenarioReduction(set, to: 2, metric: ScenarioMetric(), method: method)
            #expect(reduction.distance == 0)
            let byValue = Dictionary(
                uniqueKeysWithValues: zip(reduction.reduced.vectors.map { $0[0] }, reduction.reduced.probabilities))
            #expect(abs((byValue[1] ?? 0) - 0.6) < 1e-12 && abs((byValue[5] ?? 0) - 0.4) < 1e-12)
        }
        #expect(try ScenarioReduction(set, to: 2, metric: ScenarioMetric()).kept == [0, 1])
        let one = try ScenarioReduction(ScenarioSet([[2], [2]]), to: 1, metric: ScenarioMetric())
        #expect(one.relativeDistance == 0 && one.reduced.probabilities == [1])
    }

    @Test func whatCannotBeIsRefused() throws {
        let set = try ScenarioSet([[1, 2], [3, 4]])
        #expect(throws: ScenarioError.badCount(0, available: 2)) {
            try ScenarioReduction(set, to: 0, metric: ScenarioMetric())
        }
        #expect(throws: ScenarioError.badCount(3, available: 2)) {
            try ScenarioReduction(set, to: 3, metric: ScenarioMetric())
        }
        #expect(throws: ScenarioError.badScales) {
            try ScenarioReduction(set, to: 1, metric: ScenarioMetric(scales: [1]))
        }
        #expect(throws: ScenarioError.unequalLengths) {
            try ScenarioMetric().distance(set, ScenarioSet([[1]]))
        }
        #expect(throws: ScenarioError.noScenarios) { try ScenarioSet([]) }
        #expect(throws: ScenarioError.noScenarios) { try ScenarioSet([[]]) }
        #expect(throws: ScenarioError.unequalLengths) { try ScenarioSet([[1], [1, 2]]) }
        #expect(throws: ScenarioError.notFinite) { try ScenarioSet([[.nan]]) }
        #expect(throws: ScenarioError.badProbabilities) { try ScenarioSet([[1], [2]], probabilities: [0.5, 0.4]) }
        #expect(throws: ScenarioError.badProbabilities) { try ScenarioSet([[1], [2]], probabilities: [1.5, -0.5]) }
        #expect(ScenarioError.badCount(3, available: 2).description == "3 cannot be chosen out of 2.")
    }
}
