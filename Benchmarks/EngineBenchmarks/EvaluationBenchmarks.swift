import Benchmark
import CaseFiles
import Games
import LinearModels
import ParkGames

/// The park whose answer is well searched: all followers in one model, and each by itself.
func registerEvaluation() {
    let games: [(name: String, make: () throws -> StackelbergGame)] = [
        ("joint", { try EnergyGame(ReferencePark.read()).game }),
        ("by party", { try EnergyGame(decomposing: ReferencePark.read()).game }),
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
                        for i in benchmark.scaledIterations { try require(evaluator.evaluate(decisions[i])) }
                    }
                }
            }
        }
    }
    registerFollowers("joint", count: 1, of: Lazily(games[0].make))
    registerFollowers("by party", count: 4, of: Lazily(games[1].make))
}

/// The answer of one follower alone, as the evaluator asks for it: prices set, the same basis put in place, solved.
private func registerFollowers(_ name: String, count: Int, of game: Lazily<StackelbergGame>) {
    for k in 0..<count {
        let follower = Lazily { try FollowerSession(game(), follower: k) }
        Benchmark("follower \(k + 1) of \(count), \(name): random prices", configuration: .thousandfold) { benchmark in
            let follower = try follower()
            try benchmark.measure { for i in benchmark.scaledIterations { try follower.answer(i) } }
        }
    }
}

private final class FollowerSession {
    private let session: Session
    private let basis: Basis
    private let prices: [[(parameter: Parameter, value: Double)]]

    init(_ game: StackelbergGame, follower: Int) throws {
        let model = game.followers[follower].model
        session = try Session(model)
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
