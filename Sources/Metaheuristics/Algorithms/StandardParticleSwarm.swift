/// The standard particle swarm of 2011 (Clerc 2012), whose moves do not depend on the axes.
///
/// A particle at `x` with best point `p`, and `l` the best point among its informants:
///
///     P = x + c (p - x),  L = x + c (l - x),  G = (x + P + L) / 3        G = (x + P) / 2 where l is its own
///     x' uniform in direction and distance in the ball about G that touches x
///     v = w v + x' - x,  x = x + v,   w = 1 / (2 ln 2),  c = 1/2 + ln 2
///
/// Every particle informs itself and 3 drawn at random; they are drawn anew after an iteration that did not improve the
/// swarm's best. At a bound the velocity is reversed and halved.
public struct StandardParticleSwarm: Metaheuristic {
    static let inertia = 1 / (2 * logarithm(2))
    static let acceleration = 0.5 + logarithm(2)
    static let informed = 3

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var swarm: Swarm
    /// The informants of each particle, itself included.
    private var informants: [[Int]] = []
    private var generation: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        swarm = Swarm(positions: space.initialUnitPopulation(settings))
        for i in swarm.positions.indices {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, 0, UInt64(i)])
            swarm.velocities[i] = swarm.positions[i].map { stream.uniform() - $0 }
        }
    }

    private static let streamNumber: UInt64 = 0x5350_534F

    public mutating func ask() -> [[Double]] { swarm.positions.map(space.point) }

    public mutating func tell(_ values: [Double]) {
        let before = swarm.bestValues[swarm.leader]
        swarm.learn(values)
        generation += 1
        if informants.isEmpty || !(swarm.bestValues[swarm.leader] < before) { drawInformants() }
        for i in swarm.positions.indices {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, UInt64(i) + 1])
            move(i, &stream)
        }
    }

    private mutating func drawInformants() {
        let count = swarm.positions.count
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, 0])
        informants = (0..<count).map { [$0] }
        for i in 0..<count {
            for _ in 0..<Self.informed { informants[stream.index(below: count)].append(i) }
        }
    }

    private mutating func move(_ i: Int, _ stream: inout RandomStream) {
        let values = swarm.bestValues
        let guide = informants[i].reduce(i) { values[$1] < values[$0] ? $1 : $0 }
        let (x, own, best) = (swarm.positions[i], swarm.bestPositions[i], swarm.bestPositions[guide])
        let centre = x.indices.map { j in
            let toOwn = Self.acceleration * (own[j] - x[j])
            return guide == i ? x[j] + toOwn / 2 : x[j] + (toOwn + Self.acceleration * (best[j] - x[j])) / 3
        }
        let radius = zip(centre, x).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
        let direction = x.map { _ in stream.normal() }
        let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let reach = radius * stream.uniform() / length
        for j in x.indices {
            swarm.velocities[i][j] = Self.inertia * swarm.velocities[i][j] + centre[j] + reach * direction[j] - x[j]
        }
        swarm.advance(i)
    }
}
