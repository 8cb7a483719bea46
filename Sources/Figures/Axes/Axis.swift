/// What an axis measures and how it is divided.
public struct Axis: Sendable, Equatable {
    public enum Scale: String, Sendable { case linear, logarithmic }

    /// The quantity, with its unit if it has one: `cost [CNY]`.
    public var label: String
    public var scale: Scale
    /// The ends of the axis; by default the range of the data, rounded outwards. Lines that leave it are cut at the
    /// frame.
    public var range: ClosedRange<Double>?
    /// Ticks are at multiples of this, such as 3 for hours of a day; if those are too many, at multiples of its double,
    /// its fourfold, …. By default at round numbers.
    public var spacing: Double?
    /// Where its numbers are hours: the clock by which they are labelled, with hours of the day or with dates.
    public var clock: AxisClock?

    public init(
        _ label: String, _ scale: Scale = .linear, range: ClosedRange<Double>? = nil, spacing: Double? = nil,
        clock: AxisClock? = nil
    ) {
        self.label = label
        self.scale = scale
        self.range = range
        self.spacing = spacing
        self.clock = clock
    }
}
