import CaseFiles
import Foundation
import Games
import TestSupport
import Testing

/// Problems that go through MPS and AUX files are the problems that they were.
@Suite struct ExchangeTests {
    private static let linear = KnownOptima.all.filter {
        $0.leader.objective.isLinear && $0.follower.objective.isLinear
    }

    @Test(arguments: linear)
    func roundTrip(_ problem: BilevelProblem) throws {
        let again = try TemporaryFolder.with { folder in
            let (mps, aux) = (folder.appendingPathComponent("a.mps"), folder.appendingPathComponent("a.aux"))
            try BilevelExchange.write(problem, mps: mps, aux: aux)
            return try BilevelExchange.read(mps: mps, aux: aux)
        }
        #expect(again.x == problem.x && again.y == problem.y)
        #expect(again.leader.rows == problem.leader.rows && again.follower.rows == problem.follower.rows)
        let known = try #require(problem.optimistic)
        let payoff = try #require(Evaluator(again.game()).evaluate(known.x).payoff)
        // Files are minimised.
        #expect(
            abs(-payoff - (problem.leader.objective.isMaximised ? -1 : 1) * known.value) <= 1e-6 * max(1, abs(payoff)))
    }

    @Test(arguments: [BilevelProblem.Category.price, .quadratic])
    func productsAreRefused(_ category: BilevelProblem.Category) throws {
        let problem = try #require(KnownOptima.all.first { $0.category == category })
        let refusal = BilevelExchange.WritingError.products(problem: problem.name)
        #expect(
            refusal.description
                == "\(problem.name): its objectives have products of variables, which these files cannot contain.")
        try TemporaryFolder.with { folder in
            _ = #expect(throws: refusal) {
                try BilevelExchange.write(
                    problem, mps: folder.appendingPathComponent("a"), aux: folder.appendingPathComponent("b"))
            }
        }
    }
}
