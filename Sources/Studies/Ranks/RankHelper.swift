import Foundation

/// What a rank answers with, on as many threads.
package struct RankWorker {
    let threads: Int
    /// Answers a chunk of tasks, both as bytes. It is called on the thread that made the worker.
    let answer: (Data) throws -> Data
}

/// A rank beside rank 0: answers what it is asked until it is told to end.
///
/// It listens on the thread that calls it and answers on another, so that it can say at any time that it is there.
package final class RankHelper: @unchecked Sendable {
    private let transport: any RankTransport
    private let makeWorker: @Sendable (Data) throws -> RankWorker
    private let condition = NSCondition()
    /// Behind the condition: what is to be answered, and what is to be sent.
    private var tasks: [RankMessage] = []
    private var outgoing: [RankMessage] = []
    private var isOver = false

    /// - Parameter makeWorker: of what rank 0 told when it began.
    package init(_ transport: any RankTransport, makeWorker: @escaping @Sendable (Data) throws -> RankWorker) {
        self.transport = transport
        self.makeWorker = makeWorker
    }

    /// - Throws: ``RankError`` where rank 0 cannot be reached or understood.
    package func run() throws {
        WorkerThreads.start(1, name: "answers", stackSize: 64 << 20) { [self] _ in work() }
        defer {
            condition.withLock {
                isOver = true
                condition.broadcast()
            }
        }
        var waiting = RankPatience()
        while true {
            for message in condition.withLock({ take(&outgoing) }) {
                waiting.hasHeard()
                try transport.send(message.data(), to: 0)
            }
            guard let (data, _) = try transport.receive() else {
                waiting.wait()
                continue
            }
            waiting.hasHeard()
            guard let message = try? RankMessage(data) else { throw RankError.unreadable(rank: 0) }
            switch message {
            case .end: return
            case .ping: try transport.send(RankMessage.alive.data(), to: 0)
            default:
                condition.withLock {
                    tasks.append(message)
                    condition.broadcast()
                }
            }
        }
    }

    private func take(_ messages: inout [RankMessage]) -> [RankMessage] {
        defer { messages = [] }
        return messages
    }

    /// On the other thread.
    private func work() {
        var worker: RankWorker?
        while true {
            let task = condition.withLock { () -> RankMessage? in
                while tasks.isEmpty, !isOver { condition.wait() }
                return isOver ? nil : tasks.removeFirst()
            }
            guard let task else { return }
            let reply: RankMessage?
            do { reply = try answer(task, &worker) } catch { reply = .failed("\(error)") }
            if let reply { condition.withLock { outgoing.append(reply) } }
        }
    }

    private func answer(_ task: RankMessage, _ worker: inout RankWorker?) throws -> RankMessage? {
        switch task {
        case .begin(let description):
            let made = try makeWorker(description)
            worker = made
            return .ready(threads: made.threads)
        case .ask(let round, let first, let tasks):
            guard let worker else { return .failed("it was asked before it was told of what.") }
            return .answers(round: round, first: first, try worker.answer(tasks))
        default: return nil
        }
    }
}
