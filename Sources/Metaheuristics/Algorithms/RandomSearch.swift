/// Points drawn uniformly from the box: the baseline that every other algorithm has to beat.
public struct RandomSearch: Metaheuristic {
    private let space: SearchSpace
    private let settings: MetaheuristicSettings
    private var batch: UInt64 = 0

    public init(space: SearchSpace, settings: MetaheuristicSettings) {
        self.space = space
        self.settings = settings
    }

    public mutating func ask() -> [[Double]] {
        guard batch > 0 else { return space.initialPopulation(settings) }
        var stream = RandomStream(seed: settings.seed, path: [Self.streamNumber, batch])
        return (0..<settings.population).map { _ in space.randomPoint(&stream) }
    }

    public mutating func tell(_ values: [Double]) { batch += 1 }

    private static let streamNumber: UInt64 = 0x5253
}
