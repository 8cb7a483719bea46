import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import TestSupport
import Testing

@testable import Studies

/// A certificate's parts over ranks that are threads of this process.
@Suite struct RankPartsTests {
    private static let limits = Certifier.Limits(nodes: 20)

    /// Decision, payoff, and the bound at every step, to the bit.
    @Test func theCertificateDoesNotDependOnTheRanks() throws {
        let game = try CertifierThreadsTests.park()
        let cheap = try CheapBounds(game)
        let alone = try Certifier(game).certify(Self.limits, cheap: cheap)
        #expect(alone.curve.count > 2 && alone.bound < cheap.best.bound)
        for (helpers, threads) in [(1, 2), (3, 1)] {
            let leader = RankHub.leader(helpers: helpers) { told in
                #expect(told == Data("game".utf8))
                return try .parts(of: CertifierThreadsTests.park(), threads: threads)
            }
            defer { leader.end() }
            try leader.begin(Data("game".utf8))
            let certifier = try Certifier(game)
            #expect(certifier.solveParts(over: leader, stop: nil))
            let certificate = try certifier.certify(Self.limits, cheap: cheap)
            #expect(CertifierThreadsTests.steps(certificate) == CertifierThreadsTests.steps(alone))
            #expect(certificate.bound == alone.bound && certificate.best?.payoff == alone.best?.payoff)
            #expect(certificate.best?.decision == alone.best?.decision && leader.isWhole)
        }
    }

    /// Where the time ends ranks, what is left open is so with its bound. 12,042.83 can be had.
    @Test func timeEndsRanks() throws {
        let leader = RankHub.leader(helpers: 2) { _ in try .parts(of: CertifierThreadsTests.park(), threads: 1) }
        defer { leader.end() }
        try leader.begin(Data())
        let certifier = try Certifier(CertifierThreadsTests.park())
        #expect(certifier.solveParts(over: leader, stop: nil))
        let start = Date()
        let certificate = try certifier.certify(.init(seconds: 3), cheap: CheapBounds(CertifierThreadsTests.park()))
        #expect(certificate.bound >= 12_042.8 && certificate.bound < 13_032)
        #expect(leader.isWhole && Date().timeIntervalSince(start) < 60)
    }

    @Test func aRankThatIsLostEndsTheCertificate() throws {
        // It says that it is ready, and answers once.
        let leader = RankHub.leader(helpers: 2, patience: 0.6, cut: (rank: 1, after: 2)) { _ in
            try .parts(of: ToyGame.make(), threads: 1)
        }
        defer { leader.end() }
        try leader.begin(Data())
        let certifier = try Certifier(ToyGame.make())
        _ = certifier.solveParts(over: leader, stop: nil)
        #expect(throws: RankError.lost(rank: 1, reason: "it has kept silent for 1 s")) {
            try certifier.certify(Self.limits)
        }
        #expect(!leader.isWhole)
    }

    @Test func aStopIsHeeded() throws {
        let stop = StopRequest()
        let leader = RankHub.leader(helpers: 1) { _ in
            Thread.sleep(forTimeInterval: 2)
            return try .parts(of: ToyGame.make(), threads: 1)
        }
        defer { leader.end() }
        try leader.begin(Data())
        let certifier = try Certifier(ToyGame.make())
        _ = certifier.solveParts(over: leader, stop: stop)
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: 0.1)
            stop.make()
        }
        #expect(throws: StudyStopped.self) { try certifier.certify(Self.limits) }
    }

    // MARK: Bytes

    private static let basis = Basis(rows: [1, 2, 5], columns: [3, 4])
    private static let rows = [
        EnvelopeRow(place: 70_000, factor: -0.0, quantity: 1.0 / 3, isBelow: true),
        EnvelopeRow(place: 0, factor: .leastNonzeroMagnitude, quantity: -1e300, isBelow: false),
    ]

    private static func question(_ rows: [EnvelopeRow]?, until deadline: ContinuousClock.Instant?)
        -> PartSolver.Question
    {
        let part = BranchNode(
            bound: 0.1 + 0.2, lower: [-0.0, -.infinity, 0], upper: [1.0 / 3, .infinity, 0], basis: basis, rows: rows)
        return PartSolver.Question(part: part, threshold: -.infinity, work: .max, deadline: deadline)
    }

    private static func answer(_ status: SolveStatus, _ split: PartSolver.Split) -> PartSolver.Answer {
        var answer = PartSolver.Answer(bound: -0.0, basis: basis, rows: status == .optimal ? rows : nil)
        (answer.status, answer.split, answer.work, answer.isCutShort) = (status, split, 7, status == .infeasible)
        if status == .optimal { (answer.decision, answer.payoff) = ([1.0 / 3, -0.0], 0x1p-1030) }
        return answer
    }

    private static let questions = [question(nil, until: nil), question(rows, until: nil), question([], until: nil)]
    private static let answers = [
        answer(.optimal, .range(3, below: -0.0, above: 1)), answer(.infeasible, .none),
        answer(.limit(gap: nil), .zeros([4, 0])), answer(.limit(gap: 0.5), .none), answer(.unbounded, .none),
    ]

    /// To the last bit: the text of a number tells its bits.
    @Test func partsArriveAsTheyWereSent() throws {
        #expect(try "\(PartBytes.questions(PartBytes.data(Self.questions)))" == "\(Self.questions)")
        #expect(try "\(PartBytes.answers(PartBytes.data(Self.answers)))" == "\(Self.answers)")
        // Clocks differ: what arrives is how long there is.
        let timed = Self.question(nil, until: .now + .seconds(50))
        let deadline = try #require(try PartBytes.questions(PartBytes.data([timed])).first?.deadline)
        let left = deadline - .now
        #expect(left < .seconds(51) && left > .seconds(20))
    }

    @Test func damagedPartsAreRefused() throws {
        let sent: [(Data, (Data) throws -> Int)] = [
            (PartBytes.data(Self.questions), { try PartBytes.questions($0).count }),
            (PartBytes.data(Self.answers), { try PartBytes.answers($0).count }),
        ]
        for (data, read) in sent { expectNothingDamagedIsTaken(data, read) }
    }
}
