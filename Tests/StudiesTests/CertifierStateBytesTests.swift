import EnergyGames
import Foundation
import Games
import LinearModels
import Testing

@testable import Studies

/// What a certificate leaves on disk is what it was, to the bit, and nothing that is damaged is taken for that.
@Suite struct CertifierStateBytesTests {
    /// The park's certificate, stopped and gone on with on other threads: the steps are those without a stop.
    @Test func aStoredCertificateEndsTheSame() throws {
        let game = try CertifierThreadsTests.park()
        let cheap = try CheapBounds(game)
        let limits = Certifier.Limits(nodes: 48)
        var stored: [Data] = []
        let whole = try Certifier(game)
        whole.keep = { stored.append(CertifierStateBytes.data($0)) }
        let certificate = try whole.certify(limits, cheap: cheap)
        #expect(stored.count > 4 && certificate.curve.last?.nodes == 48)
        for (data, threads) in [(stored[0], 2), (stored[2], 1), (stored[stored.count - 2], 2)] {
            let state = try CertifierStateBytes.state(data)
            #expect(CertifierStateBytes.data(state) == data)
            let other = try Certifier(game)
            try other.solveParts(onThreads: threads)
            try other.goOn(from: state)
            let gone = try other.certify(limits, cheap: cheap)
            #expect(CertifierThreadsTests.steps(gone) == CertifierThreadsTests.steps(certificate))
            #expect(gone.best?.decision == certificate.best?.decision && gone.bound == certificate.bound)
        }
    }

    // MARK: Bytes

    private static let rows = [
        EnvelopeRow(place: 70_000, factor: -0.0, quantity: 1.0 / 3, isBelow: true),
        EnvelopeRow(place: 70_000, factor: 0.0, quantity: 1.0 / 3, isBelow: true),
        EnvelopeRow(place: 0, factor: .leastNonzeroMagnitude, quantity: -1e300, isBelow: false),
    ]

    /// Parts that share all, something and nothing with the one before.
    private static var state: Certifier.State {
        var state = Certifier.State()
        let (one, two) = (Basis(rows: [1, 2, 5], columns: [3, 4]), Basis(rows: [1, 1, 1], columns: [5, 4]))
        func part(_ id: Int, _ upper: [Double], _ basis: Basis, _ rows: [EnvelopeRow]?) -> BranchNode {
            BranchNode(
                id: id, bound: 0.1 * Double(id), lower: [-0.0, -.infinity, 0], upper: upper, basis: basis, rows: rows)
        }
        state.open = OpenNodes(inOrder: [
            part(1, [1.0 / 3, .infinity, 0], one, nil), part(4, [1.0 / 3, 7, -0.0], one, nil),
            part(3, [1.0 / 3, 7, 0], two, rows), part(7, [0x1p-1030, 7, 0], two, rows),
            part(6, [1, .infinity, 0], one, [rows[1]]), part(9, [1, .infinity, 0], one, []),
        ])
        (state.settled, state.ceiling, state.seconds) = (-.infinity, 1e300 / 3, 0.1 + 0.2)
        (state.solved, state.made, state.mostWork, state.reasoning) = (12, 9, .max, .payments)
        state.best = (-0.0, [1.0 / 3, -0.0])
        state.curve = [
            .init(nodes: 0, seconds: 0.25, bound: .infinity, payoff: nil),
            .init(nodes: 8, seconds: 1.0 / 3, bound: 0.3, payoff: -0.0),
        ]
        return state
    }

    private static var stateWithCuts: Certifier.State {
        var state = state
        var cuts = CutRows(cuts: .init(count: 3), tangents: .init(count: 2))
        cuts.cuts.contents[1] = .init(columns: [0, 7], values: [-0.0, 1.0 / 3], side: -1e300)
        (cuts.cuts.lastUse, cuts.cuts.solves) = ([0, 5, 2], 6)
        cuts.tangents.contents[0] = .init(square: 1, root: 0x1p-1030)
        (cuts.tangents.lastUse, cuts.tangents.solves) = ([9, 0], 9)
        (state.cuts, state.best) = (cuts, nil)
        return state
    }

    /// To the last bit: the text of a number tells its bits.
    @Test func statesComeBackAsTheyWere() throws {
        for state in [Certifier.State(), Self.state, Self.stateWithCuts] {
            #expect(try "\(CertifierStateBytes.state(CertifierStateBytes.data(state)))" == "\(state)")
        }
    }

    @Test func damagedStatesAreRefused() throws {
        for state in [Self.state, Self.stateWithCuts] {
            let data = CertifierStateBytes.data(state)
            expectNothingDamagedIsTaken(data) { try CertifierStateBytes.state($0) }
            // Whatever the bytes are, reading them ends nothing: the checksum is there for what is on disk.
            let checksum = data.prefix(8 + 64 + 8).count
            expectNothingDamagedIsTaken(data.dropFirst(checksum)) { try CertifierStateBytes.state(checked: Data($0)) }
            for place in data.indices {
                var damaged = data
                damaged[place] ^= 16
                #expect(throws: (any Error).self) { try CertifierStateBytes.state(damaged) }
            }
        }
    }

    /// Parts that were cut from one share its basis and rows: these take their room once.
    @Test func whatPartsShareIsStoredOnce() throws {
        func size(_ parts: [BranchNode]) -> Int {
            var state = Certifier.State()
            state.open = OpenNodes(inOrder: parts)
            return CertifierStateBytes.data(state).count
        }
        let rows = (0..<500).map { EnvelopeRow(place: $0, factor: 0.5, quantity: Double($0), isBelow: true) }
        let parts = (1...2).map { id in
            BranchNode(
                id: id, bound: 1, lower: Array(repeating: 0, count: 300),
                upper: Array(repeating: Double(id), count: 300),
                basis: Basis(rows: Array(repeating: 1, count: 4_000), columns: Array(repeating: 2, count: 4_000)),
                rows: rows)
        }
        var sibling = parts[0]
        sibling.upper[3] = 0.5
        #expect(size([parts[0], sibling]) - size([parts[0]]) < 200)
        #expect(size(parts) < size([parts[0]]) + 300 * 20 + 200)
    }
}
