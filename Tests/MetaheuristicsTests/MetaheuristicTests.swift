import Foundation
import Testing

@testable import Metaheuristics

/// What holds for every algorithm; a new one is put through all of it by standing in the registry.
@Suite struct MetaheuristicTests {
    static let names = MetaheuristicRegistry.all.map { $0.name }

    private func algorithm(_ name: String) throws -> MetaheuristicRegistry.Entry {
        try #require(MetaheuristicRegistry.named(name))
    }

    private static func wavy(_ x: [Double]) -> Double { x.reduce(0) { $0 + $1 * $1 + sin(9 * $1) } }

    /// Every point that a search asks for, with values by the point's place in the unit box.
    private func trace(
        _ name: String, lower: Double, width: Double, evaluations: Int = 300, seed: UInt64 = 5
    ) throws -> [[Double]] {
        let space = try SearchSpace(
            lower: Array(repeating: lower, count: 4), upper: Array(repeating: lower + width, count: 4))
        var search = try algorithm(name).start(space, .init(population: 20, evaluations: evaluations, seed: seed))
        var points: [[Double]] = []
        while points.count < evaluations {
            let batch = Array(search.ask().prefix(evaluations - points.count))
            let unit = batch.map { $0.map { ($0 - lower) / width } }
            points += unit
            search.tell(unit.map { Self.wavy($0.map { $0 - 0.3 }) })
        }
        return points
    }

    /// Shifting and scaling the box changes nothing: results cannot depend on units. Few enough evaluations that no
    /// search is down at rounding, where units do show.
    @Test(arguments: names) func unitsDoNotMatter(name: String) throws {
        let reference = try trace(name, lower: 0, width: 1)
        for (lower, width) in [(100.0, 200.0), (-50, 100), (0.001, 0.004)] {
            let other = try trace(name, lower: lower, width: width)
            let gap = zip(reference, other).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? .infinity
            #expect(gap < 1e-6)
        }
    }

    @Test(arguments: names) func staysInsideTheBox(name: String) throws {
        let points = try trace(name, lower: -3, width: 7)
        #expect(points.allSatisfy { $0.allSatisfy { $0 >= 0 && $0 <= 1 } })
    }

    @Test(arguments: names) func theSameSeedGivesTheSamePoints(name: String) throws {
        #expect(try trace(name, lower: 0, width: 1) == trace(name, lower: 0, width: 1))
        #expect(try trace(name, lower: 0, width: 1, seed: 5) != trace(name, lower: 0, width: 1, seed: 6))
    }

    @Test func allAlgorithmsBeginWithTheSamePopulation() throws {
        // A simplex and a single point need no population, and CMA-ES draws about its mean.
        let others: Set = ["cma-es", "ipop-cma-es", "nelder-mead", "compass"]
        let firsts = try Self.names.filter { !others.contains($0) }.map {
            Array(try trace($0, lower: 0, width: 1, evaluations: 20).prefix(20))
        }
        for first in firsts.dropFirst() {
            let gap = zip(first, firsts[0]).flatMap { zip($0, $1).map { abs($0 - $1) } }.max() ?? .infinity
            #expect(gap < 1e-12)
        }
    }

    /// Saved and restored after every generation, a search asks for the same points to the last bit.
    @Test(arguments: names) func savedStateContinuesTheSame(name: String) throws {
        func restored<Search: Metaheuristic>(_ search: Search) throws -> any Metaheuristic {
            try JSONDecoder().decode(Search.self, from: JSONEncoder().encode(search))
        }
        func run(saving: Bool) throws -> [[Double]] {
            let space = try TestProblem(.rastrigin, dimension: 5).space
            var search = try algorithm(name).start(space, .init(population: 10, evaluations: 300, seed: 9))
            var points: [[Double]] = []
            while points.count < 300 {
                let batch = search.ask()
                if saving { search = try restored(search) }
                points += batch
                search.tell(batch.map(Self.wavy))
                if saving { search = try restored(search) }
            }
            return points
        }
        #expect(try run(saving: true) == run(saving: false))
    }

    @Test(arguments: names, [20, 21, 59, 400]) func spendsItsBudgetExactly(name: String, budget: Int) throws {
        var calls = 0
        let recorder = Recorder.minimise(
            try algorithm(name), in: try TestProblem(.sphere, dimension: 3).space,
            .init(population: 20, evaluations: budget)
        ) { _ in
            calls += 1
            return Double(calls % 7)
        }
        #expect(calls == budget && recorder.evaluations == budget)
    }

    @Test(arguments: names) func failedEvaluationsRankLast(name: String) throws {
        let problem = try TestProblem(.sphere, dimension: 3)
        let recorder = Recorder.minimise(
            try algorithm(name), in: problem.space, .init(population: 20, evaluations: 2_000)
        ) { point in
            // Half the box fails, in three ways.
            if point[0] < 0 { return .nan }
            if point[1] > 60 { return .infinity }
            if point[2] > 70 { return -.infinity }
            return problem.value(at: point)
        }
        #expect(recorder.best.isFinite)
        #expect(recorder.bestPoint[0] >= 0 && recorder.bestPoint[1] <= 60 && recorder.bestPoint[2] <= 70)
    }

    @Test(arguments: names) func everythingMayFail(name: String) throws {
        let recorder = Recorder.minimise(
            try algorithm(name), in: try TestProblem(.sphere, dimension: 2).space, .init(population: 6, evaluations: 60)
        ) { _ in .nan }
        #expect(recorder.evaluations == 60 && recorder.best == .infinity)
    }

    @Test(arguments: names) func fixedCoordinatesStayFixed(name: String) throws {
        let space = try SearchSpace(lower: [1.5, 0, 2], upper: [1.5, 1, 2])
        var search = try algorithm(name).start(space, .init(population: 8, evaluations: 400, seed: 1))
        for _ in 0..<20 {
            let batch = search.ask()
            #expect(batch.allSatisfy { $0[0] == 1.5 && $0[2] == 2 && $0[1] >= 0 && $0[1] <= 1 })
            search.tell(batch.map { abs($0[1] - 0.4) })
        }
        // A box without any room must not hang either.
        var stuck = try algorithm(name).start(
            try SearchSpace(lower: [3], upper: [3]), .init(population: 8, evaluations: 40, seed: 1))
        for _ in 0..<3 {
            let batch = stuck.ask()
            #expect(batch.allSatisfy { $0 == [3] })
            stuck.tell(batch.map { _ in 0 })
        }
    }

    /// Prices often belong on their bounds: a corner must be reached.
    @Test(arguments: names.filter { $0 != "random" }) func reachesACorner(name: String) throws {
        let space = try SearchSpace(lower: Array(repeating: 2, count: 6), upper: Array(repeating: 9, count: 6))
        let recorder = Recorder.minimise(
            try algorithm(name), in: space, .init(population: 30, evaluations: 6_000, seed: 2)
        ) {
            $0.reduce(0) { $0 + (9 - $1) }
        }
        #expect(recorder.best < 0.05)
    }
}
