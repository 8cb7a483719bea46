/// What an axis measures and how it is divided.
public struct Axis: Sendable, Equatable {
    public enum Scale: String, Sendable { case linear, logarithmic }

    /// The quantity, with its unit if it has one: `cost [CNY]`.
    public var label: String
    public var scale: Scale
    /// The ends of the axis; by default as far as the data go, rounded outwards. Lines that leave it are cut at the frame.
    public var range: ClosedRange<Double>?
    /// Ticks stand at multiples of this, or where they would be too many of its double, its fourfold, …: hours of a day in threes. By
    /// default at round numbers.
    public var spacing: Double?

    public init(
        _ label: String, _ scale: Scale = .linear, range: ClosedRange<Double>? = nil, spacing: Double? = nil
    ) {
        self.label = label
        self.scale = scale
        self.range = range
        self.spacing = spacing
    }
}
