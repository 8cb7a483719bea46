import Energy
import EnergyGames
import Writing

/// What is checked once the bounds of a price are known.
extension PriceReader {
    func duration(_ steps: Int) -> String { NumberText.duration(hours: Double(steps) * context.time.hours) }

    func checkOrder(_ draft: Draft, _ band: PriceBand, path: String) -> Bool {
        let (lower, upper, crossed) = (band.lower, band.upper, band.crossed)
        guard let first = crossed.first else { return true }
        let unit = context.units.engineSymbol(of: .energyPrice)
        let isConstant = Set(lower).count == 1 && Set(upper).count == 1
        let hour = NumberText.rounded(context.time.start(of: band.intervals[first].first ?? 0))
        let others = crossed.count - 1
        let (least, most) = NumberText.compared(unit: unit, lower[first], upper[first])
        log.error(
            draft.entry.node.location, path,
            "min \(least) is above max \(most)"
                + (isConstant ? "" : " at hour \(hour)")
                + (others == 0 || isConstant ? "." : ", and at \(others) other \(others == 1 ? "hour" : "hours")."))
        return false
    }

    /// A cap below every admissible mean leaves no price; one above every mean never binds.
    func checkMean(_ draft: Draft, _ band: PriceBand, path: String) -> Bool {
        guard let cap = draft.mean else { return true }
        /// As the case counts hours.
        func mean(_ values: [Double]) -> Double {
            guard let weights = draft.rules.meanWeights else { return band.mean(values) }
            let sum = zip(band.index, weights).reduce(0) { $0 + values[$1.0] * $1.1 }
            return sum / weights.reduce(0, +)
        }
        let (least, most) = (mean(band.lower), mean(band.upper))
        let unit = context.units.engineSymbol(of: .energyPrice)
        if cap < least - 1e-12 {
            let (shown, limit) = NumberText.compared(unit: unit, cap, least)
            log.error(
                draft.meanLocation, "\(path).mean_max",
                "\(shown) is below the mean of min, \(limit), so no price vector satisfies "
                    + "it. Raise it or lower min.")
            return false
        }
        if cap > most + 1e-12 {
            let (shown, limit) = NumberText.compared(unit: unit, cap, most)
            log.warning(
                draft.meanLocation, "\(path).mean_max",
                "\(shown) is above the mean of max, \(limit), so it never binds.")
        }
        return true
    }

    /// A user who can sell above the price at which it buys has free money.
    func checkBuying(_ drafts: [Draft], path: String) {
        guard context.hasTime else { return }
        for buying in drafts where !buying.isSale {
            guard let selling = drafts.first(where: { $0.key == "\(buying.carrier)_sell" }),
                buying.upperName != selling.key
            else { continue }
            let most = buying.fixed ?? buying.upper
            let least = selling.fixed ?? (selling.lower.isEmpty ? nil : selling.lower)
            guard let most, let least, let step = most.indices.first(where: { most[$0] > least[$0] + 1e-12 }) else {
                continue
            }
            let unit = context.units.engineSymbol(of: .energyPrice)
            let (paid, asked) = NumberText.compared(unit: unit, most[step], least[step])
            log.error(
                buying.upperLocation, "\(path).\(buying.key)",
                "can reach \(paid) at hour "
                    + "\(NumberText.rounded(context.time.start(of: step))), while \(selling.key) can be as low as "
                    + "\(asked): users would earn by buying and selling at once. Write max: "
                    + "\(selling.key).")
        }
    }
}
