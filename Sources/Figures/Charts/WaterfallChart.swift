import Writing

/// Amounts one after the other, each bar beginning where the one above it ended, and their sum at the bottom.
public struct WaterfallChart: Figure, Equatable {
    public struct Item: Sendable, Equatable {
        public var name: String
        public var amount: Double

        public init(_ name: String, _ amount: Double) {
            self.name = name
            self.amount = amount
        }
    }

    public var title: String
    /// The quantity, with its unit.
    public var x: Axis
    /// From the top down.
    public var items: [Item]
    public var sumName: String
    public var shape: FigureShape

    public init(title: String, x: Axis, items: [Item], sumName: String, shape: FigureShape = .wide) {
        self.title = title
        self.x = x
        self.items = items
        self.sumName = sumName
        self.shape = shape
    }

    private static let rowHeight = 24.0

    public var sum: Double { items.reduce(0) { $0 + ($1.amount.isFinite ? $1.amount : 0) } }

    public func table() -> FigureTable {
        FigureTable(
            header: ["item", x.label],
            rows: (items + [Item(sumName, sum)]).map { [$0.name, NumberText.csv($0.amount)] })
    }

    /// Name, ends of the bar, amount to be written.
    private var rows: [(name: String, from: Double, to: Double, amount: Double)] {
        var here = 0.0
        let steps = items.map { item in
            let from = here
            here += item.amount.isFinite ? item.amount : 0
            return (item.name, from, here, item.amount)
        }
        return steps + [(sumName, 0, here, here)]
    }

    public func drawing() -> Drawing {
        let rows = rows
        let across = AxisScale(x, values: [0] + rows.map(\.to))
        let names = rows.map { TextMeasure.shortened($0.name, to: ChartLayout.longestLabel) }
        let largest = rows.reduce(0) { max($0, abs($1.amount), abs($1.to)) }
        let amounts = rows.map { Self.text($0.amount, largest: largest) }
        func widest(_ texts: [String]) -> Double { texts.map { TextMeasure.width($0) }.max() ?? 0 }
        let overhang = ChartLayout.widest(across.ticks(along: shape.width)) / 2 + ChartLayout.edge
        let titleLines = ChartLayout.titleLines(title, width: shape.width)
        let top = ChartLayout.top(titleLines)
        let area = PixelBox(
            left: max(ChartLayout.edge + widest(names) + 8, overhang), top: top,
            right: shape.width - max(ChartLayout.edge + widest(amounts) + 8, overhang),
            bottom: top + Self.rowHeight * Double(rows.count) + 6)

        let axisTitle = ChartLayout.axisTitle(x.label, to: area.width)
        var document = Drawing(
            width: shape.width, height: area.bottom + 56 + ChartLayout.room(axisTitle), title: title,
            description: description)
        document.heading(titleLines, whole: title)
        document.horizontalAxis(across, across.ticks(along: area.width), title: axisTitle, area)
        func place(_ value: Double) -> Double {
            area.point(across: min(max(across.fraction(value) ?? 0, 0), 1), up: 0).x
        }
        for (i, row) in rows.enumerated() {
            let middle = area.top + 3 + Self.rowHeight * (Double(i) + 0.5)
            let (from, to) = (place(row.from), place(row.to))
            let box = PixelBox(left: min(from, to), top: middle - 8, right: max(from, to), bottom: middle + 8)
            let isSum = i == rows.count - 1
            document.group(isSum ? "sum" : row.amount < 0 ? "fall" : "rise") { document in
                document.area([box], AreaStyle(isSum ? 0 : row.amount < 0 ? 5 : 8))
            }
            document.group("names") { document in
                document.text(
                    names[i], at: PixelPoint(x: area.left - 8, y: middle + 4), anchor: .end, whole: row.name)
            }
            document.group("amounts") { document in
                document.text(
                    amounts[i], at: PixelPoint(x: shape.width - ChartLayout.edge, y: middle + 4), anchor: .end)
            }
            guard !isSum else { continue }
            document.group("links") { document in
                document.line(
                    from: PixelPoint(x: to, y: middle + 8), to: PixelPoint(x: to, y: middle + Self.rowHeight - 8),
                    Paint(stroke: Ink.axis))
            }
        }
        document.group("zero") { document in
            document.line(
                from: PixelPoint(x: place(0), y: area.top), to: PixelPoint(x: place(0), y: area.bottom),
                Paint(stroke: Ink.text, width: 1.4))
        }
        document.frame(area)
        return document
    }

    /// Integers once some are large: the table has the decimals.
    private static func text(_ amount: Double, largest: Double) -> String {
        guard amount.isFinite, largest < 1e12 else { return NumberText.csv(amount) }
        return TickText.fixed(amount, decimals: largest >= 1000 ? 0 : 2)
    }

    private var description: String {
        "Waterfall of \(x.label). " + items.map { "\($0.name): \(NumberText.csv($0.amount))" }.joined(separator: "; ")
            + "; \(sumName): \(NumberText.csv(sum))."
    }
}
