import Foundation
import Games
import Testing

@testable import Studies

/// Ranks that are threads of this process, with queues between them.
final class RankHub: @unchecked Sendable {
    private let lock = NSLock()
    private var queues: [[(Data, Int)]]
    private var sent: [Int: Int] = [:]
    private var mostOf: [Int: Int] = [:]

    init(ranks: Int) { queues = Array(repeating: [], count: ranks) }

    /// After so many messages, nothing that a rank sends arrives any more.
    func cut(_ rank: Int, after count: Int) { lock.withLock { mostOf[rank] = count } }

    func put(_ message: Data, from sender: Int, to rank: Int) {
        lock.withLock {
            sent[sender, default: 0] += 1
            if sent[sender, default: 0] <= mostOf[sender] ?? .max { queues[rank].append((message, sender)) }
        }
    }

    func take(_ rank: Int) -> (Data, Int)? { lock.withLock { queues[rank].isEmpty ? nil : queues[rank].removeFirst() } }

    struct End: RankTransport {
        let hub: RankHub
        let rank: Int
        let helpers: Int

        func send(_ message: Data, to rank: Int) throws { hub.put(message, from: self.rank, to: rank) }
        func receive() throws -> (message: Data, rank: Int)? { hub.take(rank).map { ($0.0, $0.1) } }
    }

    /// Starts helpers for a game, and hands out what leads them.
    static func leader(
        helpers: Int, patience: Double = 60, threads: Int = 1, cut: (rank: Int, after: Int)? = nil,
        game: @escaping @Sendable (Data) throws -> StackelbergGame
    ) -> RankLeader {
        leader(helpers: helpers, patience: patience, cut: cut) { try .proposals(to: game($0), threads: threads) }
    }

    static func leader(
        helpers: Int, patience: Double = 60, cut: (rank: Int, after: Int)? = nil,
        worker: @escaping @Sendable (Data) throws -> RankWorker
    ) -> RankLeader {
        let hub = RankHub(ranks: helpers + 1)
        if let cut { hub.cut(cut.rank, after: cut.after) }
        for rank in 1...helpers {
            let end = End(hub: hub, rank: rank, helpers: helpers)
            Thread.detachNewThread { try? RankHelper(end, makeWorker: worker).run() }
        }
        return RankLeader(End(hub: hub, rank: 0, helpers: helpers), patience: patience)
    }
}

@Suite struct RankTests {
    private func settings(_ algorithm: String) -> StudySettings {
        StudySettings(
            algorithm: algorithm, population: 20, evaluations: 600, seed: 3, workers: 1,
            answer: algorithm == "auto" ? .bankable : .byTies)
    }

    /// Decisions, climbs and prices that are made sure of: the same to the bit, whoever answers.
    @Test(arguments: ["ga", "auto"]) func theResultDoesNotDependOnTheRanks(algorithm: String) throws {
        let game = try ToyGame.make()
        let settings = settings(algorithm)
        let alone = try Study.run(game, settings)
        for (helpers, threads) in [(1, 1), (1, 2), (2, 1), (3, 2), (25, 1)] {
            let leader = RankHub.leader(helpers: helpers, threads: threads) { told in
                #expect(told == Data("toy".utf8))
                return try ToyGame.make()
            }
            defer { leader.end() }
            try leader.begin(Data("toy".utf8))
            let study = try Study.run(game, settings, ranks: leader)
            #expect(study.log == alone.log)
            #expect(study.best.decision == alone.best.decision && study.best.values == alone.best.values)
            #expect(study.bankable?.decision == alone.bankable?.decision)
            #expect(study.bankable?.payoff == alone.bankable?.payoff)
            #expect(leader.isWhole)
        }
    }

    /// What no decision was answered by is told in the same words.
    @Test func failuresAreToldAsOnOneProcess() throws {
        let game = try ToyGame.make(failing: .leader)
        func error(_ leader: RankLeader?) -> String {
            do {
                _ = try Study.run(game, settings("ga"), ranks: leader)
                return "none"
            } catch { return "\(error)" }
        }
        let leader = RankHub.leader(helpers: 2) { _ in try ToyGame.make(failing: .leader) }
        defer { leader.end() }
        try leader.begin(Data())
        let alone = error(nil)
        #expect(alone.contains("could be answered") && error(leader) == alone)
    }

