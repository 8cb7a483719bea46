/// One curve of a chart.
public struct LineSeries: Sendable, Equatable {
    /// A value at a position, with the ends of a band around it if it has one.
    public struct Point: Sendable, Equatable {
        public var x: Double
        public var y: Double
        public var lower: Double?
        public var upper: Double?

        public init(x: Double, y: Double, lower: Double? = nil, upper: Double? = nil) {
            self.x = x
            self.y = y
            self.lower = lower
            self.upper = upper
        }
    }

    public enum Form: String, Sendable {
        case straight
        /// Each value holds until the next place.
        case steps
    }

    public var name: String
    /// In the order in which the line runs. It is broken where a number is infinite or not a number.
    public var points: [Point]
    public var form: Form
    /// Whose colour it has.
    public var owner: SeriesOwner?

    public init(_ name: String, points: [Point], form: Form = .straight, owner: SeriesOwner? = nil) {
        self.name = name
        self.points = points
        self.form = form
        self.owner = owner
    }

    public init(
        _ name: String, _ points: [(x: Double, y: Double)], form: Form = .straight, owner: SeriesOwner? = nil
    ) {
        self.init(name, points: points.map { Point(x: $0.x, y: $0.y) }, form: form, owner: owner)
    }
}
