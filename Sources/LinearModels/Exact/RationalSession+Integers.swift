import Foundation

extension RationalSession {
    /// Solves with some variables as whole numbers, by branch and bound whose every part is answered in rational
    /// numbers.
    ///
    /// Bounds are as they were afterwards.
    package func solve(whole integers: [Variable], parts limit: Int = 20_000) -> SolveStatus {
        let before = integers.map { (lower[$0.index], upper[$0.index]) }
        defer { for (variable, bounds) in zip(integers, before) { bound(variable, from: bounds.0, to: bounds.1) } }
        let sign = objective.sense == .minimise ? 1.0 : -1.0
        var best: (value: Double, values: [Double])?
        var open = [before]
        var looked = 0
        while let part = open.popLast() {
            looked += 1
            guard looked <= limit else { return .limit(gap: nil) }
            for (variable, bounds) in zip(integers, part) { bound(variable, from: bounds.0, to: bounds.1) }
            switch solve() {
            case .infeasible: continue
            case .unbounded: return hasPoint(integers, parts: limit)
            case .limit(let gap): return .limit(gap: gap)
            case .optimal: break
            }
            if let best, sign * objectiveValue >= best.value { continue }
            guard let k = integers.indices.first(where: { isFractional(integers[$0]) }) else {
                best = (sign * objectiveValue, values)
                continue
            }
            let value = value(of: integers[k])
            var (below, above) = (part, part)
            below[k].1 = value.rounded(.down)
            above[k].0 = value.rounded(.up)
            // The nearer side first.
            open += value - value.rounded(.down) < 0.5 ? [above, below] : [below, above]
        }
        guard let best else { return .infeasible }
        adopt(best.values)
        return .optimal
    }

    package func isFractional(_ variable: Variable) -> Bool {
        let value = value(of: variable)
        return value != value.rounded()
    }

    /// An integer program whose relaxation is unbounded is so itself if it has any point, since its numbers are
    /// rational.
    private func hasPoint(_ integers: [Variable], parts limit: Int) -> SolveStatus {
        let own = objective
        setObjective(own.costs.map { _ in 0 }, constant: 0, sense: own.sense)
        defer { setObjective(own.costs, constant: own.constant, sense: own.sense) }
        let status = solve(whole: integers, parts: limit)
        return status == .optimal ? .unbounded : status
    }
}
