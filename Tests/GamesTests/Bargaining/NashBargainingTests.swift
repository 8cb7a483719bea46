import Foundation
import LinearModels
import TestSupport
import Testing

@testable import Games

/// Nash's bargain: closed forms, searches over what is feasible, and all whole numbers.
@Suite struct NashBargainingTests {
    typealias Party = NashBargaining.Party

    private func bargain(_ outcome: BargainingOutcome) throws -> Bargain {
        let bargain = try #require(outcome.bargain)
        #expect(bargain.gap <= 1e-6 && bargain.residual <= 1e-9 && bargain.gains.allSatisfy { $0 > 0 })
        return bargain
    }

    private func logarithms(_ gains: [Double], _ weights: [Double]) -> Double {
        var sum = 0.0
        for (gain, weight) in zip(gains, weights) { sum += weight * log(gain) }
        return sum
    }

    /// Gains `g >= 0` with `sum(g_i / size_i) <= 1`: each gets the part of its size that its weight is.
    @Test func simplexesInAllUnits() throws {
        var numbers = SeededNumbers(seed: 41)
        for count in 2...7 {
            for _ in 0..<6 {
                let sizes = (0..<count).map { _ in pow(10, numbers.uniform(in: -3...9)) }
                let weights = (0..<count).map { _ in numbers.uniform(in: 0.01...3) }
                let constants = sizes.map { 5 * $0 }
                var model = LinearModel()
                let parts = try (0..<count).map { try model.variable("x\($0)") }
                try model.add(sum(parts) <= 1, named: "whole")
                // As a cost alone less a cost together.
                let parties = (0..<count).map { i in
                    let cost = constants[i] - sizes[i] * parts[i]
                    return Party(name: "p\(i)", gain: constants[i] - cost, weight: weights[i])
                }
                let found = try bargain(NashBargaining(parties, within: model).solve())
                let total = weights.reduce(0, +)
                for i in 0..<count {
                    let expected = sizes[i] * weights[i] / total
                    #expect(abs(found.gains[i] - expected) <= 1e-9 * expected)
                    #expect(abs(found.values[i] * sizes[i] - expected) <= 1e-9 * expected)
                }
            }
        }
    }

    /// Where payments are free, the greatest total is found and divided; where a band of prices binds, it decides.
    @Test func paymentsAndBands() throws {
        // Output x costs 4 a unit and is worth 10, of at most 3; the payment of the buyer is between bounds.
        func game(_ band: ClosedRange<Double>, weights: [Double]) throws -> Bargain {
            var model = LinearModel()
            let output = try model.variable("output", in: 0...3)
            let payment = try model.variable("payment", in: band)
            return try bargain(
                NashBargaining(
                    [
                        Party(name: "seller", gain: payment - 4 * output, weight: weights[0]),
                        Party(name: "buyer", gain: 10 * output - payment, weight: weights[1]),
                    ], within: model
                ).solve())
        }
        let free = try game(-1000...1000, weights: [1, 2])
        #expect(isNear(free.gains, NashBargaining.split(18, by: [1, 2])) && isNear(free.gains, [6, 12]))
        #expect(free.rateSpread <= 1e-9 && isNear(free.values, [3, 18]))
        let bound = try game(0...14, weights: [1, 1])
        // With a payment of 14 at most the seller would rather make less: (14 - 4 x)(10 x - 14) is greatest at 2.45.
        #expect(isNear(bound.values, [2.45, 14], 1e-7) && isNear(bound.gains, [4.2, 10.5], 1e-7))
        #expect(bound.rateSpread > 0.5)
    }

    /// Two and three parties within random rows, by nested searches of a concave function.
    @Test func randomPolyhedraByFineSearch() throws {
        var numbers = SeededNumbers(seed: 42)
        for round in 0..<40 {
            let count = round % 2 + 2
            let rows = (0..<(2 + round % 4)).map { _ in (0..<count).map { _ in numbers.uniform(in: 0.1...3) } }
            let sides = rows.map { _ in numbers.uniform(in: 1...10) }
            let weights = (0..<count).map { _ in numbers.uniform(in: 0.2...2) }
            func most(_ i: Int, _ gains: [Double]) -> Double {
                zip(rows, sides).map { row, side in
                    (side - (0..<i).reduce(0) { $0 + row[$1] * gains[$1] }) / row[i]
                }.min() ?? 0
            }
            /// The best worth and gains after the first ones.
            func best(_ gains: [Double]) -> (worth: Double, gains: [Double]) {
                let i = gains.count
                let greatest = most(i, gains)
                guard greatest > 0 else { return (-.infinity, gains) }
                if i == count - 1 { return (weights[i] * log(greatest), gains + [greatest]) }
                func at(_ gain: Double) -> (worth: Double, gains: [Double]) {
                    let rest = best(gains + [gain])
                    return (rest.worth + weights[i] * log(gain), rest.gains)
                }
                var (low, high) = (0.0, greatest)
                for _ in 0..<70 {
                    let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
                    if at(a).worth < at(b).worth { low = a } else { high = b }
                }
                return at((low + high) / 2)
            }
            let expected = best([])
            var model = LinearModel()
            let gains = try (0..<count).map { try model.variable("g\($0)") }
            for (k, row) in rows.enumerated() {
                try model.add(sum(zip(row, gains).map { $0 * $1 }) <= sides[k], named: "row\(k)")
            }
            func solve(units: [Double]) throws -> Bargain {
                try bargain(
                    NashBargaining(
                        (0..<count).map { Party(name: "p\($0)", gain: units[$0] * gains[$0], weight: weights[$0]) },
                        within: model
                    ).solve())
            }
            let found = try solve(units: gains.map { _ in 1 })
            let worth = logarithms(found.gains, weights)
            #expect(worth >= expected.worth - 1e-9, "no worse than what a search finds")
            #expect(isNear(found.gains, expected.gains, 1e-5))
            // Another unit of each one's gain changes nothing else.
            let units = gains.map { _ in pow(10, numbers.uniform(in: -4...6)) }
            let other = try solve(units: units)
            #expect(isNear(zip(other.gains, units).map { $0 / $1 }, found.gains, 1e-8))
        }
    }

