import Games

/// A search under a budget: the search asks for decisions, the caller answers them, the search takes the answers. Every
/// search over a game runs through it, whoever answers and keeps the log.
///
///     var loop = SearchLoop(search, budget: 10_000)
///     while let generation = try loop.next(answer: evaluations.answer) { … }
package struct SearchLoop {
    /// What was asked for together, and what came of it.
    package struct Generation {
        package let proposals: [Proposal]
        package let answers: [Proposal.Answer]
    }

    /// The best decision so far.
    struct Best {
        /// As it was asked for, or as a climb found it.
        let point: [Double]
        /// Inside the space.
        let decision: [Double]
        /// From whose answer it was solved.
        let anchor: [Double]?
        let payoff: Double
    }

    private var search: any GameSearch
    private var schedule = AnchorSchedule()
    let budget: Int
    /// Evaluations spent.
    private(set) var spent = 0
    /// nil while no decision had an answer.
    private(set) var best: Best?
    /// What pays most for certain; nil while nothing was made sure of.
    private(set) var bankable: BankablePricing.Found?

    package init(_ search: any GameSearch, budget: Int) {
        self.search = search
        self.budget = budget
    }

    /// One generation; the last is cut where it would exceed the budget.
    ///
    /// - Parameter answer: answers proposals in their order, from the answer to an anchor.
    /// - Returns: nil where the budget is spent or the search asks for nothing more.
    package mutating func next(
        answer: (_ proposals: [Proposal], _ anchor: [Double]?) throws -> [Proposal.Answer]
    ) rethrows -> Generation? {
        guard spent < budget else { return nil }
        let proposals = Array(search.ask().prefix(budget - spent))
        guard !proposals.isEmpty else { return nil }
        schedule.update(evaluations: spent, best: best?.decision)
        let answers = try answer(proposals, schedule.anchor)
        search.tell(answers)
        for (proposal, answer) in zip(proposals, answers) {
            spent += answer.effort
            if proposal.isSecuring {
                guard let payoff = answer.payoff, payoff > bankable?.payoff ?? -.infinity else { continue }
                bankable = .init(decision: answer.decision, payoff: payoff)
                continue
            }
            guard let payoff = answer.payoff, payoff > best?.payoff ?? -.infinity else { continue }
            // As it was asked for: to project what is inside already could change its last digits.
            let point = if case .decision(let asked) = proposal { asked } else { answer.decision }
            best = Best(point: point, decision: answer.decision, anchor: schedule.anchor, payoff: payoff)
        }
        return Generation(proposals: proposals, answers: answers)
    }
}
