import LinearModels
import TestSupport
import Testing

@testable import Games

/// Bounds hold in whatever units prices and quantities are written.
@Suite struct BoundUnitTests {
    struct Units: Sendable {
        let price: Double
        let quantity: Double
    }

    private static let units = [
        Units(price: 1, quantity: 1), .init(price: 1, quantity: 1e6), .init(price: 1e6, quantity: 1e6),
        .init(price: 1e-6, quantity: 1e6), .init(price: 1e6, quantity: 1e-6), .init(price: 1e6, quantity: 1e-3),
    ]

    /// Two followers under random rows of whole factors, in a unit of quantity; the leader gets the price of the first
    /// two goods and pays a fifth for each. With whole numbers the first two goods exclude each other.
    private static func game(seed: Int, _ units: Units, hasWholeNumbers: Bool) throws -> StackelbergGame {
        var numbers = SeededNumbers(seed: UInt64(4_000 + seed))
        let prices = numbers.whole(1...3)
        let followers = try (0..<2).map { k -> Follower in
            var model = LinearModel()
            let parameters = try (0..<prices).map { try model.parameter("price\($0)", value: units.price) }
            let count = numbers.whole(2...4)
            let goods = try (0..<count).map { j in
                try model.variable(
                    "good\(k).\(j)",
                    in: (numbers.whole(0...4) == 0 ? -units.quantity : 0)...units.quantity
                        * Double(numbers.whole(1...3)))
            }
            for i in 0..<numbers.whole(1...3) {
                let factors = (0..<count).map { _ in Double(numbers.whole(-3...3)) }
                guard factors.contains(where: { $0 != 0 }) else { continue }
                let left = sum(zip(factors, goods).map { $0 * $1 })
                let side = units.quantity * Double(numbers.whole(0...3))
                switch numbers.whole(0...3) {
                case 0: try model.add(left <= side, named: "row\(k).\(i)")
                case 1: try model.add(left >= -side, named: "row\(k).\(i)")
                case 2: try model.add(range(-side, left, side + units.quantity), named: "row\(k).\(i)")
                default: try model.add(left == 0, named: "row\(k).\(i)")
                }
            }
            if hasWholeNumbers {
                let most = 4 * units.quantity
                let isOn = try model.variable("on\(k)", in: 0...1, kind: .binary)
                try model.add(goods[0] <= most * isOn, named: "one\(k)")
                try model.add(goods[1] + most * isOn <= most, named: "other\(k)")
            }
            var cost = LinearExpression()
            for (j, good) in goods.enumerated() {
                cost += Double(numbers.whole(-2...2)) * 0.25 * units.price * good
                if numbers.whole(0...1) == 0 { cost += parameters[j % prices] * good }
            }
            try model.minimise(cost)
            return Follower(name: "follower\(k)", model: model)
        }
        let highest = units.price * Double(numbers.whole(1...3))
        let lowest = numbers.whole(0...1) == 0 ? 0 : -0.5 * units.price
        let space = try DecisionSpace(
            (0..<prices).map { Decision(name: "price\($0)", lower: lowest, upper: highest, unit: "CNY") })
        return try StackelbergGame(name: "random", space: space, followers: followers) { system, blocks in
            var payoff = LinearExpression()
            for block in blocks {
                for t in 0..<min(prices, 2) {
                    payoff += block.parameters[t] * block.variables[t] - 0.2 * units.price * block.variables[t]
                }
            }
            try system.maximise(payoff)
        }
    }

    /// Decisions are answered as a search answers them, by linear programs of single followers.
    @Test(arguments: 0..<40, BoundUnitTests.units)
    func noPayoffIsAboveTheBound(seed: Int, units: Units) throws {
        let game = try Self.game(seed: seed, units, hasWholeNumbers: seed % 2 == 0)
        let cheap = try CheapBounds(game)
        let evaluator = try Evaluator(game)
        let bounds = try [0, 1, 12].map { try Certifier(game).certify(.init(nodes: $0), cheap: cheap).bound }
        var numbers = SeededNumbers(seed: UInt64(seed))
        for _ in 0..<20 {
            let point = game.space.decisions.map { $0.lower + ($0.upper - $0.lower) * Double(numbers.whole(0...6)) / 6 }
            guard let payoff = try evaluator.evaluate(point).payoff else { continue }
            let room = 1e-6 * max(units.price * units.quantity, abs(payoff))
            #expect(bounds.allSatisfy { $0 >= payoff - room }, "\(payoff) at \(point), \(bounds)")
        }
    }
}
