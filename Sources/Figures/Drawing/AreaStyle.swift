/// The direction of the hatching over a filled area.
enum Hatch: CaseIterable, Equatable { case none, rising, falling, level, crossed }

/// The style of a filled area, by its position in the chart.
///
/// The colours are Paul Tol's "muted" scheme, dark and light in turn, so that neighbours differ when printed in grey
/// too; five hatchings are combined with the nine colours, so that the first 45 areas look different even without
/// colour.
struct AreaStyle: Equatable {
    let fill: String
    let hatch: Hatch
    /// Of the hatching: seen on the fill.
    let ink: String

    init(_ index: Int) {
        let colour = Self.colours[index % Self.colours.count]
        fill = colour.fill
        ink = colour.isDark ? "#ffffff" : Ink.text
        hatch = Hatch.allCases[index % Hatch.allCases.count]
    }

    /// Of an owner's series, of which `repeated` of the same owner come before it in the figure: these differ in their
    /// hatching. Its colours are those of lines, since an owner may have both.
    init(_ look: OwnerLook, repeated: Int) {
        fill = look.colour
        hatch = Hatch.allCases[(look.index + repeated) % Hatch.allCases.count]
        let light = zip(PageLooks.components(look.colour) ?? [0, 0, 0], [0.3, 0.59, 0.11]).reduce(0) {
            $0 + $1.0 * $1.1
        }
        ink = light < 140 ? "#ffffff" : Ink.text
    }

    static let colours: [(fill: String, isDark: Bool)] = [
        ("#332288", true), ("#88CCEE", false), ("#117733", true), ("#DDCC77", false), ("#882255", true),
        ("#44AA99", false), ("#AA4499", true), ("#999933", false), ("#CC6677", true),
    ]
    /// Pixels between hatching lines.
    static let pitch = 6.0
}

extension Drawing {
    /// Boxes of one style. Contiguous boxes meet without a seam, since all hatching is measured from the corner of the
    /// picture; so it needs no pattern, and no `id`.
    mutating func area(_ boxes: [PixelBox], _ style: AreaStyle) {
        let seen = boxes.filter { $0.width > 0 && $0.height > 0 }
        for outline in Self.outlines(seen) {
            polygon(outline, Paint(stroke: "#ffffff", width: 0.5, fill: style.fill))
        }
        let strokes = seen.flatMap { Self.hatching(style.hatch, in: $0) }
        if !strokes.isEmpty { segments(strokes, Paint(stroke: style.ink, width: 0.8, opacity: 0.7)) }
    }

    /// The outline of each run of boxes that stand side by side.
    private static func outlines(_ boxes: [PixelBox]) -> [[PixelPoint]] {
        var runs: [[PixelBox]] = []
        for box in boxes {
            if let last = runs.last?.last, abs(last.right - box.left) < 1e-6, last.bottom >= box.top,
                last.top <= box.bottom
            {
                runs[runs.count - 1].append(box)
            } else {
                runs.append([box])
            }
        }
        return runs.map { run in
            run.flatMap { [PixelPoint(x: $0.left, y: $0.top), PixelPoint(x: $0.right, y: $0.top)] }
                + run.reversed().flatMap {
                    [PixelPoint(x: $0.right, y: $0.bottom), PixelPoint(x: $0.left, y: $0.bottom)]
                }
        }
    }

    private static func hatching(_ hatch: Hatch, in box: PixelBox) -> [[PixelPoint]] {
        switch hatch {
        case .none: return []
        case .level:
            let first = (box.top / AreaStyle.pitch).rounded(.up) * AreaStyle.pitch
            return stride(from: first, to: box.bottom, by: AreaStyle.pitch).map {
                [PixelPoint(x: box.left, y: $0), PixelPoint(x: box.right, y: $0)]
            }
        case .rising: return diagonals(in: box, rising: true)
        case .falling: return diagonals(in: box, rising: false)
        case .crossed: return diagonals(in: box, rising: true) + diagonals(in: box, rising: false)
        }
    }

    /// Lines on which x + y (rising on the page) or x - y is a multiple of the pitch.
    private static func diagonals(in box: PixelBox, rising: Bool) -> [[PixelPoint]] {
        let pitch = AreaStyle.pitch * 1.5
        let sign = rising ? 1.0 : -1.0
        let ends = [
            box.left + sign * box.top, box.left + sign * box.bottom, box.right + sign * box.top,
            box.right + sign * box.bottom,
        ]
        let (least, most) = (ends.min() ?? 0, ends.max() ?? 0)
        return stride(from: (least / pitch).rounded(.up) * pitch, through: most, by: pitch).flatMap { sum in
            // x = sum - sign * y.
            PixelPath.clipped(
                [
                    PixelPoint(x: sum - sign * box.top, y: box.top),
                    PixelPoint(x: sum - sign * box.bottom, y: box.bottom),
                ], to: box)
        }.filter { $0.count > 1 }
    }
}
