import TestSupport
import Testing

@testable import Games

/// Few different values, chosen: the nearest point of a union of subspaces, against all partitions.
@Suite struct GroupingTests {
    /// Every way to divide places into at most so many parts; runs only, where asked for.
    private func partitions(_ count: Int, most: Int, _ kind: ValueGrouping.Kind) -> [[[Int]]] {
        var all: [[Int]] = [[]]
        for _ in 0..<count {
            // Labels in the order of their first appearance, so that each partition comes once.
            all = all.flatMap { labels in (0...min(most - 1, (labels.max() ?? -1) + 1)).map { labels + [$0] } }
        }
        return all.filter { labels in
            var borders = (1..<count).count { labels[$0] != labels[$0 - 1] }
            if kind == .levels { return true }
            if kind == .runsAround, labels[0] != labels[count - 1] { borders += 1 }
            let runs = kind == .runsAround ? max(1, borders) : borders + 1
            return runs == Set(labels).count
        }.map { labels in Set(labels).sorted().map { label in (0..<count).filter { labels[$0] == label } } }
    }

    /// The squared distance to the nearest point in which parts are equal; nil where bounds allow none.
    private func square(_ point: [Double], _ parts: [[Int]], _ decisions: [Decision]) -> Double? {
        var square = 0.0
        for part in parts {
            let low = part.map { decisions[$0].lower }.max()!
            let high = part.map { decisions[$0].upper }.min()!
            guard low <= high else { return nil }
            let value = min(max(part.map { point[$0] }.reduce(0, +) / Double(part.count), low), high)
            square += part.reduce(0) { $0 + (point[$1] - value) * (point[$1] - value) }
        }
        return square
    }

    private func square(_ a: [Double], _ b: [Double]) -> Double {
        zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }

    /// Decisions with one, a few or all different bounds.
    private func decisions(_ count: Int, _ random: inout SeededNumbers) -> [Decision] {
        let bands = (0..<random.whole(1...3)).map { _ in
            let low = Double(random.whole(0...4)) / 4
            return (low, low + Double(random.whole(0...6)) / 4)
        }
        let isDifferent = random.whole(0...3) == 0
        return (0..<count).map { k in
            var (low, high) = bands[random.whole(0...bands.count - 1)]
            if isDifferent {
                low = random.uniform(in: 0...1)
                high = low + random.uniform(in: 0...1)
            }
            return Decision(name: "d\(k)", lower: low, upper: high, unit: "1")
        }
    }

