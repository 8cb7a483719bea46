import Foundation
import TestSupport
import Testing

@testable import Games

/// Decisions with few digits stay in their space, and read back as they are.
@Suite struct RoundedDecisionTests {
    private static func series(_ name: String, _ bounds: [(Double, Double)]) -> [Decision] {
        bounds.enumerated().map { Decision(name: "\(name)[\($0)]", lower: $1.0, upper: $1.1, unit: "CNY/kWh") }
    }

    /// Four decimals from 0.1 to 10, by hand beyond.
    @Test(arguments: [
        (0.35, 4), (1.2, 4), (9.99, 4), (0.1, 4), (0.05, 5), (0.003, 6), (10, 3), (40, 3), (250, 2), (0, 4),
    ])
    func decimalsFollowTheGreatestPrice(greatest: Double, decimals: Int) throws {
        let space = try DecisionSpace(Self.series("p", [(0, greatest), (0, greatest / 100)]))
        // The same throughout a series, even where an hour's own bound is low.
        #expect(space.ticks == [Tick(decimals: decimals), Tick(decimals: decimals)])
    }

    private func check(_ space: DecisionSpace, _ point: [Double]) {
        let rounded = space.rounded(point)
        #expect(space.project(rounded) == rounded, "\(point)")
        #expect(space.violation(of: rounded) <= 1e-12)
        for (k, decision) in space.decisions.enumerated() {
            let tick = space.ticks[k]
            let text = String(format: "%.\(max(0, tick.decimals))f", rounded[k])
            let steps = (decision.upper / tick.size).rounded(.down) - (decision.lower / tick.size).rounded(.up)
            #expect(
                Double(text) == rounded[k] || steps < 1 || rounded[k] == decision.lower || rounded[k] == decision.upper,
                "\(decision.name) is \(rounded[k])")
        }
    }

    /// Random points of spaces with bounds of any digits, mean caps that bind, and orderings.
    @Test func roundedPointsAreInTheSpace() throws {
        var numbers = SeededNumbers(seed: 8)
        for _ in 0..<40 {
            let bounds = (0..<12).map { _ in
                let low = numbers.uniform(in: 0...0.4)
                return (low, low + numbers.uniform(in: 0...1) * numbers.uniform(in: 0...1))
            }
            let sell = Self.series("sell", bounds)
            let buy = Self.series("buy", bounds.map { (0, $0.1) })
            let least = sell.reduce(0) { $0 + $1.lower } / 12
            let space = try DecisionSpace(
                sell + buy,
                meanCaps: [
                    MeanCap(name: "mean", indices: Array(0..<12), maximum: least + numbers.uniform(in: 0...0.1))
                ],
                orderings: (0..<12).map { Ordering(lower: 12 + $0, upper: $0) })
            for _ in 0..<20 { check(space, (0..<24).map { _ in numbers.uniform(in: -0.2...1.5) }) }
            check(space, space.upper)
            check(space, space.lower)
        }
    }

    /// By hand: bounds closer together than a step, a fixed price of many digits, a cap that an upward rounding breaks.
    @Test func narrowPlaces() throws {
        let narrow = try DecisionSpace(Self.series("p", [(0.12341, 0.12349), (1.0 / 3, 1.0 / 3), (0, 1)]))
        let rounded = narrow.rounded([0.123449, 0.5, 0.65555])
        #expect(rounded[0] == 0.123449 && rounded[1] == 1.0 / 3 && rounded[2] == 0.6556)
        let capped = try DecisionSpace(
            Self.series("p", [(0, 1), (0, 1)]), meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 0.50006)])
        // 0.5001 twice is more than the cap, once it is less.
        #expect(capped.rounded([0.50006, 0.50006]) == [0.5, 0.5001])
        // What is written already stays.
        #expect(capped.rounded([0.4321, 0.1]) == [0.4321, 0.1])
        // Bounds that are not on the grid are not written.
        let odd = try DecisionSpace(Self.series("p", [(1.0 / 3, 2.0 / 3)]))
        #expect(odd.rounded([1]) == [0.6666] && odd.rounded([0]) == [0.3334])
    }

    /// A grid that somebody names: multiples of 0.25 and of 0.05, by hand, with a mean that weighs the first twice.
    @Test func aNamedGridHolds() throws {
        var decisions = Self.series("p", [(0.1, 2), (0, 2), (0, 2)])
        for k in decisions.indices { decisions[k].tick = Tick(0.25) }
        let space = try DecisionSpace(decisions)
        #expect(space.rounded([0.1, 1.13, 1.9]) == [0.25, 1.25, 2])
        for k in decisions.indices { decisions[k].tick = Tick(0.05) }
        let capped = try DecisionSpace(
            decisions, meanCaps: [MeanCap(name: "mean", indices: [0, 1], maximum: 1, weights: [2, 1])])
        let rounded = capped.rounded([1.1, 0.8, 0.33])
        #expect(rounded[2] == 0.35 && 2 * rounded[0] + rounded[1] <= 3)
        for value in rounded { #expect(Double(String(format: "%.2f", value)) == value) }
        #expect(Tick(1.0 / 3) == nil && Tick(0) == nil && Tick(20)?.size == 20 && Tick(0.0001) == Tick(decimals: 4))
    }
}
