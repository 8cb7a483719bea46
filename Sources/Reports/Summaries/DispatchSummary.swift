import EnergyGames
import ResultFiles
import Writing

/// A dispatch as the few lines that a person wants to see first.
extension DispatchResult {
    public var summary: String {
        var text = "\(heading)\n"
        text += aim == .cost ? "Operation of least cost" : "Operation of least emission, at the least cost of that"
        text += parts.contains { !$0.dispatch.system.trades.isEmpty } ? ", all parties acting together.\n\n" : ".\n\n"
        for part in parts {
            if let day = part.day { text += "\(day), \(NumberText.rounded(part.weight)) days a year:\n" }
            let system = SystemSummary(solution: part.answer.solution, currency: source.currency)
            text += system.parties + "\n" + system.carbon
        }
        let indices = indices
        // The sums stand in a sentence.
        text += marginalTable(parts.count == 1) + OperationIndices.lines(indices.usual.dropFirst(2) + indices.named)
        let isOfYear = parts.contains { $0.day != nil }
        text += "The operation costs \(money(cost)) \(unit) and emits \(NumberText.grouped(emission)) kg"
        text += isOfYear ? " per year.\n" : ".\n"
        text += windowLine + boundLine
        if parts.contains(where: \.dispatch.leavesPaymentsOut) {
            text +=
                "What parties pay each other at prices that are to be decided is left out: it changes nothing here.\n"
        }
        if parts.contains(where: \.dispatch.leavesChargesOut) {
            text += "Fees and other charges between parties are left out: they change nothing here.\n"
        }
        if !plans.isEmpty { text += "\n" + planTable }
        if !front.isEmpty { text += "\n" + frontTable }
        return text + verdictLines
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    /// How far windows are from the whole horizon at once.
    private var windowLine: String {
        let windows = parts.reduce(0) { $0 + $1.answer.windows.count }
        guard windows > 0 else { return "" }
        let decided = "It was decided in \(windows) windows, one after the other"
        let whole = parts.compactMap { part in part.answer.wholeCost.map { part.weight * $0 } }
        guard whole.count == parts.count else { return decided + ": how far it is from the optimum is not known.\n" }
        let optimum = whole.reduce(0, +)
        let more =
            Share.text(cost - optimum, of: optimum, decimals: 4) ?? "\(money(cost - optimum)) \(unit)"
        return decided + "; the whole horizon at once costs \(money(optimum)) \(unit), so that windows cost "
            + "\(more) more.\n"
    }

    private var boundLine: String {
        let least = aim == .cost ? "costs less than \(money(bound)) \(unit)" : "emits less than \(money(bound)) kg"
        return bound.isFinite ? "Proven: no operation \(least).\n" : ""
    }

    /// - Parameter isShown: of several days there would be too many.
    private func marginalTable(_ isShown: Bool) -> String {
        guard isShown, let answer = parts.first?.answer, !answer.marginals.isEmpty else { return "" }
        var table = TextTable(header: [
            "marginal price [\(source.currency)/kWh]", "least", "mean", "most", "mean emission [kg/kWh]",
        ])
        for marginal in answer.marginals {
            let known = marginal.price.filter(\.isFinite)
            let emission = marginal.emission.filter(\.isFinite)
            guard let low = known.min(), let high = known.max() else { continue }
            table.rows.append(
                ["\(marginal.party) \(marginal.carrier)"]
                    + [
                        low, known.reduce(0, +) / Double(known.count), high,
                        emission.reduce(0, +) / Double(max(1, emission.count)),
                    ].map { NumberText.grouped($0, decimals: 4) })
        }
        let note = answer.marginalsFixIntegers ? "Marginal values hold while what is on or off stays so.\n" : ""
        return table.text + note + "\n"
    }

    private var planTable: String {
        var table = TextTable(header: ["day", "per day", source.currency])
        for plan in plans {
            for (quantity, value) in numbers(of: plan) { table.rows.append([plan.day, quantity, money(value)]) }
            if plan.answer.planForForecast == nil {
                table.rows.append([plan.day, "plan made for the forecast", "fails in a scenario"])
            }
        }
        return "Decided before the scenario is known:\n" + table.text
    }

    private var frontTable: String {
        var table = TextTable(header: ["emission [kg]", "least cost [\(source.currency)]", "one kg less costs"])
        for (k, point) in front.enumerated() {
            let saved = k > 0 ? front[k - 1].emission - point.emission : 0
            table.rows.append([
                NumberText.grouped(point.emission, decimals: 1), money(point.cost),
                saved > 0 ? NumberText.grouped((point.cost - front[k - 1].cost) / saved, decimals: 4) : "",
            ])
        }
        return "Cost of emitting less:\n" + table.text
    }

    public var json: String {
        struct Marginal: Codable {
            let party: String
            let carrier: String
            let price: [Double?]
            let emission: [Double?]
        }
        struct Point: Codable {
            let cost: Double
            let emission: Double
            let bound: Double?
        }
        struct Day: Codable {
            let day: String?
            let weight: Double
            let cost: Double
            let emission: Double
            let bound: Double?
            let parties: [SystemSummary.Party]
            let marginals: [Marginal]
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let aim: String
            let cost: Double
            let emission: Double
            let bound: Double?
            let indices: [String: Double]?
            let parts: [Day]
            let front: [Point]?
            let verdicts: [Verdict]
        }
        let parts = parts.map { part in
            Day(
                day: part.day, weight: part.weight, cost: part.answer.cost, emission: part.answer.emission,
                bound: part.answer.bound.ifFinite,
                parties: SystemSummary.json(of: part.answer.solution),
                marginals: part.answer.marginals.map {
                    Marginal(
                        party: $0.party, carrier: $0.carrier, price: $0.price.map(\.ifFinite),
                        emission: $0.emission.map(\.ifFinite))
                })
        }
        let points = front.map { Point(cost: $0.cost, emission: $0.emission, bound: $0.bound.ifFinite) }
        return JSONText.of(
            Output(
                caseName: source.name, variant: source.variant, aim: aim.rawValue, cost: cost, emission: emission,
                bound: bound.ifFinite, indices: indices.json, parts: parts, front: points.isEmpty ? nil : points,
                verdicts: verdicts))
    }
}
