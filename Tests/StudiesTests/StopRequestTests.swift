import Foundation
import Games
import LinearModels
import Testing

@testable import Studies

/// Work that is asked to stop, and who waits for it.
@Suite struct StopRequestTests {
    @Test func workThatIsLeftAloneGivesItsResult() throws {
        let stop = StopRequest()
        #expect(try stop.run { 6 * 7 } == 42)
        #expect(throws: Failure()) { try stop.run { throw Failure() } }
        stop.make()
        // It was done before anybody could have waited for it.
        #expect(throws: StudyStopped.self) { try stop.run(grace: 0.2) { try Interruption.check() } }
    }

    /// However deaf the work is, its caller waits no longer than the grace.
    @Test func deafWorkIsAbandoned() throws {
        let (stop, gate) = (StopRequest(), DispatchSemaphore(value: 0))
        defer { gate.signal() }
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { stop.make() }
        let start = Date()
        #expect(throws: StudyStopped.self) { try stop.run(grace: 0.2) { gate.wait() } }
        #expect(Date().timeIntervalSince(start) < 2)
    }

    /// A solver deep inside hears of it without being told.
    @Test func solversHearOfIt() throws {
        let stop = StopRequest()
        var model = LinearModel()
        let x = try model.variable("x", in: 0...1)
        try model.maximise(x.linearExpression)
        let program = model
        let start = Date()
        #expect(throws: StudyStopped.self) {
            try stop.run(grace: 20) {
                let session = try SolverSession(program)
                for k in 0..<Int.max {
                    if k == 3 { stop.make() }
                    try session.solve()
                }
            }
        }
        #expect(Date().timeIntervalSince(start) < 10)
    }

    /// Whether it is asked before anything is built, or from another thread in the middle, a pool lets its caller go.
    @Test func aPoolDoesNotWait() throws {
        let game = try ToyGame.make()
        let stop = StopRequest()
        let pool = try EvaluationPool(game, workers: 2, stop: stop)
        #expect(try pool.evaluate([[1, 1, 1, 1]]).count == 1)
        stop.make()
        #expect(throws: StudyStopped.self) { try pool.evaluate([[2, 2, 2, 2]]) }
        #expect(throws: StudyStopped.self) { try EvaluationPool(game, workers: 2, stop: stop) }
        #expect(throws: StudyStopped.self) { try Study.run(game, StudySettings(), stop: stop) }
    }

    private struct Failure: Error, Equatable {}
}
