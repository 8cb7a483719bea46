import TestSupport
import Testing

@testable import Games

/// Both tie rules against counting, over random tiny games with whole-number data, where ties abound.
@Suite struct TieOracleTests {
    struct Kind: CustomTestStringConvertible {
        var integer: Bool
        var linear: Bool
        var testDescription: String { (integer ? "integer" : "continuous") + (linear ? ", linear" : ", concave") }
    }

    static let kinds = [
        Kind(integer: true, linear: true), Kind(integer: true, linear: false), Kind(integer: false, linear: true),
        Kind(integer: false, linear: false),
    ]

    @Test(arguments: kinds)
    func agreesWithCounting(_ kind: Kind) throws {
        var random = SeededNumbers(seed: 20_25)
        var (tied, missed, apart) = (0, 0, 0)
        for number in 0..<80 {
            let tiny = TinyGame.random(&random, integer: kind.integer, linear: kind.linear)
            let evaluator = try Evaluator(tiny.game())
            for _ in 0..<4 {
                let x = (0..<tiny.decisions).map { _ in Double(random.whole(0...5)) }
                let oracle = TinyOracle(tiny, at: x)
                let optimistic = try evaluator.evaluate(x, ties: .optimistic)
                let pessimistic = try evaluator.evaluate(x, ties: .pessimistic)
                let (favourable, adverse) = (optimistic.payoff ?? .nan, pessimistic.payoff ?? .nan)
                let exact = try oracle.optimistic()
                #expect(abs(favourable - exact) <= 1e-6, "game \(number) at \(x): \(favourable), counted \(exact)")
                for (cost, counted) in zip(optimistic.followerCosts, oracle.costs) {
                    #expect(abs(cost - counted) <= 1e-7, "game \(number) at \(x)")
                }
                // More than one answer must be told as a tie; the reverse need not be.
                if oracle.combinations.count > 1 {
                    #expect(optimistic.hasTies, "game \(number) at \(x)")
                    tied += 1
                }
                let least = oracle.pessimistic
                #expect(adverse <= favourable + 1e-9)
                #expect(adverse >= least - 1e-6, "game \(number) at \(x): \(adverse), counted \(least)")
                if adverse > least + 1e-6 { missed += 1 }
                // As large systems are asked.
                let start = evaluator.start(for: x)
                guard try evaluator.answerAsWholes(x, from: start) == nil else { continue }
                let choices = try evaluator.followers.map {
                    let session = try $0.wholeSession
                    return try WholeSystem.Choice(optimaOf: session, cost: session.objectiveValue)
                }
                guard let (worst, _) = try evaluator.worstApart(x, choices, from: start) else { continue }
                let found = (evaluator.game.system.sense == .maximise ? 1 : -1) * worst.value
                #expect(abs(found - least) <= 1e-6, "game \(number) at \(x): \(found), counted \(least)")
                apart += 1
            }
        }
        #expect(tied >= 60 && apart >= 60)
        #expect(missed == 0)
    }
}
