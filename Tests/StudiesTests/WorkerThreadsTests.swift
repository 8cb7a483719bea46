import Foundation
import Games
import Testing

@testable import Studies

@Suite struct WorkerThreadsTests {
    /// A stack that no system has room for: as where threads have run out.
    @Test func noThreadIsStartedWhereThereIsNoRoom() {
        #expect(WorkerThreads.start(3, name: "none", stackSize: 1 << 60) { _ in } == 0)
    }

    /// Without a thread the pool answers on the one that asks: the same to the bit.
    @Test func aPoolWithoutThreadsAnswersTheSame() throws {
        let game = try ToyGame.make()
        let decisions = (0..<12).map { k in (0..<4).map { Double((k * 7 + $0 * 3) % 10) } }
        let threaded = try EvaluationPool(game, workers: 3).evaluate(decisions, near: [1, 2, 3, 4])
        let alone = try EvaluationPool(game, workers: 0).evaluate(decisions, near: [1, 2, 3, 4])
        #expect(alone.map(\.payoff) == threaded.map(\.payoff) && alone.map(\.values) == threaded.map(\.values))
        let stop = StopRequest()
        let stopped = try EvaluationPool(game, workers: 0, stop: stop)
        stop.make()
        #expect(throws: StudyStopped.self) { try stopped.evaluate(decisions) }
    }
}
