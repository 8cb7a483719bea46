/// Compass search with restarts: along one coordinate at a time, the first better point is taken.
///
/// From step 0.25 of the box: the `2 D` directions in random order until one is better, then all again from there; if
/// none is better, the step is halved; below 1e-7 the search restarts at a random point. It asks for one point at a
/// time, so more workers do not make it faster.
public struct CompassSearch: Metaheuristic {
    static let firstStep = 0.25
    static let leastStep = 1e-7

    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var centre: [Double]
    private var centreValue = failedRank
    private var isFresh = true
    private var step = firstStep
    /// Directions of this round that have not been tried: `2 j` is down along coordinate `j`, `2 j + 1` up.
    private var directions: [Int] = []
    private var asked: [Double] = []
    private var draws: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
        centre = space.initialUnitPopulation(settings).first ?? []
    }

    private static let streamNumber: UInt64 = 0x434F4D

    private mutating func stream() -> RandomStream {
        draws += 1
        return RandomStream(seed: settings.seed, path: [Self.streamNumber, draws])
    }

    public mutating func ask() -> [[Double]] {
        asked = isFresh ? centre : nextNeighbour()
        return [space.point(atUnit: asked)]
    }

    private mutating func nextNeighbour() -> [Double] {
        while true {
            if directions.isEmpty { refill() }
            let direction = directions.removeLast()
            var point = centre
            let j = direction / 2
            point[j] = min(max(point[j] + (direction.isMultiple(of: 2) ? -step : step), 0), 1)
            // On a bound, no move leads outward; in a box with equal bounds no move exists, and the centre is asked
            // again.
            if point != centre || directions.isEmpty { return point }
        }
    }

    /// All directions, in a new order.
    private mutating func refill() {
        var stream = stream()
        directions = stream.permutation(2 * centre.count)
    }

    public mutating func tell(_ values: [Double]) {
        guard let value = values.first.map(ranked) else { return }
        if isFresh || value < centreValue {
            isFresh = false
            centre = asked
            centreValue = value
            directions = []
        } else if directions.isEmpty {
            step /= 2
            if step < Self.leastStep { restart() }
        }
    }

    private mutating func restart() {
        var stream = stream()
        centre = centre.map { _ in stream.uniform() }
        centreValue = failedRank
        isFresh = true
        step = Self.firstStep
    }
}
