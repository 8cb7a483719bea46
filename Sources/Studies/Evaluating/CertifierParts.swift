import Games

extension Certifier {
    /// Has parts of the game looked into by several threads. The certificate is the same with any number of them, its
    /// seconds aside, unless the time ends it.
    ///
    /// - Parameters:
    ///   - threads: one or more. Where a follower has whole numbers that matter, or the leader's objective has squares,
    ///     what is found in one part is used in the next, and one thread does all.
    ///   - stop: once made, nothing is waited for any more.
    public func solveParts(onThreads threads: Int, stop: StopRequest? = nil) throws {
        guard threads > 1, let makeSolver else { return }
        let queue = try PartQueue(threads, makeSolver, stop: stop)
        answerElsewhere = { try queue.answer($0) }
    }

    /// Has parts of the game looked into by ranks, which were told of the game before; see
    /// ``RankWorker/parts(of:threads:)``. The certificate is that of threads.
    ///
    /// - Parameter stop: once made, nothing is waited for any more.
    /// - Returns: whether they have anything to do; see ``solveParts(onThreads:stop:)``.
    public func solveParts(over ranks: RankLeader, stop: StopRequest?) -> Bool {
        guard makeSolver != nil else { return false }
        answerElsewhere = { try ranks.answer($0, stop: stop) }
        return true
    }
}

/// Threads that look into parts, each with a solver of its own.
struct PartQueue {
    private let queue: WorkQueue<PartSolver.Question, PartSolver.Answer>

    init(_ threads: Int, _ makeSolver: @escaping @Sendable () throws -> PartSolver, stop: StopRequest? = nil) throws {
        queue = try WorkQueue(threads: threads, name: "bound", stop: stop) {
            let solver = try makeSolver()
            return { question in try solver.answer(question) }
        }
    }

    func answer(_ questions: [PartSolver.Question]) throws -> [PartSolver.Answer] { try queue.answer(questions) }
}
