import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Testing

@testable import Studies

/// A price for each of four hours; the follower buys 1 kWh in each at the price or at 3 + t elsewhere, and may move one
/// of them to any hour. Serving an hour costs the leader 1.
enum ToyGame {
    /// Who cannot do what it must, whatever the prices.
    enum Failing { case nobody, buyer, leader }

    static func make(ties: TieRule = .optimistic, failing: Failing = .nobody) throws -> StackelbergGame {
        func follower(_ model: inout LinearModel) throws -> (
            cost: LinearExpression, sold: LinearExpression, income: LinearExpression
        ) {
            var (cost, sold, income) = (LinearExpression(), LinearExpression(), LinearExpression())
            var moved = LinearExpression()
            for t in 0..<4 {
                let price = try model.parameter("price[\(t)]")
                let buy = try model.variable("buy@\(t)", in: 0...2)
                let elsewhere = try model.variable("elsewhere@\(t)", in: 0...2)
                let extra = try model.variable("extra@\(t)", in: 0...1)
                try model.add(buy + elsewhere - extra == 0.75, named: "demand@\(t)")
                cost += price * buy + (3 + Double(t)) * elsewhere
                income += price * buy
                sold += buy
                moved += extra
            }
            try model.add(moved == (failing == .buyer ? 9 : 1), named: "moved")
            return (cost, sold, income)
        }
        var alone = LinearModel()
        try alone.minimise(try follower(&alone).cost)
        var system = LinearModel()
        let block = try follower(&system)
        let serve = try system.variable("serve")
        try system.add(serve - block.sold >= 0, named: "serve")
        if failing == .leader { try system.add(serve <= -1, named: "broken") }
        try system.maximise(block.income - 1.0 * serve)
        let space = try DecisionSpace(
            (0..<4).map { Decision(name: "price[\($0)]", lower: 0, upper: 10, unit: "CNY/kWh") })
        return try StackelbergGame(
            name: "toy", space: space, followers: [Follower(name: "buyer", model: alone)], system: system, ties: ties)
    }
}

@Suite struct StudyTests {
    private let settings = StudySettings(algorithm: "ga", population: 20, evaluations: 1_000, seed: 3, workers: 1)

    @Test(arguments: ["ga", "goa"]) func theResultDoesNotDependOnTheWorkers(algorithm: String) throws {
        let game = try ToyGame.make()
        var settings = settings
        settings.algorithm = algorithm
        settings.evaluations = 400
        let one = try Study.run(game, settings)
        for workers in [2, 3, 8] {
            settings.workers = workers
            let other = try Study.run(game, settings)
            #expect(other.log == one.log)
            #expect(other.best.decision == one.best.decision && other.best.values == one.best.values)
        }
    }

    /// Remembered decisions and kept answers are those that a solve gives, to the last bit.
    @Test(arguments: ["ga", "compass", "nelder-mead"]) func theResultDoesNotDependOnTheSavings(algorithm: String) throws
    {
        for game in try [ToyGame.make(), EnergyGame(CaseReader.read(Self.parkPricing)).game] {
            var settings = settings
            settings.algorithm = algorithm
            settings.population = 60
            settings.evaluations = 300
            let all = try Study.run(game, settings)
            for savings in [Evaluator.Savings.repeatedDecisions, .unchangedFollowers, []] {
                let some = try Study.run(game, settings, savings: savings)
                #expect(some.log == all.log && some.best.values == all.best.values)
            }
        }
    }

    private static let parkPricing = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("data/benchmarks/park-pricing")

    /// Searches move where solves start; every worker follows, whatever it was given to answer before.
    @Test(arguments: ["de", "compass"]) func aSearchForPricesDoesNotDependOnTheWorkers(algorithm: String) throws {
        let game = try EnergyGame(CaseReader.read(Self.parkPricing)).game
        var settings = StudySettings(algorithm: algorithm, population: 50, evaluations: 600, seed: 2, workers: 1)
        let one = try Study.run(game, settings)
        for workers in [2, 3, 8] {
            settings.workers = workers
            let other = try Study.run(game, settings)
            #expect(other.log == one.log && other.best.values == one.best.values)
        }
    }

