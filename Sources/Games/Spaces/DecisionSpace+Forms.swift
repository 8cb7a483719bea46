/// Linear caps, ties and groupings of a space, and the nearest points under them.
extension DecisionSpace {
    /// All rows of a space, as caps; those with no component are left out.
    static func caps(
        _ meanCaps: [MeanCap], _ orderings: [Ordering], _ linearCaps: [LinearCap], _ decisions: [Decision]
    ) -> [LinearCap] {
        let means = meanCaps.filter { !$0.indices.isEmpty }.map { cap in
            let total = cap.totalWeight
            return LinearCap(
                name: cap.name, indices: cap.indices, coefficients: cap.weights.map { $0 / total }, maximum: cap.maximum
            )
        }
        let ordered = orderings.map {
            LinearCap(
                name: "\(decisions[$0.lower].name) at most \(decisions[$0.upper].name)", indices: [$0.lower, $0.upper],
                coefficients: [1, -1], maximum: 0)
        }
        return means + ordered + linearCaps
    }

    static func check(
        _ decisions: [Decision], _ linearCaps: [LinearCap], _ ties: [[Int]], _ groupings: [ValueGrouping]
    ) throws {
        for cap in linearCaps {
            guard cap.indices.count == cap.coefficients.count, Set(cap.indices).count == cap.indices.count,
                cap.coefficients.allSatisfy(\.isFinite), cap.maximum.isFinite
            else { throw DecisionSpaceError.badCoefficients(name: cap.name) }
        }
        var taken: Set<Int> = []
        for k in ties.joined() where !taken.insert(k).inserted {
            throw DecisionSpaceError.badTies(name: decisions[k].name)
        }
        for grouping in groupings {
            guard grouping.most >= 1, !grouping.indices.isEmpty,
                grouping.indices.allSatisfy({ taken.insert($0).inserted })
            else { throw DecisionSpaceError.badGrouping(name: grouping.name) }
        }
    }

    static func polyhedron(
        _ decisions: [Decision], _ caps: [LinearCap], _ ties: [[Int]], _ groupings: [ValueGrouping],
        _ linearCaps: [LinearCap]
    ) throws -> Polyhedron? {
        guard !(linearCaps.isEmpty && ties.isEmpty && groupings.isEmpty) else { return nil }
        do throws(Polyhedron.Empty) {
            let polyhedron = try Polyhedron(decisions, caps, ties: ties)
            _ = try polyhedron.nearest(to: decisions.map(\.lower))
            return polyhedron
        } catch {
            throw DecisionSpaceError.capsImpossible(names: error.names)
        }
    }

    /// Ties of the partitions nearest to low, middle or high prices, the first of them that caps allow.
    static func possibleTies(
        _ polyhedron: Polyhedron?, _ decisions: [Decision], _ caps: [LinearCap], _ ties: [[Int]],
        _ groupings: [ValueGrouping]
    ) throws -> [[Int]] {
        guard let polyhedron, !groupings.isEmpty else { return [] }
        for height in [0, 0.25, 0.5, 1] {
            let point = decisions.map { $0.lower + height * ($0.upper - $0.lower) }
            guard let near = try? polyhedron.nearest(to: point),
                let parts = partition(of: near, groupings, decisions),
                let tied = try? Polyhedron(decisions, caps, ties: ties + parts), (try? tied.nearest(to: near)) != nil
            else { continue }
            return parts
        }
        throw DecisionSpaceError.groupingImpossible(names: groupings.map(\.name))
    }

    private static func partition(
        of point: [Double], _ groupings: [ValueGrouping], _ decisions: [Decision]
    ) -> [[Int]]? {
        var parts: [[Int]] = []
        for grouping in groupings {
            guard let found = grouping.nearestPartition(to: point, decisions) else { return nil }
            parts += found
        }
        return parts
    }

    /// Neighbours in the lists of ties.
    var tiedPairs: [(Int, Int)] { ties.flatMap { zip($0, $0.dropFirst()) } }

    /// Lists of decisions that have one value, each of them in one list: where nothing is tied, every decision alone.
    var freeValues: [[Int]] {
        let tied = Dictionary(uniqueKeysWithValues: ties.flatMap { tie in tie.map { ($0, tie) } })
        return decisions.indices.compactMap { k in
            guard let tie = tied[k] else { return [k] }
            return tie[0] == k ? tie : nil
        }
    }

