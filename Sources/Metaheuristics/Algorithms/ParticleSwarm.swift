/// Particle swarm with constriction and one global best (Clerc and Kennedy 2002).
///
/// For a particle at `x` with velocity `v` and best point `p`, the swarm's best `g`, and uniform `R1`, `R2` drawn anew
/// for every component:
///
///     v = w v + c R1 (p - x) + c R2 (g - x),   w = 0.72984,  c = 1.49618
///     x = x + v
///
/// `w` and `c` are the constriction 0.72984 with both accelerations 2.05. A speed is at most the width of the box. `g`
/// stays while a generation moves. A component that leaves the box is put on the bound, and its velocity reversed and
/// halved: with velocity zero it could never leave the bound again.
public struct ParticleSwarm: Metaheuristic {
    static let inertia = 0.72984
    static let acceleration = 1.49618

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var swarm: Swarm
    private var generation: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        swarm = Swarm(positions: space.initialUnitPopulation(settings))
        for i in swarm.positions.indices {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, 0, UInt64(i)])
            swarm.velocities[i] = swarm.positions[i].map { (stream.uniform() - $0) / 2 }
        }
    }

    private static let streamNumber: UInt64 = 0x50534F

    public mutating func ask() -> [[Double]] { swarm.positions.map(space.point) }

    public mutating func tell(_ values: [Double]) {
        swarm.learn(values)
        generation += 1
        let leader = swarm.bestPositions[swarm.leader]
        for i in swarm.positions.indices {
            var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, generation, UInt64(i)])
            for j in leader.indices {
                let x = swarm.positions[i][j]
                let own = Self.acceleration * stream.uniform() * (swarm.bestPositions[i][j] - x)
                let shared = Self.acceleration * stream.uniform() * (leader[j] - x)
                swarm.velocities[i][j] = min(max(Self.inertia * swarm.velocities[i][j] + own + shared, -1), 1)
            }
            swarm.advance(i)
        }
    }
}

/// Particles in the unit cube, each with its best point so far.
struct Swarm: Codable, Sendable {
    var positions: [[Double]]
    var velocities: [[Double]]
    private(set) var bestPositions: [[Double]]
    private(set) var bestValues: [Double]

    init(positions: [[Double]]) {
        self.positions = positions
        velocities = positions.map { $0.map { _ in 0 } }
        bestPositions = positions
        bestValues = positions.map { _ in failedRank }
    }

    /// The particle with the best point; of equals, the first.
    var leader: Int { bestFirst(bestValues)[0] }

    /// Takes values of the first particles; equal values keep the old best.
    mutating func learn(_ values: [Double]) {
        for (i, value) in values.map(ranked).enumerated() where value < bestValues[i] {
            bestValues[i] = value
            bestPositions[i] = positions[i]
        }
    }

    /// Moves a particle by its velocity; at a bound, the velocity is reversed and halved.
    mutating func advance(_ i: Int) {
        for j in positions[i].indices {
            let moved = positions[i][j] + velocities[i][j]
            positions[i][j] = min(max(moved, 0), 1)
            if moved != positions[i][j] { velocities[i][j] *= -0.5 }
        }
    }
}
