/// Lines and areas cut to a frame, and thinned to the visible resolution.
enum PixelPath {
    /// The pieces of a line inside `box`. A piece of one point is kept: it is a value without neighbours.
    static func clipped(_ line: [PixelPoint], to box: PixelBox) -> [[PixelPoint]] {
        if line.count == 1 { return contains(box, line[0]) ? [line] : [] }
        var pieces: [[PixelPoint]] = []
        for (start, end) in zip(line, line.dropFirst()) {
            guard let (first, last) = clipped(start, end, to: box) else { continue }
            if let open = pieces.last?.last, open == first {
                pieces[pieces.count - 1].append(last)
            } else {
                pieces.append([first, last])
            }
        }
        return pieces
    }

    /// A closed area cut at each side of `box` in turn (Sutherland and Hodgman 1974).
    static func clippedArea(_ corners: [PixelPoint], to box: PixelBox) -> [PixelPoint] {
        let sides: [(PixelPoint) -> Double] = [
            { $0.x - box.left }, { box.right - $0.x }, { $0.y - box.top }, { box.bottom - $0.y },
        ]
        return sides.reduce(corners) { corners, inside in
            var kept: [PixelPoint] = []
            for (i, corner) in corners.enumerated() {
                let before = corners[i == 0 ? corners.count - 1 : i - 1]
                let (a, b) = (inside(before), inside(corner))
                if (a < 0) != (b < 0) { kept.append(between(before, corner, a / (a - b))) }
                if b >= 0 { kept.append(corner) }
            }
            return kept
        }
    }

    /// At most four points for each half pixel across: where the line enters, its lowest, its highest, and where it
    /// leaves. A curve of a million evaluations stays a small file and loses no spike.
    static func thinned(_ line: [PixelPoint]) -> [PixelPoint] {
        guard line.count > 2000 else { return line }
        var result: [PixelPoint] = []
        var start = 0
        while start < line.count {
            let column = (line[start].x * 2).rounded(.down)
            var end = start
            var (lowest, highest) = (start, start)
            while end + 1 < line.count, (line[end + 1].x * 2).rounded(.down) == column {
                end += 1
                if line[end].y > line[lowest].y { lowest = end }
                if line[end].y < line[highest].y { highest = end }
            }
            result += Set([start, lowest, highest, end]).sorted().map { line[$0] }
            start = end + 1
        }
        return result
    }

    /// Each value held until the next position, as the best value of a search is held until a better one is found.
    static func steps(_ line: [PixelPoint]) -> [PixelPoint] {
        zip(line, line.dropFirst()).reduce(into: Array(line.prefix(1))) { path, pair in
            path += [PixelPoint(x: pair.1.x, y: pair.0.y), pair.1]
        }
    }

    /// A point on the edge is inside, whichever way its last bit was rounded.
    static func contains(_ box: PixelBox, _ point: PixelPoint) -> Bool {
        let near = 1e-6
        return (box.left - near...box.right + near).contains(point.x)
            && (box.top - near...box.bottom + near).contains(point.y)
    }

    /// The part of one segment inside `box` (Liang and Barsky 1984): the greatest of the entries comes before the least
    /// of the exits.
    private static func clipped(
        _ start: PixelPoint, _ end: PixelPoint, to box: PixelBox
    ) -> (PixelPoint, PixelPoint)? {
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        var (entry, exit) = (0.0, 1.0)
        for (speed, room) in [
            (-dx, start.x - box.left), (dx, box.right - start.x), (-dy, start.y - box.top), (dy, box.bottom - start.y),
        ] {
            if speed == 0 {
                if room < 0 { return nil }
            } else if speed < 0 {
                entry = max(entry, room / speed)
            } else {
                exit = min(exit, room / speed)
            }
        }
        guard entry <= exit else { return nil }
        return (entry == 0 ? start : between(start, end, entry), exit == 1 ? end : between(start, end, exit))
    }

    private static func between(_ a: PixelPoint, _ b: PixelPoint, _ share: Double) -> PixelPoint {
        PixelPoint(x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y))
    }
}
