import Foundation
import Testing

@testable import Metaheuristics

/// The algorithm that the article on adding one writes is this one, and it works.
@Suite struct WalkFromTheBestTests {
    @Test func theArticleShowsTheFileThatIsTested() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let code = try String(contentsOf: here.appendingPathComponent("WalkFromTheBest.swift"), encoding: .utf8)
        let guide = try String(
            contentsOf: here.deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Sources/Metaheuristics/Metaheuristics.docc/AddAnAlgorithm.md"), encoding: .utf8
        )
        #expect(guide.contains("```swift\n" + code + "```"))
    }

    @Test func theExampleFindsAnOptimum() throws {
        let entry = MetaheuristicRegistry.Entry("walk", "Walk from the best") {
            WalkFromTheBest(space: $0, settings: $1)
        }
        let problem = try TestProblem(.sphere, dimension: 5)
        let recorder = Recorder.minimise(
            entry, in: problem.space, .init(population: 20, evaluations: 4_000, seed: 3), problem.value)
        #expect(recorder.best < 1e-3 && recorder.evaluations == 4_000)
    }
}
