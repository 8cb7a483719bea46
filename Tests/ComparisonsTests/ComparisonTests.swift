import Foundation
import Games
import LinearModels
import Metaheuristics
import Studies
import Testing

@testable import Comparisons

@Suite struct ComparisonTests {
    private func bytes(_ folder: URL) throws -> Data {
        try Data(contentsOf: folder.appendingPathComponent(RunJournal.runsFile))
    }

    private func run(_ settings: ComparisonSettings, in folder: URL) throws -> Comparison {
        try Comparison.run(
            try Handmade.suite(), settings, journal: try RunJournal(folder, Handmade.identity))
    }

    @Test func runsDoNotDependOnTheWorkers() throws {
        var all: [Data] = []
        for workers in [1, 2, 5] {
            try Handmade.folder { folder in
                _ = try run(Handmade.settings(workers: workers), in: folder)
                all.append(try bytes(folder))
            }
        }
        #expect(all[0] == all[1] && all[0] == all[2] && !all[0].isEmpty)
    }

    /// Stopped after some runs and started again; also with seeds and algorithms added later.
    @Test func whatIsThereIsNotMadeAgain() throws {
        try Handmade.folder { whole in
            let expected = try run(Handmade.settings(), in: whole)
            try Handmade.folder { folder in
                let counter = Counter()
                _ = try run(Handmade.settings(algorithms: ["pso"], seeds: 2), in: folder)
                let comparison = try Comparison.run(
                    try Handmade.suite(), Handmade.settings(workers: 2),
                    journal: try RunJournal(folder, Handmade.identity)
                ) { _ in counter.add() }
                #expect(counter.count == 2 * 3 * 4 - 2 * 2)
                #expect(comparison.runs == expected.runs)
                #expect(try bytes(folder) == bytes(whole))
            }
        }
    }

    /// A run of a comparison is the run that the algorithm makes alone.
    @Test func runsAreTheAlgorithmsOwn() throws {
        try Handmade.folder { folder in
            let comparison = try run(Handmade.settings(), in: folder)
            let problem = try TestProblem(.ackley, dimension: 2)
            let entry = try #require(MetaheuristicRegistry.named("pso"))
            let alone = Recorder.minimise(
                entry, in: problem.space, .init(population: 10, evaluations: 200, seed: 3), problem.value)
            let compared = try #require(
                comparison.runs.first { $0.key.algorithm == "pso" && $0.key.seed == 3 && $0.key.problem == "ackley-2" })
            #expect(compared.best == alone.best && compared.bestPoint == alone.bestPoint)
            #expect(compared.improvements.count == alone.improvements.count && compared.evaluations == 200)
        }
    }

    /// A leader that wants as much as its only follower will pay: 3, at any price up to 2.
    private func game() throws -> StackelbergGame {
        var follower = LinearModel()
        let price = try follower.parameter("p", value: 1)
        let bought = try follower.variable("x", in: 0...3)
        try follower.minimise(price * bought - 2 * bought)
        return try StackelbergGame(
            name: "shop", space: DecisionSpace([Decision(name: "p", lower: 0, upper: 5, unit: "1")]),
            followers: [Follower(name: "buyer", model: follower)]
        ) { system, blocks in
            try system.maximise(blocks[0].parameters[0] * blocks[0].variables[0])
        }
    }

    @Test func gamesAreMaximised() throws {
        let suite = BenchmarkSuite(
            name: "small", title: "Small", version: 1, population: 10, evaluations: 200, targets: [0.01],
            problems: [try BenchmarkProblem(name: "shop", game: game(), isMaximised: true, bestKnown: 6)])
        try Handmade.folder { folder in
            let comparison = try Comparison.run(
                suite, Handmade.settings(algorithms: ["ga", "lshade"]),
                journal: try RunJournal(folder, Handmade.identity))
            let analysis = ComparisonAnalysis(comparison)
            #expect(analysis.referenceLosses == [-6])
            for run in comparison.runs {
                let best = try #require(run.best)
                #expect(best >= -6 - 1e-9 && best < -5.5)
                #expect(suite.problems[0].value(ofLoss: best) == -best)
            }
            #expect(analysis.fixedTarget(0, 1, gap: 0.01).successes == 4)
        }
    }

    @Test func wrongSettingsAreNamed() throws {
        func check(_ error: ComparisonError, _ change: (inout ComparisonSettings) -> Void) {
            var settings = Handmade.settings()
            change(&settings)
            #expect(throws: error) { try settings.check() }
        }
        let known = SearchRegistry.names
        check(.unknownAlgorithm(name: "gap", known: known)) { $0.algorithms = ["ga", "gap"] }
        check(.algorithmTwice(name: "ga")) { $0.algorithms = ["ga", "pso", "ga"] }
        check(.noAlgorithms(known: known)) { $0.algorithms = [] }
        check(.unknownReference(name: "wdo", algorithms: ["ga", "pso", "random"])) { $0.reference = "wdo" }
        check(.outside(what: "the number of seeds", value: 0, range: 1...10_000)) { $0.seeds = 0 }
        check(.outside(what: "the number of workers", value: -1, range: 1...1024)) { $0.workers = -1 }
        check(.budgetBelowPopulation(evaluations: 5, population: 10)) { $0.evaluations = 5 }
        check(.populationTooSmall(algorithm: "de", population: 3, least: 4)) {
            $0.algorithms = ["random", "de"]
            $0.population = 3
        }
        #expect(Handmade.settings().reference == "ga")
        #expect(Handmade.settings(algorithms: ["ga", "lshade"]).reference == "lshade")
    }
}

private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var number = 0

    func add() { lock.withLock { number += 1 } }
    var count: Int { lock.withLock { number } }
}
