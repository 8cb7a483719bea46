import Benchmark
import CaseFiles
import EnergyGames
import Games
import LinearModels
import ParkGames

/// The park whose answer is well searched: as the engine answers it, and with its followers solved in one piece.
func registerEvaluation() {
    let games: [(name: String, make: () throws -> StackelbergGame)] = [
        ("split", { try EnergyGame(ReferencePark.read()).game }),
        ("whole", { try EnergyGame(ReferencePark.read()).game.whole() }),
    ]
    for (name, make) in games {
        let game = Lazily(make)

        Benchmark("evaluation, \(name): cold") { benchmark in
            let game = try game()
            try benchmark.measure { try require(Evaluator(game).evaluate(game.space.upper)) }
        }

        let sequences = [
            ("random prices", Lazily { try game().randomDecisions(1000) }),
            ("along a search", Lazily { try game().decisionsAlongSearch(1000) }),
        ]
        for (sequence, decisions) in sequences {
            for (remark, savings) in [("", Evaluator.Savings.all), (", every saving off", [])] {
                Benchmark("evaluation, \(name): \(sequence)\(remark)", configuration: .thousandfold) { benchmark in
                    // A new evaluator each time: one that had answered these decisions would remember them.
                    let (evaluator, decisions) = (try Evaluator(game(), savings: savings), try decisions())
                    try benchmark.measure {
                        var best: Evaluation?
                        var schedule = AnchorSchedule()
                        for i in benchmark.scaledIterations {
                            // As in a search with generations of 50.
                            if i % 50 == 0 {
                                schedule.update(evaluations: i, best: best?.decision)
                                try evaluator.anchor(at: schedule.anchor)
                            }
                            let answer = try evaluator.evaluate(decisions[i])
                            try require(answer)
                            if answer.payoff ?? -.infinity > best?.payoff ?? -.infinity { best = answer }
                        }
                    }
                }
            }
        }
    }
    let models = Lazily {
        let follower = try games[0].make().followers[0]
        return (follower.parts?.models ?? []) + [follower.model]
    }
    for (k, name) in ["part 1 of 4", "part 2 of 4", "part 3 of 4", "part 4 of 4", "whole"].enumerated() {
        registerFollower(name, of: Lazily(games[0].make), model: Lazily { try models()[k] })
    }
}

/// The answer of one follower alone, as the evaluator asks for it: prices set, the same basis put in place, solved.
private func registerFollower(
    _ name: String, of game: Lazily<StackelbergGame>, model: Lazily<LinearModel>
) {
    let follower = Lazily { try FollowerSession(game(), model: model()) }
    Benchmark("follower, \(name): random prices", configuration: .thousandfold) { benchmark in
        let follower = try follower()
        try benchmark.measure { for i in benchmark.scaledIterations { try follower.answer(i) } }
    }
}

private final class FollowerSession {
    private let session: SolverSession
    private let basis: Basis
    private let prices: [[(parameter: Parameter, value: Double)]]

    init(_ game: StackelbergGame, model: LinearModel) throws {
        session = try SolverSession(model)
        let place = Dictionary(uniqueKeysWithValues: game.space.decisions.enumerated().map { ($1.name, $0) })
        prices = game.randomDecisions(500).map { decision in
            model.parameters.compactMap { parameter in
                place[model.name(of: parameter)].map { (parameter, decision[$0]) }
            }
        }
        for (parameter, value) in prices[0] { try session.set(parameter, to: value) }
        try session.solve()
        basis = session.basis
    }

    func answer(_ number: Int) throws {
        for (parameter, value) in prices[number % prices.count] { try session.set(parameter, to: value) }
        session.restore(basis)
        let status = try session.solve()
        guard status == .optimal else { throw NoPayoff(outcome: "\(status)") }
    }
}
