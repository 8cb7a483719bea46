/// All distances between points, each computed once.
struct DistanceMatrix {
    let count: Int
    /// Row by row, symmetric.
    private let values: [Double]

    init(_ vectors: [[Double]], _ metric: ScenarioMetric) {
        let count = vectors.count
        let points = vectors.map(metric.scaled)
        self.count = count
        values = [Double](unsafeUninitializedCapacity: count * count) { buffer, used in
            for i in 0..<count {
                buffer[i * count + i] = 0
                for j in 0..<i {
                    let distance = metric.distanceOfScaled(points[i], points[j])
                    buffer[i * count + j] = distance
                    buffer[j * count + i] = distance
                }
            }
            used = count * count
        }
    }

    subscript(_ i: Int, _ j: Int) -> Double { values[i * count + j] }

    /// The distances from one point to all.
    func withRow<Result>(_ i: Int, _ body: (UnsafeBufferPointer<Double>) -> Result) -> Result {
        values.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[i * count..<(i + 1) * count])) }
    }
}
