/// Wind driven optimisation (Bayraktar, Komurcu, Bossard and Werner 2013), as in the author's program.
///
/// Air parcels have `[-1, 1]` coordinates in the box. Sorted by value, the parcel of rank `i` (1 is best) moves by
///
///     v = (1 - a) v  -  g x  +  |1 - 1/i| RT (best - x)  +  c o / i,    RT = 3, g = 0.2, a = 0.4, c = 0.4
///
/// friction, gravity, pressure gradient and Coriolis force; `o` is its velocity with components permuted at random,
/// anew for each parcel and iteration. Speeds are cut at 0.3 and positions at the box; all parcels move, even to worse
/// points, and the best point so far is stored separately.
///
/// Gravity pulls to the centre of the box. A parcel at rest is at `RT(1 - 1/i) / (RT(1 - 1/i) + g)` of the way from the
/// centre to the best point, whatever the values are: an optimum at the centre is easy to find, and the swarm cannot
/// settle at any other. Without gravity (`wdo-g0`) that bias is gone; but it converges too early, so it is no better on
/// pricing games.
public struct WindDrivenOptimisation: Metaheuristic {
    static let pressure = 3.0
    static let friction = 0.4
    static let coriolis = 0.4
    static let topSpeed = 0.3

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private let gravity: Double
    private var positions: [[Double]]
    private var velocities: [[Double]]
    private var best: [Double] = []
    private var bestValue = failedRank
    private var generation: UInt64 = 0

    /// - Parameter gravity: pull to the centre of the box; 0.2 as published.
    public init(space: SearchSpace, settings: MetaheuristicSettings, gravity: Double = 0.2) {
        self.space = space
        self.settings = settings
        self.gravity = gravity
        positions = space.initialUnitPopulation(settings).map { $0.map { 2 * $0 - 1 } }
        velocities = positions.indices.map { i in
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, 0, UInt64(i)])
            return (0..<space.dimension).map { _ in Self.topSpeed * (2 * stream.uniform() - 1) }
        }
    }

    private static let streamNumber: UInt64 = 0x57444F

    public mutating func ask() -> [[Double]] { positions.map { space.point(atUnit: $0.map { ($0 + 1) / 2 }) } }

    public mutating func tell(_ told: [Double]) {
        // If the budget cut the batch short, nothing more will be asked.
        guard told.count == positions.count else { return }
        let values = told.map(ranked)
        let order = bestFirst(values)
        if best.isEmpty || values[order[0]] < bestValue {
            bestValue = values[order[0]]
            best = positions[order[0]]
        }
        positions = order.map { positions[$0] }
        velocities = order.map { velocities[$0] }
        generation += 1
        for i in positions.indices {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, UInt64(i)])
            move(i, &stream)
        }
    }

    private mutating func move(_ i: Int, _ stream: inout RandomStream) {
        let rank = Double(i + 1)
        let swapped = stream.permutation(best.count)
        let before = velocities[i]
        for j in best.indices {
            let x = positions[i][j]
            let gradient = (1 - 1 / rank) * Self.pressure * (best[j] - x)
            let velocity =
                (1 - Self.friction) * before[j] - gravity * x + gradient + Self.coriolis * before[swapped[j]] / rank
            velocities[i][j] = min(max(velocity, -Self.topSpeed), Self.topSpeed)
            positions[i][j] = min(max(x + velocities[i][j], -1), 1)
        }
    }
}
