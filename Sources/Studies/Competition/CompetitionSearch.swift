import Games

/// What every leader is paid at an end, and how much more its best decisions could pay, its rivals' given.
public struct CompetitionRegret: Sendable {
    /// What it is paid at the common answer of the followers; nil where it has no answer.
    public let payoff: Double?
    /// The upper bound on what any of its decisions pays.
    public let bound: Double
    public let reasoning: Certificate.Reasoning

    public init(payoff: Double?, bound: Double, reasoning: Certificate.Reasoning) {
        self.payoff = payoff
        self.bound = bound
        self.reasoning = reasoning
    }

    /// How much more a leader could gain by a change of its own, at most: proved.
    public var regret: Double? { payoff.map { max(0, bound - $0) } }
}

/// Where the leaders of a rivalry end, from one or several starts.
public struct CompetitionEnd: Sendable {
    /// Paths that end here; the first stands for all.
    public let paths: [CompetitionPath]
    /// One per leader.
    public let regrets: [CompetitionRegret]

    public var path: CompetitionPath { paths[0] }
    public var answer: RivalryAnswer { path.answer }
    /// The greatest regret of a leader; infinite where one has no answer.
    public var epsilon: Double { regrets.map { $0.regret ?? .infinity }.max() ?? 0 }
}

/// A search for equilibria among leaders: best responses in turn from several starts, and a proved bound on what each
/// leader could gain at each end.
public struct CompetitionSearch: Sendable {
    public let settings: CompetitionSettings
    /// The finest tick.
    public let tick: Double
    /// Different ends; the first is the headline: an equilibrium before a cycle, and that before an end of the rounds;
    /// of several the one with the least ``CompetitionEnd/epsilon``, of equal ones the first start's.
    public let ends: [CompetitionEnd]

    /// - Parameters:
    ///   - stop: ends the search early.
    ///   - progress: called with what is done, from the threads that do it.
    /// - Throws: ``StudyError`` for settings that make no search, or where no leader has an answer at any end;
    ///   ``StudyStopped`` where it was asked to stop.
    public static func run(
        _ rivalry: Rivalry, _ settings: CompetitionSettings, stop: StopRequest? = nil,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) throws -> CompetitionSearch {
        try settings.search.check()
        let starts = Self.starts(rivalry)
        let seekers = try WorkQueue<CompetitionStart, CompetitionPath>(
            threads: min(settings.search.workers, starts.count), name: "competition", stop: stop
        ) {
            let responses = try BestResponses(rivalry, settings)
            return { start in try responses.path(from: start) { progress("start \(start.rawValue), round \($0)") } }
        }
        let paths = try seekers.answer(starts)
        guard paths.contains(where: { $0.answer.payoffs.contains { $0 != nil } }) else {
            throw StudyError.nothingWorked(
                evaluations: settings.search.evaluations * paths.reduce(0) { $0 + $1.moves.count },
                example: paths[0].answer.evaluations[0].outcome.sentence)
        }
        var groups: [[CompetitionPath]] = []
        for path in paths {
            if let known = groups.firstIndex(where: { areSame($0[0], path) }) {
                groups[known].append(path)
            } else {
                groups.append([path])
            }
        }
        let questions = groups.indices.flatMap { end in rivalry.leaders.indices.map { (end: end, leader: $0) } }
        let answers = groups.map { $0[0].answer }
        let provers = try WorkQueue<(end: Int, leader: Int), CompetitionRegret>(
            threads: min(settings.search.workers, questions.count), name: "bound", stop: stop
        ) {
            { question in
                let answer = answers[question.end]
                return try regret(of: question.leader, at: answer, rivalry, nodes: settings.nodes)
            }
        }
        progress("bounds on what each could gain")
        let regrets = try provers.answer(questions)
        let count = rivalry.leaders.count
        let ends = groups.enumerated().map { k, paths in
            CompetitionEnd(paths: paths, regrets: Array(regrets[k * count..<(k + 1) * count]))
        }
        let order = ends.indices.sorted {
            (rank(ends[$0]), ends[$0].epsilon, $0) < (rank(ends[$1]), ends[$1].epsilon, $1)
        }
        return CompetitionSearch(
            settings: settings, tick: settings.finestTick(in: rivalry), ends: order.map { ends[$0] })
    }

    private static func rank(_ end: CompetitionEnd) -> Int {
        switch end.path.end {
        case .equilibrium: 0
        case .cycle: 1
        case .roundsEnded: 2
        }
    }

    /// Without those that are where an earlier one is.
    private static func starts(_ rivalry: Rivalry) -> [CompetitionStart] {
        var points: [[Double]] = []
        return CompetitionStart.allCases.filter { start in
            let point = rivalry.point(at: start)
            defer { points.append(point) }
            return !points.contains(point)
        }
    }

    private static func areSame(_ a: CompetitionPath, _ b: CompetitionPath) -> Bool {
        guard a.end == b.end else { return false }
        if a.end != .cycle { return a.answer.decision == b.answer.decision }
        // The same cycle may be entered anywhere.
        return a.cycle.count == b.cycle.count && b.cycle.contains { $0.decision == a.answer.decision }
    }

    private static func regret(
        of leader: Int, at answer: RivalryAnswer, _ rivalry: Rivalry, nodes: Int
    ) throws -> CompetitionRegret {
        let game = try rivalry.game(leader, answer.decision)
        let own = Array(answer.decision[rivalry.leaders[leader].decisions])
        let certifier = try Certifier(game)
        certifier.know(try Evaluator(game).evaluate(own))
        do {
            let certificate = try certifier.certify(.init(nodes: nodes), cheap: CheapBounds(game))
            return CompetitionRegret(
                payoff: answer.payoffs[leader], bound: certificate.bound, reasoning: certificate.reasoning)
        } catch CertificateError.infeasible {
            // None of its decisions has an answer there, so that none pays anything.
            return CompetitionRegret(payoff: nil, bound: -.infinity, reasoning: .branching)
        }
    }
}
