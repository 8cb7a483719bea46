/// Names below a frame, each under the middle of its slot: side by side if they fit, otherwise all rotated by 45
/// degrees. Slots are never narrower than turned lines of text need, so a figure of very many categories becomes wider.
struct CategoryLabels {
    static let right = 16.0
    private static let leastSlot = 20.0
    private static let share = 0.5.squareRoot()

    let width: Double
    let left: Double
    private let names: [(shown: String, whole: String)]
    private let turned: Bool

    init(names: [String], left: Double, shape: FigureShape) {
        let count = Double(max(names.count, 1))
        let width = max(shape.width, left + Self.right + count * Self.leastSlot)
        let slot = (width - left - Self.right) / count
        turned = names.contains { TextMeasure.width($0) > slot - 8 }
        guard turned else {
            (self.names, self.left, self.width) = (names.map { ($0, $0) }, left, width)
            return
        }
        self.names = names.map { (TextMeasure.shortened($0, to: ChartLayout.longestLabel), $0) }
        // A rotated name reaches left of its slot, the first ones perhaps past the edge of the picture: the frame makes
        // room for `reach`, which is measured from the middle of a slot that lies at `part` of the frame.
        let needed = self.names.enumerated().map { i, name in
            let reach = TextMeasure.width(name.shown) * Self.share + ChartLayout.edge
            let part = (Double(i) + 0.5) / count
            return (reach - (width - Self.right) * part) / (1 - part)
        }
        self.left = max(left, needed.max() ?? left)
        self.width = max(width, self.left + Self.right + count * Self.leastSlot)
    }

    var slot: Double { (width - left - Self.right) / Double(max(names.count, 1)) }

    func middle(_ index: Int) -> Double { left + slot * (Double(index) + 0.5) }

    /// The room the names take below the frame.
    var depth: Double {
        guard turned else { return 26 }
        return 24 + (names.map { TextMeasure.width($0.shown) }.max() ?? 0) * Self.share
    }

    func draw(in document: inout Drawing, below area: PixelBox) {
        for (i, name) in names.enumerated() {
            let foot = PixelPoint(x: middle(i), y: area.bottom)
            document.line(from: foot, to: PixelPoint(x: foot.x, y: foot.y + 5), Paint(stroke: Ink.axis))
            let place = PixelPoint(x: turned ? foot.x + 4 : foot.x, y: foot.y + (turned ? 15 : 19))
            document.text(
                name.shown, at: place, anchor: turned ? .end : .middle, turn: turned ? -45 : 0, whole: name.whole)
        }
    }
}
