/// One series in pixels.
struct SeriesPath {
    private let style: SeriesStyle
    private let number: Int
    private let form: LineSeries.Form
    private let area: PixelBox
    /// Unbroken stretches of the line, before anything is cut off.
    private let runs: [[PixelPoint]]
    private let bands: [[(lower: PixelPoint, upper: PixelPoint)]]

    init(
        _ series: LineSeries, style: SeriesStyle, number: Int, across: AxisScale, up: AxisScale, area: PixelBox
    ) {
        func place(_ x: Double, _ y: Double?) -> PixelPoint? {
            guard let y, let xFraction = across.fraction(x), let yFraction = up.fraction(y) else { return nil }
            // Beyond a thousand frame sizes everything is cut off anyway; within, the arithmetic of the cutting is
            // exact enough.
            return area.point(across: min(max(xFraction, -1000), 1000), up: min(max(yFraction, -1000), 1000))
        }
        self.style = style
        self.number = number
        self.area = area
        form = series.form
        runs = Self.unbroken(series.points.map { place($0.x, $0.y) })
        bands = Self.unbroken(
            series.points.map { point in
                guard let lower = place(point.x, point.lower), let upper = place(point.x, point.upper) else {
                    return nil
                }
                return (lower, upper)
            })
    }

    func drawBand(in document: inout Drawing) {
        for band in bands {
            let corners = path(band.map(\.lower)) + path(band.map(\.upper)).reversed()
            let shown = PixelPath.clippedArea(corners, to: area)
            if !shown.isEmpty { document.polygon(shown, style.area) }
        }
    }

    func drawLine(in document: inout Drawing) {
        for run in runs {
            for piece in PixelPath.clipped(path(run), to: area) where piece.count > 1 {
                document.polyline(piece, style.line)
            }
        }
    }

    /// Every point of a short series; of a long one a few spread over the frame, at different places for each series,
    /// so that curves that coincide do not hide each other's markers. A point without neighbours always has one.
    func drawMarkers(in document: inout Drawing) {
        let alone = runs.filter { $0.count == 1 }.joined().filter { PixelPath.contains(area, $0) }
        var points = runs.filter { $0.count > 1 }.joined().filter { PixelPath.contains(area, $0) }
        if points.count > 10 {
            let spacing = area.width / 7
            let shift = (Double(number) * 0.381_966).truncatingRemainder(dividingBy: 1)
            var next = area.left + shift * spacing
            points = points.filter { point in
                guard point.x >= next else { return false }
                while next <= point.x { next += spacing }
                return true
            }
        }
        for point in alone + points { document.marker(style, at: point) }
    }

    private func path(_ line: [PixelPoint]) -> [PixelPoint] {
        PixelPath.thinned(form == .steps ? PixelPath.steps(line) : line)
    }

    private static func unbroken<Element>(_ elements: [Element?]) -> [[Element]] {
        elements.split { $0 == nil }.map { $0.compactMap(\.self) }
    }
}
