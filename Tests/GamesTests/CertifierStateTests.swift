import Foundation
import LinearModels
import Testing

@testable import Games

/// A certifier that goes on from the state of another one ends as that one did, to the bit.
@Suite struct CertifierStateTests {
    private struct Step: Equatable {
        let nodes: Int
        let bound: UInt64
        let payoff: UInt64?

        init(_ step: Certificate.Step) {
            (nodes, bound, payoff) = (step.nodes, step.bound.bitPattern, step.payoff?.bitPattern)
        }
    }

    /// - Returns: the states that were offered on the way.
    private static func expectGoingOnEndsTheSame(
        _ game: StackelbergGame, _ depth: SingleLevelProgram.Depth = .complements, nodes: Int
    ) throws -> [Certifier.State] {
        let program = try SingleLevelProgram(game, depth: depth)
        let cheap = try CheapBounds(game)
        let limits = Certifier.Limits(nodes: nodes)
        var states: [Certifier.State] = []
        let whole = try Certifier(program)
        whole.keep = { states.append($0) }
        let certificate = try whole.certify(limits, cheap: cheap)
        for state in states {
            #expect(state.bound >= certificate.bound)
            let other = try Certifier(program)
            try other.goOn(from: state)
            let gone = try other.certify(limits, cheap: cheap)
            #expect(gone.curve.map(Step.init) == certificate.curve.map(Step.init), "from \(state.solved) programs on")
            #expect(gone.bound == certificate.bound && gone.reasoning == certificate.reasoning)
            #expect(gone.best?.payoff == certificate.best?.payoff && gone.best?.decision == certificate.best?.decision)
        }
        return states
    }

    /// Small programs, and such as large games have.
    @Test(arguments: 0..<12, [SingleLevelProgram.Depth.complements, .bound])
    func goesOnAnywhere(seed: Int, depth: SingleLevelProgram.Depth) throws {
        let states = try Self.expectGoingOnEndsTheSame(
            PricingEnumeration(seed: seed, hasIntegers: false).game(), depth, nodes: 60)
        #expect(states.first?.solved == 0 && states.first?.open.count == 1)
        #expect(zip(states, states.dropFirst()).allSatisfy { $0.solved < $1.solved })
    }

    /// Followers with whole numbers: cuts stay from one part to the next, and the state has them.
    @Test func goesOnWithCuts() throws {
        var (kept, cuts) = (0, 0)
        for seed in [0, 5, 7, 10] {
            let states = try Self.expectGoingOnEndsTheSame(
                PricingEnumeration(seed: seed, hasIntegers: true).game(), nodes: 350)
            kept += states.count
            cuts += states.last?.cuts?.cuts.contents.count { $0 != nil } ?? 0
        }
        #expect(kept > 6 && cuts > 6)
    }

    /// Time that was spent before is spent: nothing more is looked into, and what was proved is told.
    @Test func whatWasProvedIsToldWithoutTime() throws {
        let game = try PricingEnumeration(seed: 0, hasIntegers: false).game()
        var states: [Certifier.State] = []
        let first = try Certifier(game)
        first.keep = { states.append($0) }
        _ = try first.certify(.init(nodes: 40))
        let state = try #require(states.last)
        let late = try Certifier(game, startedAt: .now.addingTimeInterval(-100))
        try late.goOn(from: state)
        let certificate = try late.certify(.init(seconds: 50))
        #expect(certificate.bound == state.bound && certificate.curve.last?.nodes == state.solved)
        #expect((certificate.curve.last?.seconds ?? 0) >= 100)
    }

    @Test func statesOfOtherGamesAreRefused() throws {
        func game(_ seed: Int) -> PricingEnumeration { PricingEnumeration(seed: seed, hasIntegers: false) }
        var states: [Certifier.State] = []
        let first = try Certifier(game(0).game())
        first.keep = { states.append($0) }
        _ = try first.certify(.init(nodes: 20))
        let state = try #require(states.last)
        try Certifier(game(0).game()).goOn(from: state)
        let seed = try #require((1..<9).first { game($0).clients.count != game(0).clients.count })
        let other = try Certifier(game(seed).game())
        #expect(throws: Certifier.StateMisfit.self) { try other.goOn(from: state) }
    }
}
