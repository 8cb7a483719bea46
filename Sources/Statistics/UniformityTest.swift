/// Kolmogorov's test whether a sample is uniform on `[0, 1]`.
public struct UniformityTest: Sendable, Equatable {
    /// Largest distance between the sample's distribution and the uniform one.
    public let statistic: Double
    public let pValue: Double

    public init(_ sample: [Double]) {
        let sorted = sample.sorted()
        let n = Double(sorted.count)
        statistic = sorted.enumerated().reduce(0) { largest, item in
            max(largest, Double(item.offset + 1) / n - item.element, item.element - Double(item.offset) / n)
        }
        pValue = sorted.isEmpty ? 1 : kolmogorovTail(statistic, count: sorted.count)
    }
}
