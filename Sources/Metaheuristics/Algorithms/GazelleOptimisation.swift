import Foundation

/// Gazelle optimisation algorithm (Agushaka, Ezugwu and Abualigah 2023), as in the authors' program.
///
/// An iteration evaluates the population twice. After the first sweep, for iteration `t` of `T`, with the best point
/// `E`, normal numbers `RB`, Levy numbers `RL` (Mantegna, index 1.5, scale 0.05), uniform `R` and `r`, all fresh for
/// each component:
///
///     CF = (1 - t/T)^(2t/T),  mu = -1 in even and +1 in odd iterations,  S = 0.88
///     r > 0.5       x + s * R * RB * (E - RB * x)             grazing
///     first half    x + S * mu * R * RL * (E - RL * x)        gazelles, Levy steps
///     second half   E + S * mu * CF * RB * (RL * E - x)       predator, Brownian steps
///
/// After the second sweep, with probability 0.34 components jump by `CF` times a random position, else all move by a
/// random multiple of the difference of two others. A slot whose new value is worse takes its remembered point back.
///
/// The grazing speed `s` is drawn once per run, so entire runs are good or bad by chance: never compare on few seeds.
/// Steps scale with the distance from coordinate zero. Here coordinates are the box mapped to [-1, 1], so that units do
/// not matter; zero is then the centre of the box, which favours problems with their optimum there.
///
/// With ``Centre/herd`` every `x` and `E` inside the brackets is taken from the mean of the herd instead of from zero.
/// That makes the moves equivariant to translation and removes the centre bias; it is a modification of this package
/// and has its own name, `goa-t`.
///
/// An iteration makes exactly `2 * population` evaluations, and `T` follows from the budget: the convergence curve at
/// an earlier number of evaluations is not the result of a smaller budget.
public struct GazelleOptimisation: Metaheuristic {
    /// The place that steps are measured from.
    public enum Centre: String, Sendable, Codable {
        /// The centre of the box: coordinate zero of the authors' program on a symmetric box.
        case box
        /// The mean of the population.
        case herd
    }

    static let predatorSuccess = 0.34
    static let topSpeed = 0.88
    static let levyIndex = 1.5
    static let levyScale = 0.05

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private let centre: Centre
    private let iterations: Int
    /// `s`, uniform in `0 ..< 1`, drawn once per run.
    public let grazingSpeed: Double
    private var sweep = 0
    /// In [-1, 1] coordinates.
    private var herd: [[Double]]
    private var memory: [[Double]] = []
    private var memoryValues: [Double] = []
    private var best: [Double] = []
    private var bestValue = failedRank

    public init(space: SearchSpace, settings: MetaheuristicSettings, centre: Centre = .box) {
        self.space = space
        self.settings = settings
        self.centre = centre
        iterations = max(1, settings.evaluations / (2 * settings.population))
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber])
        grazingSpeed = stream.uniform()
        herd = space.initialUnitPopulation(settings).map { $0.map { 2 * $0 - 1 } }
    }

    private static let streamNumber: UInt64 = 0x474F41

    public mutating func ask() -> [[Double]] {
        for i in herd.indices { herd[i] = herd[i].map { min(max($0, -1), 1) } }
        return herd.map { space.point(atUnit: $0.map { ($0 + 1) / 2 }) }
    }

    public mutating func tell(_ told: [Double]) {
        let values = told.map(ranked)
        for (i, value) in values.enumerated() where value < bestValue || best.isEmpty {
            bestValue = value
            best = herd[i]
        }
        remember(values)
        let iteration = sweep / 2
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, UInt64(sweep) + 1])
        if sweep.isMultiple(of: 2) {
            move(iteration, &stream)
        } else {
            escape(iteration, &stream)
        }
        sweep += 1
    }

    /// In the first iteration the memory is overwritten by both sweeps, as in the authors' program.
    private mutating func remember(_ values: [Double]) {
        for i in values.indices {
            if sweep >= 2, memoryValues[i] < values[i] {
                herd[i] = memory[i]
            } else if i < memory.count {
                memory[i] = herd[i]
                memoryValues[i] = values[i]
            } else {
                memory.append(herd[i])
                memoryValues.append(values[i])
            }
        }
    }

    /// 1 at the start, falling to 0 at the end.
    private func cumulativeEffect(_ iteration: Int) -> Double {
        let progress = Double(iteration) / Double(iterations)
        return pow(max(0, 1 - progress), 2 * progress)
    }

    private mutating func move(_ iteration: Int, _ stream: inout RandomStream) {
        let effect = cumulativeEffect(iteration)
        let direction = iteration.isMultiple(of: 2) ? -1.0 : 1.0
        let origin = best.indices.map { j in
            centre == .herd ? herd.reduce(0) { $0 + $1[j] } / Double(herd.count) : 0
        }
        for i in herd.indices {
            for j in herd[i].indices {
                let levy = Self.levyScale * Self.levy(&stream)
                let brownian = stream.normal()
                let (uniform, coin) = (stream.uniform(), stream.uniform())
                let (x, elite) = (herd[i][j] - origin[j], best[j] - origin[j])
                if coin > 0.5 {
                    herd[i][j] += grazingSpeed * uniform * brownian * (elite - brownian * x)
                } else if i < herd.count / 2 {
                    herd[i][j] += Self.topSpeed * direction * uniform * levy * (elite - levy * x)
                } else {
                    herd[i][j] = best[j] + Self.topSpeed * direction * effect * brownian * (levy * elite - x)
                }
            }
        }
    }

    private mutating func escape(_ iteration: Int, _ stream: inout RandomStream) {
        if stream.uniform() < Self.predatorSuccess {
            let effect = cumulativeEffect(iteration)
            for i in herd.indices {
                for j in herd[i].indices {
                    let position = 2 * stream.uniform() - 1
                    if stream.uniform() < Self.predatorSuccess { herd[i][j] += effect * position }
                }
            }
        } else {
            let q = stream.uniform()
            let factor = Self.predatorSuccess * (1 - q) + q
            let (a, b) = (stream.permutation(herd.count), stream.permutation(herd.count))
            let before = herd
            for i in herd.indices {
                for j in herd[i].indices { herd[i][j] += factor * (before[a[i]][j] - before[b[i]][j]) }
            }
        }
    }

    /// A Levy-distributed number by Mantegna's method: `N(0, sigma) / |N(0, 1)|^(1 / beta)`.
    private static func levy(_ stream: inout RandomStream) -> Double {
        levySigma * stream.normal() / pow(abs(stream.normal()), 1 / levyIndex)
    }

    private static let levySigma: Double = {
        let beta = levyIndex
        let top = tgamma(1 + beta) * sin(.pi * beta / 2)
        let bottom = tgamma((1 + beta) / 2) * beta * pow(2, (beta - 1) / 2)
        return pow(top / bottom, 1 / beta)
    }()
}
