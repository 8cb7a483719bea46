import Foundation
import TestSupport
import Testing

@testable import Games

/// The exact projection onto a box with any rows and ties, against samples, Dykstra's alternating projections and the
/// closed form that mean caps have.
@Suite struct PolyhedronTests {
    /// A space around a point, so that it is never empty: bounds, linear caps of either sign, steps between neighbours,
    /// sometimes a mean cap, orderings and ties.
    private func randomSpace(_ random: inout SeededNumbers, count: Int) throws -> DecisionSpace {
        var inside = (0..<count).map { _ in random.uniform(in: -1...1) }
        var ties: [[Int]] = []
        if count >= 3, random.whole(0...1) == 0 {
            let order = Array(0..<count).shuffled(using: &random)
            ties = [Array(order[..<random.whole(2...min(3, count))])]
            for k in ties[0] { inside[k] = inside[ties[0][0]] }
        }
        let decisions = inside.enumerated().map { i, value in
            Decision(
                name: "d\(i)", lower: value - random.uniform(in: 0...1.5), upper: value + random.uniform(in: 0...1.5),
                unit: "1")
        }
        var caps: [LinearCap] = []
        for c in 0..<random.whole(1...3) {
            let indices = (0..<count).filter { _ in random.whole(0...2) > 0 }
            let coefficients = indices.map { _ in random.uniform(in: -2...2) }
            let sum = zip(indices, coefficients).reduce(0) { $0 + inside[$1.0] * $1.1 }
            // Some touch the point.
            let room = random.whole(0...3) == 0 ? 0 : random.uniform(in: 0...0.5)
            caps.append(LinearCap(name: "cap\(c)", indices: indices, coefficients: coefficients, maximum: sum + room))
        }
        if random.whole(0...1) == 0 {
            for k in 0..<count - 1 {
                let most = abs(inside[k] - inside[k + 1]) + random.uniform(in: 0...0.3)
                for (a, b) in [(k, k + 1), (k + 1, k)] {
                    caps.append(LinearCap(name: "step\(a)", indices: [a, b], coefficients: [1, -1], maximum: most))
                }
            }
        }
        var means: [MeanCap] = []
        var orderings: [Ordering] = []
        if random.whole(0...1) == 0 {
            let weights = inside.map { _ in random.uniform(in: 0.2...2) }
            let mean = zip(inside, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
            means = [
                MeanCap(
                    name: "mean", indices: Array(0..<count), maximum: mean + random.uniform(in: 0...0.2),
                    weights: weights)
            ]
        } else if let high = (1..<count).first(where: { inside[$0] >= inside[0] }) {
            orderings = [Ordering(lower: 0, upper: high)]
        }
        return try DecisionSpace(decisions, meanCaps: means, orderings: orderings, linearCaps: caps, ties: ties)
    }

    /// Whether a point keeps everything, by the test's own arithmetic.
    private func isInside(_ point: [Double], _ space: DecisionSpace, room: Double) -> Bool {
        func dot(_ indices: [Int], _ weights: [Double]) -> Double {
            zip(indices, weights).reduce(0) { $0 + point[$1.0] * $1.1 }
        }
        return zip(point, space.decisions).allSatisfy { $0 >= $1.lower && $0 <= $1.upper }
            && space.meanCaps.allSatisfy {
                dot($0.indices, $0.weights) <= $0.maximum * $0.weights.reduce(0, +) + room
            }
            && space.orderings.allSatisfy { point[$0.lower] <= point[$0.upper] + room }
            && space.linearCaps.allSatisfy { dot($0.indices, $0.coefficients) <= $0.maximum + room }
            && space.ties.allSatisfy { tie in tie.allSatisfy { point[$0] == point[tie[0]] } }
    }

    private func distance(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }

    @Test func noPointOfASampleIsNearer() throws {
        var random = SeededNumbers(seed: 401)
        var compared = 0
        for number in 0..<150 {
            let space = try randomSpace(&random, count: random.whole(2...3))
            let point = (0..<space.count).map { _ in random.uniform(in: -3...3) }
            let nearest = space.project(point)
            #expect(isInside(nearest, space, room: 1e-11), "space \(number)")
            #expect(space.project(nearest) == nearest, "space \(number): projected twice")
            let least = distance(point, nearest)
            for k in 0..<2_000 {
                // All over the box, and close to what was found.
                var other = space.decisions.enumerated().map { i, one in
                    k % 2 == 0
                        ? random.uniform(in: one.lower...one.upper)
                        : min(max(nearest[i] + random.uniform(in: -0.05...0.05), one.lower), one.upper)
                }
                for tie in space.ties { for i in tie { other[i] = other[tie[0]] } }
                guard isInside(other, space, room: 0) else { continue }
                compared += 1
                #expect(distance(point, other) >= least - 1e-9, "space \(number)")
            }
        }
        #expect(compared > 10_000)
    }

    /// Alternating projections after Dykstra reach the nearest point by other arithmetic.
    @Test func agreesWithAlternatingProjections() throws {
        var random = SeededNumbers(seed: 402)
        for number in 0..<60 {
            let space = try randomSpace(&random, count: random.whole(2...9))
            let point = (0..<space.count).map { _ in random.uniform(in: -2...2) }
            let (found, other) = (space.project(point), dykstra(point, onto: space))
            #expect(isInside(found, space, room: 1e-11), "space \(number)")
            #expect(space.project(found) == found, "space \(number): projected twice")
            // What alternates may not be there yet, and is then outside.
            #expect(distance(point, found) <= distance(point, other) + 1e-5, "space \(number)")
            #expect(distance(found, other) <= 1e-3, "space \(number)")
        }
    }

    private func dykstra(_ point: [Double], onto space: DecisionSpace) -> [Double] {
        var sets: [([Double]) -> [Double]] = [
            { zip($0, space.decisions).map { min(max($0, $1.lower), $1.upper) } }
        ]
        func add(_ indices: [Int], _ weights: [Double], _ limit: Double) {
            let square = weights.reduce(0) { $0 + $1 * $1 }
            guard square > 0 else { return }
            sets.append { x in
                let excess = zip(indices, weights).reduce(-limit) { $0 + x[$1.0] * $1.1 }
                var x = x
                if excess > 0 { for (i, weight) in zip(indices, weights) { x[i] -= excess * weight / square } }
                return x
            }
        }
        for cap in space.meanCaps { add(cap.indices, cap.weights, cap.maximum * cap.weights.reduce(0, +)) }
        for ordering in space.orderings { add([ordering.lower, ordering.upper], [1, -1], 0) }
        for cap in space.linearCaps { add(cap.indices, cap.coefficients, cap.maximum) }
        for tie in space.ties {
            sets.append { x in
                var x = x
                let mean = tie.reduce(0) { $0 + x[$1] } / Double(tie.count)
                for i in tie { x[i] = mean }
                return x
            }
        }
        var x = point
        var corrections = sets.map { _ in point.map { _ in 0.0 } }
        for _ in 0..<4_000 {
            for (k, project) in sets.enumerated() {
                let moved = zip(x, corrections[k]).map { $0 + $1 }
                let next = project(moved)
                corrections[k] = zip(moved, next).map { $0 - $1 }
                x = next
            }
        }
        return x
    }

    /// A mean cap written as a linear one has the same nearest points.
    @Test func agreesWithTheClosedForm() throws {
        var random = SeededNumbers(seed: 403)
        for _ in 0..<100 {
            let count = random.whole(1...24)
            let decisions = (0..<count).map { i in
                let lower = random.uniform(in: 0...1)
                return Decision(name: "d\(i)", lower: lower, upper: lower + random.uniform(in: 0...1), unit: "1")
            }
            let weights = (0..<count).map { _ in random.uniform(in: 0.1...3) }
            let total = weights.reduce(0, +)
            let least = zip(weights, decisions).reduce(0) { $0 + $1.0 * $1.1.lower } / total
            let cap = MeanCap(
                name: "mean", indices: Array(0..<count), maximum: least + random.uniform(in: 0...0.6), weights: weights)
            let closed = try DecisionSpace(decisions, meanCaps: [cap])
            let general = try DecisionSpace(
                decisions,
                linearCaps: [
                    LinearCap(
                        name: "sum", indices: cap.indices, coefficients: weights, maximum: cap.maximum * total)
                ])
            let point = (0..<count).map { _ in random.uniform(in: -0.5...2.5) }
            #expect(distance(closed.project(point), general.project(point)) <= 1e-9)
        }
    }

    @Test func pointsFarOutsideAndInfinite() throws {
        let space = try DecisionSpace(
            (0..<3).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") },
            linearCaps: [LinearCap(name: "sum", indices: [0, 1], coefficients: [1, 2], maximum: 1.5)])
        for point: [Double] in [[1e9, -1e9, 3], [.infinity, .infinity, -.infinity], [1e300, 0.2, 0.5]] {
            let nearest = space.project(point)
            #expect(isInside(nearest, space, room: 1e-11), "\(point) -> \(nearest)")
            #expect(space.project(nearest) == nearest)
        }
        #expect(space.project([1e9, -1e9, 3]) == [1, 0, 1])
    }

    @Test func rowsThatContradictEachOtherAreNamed() throws {
        let decisions = (0..<3).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") }
        let (high, low) = (
            LinearCap(name: "high", indices: [0, 1], coefficients: [-1, -1], maximum: -1.5),
            LinearCap(name: "low", indices: [1, 0], coefficients: [1, 1], maximum: 1)
        )
        let idle = LinearCap(name: "idle", indices: [2], coefficients: [1], maximum: 5)
        let error = #expect(throws: DecisionSpaceError.self) {
            try DecisionSpace(decisions, linearCaps: [idle, low, high])
        }
        #expect(error == .capsImpossible(names: ["high", "low"]) || error == .capsImpossible(names: ["low", "high"]))
        let nearest = try DecisionSpace(decisions, linearCaps: [idle, low]).project([1, 1, 1])
        #expect(distance(nearest, [0.5, 0.5, 1]) <= 1e-12)
    }

