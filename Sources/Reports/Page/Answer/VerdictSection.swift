import EnergyGames
import ResultFiles
import Writing

/// Whether the result holds, check by check, and what is known of its worth.
struct VerdictSection {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Verdicts")
            section.tables = [Self.banner(record.manifest.verdicts ?? [])] + (try worth())
            return section
        }
    }

    /// Whether all checks hold, in words and shape before colour, and each check.
    static func banner(_ verdicts: [Verdict]) -> HTML {
        let failed = verdicts.count { !$0.holds }
        return .element(
            "div", [("class", failed == 0 ? "verdict" : "verdict fails")],
            [
                .checks(verdicts),
                .table(
                    "Checks", header: ["check", "holds", "found"], words: 3,
                    verdicts.map { [$0.name, $0.holds ? "✓ yes" : "✗ no", $0.detail] }),
            ])
    }

    /// Payoff or cost, with what is known of how good it can be.
    private func worth() throws -> [HTML] {
        let manifest = record.manifest
        let unit = manifest.currency ?? ""
        var rows: [[String]] = []
        func add(_ name: String, _ value: Double?, _ unit: String, decimals: Int = 2) {
            guard let value, value.isFinite else { return }
            rows.append([name, NumberText.grouped(value, decimals: decimals), unit])
        }
        let worth = manifest.worthUnit ?? unit
        add("payoff of these prices by the tie rule", manifest.givenPayoff, worth)
        if !CertificateResult.isBest(manifest.givenPayoff, of: manifest.payoff) {
            let isOfBest = record.table(BoundTable.self) != nil
            let name = isOfBest ? "payoff of the best prices known, by the tie rule" : "payoff"
            add(manifest.payoffAsWritten == nil ? name : "payoff for certain", manifest.payoff, worth)
        }
        add("payoff at the prices as written, ties against the leader", manifest.payoffAsWritten, worth)
        add("the same prices, if followers break ties for the leader", manifest.optimisticPayoff, worth)
        add(
            "the same prices, if they break ties against it"
                + (manifest.tiesAreSettled == false ? ": this or less" : ""),
            manifest.payoffAsWritten == nil ? manifest.pessimisticPayoff : nil, worth)
        add("payoff for certain, for all prices within half a tick", manifest.bankablePayoff, worth)
        if let distance = manifest.distance {
            add("the least for prices within \(NumberText.csv(distance)) \(unit)/kWh", manifest.nearbyPayoff, worth)
        }
        let file = record.hasOptimisticPrices ? ": \(PriceTable.optimisticFile)" : ""
        add("at most, if every tie goes the leader's way\(file)", manifest.supremum, worth)
        add("proven: no prices pay more than", manifest.bound, worth)
        if let payoff = manifest.payoff, let bound = manifest.bound {
            add("gap to what is proven", Share.percent(bound - payoff, of: payoff), "%")
        }
        let isOfYear = manifest.worthUnit?.hasSuffix("/a") == true
        let isOfEmission = manifest.aim == Dispatch.Aim.emission.rawValue
        add("cost of operation", manifest.operatingCost, manifest.worthUnit ?? unit)
        add("emission", manifest.emission, isOfYear ? "kg/a" : "kg")
        add(
            "proven: no operation \(isOfEmission ? "emits" : "costs") less than", manifest.lowerBound,
            isOfEmission ? isOfYear ? "kg/a" : "kg" : manifest.worthUnit ?? unit)
        add("cost", manifest.cost, unit + "/a")
        if let exact = record.table(ExactTable.self), !exact.rows.isEmpty {
            let quantities = zip(try exact[ExactTable.quantity], try exact[ExactTable.value])
            let values = Dictionary(quantities) { first, _ in first }
            add("cost of the joint program", values[ExactTable.cost], unit + "/a")
            add("proven: no sizes cost less than", values[ExactTable.bound], unit + "/a")
            if let cost = manifest.cost, let bound = values[ExactTable.bound] {
                add("gap to what is proven", Share.percent(cost - bound, of: bound), "%", decimals: 4)
            }
        }
        if let indices = record.table(IndexTable.self) {
            let (values, units) = (try indices[IndexTable.value], indices.optional(IndexTable.unit))
            let definitions = indices.optional(IndexTable.definition)
            // The sums stand above.
            for (k, name) in indices.optional(IndexTable.quantity).enumerated().dropFirst(2) {
                guard values[k].isFinite else { continue }
                rows.append([
                    name, IndexTable.text(values[k], isNamed: !definitions[k].isEmpty), units[k] == "1" ? "" : units[k],
                ])
            }
        }
        return rows.isEmpty ? [] : [.table("Worth", header: ["quantity", "value", "unit"], rows)]
    }
}
