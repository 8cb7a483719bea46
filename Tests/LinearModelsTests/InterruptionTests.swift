import Foundation
import Testing

@testable import LinearModels

/// Solves that are given up from outside.
@Suite struct InterruptionTests {
    /// Twelve binaries that a knapsack holds, so that branch and bound has something to do: the greatest value of one
    /// that holds 50.
    private func knapsack() throws -> LinearModel {
        var model = LinearModel()
        var (weight, value) = (LinearExpression(), LinearExpression())
        for k in 0..<12 {
            let taken = try model.variable("taken\(k)", kind: .binary)
            weight += Double(7 + (k * 5) % 11) * taken
            value += Double(9 + (k * 7) % 13) * taken
        }
        try model.add(weight <= 50, named: "weight")
        try model.maximise(value)
        return model
    }

    @Test func asksBeforeEverySolveAndThrows() throws {
        let session = try SolverSession(knapsack())
        #expect(throws: Interrupted()) { try Interruption.heeding({ true }) { try session.solve() } }
        #expect(session.status == .limit(gap: nil))
        #expect(throws: Interrupted()) { try Interruption.heeding({ true }) { try Interruption.check() } }
        try Interruption.check()
    }

    /// What is asked and says no changes nothing, and a session that was given up once answers as if nothing had been.
    @Test func leavesNoTrace() throws {
        let fresh = try SolverSession(knapsack())
        #expect(try fresh.solve() == .optimal)
        let session = try SolverSession(knapsack())
        for patience in 0..<40 {
            let asked = Counter()
            do {
                try Interruption.heeding({ asked.next() > patience }) { _ = try session.solve() }
            } catch is Interrupted {}
            #expect(asked.count > min(patience, 1))
        }
        session.startFromSlackBasis()
        #expect(try Interruption.heeding({ false }) { try session.solve() } == .optimal)
        #expect(session.objectiveValue == fresh.objectiveValue && session.values == fresh.values)
    }

    private final class Counter: @unchecked Sendable {
        private(set) var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }
}
