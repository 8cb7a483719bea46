import Energy
import Writing

/// What is checked once the bounds of a price are known.
extension PriceReader {
    func duration(_ steps: Int) -> String { NumberText.duration(hours: Double(steps) * context.time.hours) }

    func checkOrder(
        _ draft: Draft, _ lower: [Double], _ upper: [Double], _ groups: [Range<Int>], path: String
    ) -> Bool {
        let crossed = lower.indices.filter { lower[$0] > upper[$0] }
        guard let first = crossed.first else { return true }
        let unit = context.units.engineSymbol(of: .energyPrice)
        let isConstant = Set(lower).count == 1 && Set(upper).count == 1
        let hour = NumberText.rounded(context.time.start(of: groups[first].lowerBound))
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
    func checkMean(
        _ draft: Draft, _ lower: [Double], _ upper: [Double], _ groups: [Range<Int>], path: String
    ) -> Bool {
        guard let cap = draft.mean else { return true }
        /// Over the horizon: an interval that its end cuts short counts by its steps.
        func mean(_ values: [Double]) -> Double {
            let steps = groups.map { Double($0.count) }
            return zip(steps, values).reduce(0) { $0 + $1.0 * $1.1 } / steps.reduce(0, +)
        }
        let unit = context.units.engineSymbol(of: .energyPrice)
        if cap < mean(lower) - 1e-12 {
            let (shown, least) = NumberText.compared(unit: unit, cap, mean(lower))
            log.error(
                draft.meanLocation, "\(path).mean_max",
                "\(shown) is below the mean of min, \(least), so no price vector satisfies "
                    + "it. Raise it or lower min.")
            return false
        }
        if cap > mean(upper) + 1e-12 {
            let (shown, most) = NumberText.compared(unit: unit, cap, mean(upper))
            log.warning(
                draft.meanLocation, "\(path).mean_max",
                "\(shown) is above the mean of max, \(most), so it never binds.")
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
