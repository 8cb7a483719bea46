import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import Studies

/// What a search spends, beside what it counts.
@Suite struct SearchEffortTests {
    private func park(users: Int, steps: Int) throws -> StackelbergGame {
        try TemporaryFolder.with { folder in
            try WholeFile.write(
                ManyUsers.yaml(users: users, steps: steps), to: folder.appendingPathComponent("case.yaml"))
            return try EnergyGame(CaseReader.read(folder)).game
        }
    }

    private func settings(_ evaluations: Int, seed: UInt64 = 1) -> StudySettings {
        StudySettings(population: 20, evaluations: evaluations, seed: seed)
    }

    /// Processor time of this thread.
    private static func time(_ body: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
        }
        let start = now()
        try body()
        return now() - start
    }

    /// An evaluation of a climb takes as long as one of a metaheuristic, by the clock, whatever the number of followers
    /// and steps: so few and many, and so many that climbs ask them one by one.
    @Test(arguments: [(3, 24), (12, 24), (50, 24), (120, 12), (3, 96)]) func effortIsTime(users: Int, steps: Int) throws
    {
        let game = try park(users: users, steps: steps)
        // Other tests share the cores: what is off is measured again, up to three times in all.
        var ratio = Double.infinity
        for _ in 0..<3 where !(ratio > 1 / 2.5 && ratio < 2.5) { ratio = try Self.ratio(of: game) }
        // Without optimisation, what Swift does between solves weighs more than it should.
        #expect(ratio > 1 / 2.5 && ratio < 2.5, "\(users) users, \(steps) steps: \(ratio)")
    }

    /// Processor time of an evaluation of climbs, over that of a decision.
    private static func ratio(of game: StackelbergGame) throws -> Double {
        let answerer = try ProposalAnswerer(game)
        let entry = try #require(SearchRegistry.named("auto"))
        var (search, _) = try entry.start(game, .init(population: 20, evaluations: 600, seed: 1))
        // What is built once does not count: for the limit that this search gives its climbs.
        _ = try answerer.answer(.climb(PriceClimb.Start(point: game.space.middle, limit: 200)))
        var (plain, climbing) = ((effort: 0, seconds: 0.0), (effort: 0, seconds: 0.0))
        while plain.effort + climbing.effort < 600 {
            let proposals = search.ask()
            var answers: [Proposal.Answer] = []
            for proposal in proposals {
                let seconds = try time { answers.append(try answerer.answer(proposal).short) }
                if !proposal.isDecision {
                    climbing = (climbing.effort + (answers.last?.effort ?? 0), climbing.seconds + seconds)
                } else {
                    plain = (plain.effort + 1, plain.seconds + seconds)
                }
            }
            search.tell(answers)
        }
        return (climbing.seconds / Double(climbing.effort)) / (plain.seconds / Double(plain.effort))
    }

    /// Where a program over all followers takes too much, no wish can be followed: the search asks once and no more.
    /// Elsewhere it goes on asking.
    @Test(arguments: [(3, 24), (120, 12)]) func whatCannotBeHadIsNotAskedFor(users: Int, steps: Int) throws {
        let game = try park(users: users, steps: steps)
        let answerer = try ProposalAnswerer(game)
        let entry = try #require(SearchRegistry.named("auto"))
        var (search, _) = try entry.start(game, .init(population: 20, evaluations: 4_000, seed: 1))
        var asked: [Bool] = []
        while asked.count < 40 {
            let proposals = search.ask()
            // What a climb finds is no matter here: one with wishes is made, and others are as good as their starts.
            search.tell(
                try proposals.map { proposal in
                    guard case .climb(var start) = proposal else {
                        return .init(decision: game.space.middle, payoff: 1, effort: 1)
                    }
                    asked.append(!start.wishes.isEmpty)
                    guard asked.last == true else { return .init(decision: start.point, payoff: 1, effort: 1) }
                    // A climb that may spend more may begin programs that take more.
                    start.limit = 50
                    return try answerer.answer(.climb(start)).short
                })
        }
        let last = try #require(asked.lastIndex(of: true))
        #expect(users == 3 ? last > 30 : last < 8, "\(asked)")
    }

    /// A climb by wishes that cannot be followed counts nothing, since it solves nothing.
    @Test func whatCannotBeHadCostsNothing() throws {
        let game = try park(users: 120, steps: 12)
        let start = PriceClimb.Start(
            point: game.space.middle, wishes: [.init(decisions: [0], share: 1, penalty: 10)], limit: 50)
        let answer = try ProposalAnswerer(game).answer(.climb(start))
        #expect(answer.effort == 0 && answer.payoff == nil && answer.evaluation == nil)
        let evaluator = try Evaluator(game)
        let climb = try PriceClimb(PriceGame(game), evaluator)
        #expect(try !climb.followsWishes(of: start))
        // Nor would it have found more than one without wishes.
        let plain = PriceClimb.Start(point: start.point, limit: start.limit)
        #expect(try climb.climb(from: start).evaluation.payoff == climb.climb(from: plain).evaluation.payoff)
    }

    /// What a climb counts follows from its start: not from threads, savings, or what was answered before.
    @Test(arguments: [(6, 24), (40, 8)]) func effortIsTheSameHoweverItIsFound(users: Int, steps: Int) throws {
        let game = try park(users: users, steps: steps)
        var settings = settings(400, seed: 5)
        let one = try Study.run(game, settings)
        #expect(one.log.evaluations == 400)
        settings.workers = 3
        #expect(try Study.run(game, settings).log == one.log)
        settings.workers = 1
        #expect(try Study.run(game, settings, savings: []).log == one.log)
    }

    /// A climb ends within what it may spend, wherever that runs out, with a decision that is answered.
    @Test(arguments: [1, 2, 3, 7, 19, 40, 90]) func aClimbKeepsItsLimit(limit: Int) throws {
        let game = try park(users: 5, steps: 12)
        let answerer = try ProposalAnswerer(game)
        for penalties in [[], [1.01, 1.1, 1.5, 3, 10]] {
            let found = try answerer.answer(
                .climb(
                    PriceClimb.Start(
                        point: game.space.middle, penalties: penalties,
                        directions: (0..<6).map { .init(rising: [$0]) },
                        wishes: (6..<12).map { .init(decisions: [$0], share: 1, penalty: 10) }, limit: limit)))
            #expect(found.effort >= 1 && found.effort <= limit)
            let payoff = try #require(found.payoff)
            #expect(abs((try Evaluator(game).evaluate(found.decision).payoff ?? .nan) - payoff) <= 1e-6 * abs(payoff))
        }
    }

    /// What is asked for does not grow with the square of the steps.
    @Test func aYearOfPricesIsAskedForInShort() throws {
        let space = try DecisionSpace(
            (0..<8_760).map { Decision(name: "price[\($0)]", lower: 0, upper: 1, unit: "1") })
        let entry = try #require(SearchRegistry.named("lshade")).base
        var search = try PriceSearch(
            space, entry, .init(population: 20, evaluations: 10_000, seed: 1), turns: .alternating)
        for _ in 0..<3 {
            let proposals = search.ask()
            for case .climb(let start) in proposals {
                #expect(start.directions.count <= max(1, start.limit / 2) && start.point.count == 8_760)
            }
            search.tell(proposals.map { _ in .init(decision: space.middle, payoff: 1, effort: 1) })
        }
    }
}
