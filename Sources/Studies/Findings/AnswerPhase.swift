import Foundation

/// What a command does with the best decision of a search, one after the other.
public enum AnswerPhase: String, Sendable, CaseIterable {
    /// Followers are solved again from nothing, and what ties and near prices do is looked into.
    case first = "proof of the search's decision"
    case bounds
    /// Of what the bounds came upon.
    case securing = "prices for certain"
    /// Of a decision that one of the phases before found to be better.
    case proof = "proof of the answer"
    case joint = "joint program"
    /// Of a tariff for several days.
    case knowledge = "prices for each day alone"
}

/// Does phases, each once: what a store holds of them is taken from there, and what they come to is stored.
package struct PhaseRun {
    private let store: StudyStore?
    private let progress: (AnswerPhase) -> Void
    /// Wall-clock seconds of each phase, by all processes that worked on it.
    package private(set) var seconds: [(phase: AnswerPhase, seconds: Double)] = []

    /// - Parameter progress: called when a phase begins.
    package init(store: StudyStore? = nil, progress: @escaping (AnswerPhase) -> Void = { _ in }) {
        self.store = store
        self.progress = progress
    }

    /// Does a phase in one go.
    package mutating func outcome<Outcome: Codable>(of phase: AnswerPhase, _ body: () throws -> Outcome) throws
        -> Outcome
    {
        let done = try outcome(of: phase, from: Outcome?.none, isDone: { $0 != nil }) { $0 = try body() }
        return try done ?? body()
    }

    /// Does a phase step by step, each stored.
    ///
    /// - Parameters:
    ///   - start: where it begins.
    ///   - step: what it has come to depends on what it had come to before alone.
    package mutating func outcome<State: Codable>(
        of phase: AnswerPhase, from start: State, isDone: (State) -> Bool, _ step: (inout State) throws -> Void
    ) throws -> State {
        var state = start
        var spent = 0.0
        if let stored = try store?.phase(phase) {
            spent = stored.seconds
            do {
                state = try PhaseCoding.decode(State.self, stored.outcome)
            } catch {
                throw StudyStoreError.damaged(
                    path: store?.folder.relativePath ?? "", reason: "the outcome of '\(phase.rawValue)' cannot be read")
            }
        }
        if !isDone(state) { progress(phase) }
        while !isDone(state) {
            let begun = Date()
            try step(&state)
            spent += Date().timeIntervalSince(begun)
            try store?.put(
                StoredPhase(outcome: PhaseCoding.encode(state), isDone: isDone(state), seconds: spent), of: phase)
        }
        seconds.append((phase, spent))
        return state
    }
}
