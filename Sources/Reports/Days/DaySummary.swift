import EnergyGames
import ResultFiles
import Studies
import Writing

/// What knowing the day beforehand would pay beside a tariff for all days. Prices are found by searches, so the values
/// are found too; bounds are proved.
struct KnowledgeValue {
    /// At the tariff for all, ties by the game's rule, as those of all that is set beside it.
    let payoff: Double
    /// Whether another tariff is the answer, which pays more for certain.
    let isBesideTheAnswer: Bool
    /// Where each day has prices of its own (wait and see).
    let waitAndSee: Double
    /// No prices, not even prices for each day, pay more; nil where no bound was found for some day.
    let bound: Double?
    /// At the answer, over every scenario that was drawn; nil where there are no scenarios, or somebody has no answer
    /// in one.
    let drawn: Double?
    /// At prices made for the mean of the days (expected result of the mean value's decision); nil without such prices.
    let forecast: Double?

    /// How much more is paid where the day is known.
    var ofPerfectInformation: Double { waitAndSee - payoff }
    /// How much more the tariff for all pays than that for the mean.
    var ofStochasticSolution: Double? { forecast.map { payoff - $0 } }

    /// In the order in which a summary tells them.
    var rows: [(quantity: String, value: Double)] {
        [
            (
                isBesideTheAnswer
                    ? "most by one tariff for all days, if every tie goes your way" : "payoff of one tariff for all days",
                payoff
            )
        ] + (drawn.map { [("the prices found, over all scenarios drawn", $0)] } ?? [])
            + [
                ("each day at prices of its own", waitAndSee),
                ("value of perfect information, found", ofPerfectInformation),
            ] + (bound.map { [("proven: no prices for each day pay more than", $0)] } ?? [])
            + (forecast.map { [("tariff made for the mean day", $0)] } ?? [])
            + (ofStochasticSolution.map { [("value of the stochastic solution, found", $0)] } ?? [])
    }
}

/// As programs read it.
struct KnowledgeJSON: Codable {
    let waitAndSee: Double
    let valueOfPerfectInformation: Double
    let payoffOverAllScenarios: Double?
    let bound: Double?
    let meanDayPayoff: Double?
    let valueOfStochasticSolution: Double?
}

extension PriceResult {
    /// nil where it was not asked for.
    var value: KnowledgeValue? {
        knowledge.map { knowledge in
            KnowledgeValue(
                payoff: energyGame.worth(of: energyGame.payoffs(of: byTies)),
                isBesideTheAnswer: findings.supremum != nil,
                waitAndSee: energyGame.worth(of: knowledge.scenarios.map(\.payoff)),
                bound: energyGame.worth(of: knowledge.scenarios.map(\.bound)).ifFinite, drawn: tariffCheck?.all,
                forecast: knowledge.forecast?.payoff)
        }
    }

    var knowledgeLines: String {
        guard let value else { return "" }
        var table = TextTable(header: ["what knowing the day is worth", unit])
        for (quantity, amount) in value.rows {
            table.rows.append([quantity, NumberText.grouped(amount, decimals: 2)])
        }
        var text = "\n" + table.text
        if knowledge?.forecast.map({ $0.payoff == nil }) ?? false {
            text += "The tariff made for the mean day has no answer on some day.\n"
        }
        if let check = tariffCheck {
            let count = NumberText.grouped(Double(source.scenarios.reduce(0) { $0 + $1.drawn }))
            if let error = check.error {
                let share = NumberText.grouped(100 * abs(error), decimals: 3)
                text += "Those kept of \(count) scenarios tell \(share) % \(error < 0 ? "less" : "more") than all.\n"
            } else {
                text += "Of all \(count) scenarios that were drawn, somebody has no answer on \(check.failures.count): "
                text += check.failures.prefix(5).joined(separator: ", ") + ".\n"
            }
        }
        if let gain = value.ofStochasticSolution, gain < -1e-6 * max(1, abs(payoff)) {
            text +=
                "The tariff made for the mean day pays more than the one found for all: give the search more evaluations.\n"
        }
        return text + "\(Self.knowledgeRemark)\n\n"
    }

