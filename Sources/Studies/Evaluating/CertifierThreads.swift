import Games

extension Certifier {
    /// Has parts of the game looked into by several threads. The certificate is the same with any number of them, its
    /// seconds aside, unless the time ends it.
    ///
    /// - Parameter threads: one or more. Where a follower has whole numbers that matter, or the leader's objective has
    ///   squares, what is found in one part is used in the next, and one thread does all.
    public func solveParts(onThreads threads: Int) throws {
        guard threads > 1, let makeSolver else { return }
        let queue = try WorkQueue<PartSolver.Question, PartSolver.Answer>(threads: threads, name: "bound") {
            let solver = try makeSolver()
            return { question in try solver.answer(question) }
        }
        answerElsewhere = { try queue.answer($0) }
    }
}
