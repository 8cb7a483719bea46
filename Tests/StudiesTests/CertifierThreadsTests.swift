import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import Studies
import TestSupport
import Testing

/// A bound hangs on how many parts were looked into, and not on how many threads did that.
@Suite struct CertifierThreadsTests {
    struct Step: Equatable {
        let nodes: Int
        let bound: Double
        let payoff: Double?
    }

    static func steps(_ certificate: Certificate) -> [Step] {
        certificate.curve.map { Step(nodes: $0.nodes, bound: $0.bound, payoff: $0.payoff) }
    }

    static func park() throws -> StackelbergGame {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("data/benchmarks/park-pricing")
        return try EnergyGame(CaseReader.read(folder)).game
    }

    @Test func sameAtAnyNumberOfThreads() throws {
        let game = try Self.park()
        let cheap = try CheapBounds(game)
        let certificates = try [1, 2, 3].map { threads in
            let certifier = try Certifier(game)
            try certifier.solveParts(onThreads: threads)
            return try certifier.certify(.init(nodes: 40), cheap: cheap)
        }
        let first = certificates[0]
        #expect(first.curve.last?.nodes == 40 && first.bound < 12_500 && first.bound > 12_042.8)
        for other in certificates.dropFirst() {
            #expect(Self.steps(other) == Self.steps(first))
            #expect(other.bound == first.bound && other.best?.payoff == first.best?.payoff)
            #expect(other.best?.decision == first.best?.decision && other.grounds == first.grounds)
        }
    }

    /// What threads have no time for any more is left as it was, and the bound is valid: 12,042.83 can be had.
    @Test func timeEndsThreads() throws {
        let certifier = try Certifier(Self.park())
        try certifier.solveParts(onThreads: 2)
        let certificate = try certifier.certify(.init(seconds: 3), cheap: CheapBounds(Self.park()))
        #expect(certificate.bound >= 12_042.8 && certificate.bound < 13_032)
    }
}