    static let knowledgeRemark =
        "Values are those of the prices found, all with ties by the game's rule; only bounds are proved."

    var knowledgeJSON: KnowledgeJSON? {
        value.map {
            KnowledgeJSON(
                waitAndSee: $0.waitAndSee, valueOfPerfectInformation: $0.ofPerfectInformation,
                payoffOverAllScenarios: $0.drawn, bound: $0.bound,
                meanDayPayoff: $0.forecast, valueOfStochasticSolution: $0.ofStochasticSolution)
        }
    }

    var dayLines: String {
        guard energyGame.hasDays else { return "" }
        return system.dayLines(source.currency, alone: knowledge?.scenarios.map(\.payoff))
            + energyGame.riskLine(system, source.currency)
    }

    var daysJSON: [PricedSystem.DayJSON]? { energyGame.hasDays ? system.daysJSON(knowledge) : nil }
}

extension EvaluationResult {
    var dayLines: String {
        energyGame.hasDays
            ? system.dayLines(source.currency) + energyGame.riskLine(system, source.currency) : ""
    }
    var daysJSON: [PricedSystem.DayJSON]? { energyGame.hasDays ? system.daysJSON() : nil }
}

extension EnergyGame {
    /// What the payoff is made of, where bad days count more than their share.
    fileprivate func riskLine(_ system: PricedSystem, _ currency: String) -> String {
        guard risk.isOfRisk else { return "" }
        func percent(_ share: Double) -> String { NumberText.rounded(100 * share) + " %" }
        func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }
        let means = risk.means(of: system.days.map(\.payoff), weights: days.map(\.weight))
        return "A day pays \(money(means.all)) \(currency) in the mean, \(money(means.worst)) in the mean of the worst "
            + "\(percent(1 - risk.level)); the payoff counts the worst with \(percent(risk.weight)).\n"
    }
}

extension PricedSystem {
    struct DayJSON: Codable {
        let day: String
        let weight: Double
        let payoff: Double
        let bills: [String: Double]
        let emission: Double
        let payoffPricedAlone: Double?
        let boundAlone: Double?
        let pricesAlone: [Double]?
    }

    /// One row per day: what it pays, and what everybody else pays on it.
    func dayLines(_ currency: String, alone: [Double]? = nil) -> String {
        let names = days.flatMap { bills(on: $0).map(\.party) }.reduce(into: [String]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        // More users than a terminal has room for are told in sum.
        let isWide = names.count > Self.mostBills
        var table = TextTable(
            header: ["day", "weight", "payoff [\(currency)]"] + (alone == nil ? [] : ["priced alone"])
                + (isWide ? ["bills of \(names.count)"] : names.map { "bill of \($0)" }))
        for (k, day) in days.enumerated().prefix(Self.mostDays) {
            let bills = billsByParty(on: day)
            let money =
                [day.payoff] + (alone.map { [$0[k]] } ?? [])
                + (isWide ? [bills.values.sorted().reduce(0, +)] : names.map { bills[$0] ?? 0 })
            table.rows.append(
                [day.name ?? "", NumberText.rounded(day.weight)]
                    + money.map { NumberText.grouped($0, decimals: 2) })
        }
        let rest = days.count - Self.mostDays
        return "One tariff on each day, in money of one such day:\n" + table.text
            + (rest > 0 ? "and \(rest) more: \(PriceDayTable.file).\n" : "") + "\n"
    }

    private static let mostBills = 5
    private static let mostDays = 40

    func daysJSON(_ knowledge: KnowledgeFindings? = nil) -> [DayJSON] {
        days.enumerated().map { k, day in
            let alone = knowledge?.scenarios[k]
            return DayJSON(
                day: day.name ?? "", weight: day.weight, payoff: day.payoff, bills: billsByParty(on: day),
                emission: day.emission, payoffPricedAlone: alone?.payoff, boundAlone: alone?.bound.ifFinite,
                pricesAlone: alone?.decision)
        }
    }
}
