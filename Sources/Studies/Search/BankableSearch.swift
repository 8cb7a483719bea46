import Games

/// Another search, and with what that leaves of the budget a search for prices near what that found which pay for
/// certain.
///
/// The best answers of the first are made sure of (`BankablePricing`), a few at a time for threads to share; then small
/// changes of the best bankable prices are tried, until they gain nothing or the budget is spent.
public struct BankableSearch: GameSearch {
    private var search: any GameSearch
    private let budget: Int
    /// What the first search may spend.
    private let share: Int
    private var spent = 0
    private var isSecuring = false
    /// The best decisions of the first search, best first.
    private var found: [BankablePricing.Found] = []
    private var tried = 0
    private var best: BankablePricing.Found?
    /// Starts asked for so far.
    private var starts = 0
    private var batches = 0
    private var batchesWithoutGain = 0

    /// Starts that are asked for together.
    private static let batch = 4
    /// What a start is given, in evaluations, where the budget is not small.
    private static let usualLimit = 200
    private static let batchesAtMost = 12
    private static let batchesOfFound = 4
    private static let batchesWithoutGainAtMost = 2
    /// Decisions whose answers may be made sure of.
    private static let remembered = 16
    private static let changes = 100

    /// - Parameters:
    ///   - share: of the budget, which the first search goes by.
    public init(_ search: any GameSearch, share: Int, budget: Int) {
        self.search = search
        self.share = share
        self.budget = budget
    }

    public mutating func ask() -> [Proposal] {
        if !isSecuring {
            let proposals = spent < share ? Array(search.ask().prefix(share - spent)) : []
            if !proposals.isEmpty { return proposals }
            isSecuring = true
        }
        let left = budget - spent
        let most = min(Self.batchesAtMost, max(1, (budget - share) / (Self.batch * Self.usualLimit)))
        guard left >= Self.batch, batches < most, !found.isEmpty,
            batchesWithoutGain < Self.batchesWithoutGainAtMost
        else { return [] }
        batches += 1
        let limit = max(1, left / (most - batches + 1) / Self.batch)
        return (0..<Self.batch).compactMap { place in
            if tried < found.count, place < placesOfFound {
                tried += 1
                return .secure(
                    .init(point: found[tried - 1].decision, known: best?.payoff, stream: tried, limit: limit))
            }
            guard let best else { return nil }
            starts += 1
            return .secure(
                .init(point: best.decision, known: best.payoff, changes: Self.changes, stream: starts, limit: limit))
        }
    }

    /// How many starts of a batch make sure of what was found: all at first, then few beside changes of what is best,
    /// unless that pays much less than the next of what was found does with ties in favour. Where parties may leave, or
    /// hours form few periods, an answer that pays most with ties in favour may have none near by that pays as much for
    /// certain, and another one may.
    private var placesOfFound: Int {
        guard let best, batches > 1 else { return Self.batch }
        let next = found[min(tried, found.count - 1)].payoff
        if next - best.payoff > BankablePricing.much * abs(next) { return Self.batch / 2 }
        return batches <= Self.batchesOfFound ? 1 : 0
    }

    public mutating func tell(_ answers: [Proposal.Answer]) {
        spent += answers.reduce(0) { $0 + $1.effort }
        guard isSecuring else {
            search.tell(answers)
            for answer in answers { remember(answer) }
            return
        }
        let before = best?.payoff
        for answer in answers {
            guard let payoff = answer.payoff, payoff > best?.payoff ?? -.infinity else { continue }
            best = .init(decision: answer.decision, payoff: payoff)
        }
        let gains = best.map { best in before.map { best.payoff > $0 + 1e-5 * abs($0) } ?? true } ?? false
        batchesWithoutGain = gains ? 0 : batchesWithoutGain + 1
    }

    /// Keeps a decision among the best, those that pay the same but once.
    private mutating func remember(_ answer: Proposal.Answer) {
        guard let payoff = answer.payoff else { return }
        if found.count == Self.remembered, let last = found.last, payoff <= last.payoff { return }
        guard !found.contains(where: { abs($0.payoff - payoff) <= 1e-7 * max(1, abs(payoff)) }) else { return }
        let place = found.firstIndex { $0.payoff < payoff } ?? found.count
        found.insert(.init(decision: answer.decision, payoff: payoff), at: place)
        if found.count > Self.remembered { found.removeLast() }
    }
}
