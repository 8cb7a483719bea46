import EnergyGames
import ResultFiles
import Writing

extension ResultRecord {
    /// What a result was set beside, by the name of its file or as a variant.
    var against: String? { manifest.against?.split(separator: "/").last.map(String.init) }
}

/// The numbers that a page opens with, by what was asked: a payoff with its bound, a cost with its bound, a gain.
struct AnswerItems {
    let record: ResultRecord
    private var manifest: Manifest { record.manifest }
    private var currency: String { manifest.currency ?? "" }

    init(record: ResultRecord) { self.record = record }

    var all: [AnswerItem] {
        get throws { try payoff() + operators() + cooperation() + sizes() + operation }
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    /// The gap with its share of a size; without it where the size is shown as nothing.
    private func told(_ gap: Double, of size: Double, _ unit: String) -> String {
        let amount = "\(money(gap)) \(unit)"
        return [amount, Share.text(gap, of: size)].compactMap(\.self).joined(separator: ", ")
    }

    // MARK: Prices

    private func payoff() throws -> [AnswerItem] {
        guard record.table(BoundTable.self) == nil else { return certified + bound(of: manifest.payoff) }
        guard let payoff = manifest.payoff, payoff.isFinite else { return bound(of: nil) }
        let title = manifest.payoffAsWritten == nil ? "Payoff" : "Payoff for certain"
        return try [AnswerItem(title, money(payoff), currency, note: (certain ?? ties) + hint)] + before(payoff)
            + bound(of: payoff)
    }

    /// Of a certificate: what the prices that were asked about pay, by the tie rule and for certain, and what the best
    /// known pay where they pay more.
    private var certified: [AnswerItem] {
        let unit = manifest.worthUnit ?? currency
        let rule = manifest.ties.map { "By the case's tie rule, \($0.rawValue)." } ?? ""
        var items: [AnswerItem] = []
        if let given = manifest.givenPayoff {
            items.append(AnswerItem("Payoff of these prices", money(given), unit, note: rule))
        }
        if let sure = manifest.bankablePayoff {
            items.append(AnswerItem("Payoff for certain", money(sure), unit, note: "\(certainty) of these."))
        }
        if let payoff = manifest.payoff, payoff.isFinite,
            !CertificateResult.isBest(manifest.givenPayoff, of: payoff)
        {
            items.append(AnswerItem("Payoff of the best prices known", money(payoff), unit, note: rule))
        }
        return items
    }

    /// The payoff of the prices that the result was set beside.
    private func before(_ payoff: Double) throws -> [AnswerItem] {
        guard let table = record.table(AgainstTable.self), let leader = manifest.leader else { return [] }
        let (parties, quantities) = (try table[AgainstTable.party], try table[AgainstTable.quantity])
        let costs = try table[AgainstTable.there]
        let own = table.rows.first { parties[$0] == leader && quantities[$0] == AgainstTable.cost }
        guard let own else { return [] }
        let change = payoff + costs[own]
        return [
            AnswerItem(
                "Payoff before" + (record.against.map { ", \($0)" } ?? ""), money(-costs[own]), currency,
                note: "Now \(money(abs(change))) \(currency) \(change < 0 ? "less" : "more").")
        ]
    }

    /// How to get the bound that is missing.
    private var hint: String {
        manifest.bound == nil && manifest.pessimisticPayoff != nil
            ? " What no prices can pay more than, the command certify proves." : ""
    }

    /// What a payoff for certain holds for, up to the words for the prices.
    private var certainty: String {
        let least = manifest.payoffIsExact == false ? "The least found whichever" : "Whichever"
        return "\(least) way followers break ties, for all prices within half a step"
    }

    /// What a payoff for certain holds for, and what more there might be; nil where the payoff is of another kind.
    private var certain: String? {
        guard let written = manifest.payoffAsWritten else { return nil }
        return "\(certainty) of those written, which pay \(money(written))."
            + (manifest.supremum.map {
                " At most \(money($0)) if every tie goes the operator's way"
                    + (record.hasOptimisticPrices ? ", with the prices of \(PriceTable.optimisticFile)." : ".")
            } ?? "")
    }

    /// What is known of the payoff where followers break ties one way or the other.
    private var ties: String {
        guard let high = manifest.optimisticPayoff, let low = manifest.pessimisticPayoff else { return "" }
        guard high - low > 1e-6 * max(1, abs(high)) else { return "Whichever way followers break ties." }
        let least = manifest.tiesAreSettled == false ? " or less" : ""
        return "At most \(money(high)) if every tie goes the operator's way, \(money(low))\(least) if none does."
            + (manifest.bankablePayoff.map { " For certain \(money($0))." } ?? "")
    }

    private func bound(of payoff: Double?) -> [AnswerItem] {
        guard let bound = manifest.bound, bound.isFinite else { return [] }
        let gap = payoff.map { "The gap is \(told(bound - $0, of: $0, currency))." }
        let reasoning = manifest.boundReasoning.map { "Proved by \($0)." } ?? "The command certify narrows it."
        return [
            AnswerItem(
                "No prices pay more than", money(bound), currency,
                note: [gap ?? "No prices are known that could be set beside it.", reasoning].joined(separator: " "))
        ]
    }

    // MARK: Several operators, parties who trade

    private func operators() throws -> [AnswerItem] {
        guard let table = record.table(OperatorTable.self) else { return [] }
        let (names, payoffs) = (try table[OperatorTable.operator_], try table[OperatorTable.payoff])
        let (bounds, regrets) = (try table[OperatorTable.bound], try table[OperatorTable.regret])
        let unit = table.unit(of: OperatorTable.payoff)
        return table.rows.map { row in
            let note =
                bounds[row].isFinite && payoffs[row].isFinite
                ? "No prices of its own pay it more than \(money(bounds[row])): it could gain at most "
                    + "\(told(regrets[row], of: payoffs[row], unit))."
                : "What it could gain by other prices is not bounded."
            return AnswerItem(
                "Payoff of \(names[row])", payoffs[row].isFinite ? money(payoffs[row]) : "none", unit, note: note)
        }
    }

    private func cooperation() throws -> [AnswerItem] {
        guard let gain = manifest.gain else { return [] }
        var note = ""
        if let table = record.table(PayoffTable.self) {
            let parties = try table[PayoffTable.party]
            let (alone, after) = (try table[PayoffTable.alone], try table[PayoffTable.after])
            if let all = parties.firstIndex(of: PayoffTable.all), alone[all].isFinite {
                note = "All parties pay \(money(after[all])) in place of \(money(alone[all])) alone."
            }
        }
        return [AnswerItem("Gained together", money(gain), currency, note: note)]
    }

    // MARK: Costs

    private func sizes() throws -> [AnswerItem] {
        guard let cost = manifest.cost else { return [] }
        var values: [String: Double] = [:]
        if let exact = record.table(ExactTable.self) {
            let rows = zip(try exact[ExactTable.quantity], try exact[ExactTable.value])
            values = Dictionary(rows) { first, _ in first }
        }
        let items = [AnswerItem("Cost of a year", money(cost), currency + "/a", note: "Investment and operation.")]
        return items + least("No sizes cost less than", values[ExactTable.bound], above: cost, currency + "/a")
    }

    private var operation: [AnswerItem] {
        guard let cost = manifest.operatingCost else { return [] }
        let unit = manifest.worthUnit ?? currency
        let isOfEmission = manifest.aim == Dispatch.Aim.emission.rawValue
        let mass = unit.hasSuffix("/a") ? "kg/a" : "kg"
        let emission = manifest.emission.map { AnswerItem("Emission", NumberText.grouped($0), mass) }
        let costs = AnswerItem("Cost of operation", money(cost), unit)
        let found = [isOfEmission ? emission : costs, isOfEmission ? costs : emission].compactMap(\.self)
        let bound = least(
            "No operation \(isOfEmission ? "emits" : "costs") less than", manifest.lowerBound,
            above: isOfEmission ? manifest.emission ?? .nan : cost, isOfEmission ? mass : unit)
        return Array(found.prefix(1)) + bound + found.dropFirst()
    }

    private func least(_ name: String, _ bound: Double?, above value: Double, _ unit: String) -> [AnswerItem] {
        guard let bound, bound.isFinite else { return [] }
        let gap = value - bound
        let note =
            abs(gap) <= 1e-6 * max(1, abs(value))
            ? "Proved: there is nothing better." : "The gap is \(told(gap, of: bound, unit))."
        return [AnswerItem(name, money(bound), unit, note: note)]
    }
}
