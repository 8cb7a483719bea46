import Foundation
import Games
import LinearModels
import Metaheuristics
import TestSupport
import Testing

@testable import Comparisons

/// Problems and runs without an answer: told, never ranked.
@Suite struct WithoutAnswerTests {
    /// A follower that buys `least` at least, of which it can get 1, at a price in 0...1 above which it need not.
    private static func game(_ name: String, least: Double) throws -> StackelbergGame {
        func follower(_ model: inout LinearModel) throws -> LinearExpression {
            let price = try model.parameter("price")
            let bought = try model.variable("bought", in: 0...1)
            try model.add(bought >= least, named: "least")
            return price * bought
        }
        var alone = LinearModel()
        try alone.minimise(try follower(&alone))
        var system = LinearModel()
        try system.maximise(try follower(&system))
        let space = try DecisionSpace([Decision(name: "price", lower: 0, upper: 1, unit: "CNY/kWh")])
        return try StackelbergGame(
            name: name, space: space, followers: [Follower(name: "buyer", model: alone)], system: system,
            ties: .optimistic)
    }

    private static func suite(_ problems: [BenchmarkProblem]) -> BenchmarkSuite {
        BenchmarkSuite(
            name: "small", title: "Small", version: 1, population: 5, evaluations: 20, targets: [1], problems: problems)
    }

    private static func run(_ problems: [BenchmarkProblem], _ folder: URL) throws -> Comparison {
        let settings = ComparisonSettings(algorithms: ["ga", "random"], seeds: 2, population: 5, evaluations: 20)
        return try Comparison.run(suite(problems), settings, journal: try RunJournal(folder, Handmade.identity))
    }

    @Test func aProblemThatIsToldHopelessIsNotRun() throws {
        try Handmade.folder { folder in
            let good = try BenchmarkProblem(
                name: "good", game: Self.game("good", least: 0.5), isMaximised: true, bestKnown: nil)
            let bad = try BenchmarkProblem(
                name: "bad", game: Self.game("bad", least: 2), isMaximised: true, bestKnown: nil
            ) { ("2 are needed, and 1 is there.", true) }
            #expect(throws: ComparisonError.noAnswer(problem: "bad", reason: "2 are needed, and 1 is there.")) {
                try Self.run([good, bad], folder)
            }
            // Nothing was run, and the folder is free again.
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    /// Nobody knows why, but no decision that was tried has an answer: the journal holds the runs, and they are no
    /// comparison.
    @Test func aProblemWithoutAnyAnswerIsTold() throws {
        try Handmade.folder { folder in
            let bad = try BenchmarkProblem(
                name: "bad", game: Self.game("bad", least: 2), isMaximised: true, bestKnown: 3)
            for _ in 0..<2 {
                let reason =
                    "none of the 80 decisions tried could be answered. At the middle of every decision buyer has no best response "
                    + "(infeasible)."
                #expect(throws: ComparisonError.noAnswer(problem: "bad", reason: reason)) {
                    try Self.run([bad], folder)
                }
            }
        }
    }

    /// By hand: of three seeds, `ga` has no answer for the second, and nobody has one for the third.
    @Test func runsWithoutAnAnswerAreWorseThanAllOthers() throws {
        func run(_ algorithm: String, _ seed: UInt64, _ loss: Double?) -> Run {
            Handmade.run("sphere-3", algorithm, seed, loss.map { [(1, $0)] } ?? [])
        }
        let suite = BenchmarkSuite(
            name: "small", title: "Small", version: 1, population: 10, evaluations: 200, targets: [1],
            problems: [BenchmarkProblem(name: "sphere-3", function: try .init(.sphere, dimension: 3))])
        let settings = ComparisonSettings(algorithms: ["ga", "pso"], seeds: 4, population: 10, evaluations: 200)
        let runs = [
            run("ga", 1, 1), run("ga", 2, nil), run("ga", 3, nil), run("ga", 4, 1), run("pso", 1, 5), run("pso", 2, 5),
            run("pso", 3, nil), run("pso", 4, 5),
        ]
        let analysis = ComparisonAnalysis(
            Comparison(suite: suite, settings: settings, runs: runs, seconds: runs.map { _ in 1 }))
        let test = try #require(analysis.problemTests.first)
        // Ranks of ga over the seeds with answers: 1, 2, 1. Chances over those: 2 of 3 finite values are below all of
        // pso's.
        #expect(test.friedman?.meanRanks == [4.0 / 3, 5.0 / 3])
        #expect(test.against[1]?.effect == 1.0 / 3)
        #expect(analysis.reached(0, gap: 1) == ["ga"])
        #expect(analysis.reached(0, gap: .infinity) == ["ga", "pso"])
        #expect(
            ComparisonAnalysis(
                Comparison(
                    suite: suite, settings: settings, runs: runs.map { run($0.key.algorithm, $0.key.seed, nil) },
                    seconds: runs.map { _ in 1 })
            ).reached(0, gap: .infinity) == [])
    }

    @Test func tooManyRunsAreRefusedBeforeTheyAreCounted() throws {
        try Handmade.folder { folder in
            var settings = Handmade.settings(algorithms: ["ga", "pso", "random", "de", "wdo"], seeds: 10_000)
            settings.seeds = 100_001
            #expect(throws: ComparisonError.self) { try settings.check() }
            settings.seeds = 10_000
            settings.population = 20_000
            settings.evaluations = 20_000
            let wide = BenchmarkSuite(
                name: "wide", title: "", version: 1, population: 10, evaluations: 200, targets: [1],
                problems: try (1...30).map {
                    BenchmarkProblem(name: "sphere-\($0)", function: try .init(.sphere, dimension: $0))
                })
            #expect(throws: ComparisonError.tooManyRuns(problems: 30, algorithms: 5, seeds: 10_000)) {
                try Comparison.run(wide, settings, journal: try RunJournal(folder, Handmade.identity))
            }
        }
    }
}
