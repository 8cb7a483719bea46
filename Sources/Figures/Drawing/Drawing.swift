/// How a shape is painted. Without a stroke there is no outline, without a fill it is hollow.
struct Paint: Equatable {
    var stroke: String?
    var width = 1.0
    /// Lengths of dash and gap in turn; empty for an unbroken line.
    var dash: [Double] = []
    var opacity = 1.0
    var fill: String?
}

enum TextAnchor: String { case start, middle, end }

/// A picture: shapes in the order in which they are drawn, to be written as SVG (``svg``) or as PDF (``pdf``).
public struct Drawing {
    enum Element {
        /// A group with a class, by which a style sheet or a test can find it; `close` ends it.
        case open(String)
        case close
        case line(PixelPoint, PixelPoint, Paint)
        case polyline([PixelPoint], Paint)
        case polygon([PixelPoint], Paint)
        /// Many short lines as one shape.
        case segments([[PixelPoint]], Paint)
        case rectangle(PixelBox, name: String?, Paint)
        case circle(PixelPoint, radius: Double, Paint)
        case text(Label)
    }

    /// A line of text.
    struct Label {
        let string: String
        /// Of the baseline, at the end that `anchor` names.
        let place: PixelPoint
        let size: Double
        let anchor: TextAnchor
        /// Degrees clockwise around `place`.
        let turn: Double
        /// The unshortened text, shown when the pointer rests on it and read to those who cannot see it.
        let whole: String?
    }

    let width: Double
    let height: Double
    let title: String
    let description: String
    private(set) var elements: [Element] = []

    init(width: Double, height: Double, title: String, description: String) {
        self.width = width
        self.height = height
        self.title = title
        self.description = description
    }

    /// Puts what `content` draws into one group.
    mutating func group(_ name: String, _ content: (inout Drawing) -> Void) {
        elements.append(.open(name))
        content(&self)
        elements.append(.close)
    }

    mutating func line(from start: PixelPoint, to end: PixelPoint, _ paint: Paint) {
        elements.append(.line(start, end, paint))
    }

    mutating func polyline(_ points: [PixelPoint], _ paint: Paint) { elements.append(.polyline(points, paint)) }

    mutating func polygon(_ points: [PixelPoint], _ paint: Paint) { elements.append(.polygon(points, paint)) }

    mutating func segments(_ lines: [[PixelPoint]], _ paint: Paint) { elements.append(.segments(lines, paint)) }

    mutating func rectangle(_ box: PixelBox, name: String? = nil, _ paint: Paint) {
        elements.append(.rectangle(box, name: name, paint))
    }

    mutating func circle(at middle: PixelPoint, radius: Double, _ paint: Paint) {
        elements.append(.circle(middle, radius: radius, paint))
    }

    /// - Parameters:
    ///   - place: of the baseline, at the end that `anchor` names.
    ///   - turn: degrees clockwise around `place`.
    ///   - whole: the unshortened text.
    mutating func text(
        _ string: String, at place: PixelPoint, size: Double = TextMeasure.small, anchor: TextAnchor = .start,
        turn: Double = 0, whole: String? = nil
    ) {
        elements.append(
            .text(Label(string: string, place: place, size: size, anchor: anchor, turn: turn, whole: whole)))
    }
}
