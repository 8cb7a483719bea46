/// A binary tree of thresholds with a number in each leaf.
indirect enum RegressionTree: Sendable, Equatable, Codable {
    case leaf(Double)
    case split(feature: Int, threshold: Double, below: RegressionTree, above: RegressionTree)

    func value(at sample: [Double]) -> Double {
        switch self {
        case .leaf(let value): return value
        case .split(let feature, let threshold, let below, let above):
            let isAbove = sample.indices.contains(feature) && sample[feature] > threshold
            return isAbove ? above.value(at: sample) : below.value(at: sample)
        }
    }
}

/// Grows regression trees level by level on one table of features, which is sorted once for all of them.
///
/// Splits are exact: for each feature all thresholds half way between sorted neighbours, the one that lowers the sum of
/// squares most. Equal gains go to the first feature and the lowest threshold.
struct TreeGrower {
    private let columns: [[Double]]
    /// For each feature the samples from its lowest value to its highest.
    private let orders: [[Int]]
    private let depth: Int
    private let smallestLeaf: Int
    private let leastGain: Double

    init(features: [[Double]], depth: Int, smallestLeaf: Int, leastGain: Double) {
        let columns = (0..<(features.first?.count ?? 0)).map { j in features.map { $0[j] } }
        self.columns = columns
        orders = columns.map { column in
            column.indices.sorted { column[$0] != column[$1] ? column[$0] < column[$1] : $0 < $1 }
        }
        self.depth = depth
        self.smallestLeaf = smallestLeaf
        self.leastGain = leastGain
    }

    /// A node while the tree grows.
    private struct Draft {
        /// Of the samples that the tree is fitted to.
        var sum = 0.0
        var count = 0
        var split: (feature: Int, threshold: Double)?
        var below = 0
        var above = 0
        var mean: Double { count > 0 ? sum / Double(count) : 0 }
    }

    /// One node of the level during the walk along a sorted feature, and its best split so far.
    private struct Scan {
        var total: Double
        var count: Int
        var left = 0.0
        var leftCount = 0
        var last = 0.0
        var gain: Double
        var best: (feature: Int, threshold: Double)?
    }

    /// - Parameter seen: which samples the tree is fitted to; nil for all.
    /// - Returns: the tree, and its value for every sample.
    func grow(_ targets: [Double], seen: [Bool]?) -> (tree: RegressionTree, fitted: [Double]) {
        var drafts = [Draft()]
        for i in targets.indices where seen?[i] ?? true {
            drafts[0].sum += targets[i]
            drafts[0].count += 1
        }
        var place = [Int](repeating: 0, count: targets.count)
        var level = 0..<1
        for _ in 0..<depth {
            let scans = bestSplits(of: level, drafts, targets, place, seen)
            let next = drafts.count
            for (node, scan) in zip(level, scans) {
                guard let best = scan.best else { continue }
                drafts[node].split = best
                drafts[node].below = drafts.count
                drafts[node].above = drafts.count + 1
                drafts += [Draft(), Draft()]
            }
            guard drafts.count > next else { break }
            for i in place.indices {
                let node = place[i]
                guard node >= level.lowerBound, let split = drafts[node].split else { continue }
                let child = columns[split.feature][i] <= split.threshold ? drafts[node].below : drafts[node].above
                place[i] = child
                guard seen?[i] ?? true else { continue }
                drafts[child].sum += targets[i]
                drafts[child].count += 1
            }
            level = next..<drafts.count
        }
        return (tree(drafts, 0), place.map { drafts[$0].mean })
    }

    private func tree(_ drafts: [Draft], _ node: Int) -> RegressionTree {
        let draft = drafts[node]
        guard let split = draft.split else { return .leaf(draft.mean) }
        return .split(
            feature: split.feature, threshold: split.threshold, below: tree(drafts, draft.below),
            above: tree(drafts, draft.above))
    }

    /// One pass over each sorted feature, for all nodes of a level at once.
    private func bestSplits(
        of level: Range<Int>, _ drafts: [Draft], _ targets: [Double], _ place: [Int], _ seen: [Bool]?
    ) -> [Scan] {
        var scans = level.map { node in
            Scan(
                total: drafts[node].sum, count: drafts[node].count,
                gain: drafts[node].sum * drafts[node].mean + leastGain)
        }
        // The scan of each sample, or -1 where it lies in a finished leaf or is not seen.
        let slots = place.indices.map { i in
            place[i] >= level.lowerBound && (seen?[i] ?? true) ? place[i] - level.lowerBound : -1
        }
        let least = smallestLeaf
        scans.withUnsafeMutableBufferPointer { scans in
            for feature in columns.indices {
                for s in scans.indices { (scans[s].left, scans[s].leftCount) = (0, 0) }
                walk(orders[feature], columns[feature], targets, slots) { s, value, target in
                    let leftCount = scans[s].leftCount
                    let rightCount = scans[s].count - leftCount
                    if leftCount >= least, rightCount >= least, value > scans[s].last {
                        let left = scans[s].left
                        let right = scans[s].total - left
                        let gain = left * left / Double(leftCount) + right * right / Double(rightCount)
                        if gain > scans[s].gain {
                            scans[s].gain = gain
                            scans[s].best = (feature, Self.between(scans[s].last, value))
                        }
                    }
                    scans[s].left += target
                    scans[s].leftCount = leftCount + 1
                    scans[s].last = value
                }
            }
        }
        return scans
    }

    private func walk(
        _ order: [Int], _ column: [Double], _ targets: [Double], _ slots: [Int],
        _ visit: (_ slot: Int, _ value: Double, _ target: Double) -> Void
    ) {
        order.withUnsafeBufferPointer { order in
            column.withUnsafeBufferPointer { column in
                targets.withUnsafeBufferPointer { targets in
                    slots.withUnsafeBufferPointer { slots in
                        var k = 0
                        while k < order.count {
                            let i = order[k]
                            k += 1
                            if slots[i] >= 0 { visit(slots[i], column[i], targets[i]) }
                        }
                    }
                }
            }
        }
    }

    /// Half way; where rounding would reach the upper neighbour, the lower.
    private static func between(_ low: Double, _ high: Double) -> Double {
        let middle = 0.5 * low + 0.5 * high
        return middle < high ? middle : low
    }
}