    /// Written digits keep all rows, equal prices equal, and are close.
    @Test func roundedNumbersKeepEverything() throws {
        var random = SeededNumbers(seed: 404)
        var written = 0
        for number in 0..<120 {
            let space = try randomSpace(&random, count: random.whole(2...8))
            let point = space.project((0..<space.count).map { _ in random.uniform(in: -2...2) })
            let rounded = space.rounded(point)
            #expect(isInside(rounded, space, room: 1e-11), "space \(number)")
            #expect(space.project(rounded) == rounded)
            #expect(zip(rounded, point).allSatisfy { abs($0 - $1) <= 0.01 }, "space \(number)")
            func isWritten(_ k: Int) -> Bool {
                let value = rounded[k]
                let ends = space.decisions.flatMap { [$0.lower, $0.upper] }
                return ends.contains(value) || abs((value * 1e4).rounded() / 1e4 - value) < 1e-12
            }
            if space.decisions.indices.allSatisfy(isWritten) { written += 1 }
        }
        // Few have hardly any room, where digits are kept.
        #expect(written > 80)
    }

    @Test func readsBackWhatItWrites() throws {
        let decisions = (0..<4).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") }
        let space = try DecisionSpace(
            decisions, linearCaps: [LinearCap(name: "sum", indices: [0, 3], coefficients: [1, -2], maximum: 0.5)],
            ties: [[0, 1]], groupings: [ValueGrouping(name: "levels", indices: [2, 3], kind: .levels, most: 1)])
        let text = try JSONEncoder().encode(space)
        #expect(try JSONDecoder().decode(DecisionSpace.self, from: text) == space)
        // What is not used leaves no trace.
        let plain = String(decoding: try JSONEncoder().encode(try DecisionSpace(decisions)), as: UTF8.self)
        #expect(!plain.contains("linearCaps") && !plain.contains("ties") && !plain.contains("groupings"))
    }
}
