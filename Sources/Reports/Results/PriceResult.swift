import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import ResultFiles
import Studies
import Writing

/// A finished price search: the decision, everybody's answer, and every check on it.
public struct PriceResult: RunResult {
    public let source: Case
    public let energyGame: EnergyGame
    public let study: Study
    /// What was made of the study's best decision.
    public let findings: PriceFindings
    /// The answer to it, day by day.
    public let system: PricedSystem
    /// What it is worth to know which day comes; nil where that was not asked, or there is one day.
    public let knowledge: KnowledgeFindings?
    /// What the prices pay on every scenario that was drawn; nil where that was not asked, or none was.
    public let tariffCheck: TariffCheck?
    /// The prices that pay most by the game's rule for ties, by which days are priced alone: what these pay is set
    /// beside them.
    let byTies: Evaluation
    private let begun: Date

    /// Re-proves the best decision and checks what it means.
    ///
    /// - Parameters:
    ///   - store: of the study; what it holds is not computed again, and what is found is stored there.
    ///   - valuesKnowledge: whether several days are priced one by one too, and the prices tried on all scenarios
    ///     drawn.
    ///   - progress: called when a phase begins.
    public init(
        _ source: Case, _ energyGame: EnergyGame, _ study: Study, store: StudyStore? = nil,
        valuesKnowledge: Bool = false, progress: @escaping (AnswerPhase) -> Void = { _ in }
    ) throws {
        self.source = source
        self.energyGame = energyGame
        self.study = study
        findings = try PriceFindings(energyGame.game, study, store: store, progress: progress)
        let comparesDays = valuesKnowledge && energyGame.days.count > 1
        byTies =
            try comparesDays
            ? findings.supremum.map { try Evaluator(energyGame.game).evaluate($0.decision) } ?? findings.best
            : findings.best
        knowledge =
            comparesDays
            ? try KnowledgeFindings(
                energyGame.game, byTies, paying: energyGame.payoffs(of: byTies), study.settings,
                alone: { try energyGame.alone($0).game },
                forecast: { try source.onMeanDay().map { try EnergyGame($0).alone(0).game } }, store: store,
                progress: progress) : nil
        begun = Date()
        system = try PricedSystem(energyGame, findings.best, posted: source.byName(findings.best.decision))
        tariffCheck =
            valuesKnowledge && !source.scenarios.isEmpty
            ? try TariffCheck(
                energyGame, on: source.withEveryScenario().days, decision: findings.best.decision,
                kept: findings.proof.payoff) : nil
    }

    /// What all parties pay, earn and emit; of several days in sum, each as often as it comes.
    public var solution: SystemSolution { system.total }

    /// One per station that has a fleet, day by day.
    public var fleets: [FleetResult] { system.days.flatMap(\.fleets) }

    public var proof: ResponseProof { findings.proof }
    /// Upper bounds on the payoff of any prices.
    public var bounds: CheapBounds { findings.bounds }

    /// The leader's payoff: what it earns less what it pays, CNY over the horizon, or what several days are worth
    /// together. For certain, where the answer was chosen so; else at the prices and responses found.
    public var payoff: Double { findings.bankable?.payoff ?? proof.payoff }

    public var verdicts: [Verdict] {
        [Verdict(proof)] + (findings.bankable.map { [Verdict($0, asWritten: proof.payoff)] } ?? [])
            + system.verdicts(energyGame, proof.payoff, source.currency)
    }

    /// The step of the grid on which each price, or other part of a tariff, is written.
    private var priceTicks: [(price: PostedPrice, size: Double)] {
        zip(source.prices, source.byPrice(energyGame.game.space.ticks.map(\.size))).map { ($0, $1.max() ?? 0) }
    }

    /// The least of the ``ticks`` of prices of energy: within half of it a promise holds of them all. Nil where other
    /// parts of a tariff alone are decided.
    var tick: Double? { priceTicks.filter { !$0.price.isCharge }.map(\.size).min() }

    /// Steps by the name of what is decided.
    var ticks: [String: Double] {
        Dictionary(priceTicks.map { ($0.price.name, $0.size) }) { first, _ in first }
    }

    /// The steps of all that is decided, by unit: as `0.0001 EUR/kWh and 0.001 EUR`. Where those of a unit differ, each
    /// says whose it is.
    var steps: String {
        var sizes: [(unit: String, size: Double, names: [String])] = []
        for (price, size) in priceTicks {
            let unit = source.unit(of: price)
            if let k = sizes.firstIndex(where: { ($0.unit, $0.size) == (unit, size) }) {
                sizes[k].names.append(price.name)
            } else {
                sizes.append((unit, size, [price.name]))
            }
        }
        return WordList.text(
            sizes.map { unit, size, names in
                let isAlone = sizes.count { $0.unit == unit } == 1
                let shown = source.units.shown(size, unit: unit)
                return "\(NumberText.decimal(shown.value)) \(shown.unit)"
                    + (isAlone ? "" : " for \(WordList.text(names))")
            })
    }

    public func manifest(startedAt: Date) -> Manifest {
        var manifest = Manifest(
            of: self, startedAt: startedAt,
            seconds: study.seconds + phases.reduce(0) { $0 + $1.seconds } + Date().timeIntervalSince(begun))
        manifest.worthUnit = energyGame.hasDays ? unit : nil
        manifest.settings = study.settings
        manifest.tell(proof)
        if let bankable = findings.bankable {
            manifest.payoff = bankable.payoff
            manifest.payoffAsWritten = proof.payoff
            manifest.payoffIsExact = bankable.isExact
            manifest.tick = tick
            manifest.ticks = ticks
            manifest.supremum = supremum
        }
        manifest.bound = bounds.best.bound.ifFinite
        manifest.foundBy = findings.origin.rawValue
        manifest.searchSeconds = study.seconds
        manifest.phaseSeconds = Dictionary(phases.map { ($0.phase.rawValue, $0.seconds) }, uniquingKeysWith: +)
        return manifest
    }

    private var phases: [(phase: AnswerPhase, seconds: Double)] { findings.seconds + (knowledge?.seconds ?? []) }

    /// The most found if every tie goes the leader's way. What passes the bound by less than both are sure to is
    /// rounding of the model.
    var supremum: Double? {
        findings.supremum.map { found in
            let bound = bounds.best.bound
            let isRounding = found.payoff > bound && found.payoff - bound <= Certificate.room(at: bound)
            return isRounding ? bound : found.payoff
        }
    }

    /// Of the payoff and all sums of money.
    var unit: String { energyGame.unit(source.currency) }
}
