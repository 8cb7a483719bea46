import Writing

/// A price that changes in steps with the amount, and one or several amounts on it.
///
/// The area between zero and an amount is its cost; it is filled if there is one amount.
public struct LadderChart: Figure, Equatable {
    public struct Rung: Sendable, Equatable {
        public var from: Double
        public var to: Double
        public var price: Double

        public init(from: Double, to: Double, price: Double) {
            self.from = from
            self.to = to
            self.price = price
        }
    }
    public struct Amount: Sendable, Equatable {
        public var name: String
        public var value: Double

        public init(_ name: String, _ value: Double) {
            self.name = name
            self.value = value
        }
    }

    public var title: String
    public var x: Axis
    public var y: Axis
    /// From left to right, each beginning where the one before it ends.
    public var rungs: [Rung]
    public var amounts: [Amount]
    public var shape: FigureShape

    public init(
        title: String, x: Axis, y: Axis, rungs: [Rung], amounts: [Amount], shape: FigureShape = .wide
    ) {
        self.title = title
        self.x = x
        self.y = y
        self.rungs = rungs
        self.amounts = amounts
        self.shape = shape
    }

    /// The price of one more unit at an amount; of two rungs that meet there, the one nearer to zero.
    public func price(at amount: Double) -> Double? {
        let there = rungs.filter { $0.from <= amount && amount <= $0.to }
        return (amount >= 0 ? there.first : there.last)?.price
    }

    public func table() -> FigureTable {
        FigureTable(
            header: ["kind", "name", x.label + " from", x.label + " to", y.label],
            rows: rungs.enumerated().map {
                ["rung", "\($0 + 1)", NumberText.csv($1.from), NumberText.csv($1.to), NumberText.csv($1.price)]
            }
                + amounts.map {
                    ["amount", $0.name, "0", NumberText.csv($0.value), price(at: $0.value).map(NumberText.csv) ?? ""]
                })
    }

    public func drawing() -> Drawing {
        let across = AxisScale(x, values: [0] + rungs.flatMap { [$0.from, $0.to] } + amounts.map(\.value))
        let up = AxisScale(y, values: [0] + rungs.map(\.price))
        let stroke = Paint(stroke: Ink.text, width: 2)
        let legend = Legend(
            [.init(name: "price", sample: .stroke(stroke))]
                + amounts.enumerated().map { .init(name: $1.name, sample: .marker(SeriesStyle($0))) }, shape: shape)
        let frame = ChartFrame(
            title: title, across: across, up: up, x: x.label, y: y.label, legend: legend, shape: shape)
        return frame.drawing(title: title, description: description) { document in
            document.group("cost") { document in document.area(costBoxes(frame), AreaStyle(3)) }
            document.group("ladder") { document in
                let line = rungs.flatMap { [frame.place($0.from, $0.price), frame.place($0.to, $0.price)] }.compactMap(
                    \.self)
                for piece in PixelPath.clipped(line, to: frame.area) where piece.count > 1 {
                    document.polyline(piece, stroke)
                }
            }
            document.group("amounts") { document in
                for (k, amount) in amounts.enumerated() {
                    guard let foot = frame.place(amount.value, 0), let price = price(at: amount.value),
                        let point = frame.place(amount.value, price), PixelPath.contains(frame.area, point)
                    else { continue }
                    document.line(from: foot, to: point, SeriesStyle(k).line)
                    document.marker(SeriesStyle(k), at: point)
                }
            }
        }
    }

    private func costBoxes(_ frame: ChartFrame) -> [PixelBox] {
        guard amounts.count == 1, let amount = amounts.first?.value, amount.isFinite else { return [] }
        let ends = (min(0, amount), max(0, amount))
        return rungs.compactMap { rung in
            let (from, to) = (max(rung.from, ends.0), min(rung.to, ends.1))
            guard from < to, let foot = frame.place(from, 0), let top = frame.place(to, rung.price) else { return nil }
            return PixelBox(left: foot.x, top: min(foot.y, top.y), right: top.x, bottom: max(foot.y, top.y))
        }
    }

    private var description: String {
        "Price \(y.label) in steps over \(x.label). "
            + rungs.map {
                "\(NumberText.csv($0.price)) from \(NumberText.csv($0.from)) to \(NumberText.csv($0.to)). "
            }.joined()
            + amounts.map {
                "\($0.name) at \(NumberText.csv($0.value))\(price(at: $0.value).map { ", price \(NumberText.csv($0))" } ?? "")."
            }.joined(separator: " ")
    }
}