    /// All at the outside price: 3, 4, 5 and 6 for 0.75 each, the moved kWh at the cheapest hour's 3: 13.5 + 3 - 4 =
    /// 12.5.
    @Test func findsTheOptimumByHand() throws {
        let study = try Study.run(
            try ToyGame.make(), StudySettings(algorithm: "ga", population: 30, evaluations: 6_000, seed: 1))
        let payoff = try #require(study.best.payoff)
        #expect(payoff <= 12.5 + 1e-6 && payoff > 12.3)
        #expect(try ResponseProof(of: study.best, in: try ToyGame.make()).holds)
    }

    @Test func theLogCountsEveryEvaluationOnce() throws {
        var settings = settings
        settings.evaluations = 507
        var progress: [Int] = []
        let study = try Study.run(try ToyGame.make(), settings) { progress.append($0.evaluations) }
        #expect(study.log.evaluations == 507 && progress.last == 507)
        let bests = study.log.generations.compactMap(\.best)
        #expect(zip(bests, bests.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(study.best.payoff == bests.last)
    }

    /// While prices are made sure of, no time is told that would be wrong, and what is certain so far is.
    @Test func makingSureOfPricesIsTold() throws {
        var settings = settings
        settings.answer = .bankable
        var progress: [Study.Progress] = []
        let study = try Study.run(try ToyGame.make(), settings) { progress.append($0) }
        let first = try #require(progress.firstIndex { $0.isSecuring })
        #expect(first > 0 && progress[..<first].allSatisfy { $0.bankable == nil && !$0.isSecuring })
        #expect(progress[first].evaluations < settings.evaluations && progress[first].bankable == nil)
        #expect(progress[first...].allSatisfy { $0.isSecuring && $0.secondsLeft == .infinity })
        #expect(progress.last?.bankable == study.bankable?.payoff && study.bankable != nil)
    }

    @Test func settingsThatMakeNoSearchAreRefused() throws {
        let game = try ToyGame.make()
        func refusal(_ change: (inout StudySettings) -> Void) -> StudyError? {
            var settings = settings
            change(&settings)
            do {
                _ = try Study.run(game, settings)
                return nil
            } catch {
                return error as? StudyError
            }
        }
        #expect(refusal { $0.algorithm = "simulated" }?.description.contains("Known: auto, ga, pso") == true)
        #expect(refusal { $0.population = 0 } == .outside(what: "the population", value: 0, range: 1...100_000))
        #expect(refusal { $0.workers = 0 } == .outside(what: "the number of workers", value: 0, range: 1...1024))
        #expect(refusal { $0.evaluations = 10 } == .budgetBelowPopulation(evaluations: 10, population: 20))
    }

    /// No price changes what a buyer may do, so one population is enough to see that there is no answer.
    @Test(arguments: [("ga", 20), ("auto", 20)])
    func aBuyerWithoutAnswersEndsTheSearchAtOnce(algorithm: String, evaluations: Int) throws {
        var settings = settings
        settings.algorithm = algorithm
        do {
            _ = try Study.run(try ToyGame.make(failing: .buyer), settings)
            Issue.record("an impossible game has no answer")
        } catch StudyError.nothingWorked(let spent, let example) {
            #expect(spent <= evaluations && example == "buyer has no best response (infeasible).")
        }
    }

    /// What a leader cannot serve at one price, it may at another: all of the budget goes into looking for it.
    @Test func aLeaderWhoCannotServeIsSearchedFor() throws {
        var settings = settings
        settings.evaluations = 40
        let reason = "the leader cannot serve what the followers ask for (infeasible)."
        #expect(throws: StudyError.nothingWorked(evaluations: 40, example: reason)) {
            try Study.run(try ToyGame.make(failing: .leader), settings)
        }
    }
}
