import Foundation

/// Rank 0: hands out tasks in chunks to whoever is free, and puts the answers in order.
///
/// An answer depends on its task alone, and not on who gives it, so that answers are the same at any number of ranks
/// and threads.
public final class RankLeader: @unchecked Sendable {
    /// Where this process leads others; nil where it is alone.
    @TaskLocal public static var current: RankLeader?

    private let transport: any RankTransport
    /// Seconds that a rank which owes an answer may keep silent.
    private let patience: Double
    /// Threads of each helper that is ready.
    private var threads: [Int: Int] = [:]
    /// When each helper was last heard of, and last asked whether it is there.
    private var heard: [Int: Date] = [:]
    private var asked: [Int: Date] = [:]
    /// Of tasks that are answered together.
    private var round = 0
    /// Whether all ranks were reached so far, and none is left at work.
    package private(set) var isWhole = true

    /// - Parameter transport: with one helper at least.
    package init(_ transport: any RankTransport, patience: Double = 60) {
        self.transport = transport
        self.patience = patience
    }

    private var ranks: ClosedRange<Int> { 1...transport.helpers }

    /// Has all helpers begin.
    ///
    /// - Parameter description: all that they need for it, see ``RankHelper``.
    package func begin(_ description: Data) throws {
        for rank in ranks { try send(.begin(description), to: rank) }
    }

    /// Tells all helpers that they are done.
    package func end() { for rank in ranks { try? send(.end, to: rank) } }

    /// Answers the tasks of a round, in their order.
    ///
    /// - Parameters:
    ///   - count: of the tasks.
    ///   - ask: the bytes of the tasks at these places, as the helpers' ``RankWorker`` reads them.
    ///   - read: the answers to a chunk of what it wrote.
    /// - Throws: ``RankError`` where a rank is lost or cannot answer, ``StudyStopped`` where it was asked to stop.
    func answer<Answer>(
        _ count: Int, stop: StopRequest?, ask: (Range<Int>) throws -> Data, read: (Data) throws -> [Answer]
    ) throws -> [Answer] {
        guard count > 0 else { return [] }
        isWhole = false
        let answers = try collect(count, stop, ask, read)
        isWhole = true
        return answers
    }

    private func collect<Answer>(
        _ tasks: Int, _ stop: StopRequest?, _ ask: (Range<Int>) throws -> Data, _ read: (Data) throws -> [Answer]
    ) throws -> [Answer] {
        round += 1
        try waitUntilReady(stop)
        var answers = [Answer?](repeating: nil, count: tasks)
        var next = 0
        /// Where the chunk of each rank begins, and its length.
        var owed: [Int: (first: Int, count: Int)] = [:]
        var missing = tasks
        func serve(_ rank: Int) throws {
            guard next < tasks else { return }
            let count = chunk(of: tasks - next, for: rank)
            try send(.ask(round: round, first: next, ask(next..<next + count)), to: rank)
            (heard[rank], asked[rank]) = (Date(), nil)
            owed[rank] = (next, count)
            next += count
        }
        for rank in ranks { try serve(rank) }
        while missing > 0 {
            let (message, rank) = try receive(from: Set(owed.keys), stop)
            guard case .answers(round, let first, let data) = message else { continue }
            guard let part = try? read(data), let chunk = owed.removeValue(forKey: rank), chunk == (first, part.count)
            else {
                throw RankError.unreadable(rank: rank)
            }
            for (place, answer) in part.enumerated() { answers[first + place] = answer }
            missing -= part.count
            try serve(rank)
        }
        return answers.compactMap(\.self)
    }

    /// Half of what is left, shared out over all threads: few messages at first, small pieces at the end, so that all
    /// are done at about the same time.
    private func chunk(of left: Int, for rank: Int) -> Int {
        let own = threads[rank] ?? 1
        let all = threads.values.reduce(0, +)
        return min(left, max(own, (left * own + 2 * all - 1) / (2 * all)))
    }

    private func waitUntilReady(_ stop: StopRequest?) throws {
        while threads.count < transport.helpers {
            let silent = Set(ranks.filter { threads[$0] == nil })
            if case (.ready(let count), let rank) = try receive(from: silent, stop) {
                threads[rank] = max(1, count)
            }
        }
    }

    // MARK: Messages

    private func send(_ message: RankMessage, to rank: Int) throws { try transport.send(message.data(), to: rank) }

    /// The next message of any rank that is not only a sign of life.
    ///
    /// - Parameter owing: those of whom one is waited for.
    private func receive(from owing: Set<Int>, _ stop: StopRequest?) throws -> (RankMessage, Int) {
        var waiting = RankPatience()
        let start = Date()
        while true {
            if stop?.isMade == true { throw StudyStopped() }
            guard let (data, rank) = try transport.receive() else {
                try check(owing, since: start)
                waiting.wait()
                continue
            }
            (heard[rank], asked[rank]) = (Date(), nil)
            guard let message = try? RankMessage(data) else { throw RankError.unreadable(rank: rank) }
            switch message {
            case .alive: continue
            case .failed(let reason): throw RankError.failed(rank: rank, reason: reason)
            default: return (message, rank)
            }
        }
    }

    /// Asks those who have long kept silent whether they are there.
    private func check(_ owing: Set<Int>, since start: Date) throws {
        let now = Date()
        for rank in owing.sorted() {
            let last = max(heard[rank] ?? start, start)
            let silence = now.timeIntervalSince(last)
            if silence > patience {
                throw RankError.lost(rank: rank, reason: "it has kept silent for \(Int(patience.rounded(.up))) s")
            }
            guard silence > patience / 6, asked[rank] == nil || now.timeIntervalSince(asked[rank] ?? now) > patience / 6
            else { continue }
            asked[rank] = now
            try send(.ping, to: rank)
        }
    }
}
