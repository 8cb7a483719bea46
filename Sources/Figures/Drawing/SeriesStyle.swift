import Foundation

/// The colours that do not distinguish series.
enum Ink {
    static let text = "#222222"
    static let axis = "#444444"
    static let grid = "#dddddd"
}

enum Marker: CaseIterable { case circle, square, triangle, diamond, fallingTriangle }

/// The style of a series, by its position in the chart.
///
/// Colours are the seven darker ones of Paul Tol's "muted" scheme, which are distinguishable with any of the common
/// colour deficiencies and which are dark enough for thin lines on white. Four dash patterns and five markers are
/// combined with the seven colours. Since 7, 4 and 5 have no common divisor, the first 20 series differ in dash or
/// marker even when printed in grey, and 140 in all.
struct SeriesStyle: Equatable {
    let colour: String
    let dash: [Double]
    let marker: Marker

    init(_ index: Int) {
        colour = Self.colours[index % Self.colours.count]
        dash = Self.dashes[index % Self.dashes.count]
        marker = Marker.allCases[index % Marker.allCases.count]
    }

    /// Of an owner's series, of which `repeated` of the same owner come before it in the figure. Its dashes are those
    /// of its place there, so that a line that is alone is unbroken.
    init(_ look: OwnerLook, place: Int, repeated: Int) {
        colour = look.colour
        dash = Self.dashes[place % Self.dashes.count]
        marker = Marker.allCases[(look.index + repeated) % Marker.allCases.count]
    }

    static func colour(_ index: Int) -> String { colours[index % colours.count] }

    // Neighbours in this order are far apart in lightness.
    static let colours = ["#332288", "#CC6677", "#117733", "#999933", "#882255", "#44AA99", "#AA4499"]
    static let dashes: [[Double]] = [[], [8, 4], [2.5, 3], [10, 3, 2.5, 3]]

    var line: Paint { Paint(stroke: colour, width: 2, dash: dash) }
    var area: Paint { Paint(stroke: colour, width: 1, opacity: 0.18, fill: colour) }
}

extension Drawing {
    /// A marker with a white rim, so that it stands out from lines that pass beneath.
    mutating func marker(_ style: SeriesStyle, at middle: PixelPoint) {
        let paint = Paint(stroke: "#ffffff", width: 0.8, fill: style.colour)
        func corners(_ steps: [(Double, Double)]) -> [PixelPoint] {
            steps.map { PixelPoint(x: middle.x + $0.0, y: middle.y + $0.1) }
        }
        switch style.marker {
        case .circle: circle(at: middle, radius: 4, paint)
        case .square: polygon(corners([(-3.6, -3.6), (3.6, -3.6), (3.6, 3.6), (-3.6, 3.6)]), paint)
        case .triangle: polygon(corners([(0, -4.8), (4.6, 3.4), (-4.6, 3.4)]), paint)
        case .diamond: polygon(corners([(0, -5.2), (5.2, 0), (0, 5.2), (-5.2, 0)]), paint)
        case .fallingTriangle: polygon(corners([(0, 4.8), (4.6, -3.4), (-4.6, -3.4)]), paint)
        }
    }
}
