import Foundation
import Games
import TestSupport
import Testing

/// The exact projection onto a box with mean caps and orderings, against the conditions that only the nearest point
/// meets.
@Suite struct DecisionSpaceTests {
    /// A space with up to two caps and a few orderings, some of them below capped decisions.
    private func randomSpace(_ random: inout SeededNumbers) throws -> DecisionSpace {
        while true {
            let count = random.whole(1...8)
            let decisions = (0..<count).map { i in
                let lower = random.uniform(in: -2...2)
                let width = random.whole(0...5) == 0 ? 0 : random.uniform(in: 0...3)
                return Decision(name: "d\(i)", lower: lower, upper: lower + width, unit: "1")
            }
            var caps: [MeanCap] = []
            let order = Array(0..<count).shuffled(using: &random)
            let cuts = [random.whole(0...count), random.whole(0...count)].sorted()
            for (k, indices) in [Array(order[..<cuts[0]]), Array(order[cuts[0]..<cuts[1]])].enumerated()
            where !indices.isEmpty {
                let least = indices.reduce(0) { $0 + decisions[$1].lower } / Double(indices.count)
                caps.append(
                    MeanCap(name: "cap\(k)", indices: indices, maximum: least + random.uniform(in: 0...2)))
            }
            var free = Array(order[cuts[1]...])
            var partners = order.shuffled(using: &random)
            var orderings: [Ordering] = []
            while let low = free.popLast(), random.whole(0...2) > 0 {
                partners.removeAll { $0 == low }
                guard let high = partners.popLast() else { break }
                free.removeAll { $0 == high }
                orderings.append(Ordering(lower: low, upper: high))
            }
            do { return try DecisionSpace(decisions, meanCaps: caps, orderings: orderings) } catch is DecisionSpaceError
            {}
        }
    }

    private func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    /// The nearest point of a convex set is the one from which no other point lies towards the projected one:
    /// `(p - x) . (z - x) <= 0` for every `z` of the set.
    @Test func projectionIsTheNearestPoint() throws {
        var random = SeededNumbers(seed: 8)
        for number in 0..<300 {
            let space = try randomSpace(&random)
            let point = (0..<space.count).map { _ in random.uniform(in: -5...5) }
            let nearest = space.project(point)
            #expect(space.violation(of: nearest) <= 1e-12, "space \(number)")
            #expect(space.project(nearest) == nearest, "space \(number): projected twice")
            for _ in 0..<40 {
                // Other points of the set: projections of anything, near and far.
                let reach = [0.01, 0.3, 6][random.whole(0...2)]
                let other = space.project(nearest.map { $0 + random.uniform(in: -reach...reach) })
                let product = zip(zip(point, nearest), other).reduce(0) { $0 + ($1.0.0 - $1.0.1) * ($1.1 - $1.0.1) }
                #expect(product <= 1e-9, "space \(number)")
            }
        }
    }

    /// Alternating projections after Dykstra reach the nearest point by other arithmetic.
    @Test func agreesWithAlternatingProjections() throws {
        var random = SeededNumbers(seed: 21)
        for number in 0..<100 {
            let space = try randomSpace(&random)
            let point = (0..<space.count).map { _ in random.uniform(in: -4...4) }
            #expect(distance(dykstra(point, onto: space), space.project(point)) <= 1e-6, "space \(number)")
        }
    }

    private func dykstra(_ point: [Double], onto space: DecisionSpace) -> [Double] {
        var sets: [([Double]) -> [Double]] = [
            { zip($0, space.decisions).map { min(max($0, $1.lower), $1.upper) } }
        ]
        for cap in space.meanCaps {
            sets.append { x in
                let excess = cap.indices.reduce(0) { $0 + x[$1] } / Double(cap.indices.count) - cap.maximum
                var x = x
                if excess > 0 { for i in cap.indices { x[i] -= excess } }
                return x
            }
        }
        for ordering in space.orderings {
            sets.append { x in
                guard x[ordering.lower] > x[ordering.upper] else { return x }
                var x = x
                let middle = 0.5 * (x[ordering.lower] + x[ordering.upper])
                x[ordering.lower] = middle
                x[ordering.upper] = middle
                return x
            }
        }
        var x = point
        var corrections = sets.map { _ in point.map { _ in 0.0 } }
        for _ in 0..<3_000 {
            for (k, project) in sets.enumerated() {
                let moved = zip(x, corrections[k]).map { $0 + $1 }
                let next = project(moved)
                corrections[k] = zip(moved, next).map { $0 - $1 }
                x = next
            }
        }
        return x
    }

