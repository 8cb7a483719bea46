import Energy
import LinearModels

/// Finds devices of a party that turn carriers into each other in a circle and end with more than they began with.
struct FreeEnergyCheck {
    let log: DiagnosticLog

    private struct Conversion {
        let component: String
        let from: Int
        let to: Int
        /// Given per taken.
        let ratio: Double
    }

    /// A circle whose ratios multiply to less than one by rounding alone counts as one without a loss.
    private static let rounding = 1e-9

    func check(_ ledger: Ledger, _ draft: PartyDraft) {
        let flows = ledger.flows.filter { $0.counterparty == nil && draft.sources[$0.component] != nil }
        let carriers = flows.reduce(into: [String]()) { if !$0.contains($1.carrier) { $0.append($1.carrier) } }
        var conversions: [Conversion] = []
        for given in flows where given.isGiven {
            for taken in flows
            where !taken.isGiven && taken.component == given.component && taken.carrier != given.carrier {
                guard let power = given.power.first, let ratio = power.multiple(of: -(taken.power.first ?? power)),
                    ratio > 0, let from = carriers.firstIndex(of: taken.carrier),
                    let to = carriers.firstIndex(of: given.carrier)
                else { continue }
                conversions.append(Conversion(component: given.component, from: from, to: to, ratio: ratio))
            }
        }
        guard let circle = circle(conversions, carriers.count) else { return }
        let gain = circle.reduce(1) { $0 * $1.ratio }
        let steps = circle.map {
            "\($0.component) makes \(NumberText.rounded($0.ratio)) kWh of \(carriers[$0.to]) of a kWh of \(carriers[$0.from])"
        }.joined(separator: ", ")
        guard let first = circle.first, let source = draft.sources[first.component] else { return }
        let place = source.place(of: "efficiency")
        if gain > 1 + Self.rounding {
            log.error(
                place, source.path,
                "energy out of nothing: \(steps), so that a kWh becomes \(NumberText.rounded(gain)). Lower an efficiency."
            )
        } else {
            log.warning(
                place, source.path,
                "energy may go round without a loss: \(steps). There are then many best answers. Lower an efficiency.")
        }
    }

    /// A circle of conversions without a loss, by Bellman and Ford over the logarithms of the ratios.
    private func circle(_ conversions: [Conversion], _ count: Int) -> [Conversion]? {
        var best = [Double](repeating: 1, count: count)
        var last = [Conversion?](repeating: nil, count: count)
        var improved: Int?
        for _ in 0...count {
            improved = nil
            for conversion in conversions {
                // Each is taken for a little better than it is, so that a circle without gain shows as well.
                let reached = best[conversion.from] * conversion.ratio * (1 + Self.rounding)
                guard reached > best[conversion.to] * (1 + 0.1 * Self.rounding) else { continue }
                best[conversion.to] = min(reached, 1e200)
                last[conversion.to] = conversion
                improved = conversion.to
            }
            if improved == nil { return nil }
        }
        // So many steps back is within the circle.
        guard var at = improved else { return nil }
        for _ in 0..<count { at = last[at]?.from ?? at }
        var circle: [Conversion] = []
        let start = at
        repeat {
            guard let conversion = last[at], circle.count <= count else { return nil }
            circle.insert(conversion, at: 0)
            at = conversion.from
        } while at != start
        return circle
    }
}
