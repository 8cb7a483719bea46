/// A point of the picture, in the units of the `viewBox`; y grows downwards.
struct PixelPoint: Equatable, Sendable {
    var x: Double
    var y: Double
}

/// An upright rectangle of the picture.
struct PixelBox: Equatable, Sendable {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var middle: PixelPoint { PixelPoint(x: (left + right) / 2, y: (top + bottom) / 2) }

    /// The place of two fractions, (0, 0) at the lower left corner as on a page of paper.
    func point(across: Double, up: Double) -> PixelPoint {
        PixelPoint(x: left + across * width, y: bottom - up * height)
    }
}