    @Test func aRankThatKeepsSilentIsLost() throws {
        // What it says first is that it is ready; its second answer never comes.
        let leader = RankHub.leader(helpers: 2, patience: 0.6, cut: (rank: 2, after: 2)) { _ in try ToyGame.make() }
        defer { leader.end() }
        try leader.begin(Data())
        #expect(throws: RankError.lost(rank: 2, reason: "it has kept silent for 1 s")) {
            try Study.run(ToyGame.make(), settings("ga"), ranks: leader)
        }
        #expect(!leader.isWhole)
    }

    /// One that takes long over its work says that it is there.
    @Test func aRankThatWorksIsNotLost() throws {
        let leader = RankHub.leader(helpers: 2, patience: 0.5) { _ in
            Thread.sleep(forTimeInterval: 2)
            return try ToyGame.make()
        }
        defer { leader.end() }
        try leader.begin(Data())
        let study = try Study.run(ToyGame.make(), settings("ga"), ranks: leader)
        #expect(try study.log == Study.run(ToyGame.make(), settings("ga")).log)
    }

    @Test func aRankThatCannotAnswerSaysWhy() throws {
        let leader = RankHub.leader(helpers: 2) { _ in throw StudyError.noSuchThing }
        defer { leader.end() }
        try leader.begin(Data())
        do {
            _ = try Study.run(ToyGame.make(), settings("ga"), ranks: leader)
            Issue.record("it was answered")
        } catch let error as RankError {
            #expect("\(error)".contains("cannot answer: \(StudyError.noSuchThing)"))
        }
    }

    @Test func aStopIsHeededWhileRanksWork() throws {
        let stop = StopRequest()
        let leader = RankHub.leader(helpers: 1) { _ in
            Thread.sleep(forTimeInterval: 1)
            return try ToyGame.make()
        }
        defer { leader.end() }
        try leader.begin(Data())
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.1)
            stop.make()
        }
        #expect(throws: StudyStopped.self) {
            try Study.run(ToyGame.make(), settings("ga"), stop: stop, ranks: leader)
        }
    }

    // MARK: Messages

    private static let messages: [RankMessage] = [
        .begin(Data([0, 255, 7])), .ready(threads: 3), .failed("no"), .ping, .alive, .end,
        .ask(round: 7, first: 3, Data([1, 2])), .answers(round: 7, first: 3, Data()),
    ]
    private static let chunks = [
        ProposalChunk(
            anchor: [0.1, -0.0, .leastNonzeroMagnitude],
            proposals: [
                .decision([1.0 / 3, -0.0]), .decision([]),
                .climb(.init(point: [0.1, 0x1p-1030, -0.0], penalties: [1e300], limit: 5, parts: [[0], [1, 2]])),
                .secure(.init(point: [2.0 / 3], known: 0.1 + 0.2, limit: 9)),
            ]),
        ProposalChunk(anchor: nil, proposals: []),
    ]
    private static let answers = [
        RankAnswer(.init(decision: [1.0 / 3], payoff: -0.0, effort: 1), failure: nil),
        RankAnswer(.init(decision: [], payoff: nil, effort: 0), failure: "not ∞"),
    ]

    /// What was sent, what arrives, and how it is read.
    private static var sent: [(value: Any, data: Data, read: (Data) throws -> Any)] {
        get throws {
            try messages.map { ($0, $0.data(), { try RankMessage($0) }) }
                + chunks.map { ($0, try $0.data(), { try ProposalChunk($0) }) }
                + [(answers, RankAnswer.data(answers), { try RankAnswer.list($0) })]
        }
    }

    /// To the last bit, the sign of zero too: the text of a number tells its bits.
    @Test func messagesArriveAsTheyWereSent() throws {
        for (value, data, read) in try Self.sent { #expect(try "\(read(data))" == "\(value)") }
    }

    /// What is cut or damaged is refused, or another message, and never ends the process.
    @Test func damagedMessagesAreRefused() throws {
        for (_, data, read) in try Self.sent { expectNothingDamagedIsTaken(data, read) }
    }
}

extension StudyError {
    fileprivate static let noSuchThing = StudyError.nothingWorked(evaluations: 7, example: "a test")
}
