import CaseFiles
import ResultFiles
import Writing

/// Decided sizes as the few lines that a person wants to see first.
extension SizingResult {
    public var summary: String {
        var text = heading + "\n"
        if let study {
            text += "\(study.algorithmTitle), seed \(study.settings.seed), "
            text += "\(NumberText.grouped(Double(study.settings.evaluations))) evaluations\n\n"
        } else {
            text += "sizes and operation as one mixed-integer program\n\n"
        }
        text += sizeTable + "\n" + investmentTable + "\n" + operationTable + "\n"
        text += "A year costs \(money(cost)) \(source.currency): \(money(system.investment)) to invest, "
        text += "\(money(system.operation)) to operate.\n"
        text += "It emits \(NumberText.grouped(system.emission)) kg"
        text += system.carbonCost.map { "; carbon costs \(money($0)) \(source.currency)" } ?? ""
        text += ".\n" + unservedLine + scenarioLine + distanceLine + OperationIndices.lines(indices.named)
        return text + verdictLines
    }

    private func money(_ amount: Double) -> String { NumberText.grouped(amount, decimals: 2) }

    private var sizeTable: String {
        var table = TextTable(header: ["size", "decided", "least", "most"])
        for (decision, size) in zip(sizing.game.space.decisions, system.sizes) {
            let units = source.units
            func text(_ value: Double, _ decimals: Int) -> String {
                NumberText.grouped(
                    units.shown(value, unit: decision.unit).value,
                    decimals: units.decimals(decimals, unit: decision.unit))
            }
            table.rows.append([
                "\(decision.name) [\(units.shown(0, unit: decision.unit).unit)]", text(size, 2),
                text(decision.lower, 0),
                text(decision.upper, 0),
            ])
        }
        return table.text
    }

    private var investmentTable: String {
        var table = TextTable(header: ["investment", source.currency, yearly])
        for purchase in system.purchases where purchase.size != 0 {
            table.rows.append([purchase.device, NumberText.grouped(purchase.outlay), money(purchase.annual)])
        }
        let outlay = system.purchases.reduce(0) { $0 + $1.outlay }
        table.rows.append(["in all", NumberText.grouped(outlay), money(system.investment)])
        return table.text
    }

    private var operationTable: String {
        var table = TextTable(header: ["operation", "item", yearly])
        for item in system.items where abs(item.cost) >= 0.005 {
            table.rows.append([item.party, item.name, money(item.cost)])
        }
        table.rows.append(["in all", "", money(system.operation)])
        return table.text
    }

    private var unservedLine: String {
        let short = system.unserved.filter { $0.energy >= 0.5 }
        guard !short.isEmpty else { return system.unserved.isEmpty ? "" : "All demand is served.\n" }
        return "Unserved: "
            + short.map { "\(NumberText.grouped($0.energy)) kWh of \($0.carrier)" }.joined(separator: ", ") + ".\n"
    }

    /// How well the scenarios that are kept tell the cost over all that were drawn.
    private var scenarioLine: String {
        guard let check = scenarioCheck else { return "" }
        let count = NumberText.grouped(Double(source.scenarios.reduce(0) { $0 + $1.drawn }))
        guard let all = check.all, let error = check.error else {
            return "Of all \(count) scenarios that were drawn, \(check.failures.count) cannot be operated: "
                + check.failures.prefix(5).joined(separator: ", ") + ".\n"
        }
        return
            "Over all \(count) scenarios that were drawn a year costs \(money(all)) \(source.currency); over those that are kept "
            + "\(percent(abs(error))) \(error < 0 ? "less" : "more").\n"
    }

    /// How far from the optimum the sizes are, or may be.
    private var distanceLine: String {
        guard let best = exact.best, let distance else {
            return "The distance to the exact optimum is unknown: \(SizingFailure.noSizes(exact.status))\n"
        }
        let exactCost = "exact \(NumberText.grouped(best.cost)) \(yearly), proven within \(percent(best.gap))"
        return study == nil
            ? "Proven within \(percent(best.gap)) of the optimum.\n"
            : "Distance to the exact optimum: \(percent(distance)) (\(exactCost)).\n"
    }

    private func percent(_ share: Double) -> String { NumberText.grouped(100 * share, decimals: 3) + " %" }

    public var json: String {
        struct Exact: Codable {
            let status: String
            let cost: Double?
            let bound: Double?
            let gap: Double?
            let sizes: [String: Double]?
        }
        struct Output: Codable {
            let caseName: String
            let variant: String?
            let algorithm: String?
            let seed: UInt64?
            let evaluations: Int?
            let cost: Double
            let investment: Double
            let operation: Double
            let emission: Double
            let carbonCost: Double?
            let costOverAllScenarios: Double?
            let sizes: [String: Double]
            let investments: [String: Double]
            let items: [String: Double]
            let unserved: [String: Double]
            let indices: [String: Double]?
            let exact: Exact
            let distance: Double?
            let verdicts: [Verdict]
        }
        func named(_ sizes: [Double]) -> [String: Double] {
            Dictionary(zip(sizing.game.space.decisions.map(\.name), sizes)) { first, _ in first }
        }
        let output = Output(
            caseName: source.name, variant: source.variant, algorithm: study?.settings.algorithm,
            seed: study?.settings.seed, evaluations: study?.settings.evaluations, cost: cost,
            investment: system.investment, operation: system.operation, emission: system.emission,
            carbonCost: system.carbonCost, costOverAllScenarios: scenarioCheck?.all, sizes: named(system.sizes),
            investments: system.purchases.reduce(into: [:]) { $0[$1.device, default: 0] += $1.annual },
            items: system.items.reduce(into: [:]) { $0[$1.name, default: 0] += $1.cost },
            unserved: system.unserved.reduce(into: [:]) { $0[$1.carrier] = $1.energy },
            indices: indices.json,
            exact: Exact(
                status: "\(exact.status)", cost: exact.best?.cost, bound: exact.best?.bound, gap: exact.best?.gap,
                sizes: exact.best.map { named($0.sizes) }), distance: distance, verdicts: verdicts)
        return JSONText.of(output)
    }
}
