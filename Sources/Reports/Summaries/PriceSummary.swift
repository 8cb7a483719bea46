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
            text += "\(study.algorithmTitle). All prices are given by the case.\n\n"
        } else {
            text += "\(study.algorithmTitle), seed \(study.settings.seed), "
            text += "\(NumberText.grouped(Double(study.settings.evaluations))) evaluations\n\n"
        }
        text += partyTable
        text += "\n" + carbonLine
        if !source.prices.isEmpty { text += priceTable + "\n" }
        text += tieLine + boundLine
        return text + verdictLines
    }

    /// One row per party: what it pays and earns, by item.
    private var partyTable: String {
        var table = TextTable(header: ["party", "item", source.currency])
        for party in solution.parties {
            var items: [(String, Double)] = []
            for cost in party.costs {
                if let k = items.firstIndex(where: { $0.0 == cost.item }) {
                    items[k].1 += cost.amount
                } else {
                    items.append((cost.item, cost.amount))
                }
            }
            for (item, amount) in items where abs(amount) >= 0.005 {
                table.rows.append([party.name, item, NumberText.grouped(-amount, decimals: 2)])
            }
            table.rows.append([party.name, "in all", NumberText.grouped(-party.totalCost, decimals: 2)])
        }
        return "Earned (costs are negative):\n" + table.text
    }

    private var carbonLine: String {
        solution.parties.compactMap { party -> String? in
            guard party.totalEmission != 0 else { return nil }
            var line = "\(party.name) emits \(NumberText.grouped(party.totalEmission)) kg"
            if let carbon = party.carbon {
                line += " against a quota of \(NumberText.grouped(carbon.quota)) kg; "
                line += "carbon costs \(NumberText.grouped(carbon.cost, decimals: 2)) \(source.currency)"
            }
            return line + ".\n"
        }.joined()
    }

    private var priceTable: String {
        var table = TextTable(header: ["price [\(source.currency)/kWh]", "least", "mean", "most"])
        var first = 0
        for price in source.prices {
            let values = Array(findings.best.decision[first..<first + price.lower.count])
            first += price.lower.count
            table.rows.append([
                price.name, NumberText.grouped(values.min() ?? 0, decimals: 4),
                NumberText.grouped(price.mean(values), decimals: 4),
                NumberText.grouped(values.max() ?? 0, decimals: 4),
            ])
        }
        return table.text
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    private var tieLine: String {
        let payoff = "Payoff \(money(self.payoff)) \(source.currency)"
        guard proof.isComplete else { return "\(payoff), which is not proved.\n" + originLine + robustLine }
        guard proof.payoffHangsOnTies else {
            return "\(payoff), whichever way followers break ties.\n" + originLine
        }
        let (high, low) = (money(proof.optimisticPayoff), money(proof.pessimisticPayoff))
        let range =
            proof.tiesAreSettled
            ? "against it \(low)."
            : "against it \(low) or less: the work allowed did not suffice to settle that."
        return "\(payoff). If followers break ties for the operator \(high), \(range)\n" + originLine + robustLine
    }

    /// Where another phase than the search found the answer.
    private var originLine: String {
        let finder: String
        switch findings.origin {
        case .search: return ""
        case .bounds: finder = "bounds"
        case .robust: finder = "robust prices"
        }
        return
            "The search ended at \(money(study.best.payoff ?? .nan)); the better prices were found with the \(finder).\n"
    }

    private var robustLine: String {
        let ending = findings.robustIsCut ? " The search for such prices ended with the work allowed." : ""
        guard let sure = robust?.payoff else { return ending.isEmpty ? "" : String(ending.dropFirst()) + "\n" }
        let less = money(payoff - sure)
        return
            "Prices that pay \(money(sure)) \(source.currency) whichever way ties go, \(less) less: robust_prices.csv.\(ending)\n"
    }

    private var boundLine: String {
        let (bound, reasoning) = bounds.best
        guard bound.isFinite else {
            return bounds.isComplete
                ? "" : "No bound was found with the work allowed; `certify` takes as long as it is given.\n"
        }
        let share = 100 * (bound - payoff) / max(1e-10, abs(payoff))
        return
            "No prices pay more than \(money(bound)) \(source.currency) (\(reasoning.rawValue)), "
            + "\(NumberText.grouped(share, decimals: 2)) % above; `certify` narrows that.\n"
    }

    public var json: String {
        struct Party: Codable {
            let name: String
            let cost: Double
            let emission: Double
            let carbonCost: Double?
            let items: [String: Double]
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let algorithm: String
            let seed: UInt64
            let evaluations: Int
            let payoff: Double
            let optimisticPayoff: Double?
            let pessimisticPayoff: Double?
            let tiesAreSettled: Bool
            let foundBy: String
            let searchPayoff: Double?
            let bound: Double?
            let boundReasoning: String
            let boundIsComplete: Bool
            let robustPayoff: Double?
            let robustSearchIsComplete: Bool
            let prices: [String: [Double]]
            let robustPrices: [String: [Double]]?
            let parties: [Party]
            let verdicts: [Verdict]
        }
        func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
        func byName(_ decision: [Double]) -> [String: [Double]] {
            var prices: [String: [Double]] = [:]
            var first = 0
            for price in source.prices {
                prices[price.name] = Array(decision[first..<first + price.lower.count])
                first += price.lower.count
            }
            return prices
        }
        let output = Output(
            caseName: source.name, variant: source.variant, algorithm: study.settings.algorithm,
            seed: study.settings.seed, evaluations: study.settings.evaluations, payoff: payoff,
            optimisticPayoff: finite(proof.optimisticPayoff), pessimisticPayoff: finite(proof.pessimisticPayoff),
            tiesAreSettled: proof.tiesAreSettled, foundBy: findings.origin.rawValue, searchPayoff: study.best.payoff,
            bound: finite(bounds.best.bound), boundReasoning: bounds.best.reasoning.rawValue,
            boundIsComplete: bounds.isComplete, robustPayoff: robust?.payoff,
            robustSearchIsComplete: !findings.robustIsCut,
            prices: byName(findings.best.decision), robustPrices: robust.map { byName($0.decision) },
            parties: solution.parties.map { party in
                Party(
                    name: party.name, cost: party.totalCost, emission: party.totalEmission,
                    carbonCost: party.carbon?.cost,
                    items: party.costs.reduce(into: [:]) { $0[$1.item, default: 0] += $1.amount })
            },
            verdicts: verdicts)
        return JSONText.of(output)
    }
}
