/// Ranks from 1, the smallest first; equal values share the mean of their ranks.
public func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var result = values.map { _ in 0.0 }
    for run in ties(order.map { values[$0] }) {
        for place in run { result[order[place]] = Double(run.lowerBound + run.upperBound + 1) / 2 }
    }
    return result
}

/// Runs of equal values in a sorted list.
func ties(_ sorted: [Double]) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for i in 1..<max(sorted.count + 1, 1) where i == sorted.count || sorted[i] != sorted[start] {
        runs.append(start..<i)
        start = i
    }
    return sorted.isEmpty ? [] : runs
}

/// `sum t^3 - t` over the sizes of tied groups: the tie correction of rank tests.
func tieTerm(_ values: [Double]) -> Double {
    ties(values.sorted()).reduce(0) { sum, run in
        let t = Double(run.count)
        return sum + t * t * t - t
    }
}
