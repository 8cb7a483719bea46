import Foundation
import TestSupport
import Testing

@testable import Games

/// Branch and cut against counting, cases by hand and other methods.
///
/// `STACKELBERG_TRIES=300` asks for that many random problems; else there are a few.
@Suite struct BranchAndCutTests {
    private static let tries =
        ProcessInfo.processInfo.environment["STACKELBERG_TRIES"].flatMap(Int.init) ?? 60

    /// A quarter of the problems is of each kind.
    @Test(arguments: 0..<tries)
    func nothingIsBetterThanWhatIsProved(seed: Int) throws {
        let kind = CountedBilevel.Kind.allCases[seed % 4]
        let counted = try CountedBilevel(seed: seed, kind: kind)
        let optimum = counted.optimum()
        let search = try #require(try BranchAndCut(counted.problem))
        guard let optimum else {
            #expect(throws: CertificateError.infeasible) { try search.certify(.init()) }
            return
        }
        let certificate = try #require(try search.certify(.init()))
        let best = try #require(certificate.best)
        let value = counted.problem.value(ofPayoff: best.payoff)
        #expect(certificate.isProven && certificate.isAttained && certificate.bound >= best.payoff)
        if kind == .mixed {
            #expect(abs(value - optimum) <= 1e-9 * max(1, abs(optimum)), "\(value), counted \(optimum)")
        } else {
            // To the last digit.
            #expect(value == optimum && certificate.bound == best.payoff, "\(value), counted \(optimum)")
        }
        // The decision and the answer that are told have that value, and are one of the game.
        let objective = counted.problem.leader.objective
        let told = zip(objective.x + objective.y, best.decision + certificate.values).reduce(objective.constant) {
            $0 + $1.0 * $1.1
        }
        #expect(abs(told - value) <= 1e-9 * max(1, abs(value)))
        let rows = counted.problem.leader.rows + counted.problem.follower.rows
        #expect(rows.allSatisfy { CountedBilevel.holds($0, best.decision, certificate.values) })
    }

    /// With ties against the leader, where its rows hold no answer.
    @Test(arguments: 0..<tries)
    func pessimisticOptimaAreRight(seed: Int) throws {
        let kind: CountedBilevel.Kind = [.general, .binary, .interdiction][seed % 3]
        let counted = try CountedBilevel(seed: 100_000 + seed, kind: kind)
        guard counted.problem.leader.rows.allSatisfy({ row in row.y.allSatisfy { $0 == 0 } }) else {
            #expect(try BranchAndCut(counted.problem, ties: .pessimistic) == nil)
            return
        }
        let search = try #require(try BranchAndCut(counted.problem, ties: .pessimistic))
        guard let optimum = counted.optimum(isPessimistic: true) else {
            #expect(throws: CertificateError.infeasible) { try search.certify(.init()) }
            return
        }
        let certificate = try #require(try search.certify(.init()))
        let best = try #require(certificate.best)
        #expect(certificate.isProven && counted.problem.value(ofPayoff: best.payoff) == optimum)
    }

    /// Ten items, counted out.
    @Test(arguments: 1...10)
    func smallKnapsacksAreCounted(share: Int) throws {
        let game = KnapsackInterdiction(items: 10, share: share, seed: share)
        let certificate = try game.problem().certify(.init())
        #expect(certificate.isProven && certificate.best?.payoff == Double(-game.optimum()))
    }

    /// Twenty items, in which a naive search ends without a bound. What is taken away leaves the follower what is told,
    /// by a table of its own.
    @Test(arguments: [1, 3, 5, 7, 9])
    func twentyItemsAreSolved(share: Int) throws {
        let game = KnapsackInterdiction(items: 20, share: share, seed: 20 + share)
        let certificate = try game.problem().certify(.init(nodes: 20_000))
        let best = try #require(certificate.best)
        #expect(certificate.isProven && certificate.bound == best.payoff)
        #expect(game.packed(without: best.decision) == Int(-best.payoff))
    }
}
