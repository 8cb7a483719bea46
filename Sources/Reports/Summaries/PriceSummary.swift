import Energy
import Games
import ResultFiles
import Writing

/// A price result as the few lines that a person wants to see first.
extension PriceResult {
    public var summary: String {
        var text = ""
        text += "\(heading)\n"
        if source.prices.isEmpty {
            text += "\(study.algorithmTitle). All prices are given by the case, so there is nothing to search for: "
            text += "`evaluate` answers them at once.\n\n"
        } else {
            text += "\(study.algorithmTitle), seed \(study.settings.seed), "
            text += "\(NumberText.grouped(Double(study.settings.evaluations))) evaluations\n\n"
        }
        let sums = SystemSummary(solution: solution, currency: unit)
        text += sums.parties
        text += "\n" + sums.carbon + system.supplyReport(source.currency).lines
        if !source.prices.isEmpty { text += source.priceSummary(findings.best.decision) + "\n" }
        text += OperationIndices.lines(indices.named) + dayLines + tieLine + boundLine + knowledgeLines
        return text + verdictLines
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    private var tieLine: String {
        guard let bankable = findings.bankable else {
            let isSought = study.settings.answer == .bankable && !source.prices.isEmpty
            return proof.payoffSentence(unit)
                + (isSought && proof.payoffHangsOnTies
                    ? "What prices pay for certain is not known: the work allowed did not suffice.\n" : "") + originLine
        }
        let least = bankable.isExact ? "" : ", the least found"
        return
            "Payoff for certain \(money(payoff)) \(unit)\(least): \(source.prices.isEmpty ? "" : "prices in steps of \(steps), ")whichever "
            + "way followers break ties, and for all prices within half a step.\n"
            + "As they are written they pay \(money(proof.payoff)).\n" + originLine + supremumLine
    }

    /// Where another phase than the search found the answer.
    private var originLine: String {
        let finder: String
        switch findings.origin {
        case .search: return ""
        case .bounds: finder = "bounds"
        }
        return
            "The search ended at \(money(study.best.payoff ?? .nan)); the better prices were found with the \(finder).\n"
    }

    private var supremumLine: String {
        guard let most = supremum else { return "" }
        let file = optimisticTable.map { ": \($0.file)" } ?? ""
        return "At most \(money(most)) \(unit), if every tie goes your way\(file).\n"
    }

    private var boundLine: String {
        bounds.sentence(above: payoff, unit)
            ?? (bounds.isComplete
                ? "" : "No bound was found with the work allowed; `certify` takes as long as it is given.\n")
    }

    public var json: String {
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let algorithm: String
            let seed: UInt64
            let evaluations: Int
            let payoff: Double
            let payoffAsWritten: Double?
            let payoffIsExact: Bool?
            let tick: Double?
            let ticks: [String: Double]?
            let optimisticPayoff: Double?
            let pessimisticPayoff: Double?
            let tiesAreSettled: Bool
            let foundBy: String
            let searchPayoff: Double?
            let bound: Double?
            let boundReasoning: String
            let boundIsComplete: Bool
            let supremum: Double?
            let prices: [String: [Double]]
            let optimisticPrices: [String: [Double]]?
            let indices: [String: Double]?
            let parties: [SystemSummary.Party]
            let supplies: [SupplyReport.Supply]?
            let days: [PricedSystem.DayJSON]?
            let knowledge: KnowledgeJSON?
            let verdicts: [Verdict]
        }
        let output = Output(
            caseName: source.name, variant: source.variant, algorithm: study.settings.algorithm,
            seed: study.settings.seed, evaluations: study.settings.evaluations, payoff: payoff,
            payoffAsWritten: findings.bankable == nil ? nil : proof.payoff, payoffIsExact: findings.bankable?.isExact,
            tick: findings.bankable == nil ? nil : tick, ticks: findings.bankable == nil ? nil : ticks,
            optimisticPayoff: proof.optimisticPayoff.ifFinite, pessimisticPayoff: proof.pessimisticPayoff.ifFinite,
            tiesAreSettled: proof.tiesAreSettled, foundBy: findings.origin.rawValue, searchPayoff: study.best.payoff,
            bound: bounds.best.bound.ifFinite, boundReasoning: bounds.best.reasoning.rawValue,
            boundIsComplete: bounds.isComplete, supremum: supremum,
            prices: source.byName(findings.best.decision),
            optimisticPrices: findings.supremum.map { source.byName($0.decision) },
            indices: indices.json, parties: SystemSummary.json(of: solution),
            supplies: system.supplyReport(source.currency).json,
            days: daysJSON, knowledge: knowledgeJSON, verdicts: verdicts)
        return JSONText.of(output)
    }
}

extension CheapBounds {
    /// What no prices pay more than, and how far above a payoff that is; nil without a bound.
    func sentence(above payoff: Double, _ unit: String) -> String? {
        let (bound, reasoning) = best
        guard bound.isFinite else { return nil }
        let share = Share.text(bound - payoff, of: payoff).map { ", \($0) above" } ?? ""
        return
            "No prices pay more than \(NumberText.grouped(bound, decimals: 2)) \(unit) (\(reasoning.rawValue))\(share); "
            + "`certify` narrows that.\n"
    }
}

extension ResponseProof {
    /// The payoff, and how it depends on ties.
    func payoffSentence(_ currency: String) -> String {
        func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }
        let payoff = "Payoff \(money(payoff)) \(currency)"
        guard isComplete else { return "\(payoff), which is not proved.\n" }
        guard payoffHangsOnTies else { return "\(payoff), whichever way followers break ties.\n" }
        let low = money(pessimisticPayoff)
        let range =
            tiesAreSettled
            ? "against it \(low)." : "against it \(low) or less: the work allowed did not suffice to settle that."
        return "\(payoff). If followers break ties for the operator \(money(optimisticPayoff)), \(range)\n"
    }
}
