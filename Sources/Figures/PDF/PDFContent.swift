import Foundation

/// The marks on a page of PDF, in the operators of its content streams (ISO 32000-1, 8 and 9).
struct PDFContent {
    /// Points a pixel.
    static let point = 0.75

    private(set) var text: String
    /// In the order in which they first come: `A0`, `A1`, ….
    private(set) var opacities: [Double] = []
    private(set) var missing: Set<Character> = []

    /// White paper, and an axis that runs downwards as that of pixels does.
    init(width: Double, height: Double) {
        let scale = SVGText.number(Self.point)
        text =
            "\(scale) 0 0 -\(scale) 0 \(SVGText.number(height * Self.point)) cm\n"
            + "1 1 1 rg 0 0 \(SVGText.number(width)) \(SVGText.number(height)) re f\n"
    }

    mutating func draw(_ element: Drawing.Element) {
        switch element {
        case .open, .close: return
        case .line(let start, let end, let paint): shape(Self.path([start, end]), paint)
        case .polyline(let points, let paint): shape(Self.path(points), paint, isRound: true)
        case .polygon(let points, let paint): shape(Self.path(points) + "h ", paint)
        case .segments(let lines, let paint): shape(lines.map(Self.path).joined(), paint)
        case .rectangle(let box, _, let paint):
            shape([box.left, box.top, box.width, box.height].map { SVGText.number($0) + " " }.joined() + "re ", paint)
        case .circle(let middle, let radius, let paint): shape(Self.circle(middle, radius), paint)
        case .text(let label): write(label)
        }
    }

    // MARK: Shapes

    private mutating func shape(_ path: String, _ paint: Paint, isRound: Bool = false) {
        let painting =
            switch (paint.fill, paint.stroke) {
            case (nil, nil): "n"
            case (nil, _): "S"
            case (_, nil): "f"
            default: "B"
            }
        var line = "q "
        if paint.opacity < 1 { line += "/A\(state(paint.opacity)) gs " }
        if let fill = paint.fill { line += Self.colour(fill) + "rg " }
        if let stroke = paint.stroke { line += Self.colour(stroke) + "RG \(SVGText.number(paint.width)) w " }
        if !paint.dash.isEmpty { line += "[\(paint.dash.map { SVGText.number($0) }.joined(separator: " "))] 0 d " }
        if isRound { line += "1 j " }
        text += line + path + painting + " Q\n"
    }

    private mutating func state(_ opacity: Double) -> Int {
        if let known = opacities.firstIndex(of: opacity) { return known }
        opacities.append(opacity)
        return opacities.count - 1
    }

    private static func path(_ points: [PixelPoint]) -> String {
        points.enumerated().map { k, point in "\(pair(point)) \(k == 0 ? "m" : "l") " }.joined()
    }

    /// Four curves; the handles are as long as makes each nearest to a quarter of a circle.
    private static func circle(_ middle: PixelPoint, _ radius: Double) -> String {
        let handle = radius * 0.552285
        func at(_ x: Double, _ y: Double) -> String { pair(PixelPoint(x: middle.x + x, y: middle.y + y)) }
        var path = at(radius, 0) + " m "
        var (x, y) = (1.0, 0.0)
        for _ in 0..<4 {
            // A quarter turn from (x, y) leads to (-y, x).
            path += at(radius * x - handle * y, radius * y + handle * x) + " "
            path += at(-radius * y + handle * x, radius * x + handle * y) + " "
            path += at(-radius * y, radius * x) + " c "
            (x, y) = (-y, x)
        }
        return path + "h "
    }

    // MARK: Text

    private mutating func write(_ label: Drawing.Label) {
        let runs = Helvetica.runs(label.string)
        missing.formUnion(Helvetica.missing(label.string))
        let width = runs.reduce(0) { $0 + $1.width } * label.size
        let back: Double =
            switch label.anchor {
            case .start: 0
            case .middle: width / 2
            case .end: width
            }
        let (sine, cosine) = (sin(label.turn * .pi / 180), cos(label.turn * .pi / 180))
        let place = PixelPoint(x: label.place.x - back * cosine, y: label.place.y - back * sine)
        // The axis runs downwards, letters upwards.
        let matrix = [cosine, sine, sine, -cosine].map { SVGText.number($0, decimals: 5) }.joined(separator: " ")
        text += "BT \(Self.colour(Ink.text))rg \(matrix) \(Self.pair(place)) Tm "
        for run in runs {
            text += "/F \(SVGText.number(label.size * run.size)) Tf \(SVGText.number(label.size * run.rise)) Ts "
            text += "(\(run.bytes.map(Self.escaped).joined())) Tj "
        }
        text += "ET\n"
    }

    private static func escaped(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "\\"): "\\" + String(UnicodeScalar(byte))
        case 32..<127: String(UnicodeScalar(byte))
        default: "\\" + [byte / 64, byte / 8 % 8, byte % 8].map { "\($0)" }.joined()
        }
    }

    /// A text of the file's description, in Unicode.
    static func note(_ text: String) -> String {
        let units = Array(text.utf16)
        if units.allSatisfy({ (32..<127).contains($0) }) {
            return "(" + units.map { escaped(UInt8($0)) }.joined() + ")"
        }
        func hexadecimal(_ unit: UInt16) -> String {
            let digits = String(unit, radix: 16, uppercase: true)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        return "<FEFF" + units.map(hexadecimal).joined() + ">"
    }

    // MARK: Numbers

    private static func pair(_ point: PixelPoint) -> String { "\(SVGText.number(point.x)) \(SVGText.number(point.y))" }

    /// `#RRGGBB` as three shares and a blank.
    private static func colour(_ text: String) -> String {
        (PageLooks.components(text) ?? [0, 0, 0]).map { SVGText.number($0 / 255, decimals: 4) + " " }.joined()
    }
}
