import Games
import Metaheuristics

/// Leaders who answer each other's decisions in turn, from one start, on one thread.
///
/// A leader's best decisions given its rivals' are searched for as in a game of its own, in which indifferent followers
/// do what it likes. They often stand where followers are indifferent between it and a rival, and there they do not pay
/// what the search says. So what a move pays is always evaluated by the one answer of the followers that counts for
/// everybody (`RivalryEvaluator`), and beside the decisions that were found, and those that stand, others are tried in
/// which a tick makes sure who serves whom. Where none of these gains, each number that is beside a rival's is moved
/// by a tick alone.
///
/// The tick is coarse at first, so that a price war is short, and halved where nobody gains any more or where moves
/// lead back to where they were; the finest tick decides how it ends. A turn depends on everybody's decisions alone.
final class BestResponses {
    private let rivalry: Rivalry
    private let settings: CompetitionSettings
    private let evaluator: RivalryEvaluator

    init(_ rivalry: Rivalry, _ settings: CompetitionSettings) throws {
        self.rivalry = rivalry
        self.settings = settings
        evaluator = try RivalryEvaluator(rivalry)
    }

    /// - Parameter progress: called after each round, with its number.
    func path(from start: CompetitionStart, progress: (Int) -> Void = { _ in }) throws -> CompetitionPath {
        let finest = settings.finestTick(in: rivalry)
        var tick = finest
        // Where nothing can be moved there is no tick.
        while tick > 0, 2 * tick <= rivalry.widestRange / 4 { tick *= 2 }
        var answer = try evaluator.evaluate(rivalry.point(at: start))
        var moves: [CompetitionMove] = []
        var visited: [RivalryAnswer] = [answer]
        func path(_ end: CompetitionPath.End, cycle: [RivalryAnswer] = []) -> CompetitionPath {
            CompetitionPath(start: start, moves: moves, end: end, answer: answer, cycle: cycle)
        }
        for round in 1...max(1, settings.rounds) {
            var hasMoved = false
            for leader in rivalry.leaders.indices {
                let before = answer.payoffs[leader]
                let moved = try move(leader, from: answer, tick: tick)
                if let moved { answer = moved }
                hasMoved = hasMoved || moved != nil
                moves.append(
                    CompetitionMove(
                        round: round, leader: leader, tick: tick, before: before, after: answer.payoffs[leader],
                        hasMoved: moved != nil))
            }
            progress(round)
            let earlier = hasMoved ? visited.lastIndex { $0.decision == answer.decision } : nil
            if hasMoved, earlier == nil {
                visited.append(answer)
                continue
            }
            guard tick > finest else {
                guard let earlier else { return path(.equilibrium) }
                return path(.cycle, cycle: Array(visited[(earlier + 1)...]) + [answer])
            }
            tick /= 2
            visited = [answer]
        }
        return path(.roundsEnded)
    }

    /// The leader's best decisions that were found, where they gain.
    private func move(_ leader: Int, from answer: RivalryAnswer, tick: Double) throws -> RivalryAnswer? {
        let game = try rivalry.game(leader, answer.decision)
        guard let found = try search(game) else { return nil }
        let places = rivalry.leaders[leader].decisions
        let own = try Evaluator(game)
        let settling = try [found, Array(answer.decision[places])].flatMap { decision in
            let volumes = try own.evaluate(decision, ties: .optimistic).values
            return [0, 1].map { settled(decision, volumes, leader, answer, tick: tick, everywhere: $0 == 1) }
                .map(game.space.project)
        }
        var best: RivalryAnswer?
        let gain = max(settings.epsilon * answer.turnover, 1e-9)
        var least = answer.payoffs[leader].map { $0 + gain } ?? -.infinity
        var tried: [[Double]] = []
        for own in [found] + settling where !tried.contains(own) {
            tried.append(own)
            var decision = answer.decision
            decision.replaceSubrange(places, with: own)
            let moved = try evaluator.evaluate(decision)
            guard let payoff = moved.payoffs[leader], payoff > least else { continue }
            (best, least) = (moved, payoff)
        }
        return try best ?? stepped(leader, from: answer, game.space, tick: tick, least: least)
    }

    /// Where nothing else gains: a tick for or against each number that is beside a rival's, one after the other. So a
    /// leader may leave some followers to a rival, win others, and share the rest.
    ///
    /// - Parameter least: what it must pay to count.
    private func stepped(
        _ leader: Int, from answer: RivalryAnswer, _ space: DecisionSpace, tick: Double, least: Double
    ) throws -> RivalryAnswer? {
        let places = rivalry.leaders[leader].decisions
        var best = answer
        for place in places
        where rivalry.rivals[place].contains(where: { abs(answer.decision[$0] - answer.decision[place]) < 1.5 * tick })
        {
            for step in [tick, -tick] {
                var own = Array(best.decision[places])
                own[place - places.lowerBound] += step * rivalry.attraction[place]
                var decision = best.decision
                decision.replaceSubrange(places, with: space.project(own))
                let moved = try evaluator.evaluate(decision)
                if let payoff = moved.payoffs[leader], payoff > best.payoffs[leader] ?? -.infinity {
                    best = moved
                    break
                }
            }
        }
        return best.payoffs[leader].map { $0 > least } == true ? best : nil
    }

    /// A leader's decisions with ties made what it would have them be: a number within a tick of a rival's becomes more
    /// attractive by a tick where the leader would serve followers at it, and less where it would leave them to the
    /// rival.
    ///
    /// - Parameters:
    ///   - values: of its system, at the answers of followers that it likes most; empty where there is none.
    ///   - everywhere: whether followers that it would serve are attracted where no rival is near, too: they may be
    ///     indifferent between it and what they have themselves.
    private func settled(
        _ decision: [Double], _ values: [Double], _ leader: Int, _ answer: RivalryAnswer, tick: Double, everywhere: Bool
    ) -> [Double] {
        guard !values.isEmpty else { return decision }
        return zip(rivalry.leaders[leader].decisions, decision).map { place, number in
            let isServing = rivalry.volumes[place].contains { values[$0] > 1e-6 }
            let isNear = rivalry.rivals[place].contains { abs(answer.decision[$0] - number) < tick }
            guard isNear || everywhere && isServing else { return number }
            return number + (isServing ? 1 : -1) * tick * rivalry.attraction[place]
        }
    }

    /// The best decision of a leader's own game; nil where none that was tried has an answer.
    private func search(_ game: StackelbergGame) throws -> [Double]? {
        let settings = settings.search
        let (search, _) = try settings.start(game)
        let answerer = try ProposalAnswerer(game)
        var loop = SearchLoop(search, budget: settings.evaluations)
        while try loop.next(answer: { proposals, anchor in
            try answerer.anchor(at: anchor)
            return try proposals.map { try answerer.answer($0).short }
        }) != nil {}
        return loop.best?.decision
    }
}

extension Rivalry {
    /// The widest range of a decision.
    var widestRange: Double { space.decisions.map { $0.upper - $0.lower }.max() ?? 0 }

    func point(at start: CompetitionStart) -> [Double] {
        switch start {
        case .middle: space.middle
        case .top: space.project(space.upper)
        case .bottom: space.project(space.lower)
        }
    }
}