    /// Projects that are made or not, with a payment in a band: all choices by hand.
    @Test func wholeNumbersByEnumeration() throws {
        var numbers = SeededNumbers(seed: 43)
        var (agreed, refused) = (0, 0)
        for round in 0..<60 {
            let count = 2 + round % 4
            let worth = (0..<count).map { _ in [numbers.uniform(in: -5...6), numbers.uniform(in: -5...6)] }
            let reach = numbers.uniform(in: 0...3)
            let weights = [numbers.uniform(in: 0.3...2), numbers.uniform(in: 0.3...2)]
            var best: (worth: Double, gains: [Double])?
            for choice in 0..<(1 << count) {
                var gains = [0.0, 0.0]
                for k in 0..<count where choice >> k & 1 == 1 {
                    gains[0] += worth[k][0]
                    gains[1] += worth[k][1]
                }
                // Of the total the first gets its weight's part, as far as payments reach.
                let wanted = NashBargaining.split(gains[0] + gains[1], by: weights)[0]
                let payment = min(reach, max(-reach, wanted - gains[0]))
                let divided = [gains[0] + payment, gains[1] - payment]
                guard divided.allSatisfy({ $0 > 1e-6 }) else { continue }
                let value = logarithms(divided, weights)
                if value > best?.worth ?? -.infinity { best = (value, divided) }
            }
            var model = LinearModel()
            let projects = try (0..<count).map { try model.variable("y\($0)", kind: .binary) }
            let payment = try model.variable("payment", in: -reach...reach)
            let gains = (0..<2).map { i in sum(zip(projects, worth).map { $1[i] * $0 }) }
            let parties = [
                Party(name: "a", gain: gains[0] + payment, weight: weights[0]),
                Party(name: "b", gain: gains[1] - payment, weight: weights[1]),
            ]
            let outcome = try NashBargaining(parties, within: model).solve()
            guard let best else {
                #expect(outcome.bargain == nil)
                refused += 1
                continue
            }
            let found = try bargain(outcome)
            let value = logarithms(found.gains, weights)
            #expect(abs(value - best.worth) <= 1e-6)
            #expect(isNear(found.gains, best.gains, 1e-6))
            agreed += 1
        }
        #expect(agreed > 30 && refused > 1)
    }

    @Test func whoCannotGain() throws {
        var model = LinearModel()
        let (x, y) = (try model.variable("x", in: 0...1), try model.variable("y", in: 0...1))
        try model.add(x + y <= 1, named: "whole")
        func outcome(_ gains: [LinearExpression]) throws -> BargainingOutcome {
            try NashBargaining(gains.enumerated().map { Party(name: "p\($0)", gain: $1) }, within: model).solve()
        }
        guard case .someCannotGain([1, 2]) = try outcome([x + 0, x + y - 1, -1 * y]) else {
            Issue.record("the last two gain nothing")
            return
        }
        guard case .nobodyGains = try outcome([-1 * x, -1 * y]) else {
            Issue.record("nobody gains")
            return
        }
        guard case .harmsSomebody = try outcome([x - 0.6, y - 0.6]) else {
            Issue.record("one is harmed")
            return
        }
        var choice = LinearModel()
        let first = try choice.variable("first", kind: .binary)
        guard
            case .notTogether = try NashBargaining(
                [Party(name: "a", gain: first), Party(name: "b", gain: 1 - first)], within: choice
            ).solve()
        else {
            Issue.record("one or the other")
            return
        }
    }

    @Test func wrongInput() throws {
        var model = LinearModel()
        let x = try model.variable("x")
        func refused(_ expected: BargainingError, _ parties: [Party]) {
            #expect(throws: expected) { try NashBargaining(parties, within: model).solve() }
        }
        refused(.tooFewPlayers(1), [Party(name: "a", gain: x)])
        refused(.duplicateName("a"), [Party(name: "a", gain: x), Party(name: "a", gain: x)])
        refused(
            .weightNotPositive(party: "b", weight: 0),
            [Party(name: "a", gain: x), Party(name: "b", gain: x, weight: 0)])
        refused(.unboundedGain(party: "a"), [Party(name: "a", gain: x), Party(name: "b", gain: x)])
        var other = LinearModel()
        let foreign = try other.variable("x")
        #expect(throws: ModelError.self) {
            try NashBargaining([Party(name: "a", gain: x), Party(name: "b", gain: foreign)], within: model).solve()
        }
    }
}
