import TestSupport

/// A tariff by what a bill says: how much purchases and sales of a horizon in steps of an hour cost.
struct HandTariff {
    /// CNY/kWh, one per step.
    var sell: [Double]
    var buy: [Double]?
    var fee = 0.0
    /// CNY/kW.
    var demandCharge = 0.0
    /// In the order of the quantities.
    var blocks: [(above: Double, surcharge: Double)] = []
    var takeOrPay: (energy: Double, price: Double)?
    /// Of what is bought and sold, fees aside; nil for none.
    var minimumBill: Double?
    /// Steps that are netted together.
    var netted: Int?

    func bill(_ purchases: [Double], _ sales: [Double]) -> Double {
        let total = purchases.reduce(0, +)
        var energy = 0.0
        if let netted {
            for first in stride(from: 0, to: purchases.count, by: netted) {
                let steps = first..<min(first + netted, purchases.count)
                let net = steps.reduce(0) { $0 + purchases[$1] - sales[$1] }
                energy += net > 0 ? sell[first] * net : (buy?[first] ?? 0) * net
            }
        } else {
            energy = zip(sell, purchases).map(*).reduce(0, +)
            energy -= zip(buy ?? sales.map { _ in 0 }, sales).map(*).reduce(0, +)
        }
        var bill = fee + (minimumBill.map { max($0, energy) } ?? energy) + demandCharge * (purchases.max() ?? 0)
        // Block by block, each at the sum of all surcharges up to it.
        var surcharge = 0.0
        for (k, block) in blocks.enumerated() {
            surcharge += block.surcharge
            let end = k + 1 < blocks.count ? blocks[k + 1].above : .infinity
            bill += surcharge * max(0, min(total, end) - block.above)
        }
        if let takeOrPay, total < takeOrPay.energy { bill += takeOrPay.price * (takeOrPay.energy - total) }
        return bill
    }

    /// As a map of a case, where all is given. Nets and minimum bills are not written.
    var yaml: String {
        var keys = ["electricity_sell: \(sell)"]
        if let buy { keys.append("electricity_buy: \(buy)") }
        if fee > 0 { keys.append("electricity_fee: \(fee)") }
        if demandCharge > 0 { keys.append("electricity_demand_charge: \(demandCharge)") }
        if !blocks.isEmpty {
            let list = blocks.enumerated().map { "b\($0): {above: \($1.above), surcharge: \($1.surcharge)}" }
            keys.append("electricity_blocks: {\(list.joined(separator: ", "))}")
        }
        if let takeOrPay {
            keys.append("electricity_take_or_pay: {energy: \(takeOrPay.energy), price: \(takeOrPay.price)}")
        }
        return "{\(keys.joined(separator: ", "))}"
    }
}

/// A user whose plans can be counted: whole kW of demand, of which half may be cut, and of sun.
struct HandUser {
    /// Multiples of 4 kW, so that where two limits meet a plan of whole kW is.
    var demand: [Int]
    /// CNY/kWh of what is cut; nil where nothing may be.
    var discomfort: Double?
    var sun: [Int] = []
    /// Where it may leave.
    var outside: HandTariff?

    struct Plan {
        let purchases: [Double]
        let sales: [Double]
        let discomfort: Double
    }

    /// All plans of whole kW. Limits of tariffs are even numbers too, so that all corners are among these.
    var plans: [Plan] {
        var plans = [(q: [Double](), s: [Double](), cut: 0.0)]
        for t in demand.indices {
            let sun = sun.isEmpty ? 0 : sun[t]
            plans = plans.flatMap { plan in
                (0...(discomfort == nil ? 0 : demand[t] / 2)).flatMap { cut in
                    (0...sun).flatMap { used in
                        (0...used).compactMap { sold in
                            let bought = demand[t] - cut - used + sold
                            guard bought >= 0 else { return nil }
                            return (plan.q + [Double(bought)], plan.s + [Double(sold)], plan.cut + Double(cut))
                        }
                    }
                }
            }
        }
        return plans.map { Plan(purchases: $0.q, sales: $0.s, discomfort: (discomfort ?? 0) * $0.cut) }
    }

    /// What it pays at the least, and between what the operator then earns, which pays the worth of each kWh.
    ///
    /// - Parameters:
    ///   - tariffs: of the operator.
    ///   - plans: all that it has.
    func answer(
        to tariffs: [HandTariff], among plans: [Plan], worth: Double
    ) -> (cost: Double, earned: ClosedRange<Double>, isOutside: Bool) {
        var found: [(cost: Double, earned: Double, isOutside: Bool)] = []
        for plan in plans {
            // Without a price of exports nobody takes any.
            let isSelling = plan.sales.contains { $0 > 0 }
            for tariff in tariffs where tariff.buy != nil || !isSelling {
                let bill = tariff.bill(plan.purchases, plan.sales)
                let net = zip(plan.purchases, plan.sales).reduce(0) { $0 + $1.0 - $1.1 }
                found.append((bill + plan.discomfort, bill - worth * net, false))
            }
            if let outside, outside.buy != nil || !isSelling {
                found.append((outside.bill(plan.purchases, plan.sales) + plan.discomfort, 0, true))
            }
        }
        let least = found.map(\.cost).min() ?? .nan
        let best = found.filter { $0.cost <= least + 1e-9 }
        let earned = best.map(\.earned)
        return (least, (earned.min() ?? .nan)...(earned.max() ?? .nan), best.allSatisfy(\.isOutside))
    }

    /// The least that it pays outside.
    var leastOutside: Double {
        guard let outside else { return .infinity }
        return plans.filter { outside.buy != nil || $0.sales.allSatisfy { $0 == 0 } }.map {
            outside.bill($0.purchases, $0.sales) + $0.discomfort
        }.min() ?? .infinity
    }

    func yaml(_ name: String) -> String {
        var lines = ["  \(name):", "    demand: {electricity: \(demand)}"]
        if !sun.isEmpty {
            let peak = max(1, sun.max() ?? 1)
            lines.append(
                "    devices: {sun: {type: pv, capacity: \(peak) kW, profile: \(sun.map { Double($0) / Double(peak) })}}"
            )
        }
        if let discomfort {
            lines.append(
                "    flexibility: {rest: {type: curtailable, carrier: electricity, share: 0.5, discomfort: \(discomfort)}}"
            )
        }
        if let outside { lines.append("    outside: \(outside.yaml)") }
        return lines.joined(separator: "\n")
    }
}

/// An operator who buys and sells every kWh at the same price, so that what it earns of each user adds up.
struct HandGame {
    static let worth = 0.3
    var steps: Int { users[0].demand.count }
    var users: [HandUser]
    /// What stands under `operator`, indented by two.
    var prices: String
    var ties = "optimistic"

    var yaml: String {
        """
        case: {schema: 1, name: hand}
        time: {steps: \(steps), step: 1 h}
        carriers: {electricity: {}}
        grid: {buy: {price: \(Self.worth), max: 1 MW}, sell: {price: \(Self.worth), max: 1 MW}}
        operator:
        \(prices)
        users:
        \(users.enumerated().map { $1.yaml("u\($0)") }.joined(separator: "\n"))
        game: {followers: {ties: \(ties)}}
        """
    }
}

/// All lists that have one of the values at each place.
func product(_ levels: [[Double]]) -> [[Double]] {
    levels.reduce([[]]) { lists, values in lists.flatMap { list in values.map { list + [$0] } } }
}

/// Evenly spaced numbers, both ends among them.
func levels(_ range: ClosedRange<Double>, _ count: Int) -> [Double] {
    (0..<count).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count - 1) }
}