    /// A direction within the space's ties: the nearest one. Without ties the same.
    func withinTies(_ direction: [Double]) -> [Double] {
        var direction = direction
        for tie in ties {
            let mean = tie.reduce(0) { $0 + direction[$1] } / Double(tie.count)
            for k in tie { direction[k] = mean }
        }
        return direction
    }

    /// The nearest point under rows and ties; integer decisions stand under none.
    func nearest(to point: [Double], in polyhedron: Polyhedron) -> [Double] {
        var point = point
        for (k, decision) in decisions.enumerated() where decision.isInteger {
            point[k] = decision.nearest(to: point[k])
        }
        // The space has a point: that is tried when it is made.
        return (try? polyhedron.nearest(to: point)) ?? middleOfBox
    }

    private var middleOfBox: [Double] { decisions.map { $0.nearest(to: 0.5 * ($0.lower + $0.upper)) } }

    // MARK: Unions

    /// An admissible point near to another one, where groupings make the space a union.
    ///
    /// The partition is the one whose nearest point is nearest within bounds alone (``ValueGrouping``). Under that
    /// partition the point is the nearest one, all caps included. So it is the nearest point of the whole union where
    /// no rows join grouped decisions, and partitions are found exactly. Else another partition may have a point that
    /// is nearer: then partitions are compared at the point of the space without groupings that is nearest. Where caps
    /// leave nothing of the partition, one that they do leave takes its place. An admissible point is its own nearest,
    /// to the bit.
    func nearestInUnion(to point: [Double]) -> [Double] {
        guard let polyhedron else { return point }
        var point = point
        for (k, decision) in decisions.enumerated() where decision.isInteger {
            point[k] = decision.nearest(to: point[k])
        }
        if polyhedron.contains(point), groupings.allSatisfy({ $0.holds(at: point) }) { return point }
        let grouped = Set(groupings.flatMap(\.indices))
        let areFree = caps.allSatisfy { grouped.isDisjoint(with: $0.indices) }
        let seen = areFree ? farPoint(point) : nearest(to: point, in: polyhedron)
        for parts in [Self.partition(of: seen, groupings, decisions), possibleTies] {
            guard let parts, let tied = try? Polyhedron(decisions, caps, ties: ties + parts),
                let found = try? tied.nearest(to: point)
            else { continue }
            return found
        }
        return middleOfBox
    }

    /// The point, no component farther outside than squares can tell apart.
    private func farPoint(_ point: [Double]) -> [Double] {
        zip(point, decisions).map { value, decision in
            let far = 1e6 * max(1, decision.upper - decision.lower)
            return min(max(value, decision.lower - far), decision.upper + far)
        }
    }

    /// The same space with nothing said about equal values: all of this one, and more.
    public var withoutGroupings: DecisionSpace {
        guard !groupings.isEmpty,
            let wider = try? DecisionSpace(
                decisions, meanCaps: meanCaps, orderings: orderings, linearCaps: linearCaps, ties: ties)
        else { return self }
        return wider
    }

    /// Which decisions are equal at a point because of groupings: lists of two or more.
    public func parts(at point: [Double]) -> [[Int]] {
        groupings.flatMap { $0.parts(at: point) }.filter { $0.count > 1 }
    }

    /// The part of a union in which decisions of each list are equal: a space without groupings.
    ///
    /// - Throws: ``DecisionSpaceError`` where it is empty.
    public func tied(_ parts: [[Int]]) throws -> DecisionSpace {
        try DecisionSpace(
            decisions, meanCaps: meanCaps, orderings: orderings, linearCaps: linearCaps, ties: ties + parts)
    }

    /// The part of a union that a point of it is in; the same space where it is none.
    public func part(around point: [Double]) -> DecisionSpace {
        guard !groupings.isEmpty else { return self }
        return (try? tied(parts(at: project(point)))) ?? self
    }

    /// By how much a point breaks linear caps, ties and groupings.
    func violationOfForm(at point: [Double]) -> Double {
        var largest = 0.0
        for cap in linearCaps { largest = max(largest, cap.sum { point[$0] } - cap.maximum) }
        for (a, b) in tiedPairs { largest = max(largest, abs(point[a] - point[b])) }
        guard groupings.contains(where: { !$0.holds(at: point) }) else { return largest }
        return zip(point, project(point)).reduce(largest) { max($0, abs($1.0 - $1.1)) }
    }
}