    @Test func capBelowWhichAnotherDecisionIsOrdered() throws {
        let space = try DecisionSpace(
            [
                Decision(name: "sell", lower: 0, upper: 1, unit: "1"),
                Decision(name: "other", lower: 0, upper: 1, unit: "1"),
                Decision(name: "buy", lower: 0, upper: 1, unit: "1"),
            ],
            meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 0.5)], orderings: [Ordering(lower: 2, upper: 0)])
        // By hand: sell = buy = s and other = o with s + o = 1, so that 2 (s - 1) = o - 1 by the multiplier.
        let nearest = space.project([1, 1, 1])
        #expect(distance(nearest, [2.0 / 3, 1.0 / 3, 2.0 / 3]) <= 1e-12)
        #expect(space.project([0.2, 0.3, 0.1]) == [0.2, 0.3, 0.1])
    }

    @Test func pointsFarOutsideAndInfinite() throws {
        let space = try DecisionSpace(
            (0..<3).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") },
            meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 0.6)])
        let far = Double.infinity
        for point: [Double] in [[1e9, -1e9, 3], [1e30, 1e30, -1e30], [far, far, -far], [far, 0.2, 0.5]] {
            let nearest = space.project(point)
            #expect(space.violation(of: nearest) <= 1e-12, "\(point) -> \(nearest)")
            #expect(space.project(nearest) == nearest)
        }
        #expect(space.project([1e9, -1e9, 3]) == [1, 0, 1])
    }

    @Test func violationIsTheLargestExcess() throws {
        let space = try DecisionSpace(
            [
                Decision(name: "a", lower: 0, upper: 4, unit: "1"), Decision(name: "b", lower: 0, upper: 4, unit: "1"),
                Decision(name: "c", lower: 0, upper: 4, unit: "1"),
            ],
            meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 2)], orderings: [Ordering(lower: 2, upper: 0)])
        #expect(space.violation(of: [1, 1, 1]) == 0)
        #expect(space.violation(of: [-0.5, 1, -2]) == 2)
        #expect(space.violation(of: [5.5, 0, 0]) == 1.5)
        #expect(space.violation(of: [3, 2, 0]) == 0.5)
        #expect(space.violation(of: [1, 1, 1.25]) == 0.25)
        #expect(space.count == 3 && space.lower == [0, 0, 0] && space.upper == [4, 4, 4])
    }

    /// The nearest point by trying them all.
    @Test func integerDecisionsAreRounded() throws {
        let space = try DecisionSpace([
            Decision(name: "a", lower: -2.4, upper: 3.7, unit: "1", isInteger: true),
            Decision(name: "b", lower: 0, upper: 1, unit: "1"),
            Decision(name: "c", lower: 5, upper: 5, unit: "1", isInteger: true),
        ])
        #expect(space.project([1.5, 0.5, 0]) == [2, 0.5, 5])
        #expect(space.project([-1.5, 2, 9]) == [-2, 1, 5])
        #expect(space.project([.infinity, 0.25, -.infinity]) == [3, 0.25, 5])
        var random = SeededNumbers(seed: 5)
        for _ in 0..<200 {
            let point = (0..<3).map { _ in random.uniform(in: -6...6) }
            let nearest = space.project(point)
            let tried = (-2...3).map { [Double($0), min(max(point[1], 0), 1), 5] }
            #expect(distance(point, nearest) <= tried.map { distance(point, $0) }.min()! + 1e-12)
            #expect(space.violation(of: nearest) == 0)
            #expect(space.project(nearest) == nearest)
        }
        #expect(space.violation(of: [0.75, 0, 5]) == 0.25)
        #expect(space.violation(of: [3.25, 0, 5]) == 0.25)
    }

    /// Integer decisions beside capped and ordered ones leave those as they are.
    @Test func integerDecisionsBesideCaps() throws {
        let space = try DecisionSpace(
            [
                Decision(name: "units", lower: 0, upper: 9, unit: "1", isInteger: true),
                Decision(name: "a", lower: 0, upper: 1, unit: "1"), Decision(name: "b", lower: 0, upper: 1, unit: "1"),
            ], meanCaps: [MeanCap(name: "mean", indices: [1, 2], maximum: 0.5)])
        let nearest = space.project([3.4, 1, 0.8])
        #expect(nearest[0] == 3)
        #expect(distance(nearest, [3, 0.6, 0.4]) <= 1e-12)
    }

    @Test func readsBackWhatItWrites() throws {
        let space = try DecisionSpace(
            [
                Decision(name: "a", lower: 0, upper: 1, unit: "1"), Decision(name: "b", lower: 0, upper: 1, unit: "1"),
                Decision(name: "c", lower: 0, upper: 7, unit: "1", isInteger: true),
            ],
            meanCaps: [MeanCap(name: "mean", indices: [0], maximum: 0.5)], orderings: [Ordering(lower: 1, upper: 0)])
        let text = try JSONEncoder().encode(space)
        #expect(try JSONDecoder().decode(DecisionSpace.self, from: text) == space)
        let spoilt = Data(String(decoding: text, as: UTF8.self).replacingOccurrences(of: "\"b\"", with: "\"a\"").utf8)
        #expect(throws: DecisionSpaceError.duplicateName("a")) {
            try JSONDecoder().decode(DecisionSpace.self, from: spoilt)
        }
    }

    @Test func readsDecisionsWrittenWithoutAWordOnWholeNumbers() throws {
        let text = #"{"name": "a", "lower": 0, "upper": 1, "unit": "1"}"#
        let decision = try JSONDecoder().decode(Decision.self, from: Data(text.utf8))
        #expect(decision == Decision(name: "a", lower: 0, upper: 1, unit: "1"))
    }
}
