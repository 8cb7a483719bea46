extension DecisionSpace {
    /// What is wrong with a decision, in words: the first bound, cap or ordering that it breaks by more than rounding.
    ///
    /// - Parameter point: one number per decision.
    /// - Returns: nil where the decision is admissible.
    package func problem(with point: [Double]) -> String? {
        func breaks(_ value: Double, above limit: Double) -> Bool { value > limit + 1e-9 * max(1, abs(limit)) }
        for (decision, value) in zip(decisions, point) {
            guard breaks(value, above: decision.upper) || breaks(decision.lower, above: value) else { continue }
            return "\(decision.name) is \(value) \(decision.unit), but the case allows \(decision.lower) to "
                + "\(decision.upper). Change the value, or the case's bounds."
        }
        for cap in meanCaps {
            let mean = cap.mean { point[$0] }
            guard breaks(mean, above: cap.maximum) else { continue }
            return
                "the mean of the prices is \(mean), but \(cap.name) allows \(cap.maximum). Lower some, or raise the cap."
        }
        for ordering in orderings where breaks(point[ordering.lower], above: point[ordering.upper]) {
            return "\(decisions[ordering.lower].name) is \(point[ordering.lower]), above "
                + "\(decisions[ordering.upper].name), \(point[ordering.upper]). Lower it."
        }
        for cap in linearCaps {
            let sum = cap.sum { point[$0] }
            guard breaks(sum, above: cap.maximum) else { continue }
            return "\(cap.name) allows \(cap.maximum), but the prices make \(sum). Lower some, or raise the cap."
        }
        for (a, b) in tiedPairs where breaks(abs(point[a] - point[b]), above: 0) {
            return "\(decisions[a].name) is \(point[a]) and \(decisions[b].name) \(point[b]), but they are one price. "
                + "Give both the same value."
        }
        // What is written may differ in the last digits.
        let near = groupings.isEmpty ? point : project(point)
        if let grouping = groupings.first(where: { grouping in
            grouping.indices.contains { breaks(abs(point[$0] - near[$0]), above: 0) }
        }) {
            return "\(grouping.name) allows \(grouping.most), but the prices have \(grouping.parts(at: point).count). "
                + "Make some equal, or allow more."
        }
        return nil
    }
}
