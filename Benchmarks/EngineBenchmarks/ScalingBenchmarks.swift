import Benchmark
import CaseFiles
import EnergyGames
import Games
import ParkGames
import Studies

/// How an evaluation grows with the game. Prices are random.
func registerScaling() {
    for park in [
        ScaledPark(steps: 24, users: 3), ScaledPark(steps: 24, users: 30), ScaledPark(steps: 24, users: 300),
        ScaledPark(steps: 96, hours: 0.25, users: 3), ScaledPark(steps: 96, hours: 0.25, users: 30),
        ScaledPark(steps: 168, users: 3), ScaledPark(steps: 168, users: 30), ScaledPark(steps: 168, users: 300),
    ] {
        registerGrowth(park, "split") { try EnergyGame(park.read()).game }
    }
    for park in [ScaledPark(steps: 24, users: 30), ScaledPark(steps: 96, hours: 0.25), ScaledPark(steps: 168)] {
        registerGrowth(park, "whole") { try EnergyGame(park.read()).game.whole() }
    }
    for days in [1, 4, 12] { registerTypicalDays(days) }
    for workers in [1, 2] { registerWorkers(workers) }
    registerMemory(ScaledPark(users: 3))
    registerMemory(ScaledPark(steps: 168, users: 300))
}

private func registerGrowth(_ park: ScaledPark, _ form: String, make: @escaping () throws -> StackelbergGame) {
    // Decisions come again here, and must be answered again.
    let evaluator = Lazily { try Evaluator(make(), savings: []) }
    let decisions = Lazily { try evaluator().game.randomDecisions(100) }
    var next = 0
    var configuration = Benchmark.Configuration.thousandfold
    if park.steps * park.users > 1000 {
        (configuration.scalingFactor, configuration.maxDuration) = (.one, .seconds(20))
    }
    Benchmark("scaling, \(form): \(park.steps) steps, \(park.users) users", configuration: configuration) { benchmark in
        let (evaluator, decisions) = (try evaluator(), try decisions())
        try benchmark.measure {
            for _ in benchmark.scaledIterations {
                try require(evaluator.evaluate(decisions[next % decisions.count]))
                next += 1
            }
        }
    }
}

/// A case has one horizon, so typical days are a game each; a decision for the year is answered in all of them.
private func registerTypicalDays(_ days: Int) {
    let evaluators = Lazily {
        try (0..<days).map { day in
            try Evaluator(EnergyGame(ScaledPark(typicalDay: day * 12 / days).read()).game, savings: [])
        }
    }
    let decisions = Lazily { try evaluators()[0].game.randomDecisions(100) }
    Benchmark("scaling, split: \(days) typical days of 24 steps", configuration: .thousandfold) { benchmark in
        let (evaluators, decisions) = (try evaluators(), try decisions())
        try benchmark.measure {
            for i in benchmark.scaledIterations {
                for evaluator in evaluators { try require(evaluator.evaluate(decisions[i % decisions.count])) }
            }
        }
    }
}

/// The same work by more threads: here it is the wall time that counts.
private func registerWorkers(_ workers: Int) {
    let game = Lazily { try EnergyGame(ReferencePark.read()).game }
    let pool = Lazily { try EvaluationPool(game(), workers: workers) }
    var seed: UInt64 = 0
    Benchmark("workers: pool of \(workers), random prices", configuration: .thousandfold) { benchmark in
        // New decisions each time: workers remember what they have answered.
        seed += 1
        let (pool, decisions) = (try pool(), try game().randomDecisions(1000, seed: seed))
        try benchmark.measure { for answer in try pool.evaluate(decisions) { try require(answer) } }
    }

    Benchmark("workers: search with \(workers), 1,000 evaluations", configuration: .few) { benchmark in
        let game = try game()
        try benchmark.measure {
            blackHole(
                try Study.run(game, StudySettings(algorithm: "de", population: 50, evaluations: 1000, workers: workers))
            )
        }
    }
}

/// What one worker more takes: an evaluator that has answered. The first one pays for what all share, such as the game.
private func registerMemory(_ park: ScaledPark) {
    var configuration = Benchmark.Configuration.few
    configuration.metrics = [.residentMemory, .wallClock]
    configuration.warmupIterations = 0
    // The workers are all kept, and large ones take half a gigabyte each.
    (configuration.maxIterations, configuration.maxDuration) = (3, .seconds(60))
    let game = Lazily { try EnergyGame(park.read()).game }
    // Evaluators are kept, else the next one would be given the memory of the last.
    var workers: [Evaluator] = []
    Benchmark("memory: a worker, \(park.steps) steps, \(park.users) users", configuration: configuration) { benchmark in
        let game = try game()
        func work() throws {
            let worker = try Evaluator(game)
            try require(worker.evaluate(game.randomDecisions(1)[0]))
            workers.append(worker)
        }
        if workers.isEmpty { try work() }
        let before = residentBytes()
        benchmark.startMeasurement()
        try work()
        benchmark.stopMeasurement()
        benchmark.measurement(.residentMemory, residentBytes() - before)
    }
}
