extension DecisionSpace {
    /// Another way to make grouped decisions equal, near that of a point: a border moves by a few places, some
    /// decisions take the value of others, or a part is divided where there may be one more.
    ///
    /// - Parameter pick: a number from 0 to below its argument.
    /// - Returns: lists of two decisions or more for ``tied(_:)``, which caps and bounds allow; nil where none was
    ///   found.
    public func movedParts(at point: [Double], pick: (Int) -> Int) -> [[Int]]? {
        guard !groupings.isEmpty else { return nil }
        let known = groupings.map { $0.parts(at: point) }
        for _ in 0..<Self.tries {
            let chosen = pick(groupings.count)
            var parts = known
            for _ in 0...pick(2) { parts[chosen] = groupings[chosen].moved(parts[chosen], pick: pick) }
            guard parts[chosen].count <= groupings[chosen].most, Set(parts[chosen]) != Set(known[chosen]) else {
                continue
            }
            let lists = parts.joined().filter { $0.count > 1 }
            if (try? tied(Array(lists))) != nil { return Array(lists) }
        }
        return nil
    }

    private static let tries = 30
}

extension ValueGrouping {
    /// One step to another partition; for runs it is one of runs again.
    fileprivate func moved(_ parts: [[Int]], pick: (Int) -> Int) -> [[Int]] {
        let count = indices.count
        var labels = [Int](repeating: 0, count: count)
        let places = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
        for (label, part) in parts.enumerated() { for k in part { labels[places[k] ?? 0] = label } }
        let isAround = kind == .runsAround
        /// Places before which another value begins.
        let borders = (0..<count).filter { k in
            k > 0 ? labels[k] != labels[k - 1] : isAround && labels[0] != labels[count - 1]
        }
        let length = 1 + pick(pick(2) == 0 ? 1 : min(3, count))
        let begin = borders.isEmpty || pick(2) == 0 ? pick(count) : borders[pick(borders.count)]
        func cover(_ first: Int, _ step: Int, with label: Int) {
            for k in 0..<length {
                let place = first + k * step
                if isAround {
                    labels[(place % count + count) % count] = label
                } else if labels.indices.contains(place) {
                    labels[place] = label
                }
            }
        }
        let before = (begin + count - 1) % count
        switch pick(kind == .levels ? 4 : 3) {
        case 0 where isAround || begin > 0: cover(begin, 1, with: labels[before])
        case 1 where isAround || begin > 0: cover(before, -1, with: labels[begin])
        case 3: cover(begin, 1, with: pick(parts.count))
        default:
            // A new value from here on; where there are too many then, one goes to its neighbour.
            let label = parts.count
            if kind == .levels || parts.count == 1 && isAround {
                // On a circle of one value a new one has two borders.
                cover(begin, 1, with: label)
            } else {
                let old = labels[begin]
                var place = begin
                while labels[place] == old {
                    labels[place] = label
                    place += 1
                    if place == count { if isAround { place = 0 } else { break } }
                }
            }
            if parts.count >= most { merge(&labels, pick: pick) }
        }
        return relabelled(labels)
    }

    /// Gives all who have one value that of a neighbour.
    private func merge(_ labels: inout [Int], pick: (Int) -> Int) {
        let borders = labels.indices.dropFirst().filter { labels[$0] != labels[$0 - 1] }
        guard !borders.isEmpty else { return }
        let border = borders[pick(borders.count)]
        let (old, new) = (labels[border], labels[border - 1])
        for k in labels.indices where labels[k] == old { labels[k] = new }
    }

    /// Parts of equal labels; of runs, those that a border divides are apart.
    private func relabelled(_ labels: [Int]) -> [[Int]] {
        var values = [Double](repeating: 0, count: (indices.max() ?? -1) + 1)
        for (k, label) in zip(indices, labels) { values[k] = Double(label) }
        return parts(at: values)
    }
}
