import LinearModels
import TestSupport
import Testing

@testable import Games

/// The mean of the worst, against its definition: the best level to fall short of (Rockafellar and Uryasev 2000).
@Suite struct RiskMeasureTests {
    private static func hand(_ payoffs: [Double], _ weights: [Double], _ weight: Double, _ level: Double) -> Double {
        let all = weights.reduce(0, +)
        // Concave and piecewise linear in eta, so that one of the payoffs is the best.
        var worst = -Double.infinity
        for eta in payoffs {
            let short = zip(weights, payoffs).reduce(0.0) { sum, one in sum + one.0 * max(0, eta - one.1) }
            worst = max(worst, eta - short / (all * (1 - level)))
        }
        let mean = zip(weights, payoffs).reduce(0.0) { sum, one in sum + one.0 * one.1 }
        return (1 - weight) * mean + weight * all * worst
    }

    @Test func isWhatItsDefinitionSays() throws {
        var numbers = SeededNumbers(seed: 2)
        for _ in 0..<300 {
            let count = 1 + Int(numbers.uniform(in: 0...6))
            // Some equal, some negative.
            let payoffs = (0..<count).map { _ in numbers.uniform(in: -5...5).rounded() * 3.7 }
            let weights = (0..<count).map { _ in numbers.uniform(in: 0.01...40) }
            let (weight, level) = (numbers.uniform(in: 0...1), numbers.uniform(in: 0...0.99))
            let measure = try RiskMeasure(weight: weight, level: level)
            let worth = measure.worth(of: payoffs, weights: weights)
            let hand = Self.hand(payoffs, weights, weight, level)
            #expect(abs(worth - hand) < 1e-9 * max(1, abs(hand)))
            let means = measure.means(of: payoffs, weights: weights)
            let all = weights.reduce(0, +)
            #expect(abs(all * ((1 - weight) * means.all + weight * means.worst) - worth) < 1e-9 * max(1, abs(hand)))
            #expect(means.worst <= means.all + 1e-9)
            // What rises in one scenario lowers nothing.
            for s in 0..<count {
                var better = payoffs
                better[s] += numbers.uniform(in: 0...3)
                #expect(measure.worth(of: better, weights: weights) >= worth - 1e-9 * max(1, abs(worth)))
            }
        }
    }

    /// Scenarios that share a variable, or do not come to the objective, are refused.
    @Test func scenariosHaveToBeApart() throws {
        let space = try DecisionSpace([Decision(name: "p", lower: 0, upper: 1, unit: "")])
        var made: [LinearExpression] = []
        let game = try StackelbergGame(name: "two", space: space, followers: []) { system, _ in
            let (a, b) = (try system.variable("a", in: 0...4), try system.variable("b", in: 0...4))
            made = [1.0 * a, 1.0 * b]
            try system.maximise(0.25 * a + 0.75 * b)
        }
        let measure = try RiskMeasure(weight: 0.5, level: 0.5)
        _ = try game.with(ScenarioRisk(measure, [(0.25, made[0]), (0.75, made[1])], of: game.system))
        for wrong in [[(0.25, made[0]), (0.75, made[0] + made[1])], [(0.5, made[0]), (0.75, made[1])]] {
            let risk = ScenarioRisk(measure, wrong, of: game.system)
            #expect(throws: GameError.scenariosShare(variable: "a")) { try game.with(risk) }
        }
    }

    @Test func withoutRiskItIsTheMean() throws {
        #expect(RiskMeasure.mean.worth(of: [1, 5], weights: [2, 3]) == 17)
        #expect(try RiskMeasure(weight: 0, level: 0.9).worth(of: [1, 5], weights: [2, 3]) == 17)
        // The worst fifth of two days, of which the worse one is two fifths.
        #expect(try abs(RiskMeasure(weight: 1, level: 0.8).worth(of: [1, 5], weights: [2, 3]) - 5) < 1e-12)
    }
}