    @Test(arguments: [ValueGrouping.Kind.levels, .runs, .runsAround])
    func noPartitionHasANearerPoint(kind: ValueGrouping.Kind) throws {
        var random = SeededNumbers(seed: 511)
        var (possible, impossible) = (0, 0)
        for number in 0..<250 {
            let count = random.whole(2...7)
            let decisions = decisions(count, &random)
            let most = random.whole(1...min(4, count - 1))
            let point = (0..<count).map { _ in random.uniform(in: -0.5...2.5) }
            let best = partitions(count, most: most, kind).compactMap { square(point, $0, decisions) }.min()
            let grouping = ValueGrouping(name: "form", indices: Array(0..<count), kind: kind, most: most)
            guard let best else {
                impossible += 1
                #expect(throws: DecisionSpaceError.groupingImpossible(names: ["form"])) {
                    try DecisionSpace(decisions, groupings: [grouping])
                }
                let fewest = (1...count).first { fewer in
                    partitions(count, most: fewer, kind).contains { square(point, $0, decisions) != nil }
                }
                #expect(grouping.leastPossible(decisions) == fewest)
                continue
            }
            possible += 1
            let space = try DecisionSpace(decisions, groupings: [grouping])
            let nearest = space.project(point)
            #expect(square(point, nearest) <= best + 1e-9, "space \(number)")
            #expect(square(point, nearest) >= best - 1e-9, "space \(number): not in the union")
            #expect(zip(nearest, decisions).allSatisfy { $0 >= $1.lower && $0 <= $1.upper })
            #expect(space.project(nearest) == nearest && space.violation(of: nearest) == 0, "space \(number)")
            let parts = grouping.parts(at: nearest)
            #expect(partitions(count, most: most, kind).contains { Set($0) == Set(parts.map { $0.sorted() }) })
            let rounded = space.rounded(point)
            #expect(space.project(rounded) == rounded && grouping.holds(at: rounded))
        }
        #expect(possible > 100 && impossible > 10)
    }

    /// Where the exact programme would take too long, what comes out is admissible wherever anything is.
    @Test func nearbyLevelsAreAdmissible() {
        var random = SeededNumbers(seed: 512)
        var isNearest = 0
        for _ in 0..<300 {
            let count = random.whole(2...6)
            let decisions = decisions(count, &random)
            let most = random.whole(1...3)
            let point = (0..<count).map { _ in random.uniform(in: -0.5...2.5) }
            let partition = LevelPartition(point, decisions.map(\.lower), decisions.map(\.upper), most: most)
            let found = partition.nearby()
            let best = partitions(count, most: most, .levels).compactMap { square(point, $0, decisions) }.min()
            #expect((found == nil) == (best == nil))
            guard let found, let best else { continue }
            #expect(found.count <= most && found.joined().sorted() == Array(0..<count))
            let own = square(point, found, decisions)
            #expect(own != nil)
            if let own {
                #expect(own >= best - 1e-9)
                if own <= best + 1e-9 { isNearest += 1 }
            }
        }
        #expect(isNearest > 150)
    }

    /// Under caps the point is admissible, the nearest of its own partition, and its own nearest.
    @Test func capsHoldInTheNearestPartition() throws {
        var random = SeededNumbers(seed: 513)
        for number in 0..<120 {
            let count = random.whole(3...6)
            let kind: ValueGrouping.Kind = [.levels, .runs, .runsAround][number % 3]
            let decisions = (0..<count).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") }
            let weights = (0..<count).map { _ in random.uniform(in: 0.2...2) }
            let cap = LinearCap(
                name: "revenue", indices: Array(0..<count), coefficients: weights,
                maximum: weights.reduce(0, +) * random.uniform(in: 0.1...0.8))
            let grouping = ValueGrouping(name: "form", indices: Array(0..<count), kind: kind, most: random.whole(1...2))
            let space = try DecisionSpace(decisions, linearCaps: [cap], groupings: [grouping])
            let point = (0..<count).map { _ in random.uniform(in: -0.2...1.5) }
            let nearest = space.project(point)
            #expect(space.violation(of: nearest) <= 1e-11 && space.project(nearest) == nearest, "space \(number)")
            #expect(
                partitions(count, most: grouping.most, kind).contains { parts in
                    parts.allSatisfy { Set($0.map { nearest[$0] }).count == 1 }
                })
            // Nothing near with the same ones equal is nearer.
            let parts = grouping.parts(at: nearest)
            for _ in 0..<200 {
                var other = nearest
                for part in parts {
                    let value = min(max(nearest[part[0]] + random.uniform(in: -0.1...0.1), 0), 1)
                    for k in part { other[k] = value }
                }
                guard zip(other, weights).reduce(0, { $0 + $1.0 * $1.1 }) <= cap.maximum else { continue }
                #expect(square(point, other) >= square(point, nearest) - 1e-9, "space \(number)")
            }
        }
    }

    /// What is tied stays so in each part of the union, and rows hold.
    @Test(arguments: [ValueGrouping.Kind.levels, .runs, .runsAround])
    func tiesHoldInTheUnion(kind: ValueGrouping.Kind) throws {
        var random = SeededNumbers(seed: 515)
        for number in 0..<60 {
            let decisions = (0..<7).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") }
            let cap = LinearCap(name: "cap", indices: [0, 4, 6], coefficients: [1, 2, 1], maximum: 2)
            let space = try DecisionSpace(
                decisions, linearCaps: number % 2 == 0 ? [cap] : [], ties: [[4, 6]],
                groupings: [ValueGrouping(name: "form", indices: [0, 1, 2, 3], kind: kind, most: 2)])
            let nearest = space.project((0..<7).map { _ in random.uniform(in: -0.5...1.5) })
            for point in [nearest, space.rounded(nearest)] {
                #expect(point[4] == point[6] && Set(point[0...3]).count <= 2, "space \(number)")
                #expect(space.violation(of: point) <= 1e-11, "space \(number)")
            }
        }
    }

    /// Bounds that no tick meets are kept within: what is printed stands on the grid, with a form as without.
    @Test func aFormKeepsToTheGridWithinItsBounds() throws {
        let ticks = (0..<4).map { Decision(name: "d\($0)", lower: 0.123, upper: 0.987, unit: "1", tick: Tick(0.05)) }
        for groupings in [[], [ValueGrouping(name: "form", indices: [0, 1, 2, 3], kind: .levels, most: 2)]] {
            let space = try DecisionSpace(ticks, groupings: groupings)
            let rounded = space.rounded(space.project([0, 0.4, 2, 0.39]))
            for value in rounded {
                #expect(abs(value / 0.05 - (value / 0.05).rounded()) < 1e-9 && (0.123...0.987).contains(value))
            }
        }
    }

    /// Steps to other partitions stay admissible, and lead from any to all.
    @Test(arguments: [ValueGrouping.Kind.levels, .runs, .runsAround])
    func movesReachEveryPartition(kind: ValueGrouping.Kind) throws {
        let count = 5
        let decisions = (0..<count).map { Decision(name: "d\($0)", lower: 0, upper: 1, unit: "1") }
        let grouping = ValueGrouping(name: "form", indices: Array(0..<count), kind: kind, most: 3)
        let space = try DecisionSpace(decisions, groupings: [grouping])
        var random = SeededNumbers(seed: 514)
        var point = [Double](repeating: 0.5, count: count)
        var seen: Set<Set<[Int]>> = []
        let every = Set(partitions(count, most: 3, kind).map(Set.init))
        for _ in 0..<20_000 where seen != every {
            guard let lists = space.movedParts(at: point, pick: { random.whole(0...$0 - 1) }) else { continue }
            var all = lists.map { $0.sorted() }
            all += (0..<count).filter { k in !lists.joined().contains(k) }.map { [$0] }
            seen.insert(Set(all))
            for (number, part) in all.enumerated() { for k in part { point[k] = Double(number) / 8 } }
            #expect(grouping.holds(at: point))
        }
        #expect(seen == every)
    }
}
