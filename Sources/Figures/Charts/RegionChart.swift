import Writing

/// Points inside the regions that contain them, such as the operating points of a unit in its feasible region.
public struct RegionChart: LookedFigure, Equatable {
    public struct Point: Sendable, Equatable {
        public var x: Double
        public var y: Double

        public init(x: Double, y: Double) {
            self.x = x
            self.y = y
        }
    }
    public struct Region: Sendable, Equatable {
        public var name: String
        /// In order around the region; two are the ends of a line.
        public var corners: [Point]

        public init(_ name: String, corners: [Point]) {
            self.name = name
            self.corners = corners
        }
    }
    public struct Cloud: Sendable, Equatable {
        public var name: String
        public var points: [Point]

        /// Whose colour it has.
        public var owner: SeriesOwner?

        public init(_ name: String, points: [Point], owner: SeriesOwner? = nil) {
            self.name = name
            self.points = points
            self.owner = owner
        }
    }

    public var title: String
    public var x: Axis
    public var y: Axis
    public var regions: [Region]
    public var clouds: [Cloud]
    public var shape: FigureShape
    var looks = SeriesLooks()

    public init(
        title: String, x: Axis, y: Axis, regions: [Region], clouds: [Cloud], shape: FigureShape = .wide
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.regions = regions
        self.clouds = clouds
        self.shape = shape
    }

    public func table() -> FigureTable {
        func rows(_ kind: String, _ name: String, _ places: [Point]) -> [[String]] {
            places.map { [kind, name, NumberText.csv($0.x), NumberText.csv($0.y)] }
        }
        return FigureTable(
            header: ["kind", "name", x.label, y.label],
            rows: regions.flatMap { rows("corner", $0.name, $0.corners) }
                + clouds.flatMap { rows("point", $0.name, $0.points) })
    }

    public func drawing() -> Drawing {
        let all = regions.flatMap(\.corners) + clouds.flatMap(\.points)
        let across = AxisScale(x, values: [0] + all.map(\.x))
        let up = AxisScale(y, values: [0] + all.map(\.y))
        func edge(_ k: Int) -> Paint { Paint(stroke: Ink.axis, width: 1.6, dash: SeriesStyle.dashes[k % 4]) }
        let legend = Legend(
            regions.enumerated().map { .init(name: $1.name, sample: .stroke(edge($0))) }
                + clouds.enumerated().map { .init(name: $1.name, sample: .marker(looks.line($0))) }, shape: shape)
        let frame = ChartFrame(
            title: title, across: across, up: up, x: x.label, y: y.label, legend: legend, shape: shape)
        return frame.drawing(title: title, description: description) { document in
            func places(_ places: [Point]) -> [PixelPoint] {
                places.compactMap { frame.place($0.x, $0.y) }
            }
            document.group("regions") { document in
                for (k, region) in regions.enumerated() {
                    let corners = places(region.corners)
                    let shown = PixelPath.clippedArea(corners, to: frame.area)
                    guard let first = shown.first else { continue }
                    if shown.count > 2 { document.polygon(shown, Paint(opacity: 0.25, fill: "#88CCEE")) }
                    document.polyline(shown + [first], edge(k))
                }
            }
            document.group("points") { document in
                for (k, cloud) in clouds.enumerated() {
                    for point in places(cloud.points) where PixelPath.contains(frame.area, point) {
                        document.marker(looks.line(k), at: point)
                    }
                }
            }
        }
    }

    public var owners: [SeriesOwner?] { clouds.map(\.owner) }

    private var description: String {
        "Regions of \(x.label) and \(y.label) with points in them. "
            + regions.map { "\($0.name): \($0.corners.count) corners. " }.joined()
            + clouds.map { "\($0.name): \($0.points.count) points." }.joined(separator: " ")
    }
}
