import Figures
import ResultFiles
import Writing

/// What combined heat and power can give, and what it gives.
struct RegionFigures {
    let record: ResultRecord

    var section: PageSection {
        get throws {
            var section = PageSection(title: "Combined heat and power")
            guard let regions = record.table(RegionTable.self), let flows = record.table(FlowTable.self) else {
                return section
            }
            let days = regions.optional(RegionTable.day)
            let (steps, values) = (try flows.steps(FlowTable.step), try flows[FlowTable.value])
            let outputs = flows.groups([
                FlowTable.day, FlowTable.party, FlowTable.component, FlowTable.quantity, FlowTable.carrier,
            ])
            let corners = zip(try regions[RegionTable.heat], try regions[RegionTable.power]).map {
                RegionChart.Point(x: $0, y: $1)
            }
            for (key, rows) in regions.groups([RegionTable.party, RegionTable.component]) {
                var shapes: [RegionChart.Region] = []
                var clouds: [RegionChart.Cloud] = []
                var furthest = 0.0
                for (day, rows) in regions.groups([RegionTable.day], among: rows).map({ ($0.key[0], $0.rows) }) {
                    let corners = rows.map { corners[$0] }
                    if !shapes.contains(where: { $0.corners == corners }) {
                        shapes.append(
                            RegionChart.Region(
                                shapes.isEmpty ? "what it can give" : "what it can give, \(day)", corners: corners))
                    }
                    var given: [String: [Int: Double]] = [:]
                    for (place, rows) in outputs where Array(place.prefix(4)) == [day, key[0], key[1], "output"] {
                        for row in rows { given[place[4], default: [:]][steps[row]] = values[row] }
                    }
                    let power = given["electricity"] ?? [:]
                    let points = power.keys.sorted().map { step in
                        RegionChart.Point(x: given["heat"]?[step] ?? 0, y: power[step] ?? 0)
                    }
                    clouds.append(
                        RegionChart.Cloud(
                            day.isEmpty ? "what it gives" : day, points: points,
                            owner: day.isEmpty ? .device(key[1]) : nil))
                    let running = points.filter { abs($0.x) + abs($0.y) > 1e-6 }
                    furthest = max(furthest, running.map { Self.distance($0, from: corners) }.max() ?? 0)
                }
                let all = clouds.flatMap(\.points)
                guard !all.isEmpty else { continue }
                func range(_ values: [Double]) -> String {
                    "\(NumberText.grouped(values.min() ?? 0)) to \(NumberText.grouped(values.max() ?? 0)) kW"
                }
                section.figures.append(
                    PageFigure(
                        name: "region \(key.joined(separator: " "))",
                        figure: RegionChart(
                            title: "\(key.joined(separator: ".")): operating points in its region",
                            x: Axis("heat [kW]"), y: Axis("power [kW]"), regions: shapes, clouds: clouds,
                            shape: .column),
                        reading:
                            "In \(all.count) \(days.contains { !$0.isEmpty } ? "steps of all days" : "steps") it gives \(range(all.map(\.y))) of power and "
                            + "\(range(all.map(\.x))) of heat; "
                            + (furthest < 1e-3
                                ? "while it runs, no point lies outside its region."
                                : "a point lies \(NumberText.grouped(furthest, decimals: 3)) kW outside its region.")))
            }
            return section
        }
    }

    /// How far a point lies outside a convex region, or from a line.
    static func distance(_ point: RegionChart.Point, from corners: [RegionChart.Point]) -> Double {
        let edges = corners.indices.map { (corners[$0], corners[($0 + 1) % corners.count]) }
        func turn(_ a: RegionChart.Point, _ b: RegionChart.Point) -> Double {
            (b.x - a.x) * (point.y - a.y) - (b.y - a.y) * (point.x - a.x)
        }
        let turns = edges.map { turn($0.0, $0.1) }
        if corners.count > 2, turns.allSatisfy({ $0 >= 0 }) || turns.allSatisfy({ $0 <= 0 }) { return 0 }
        return edges.map { a, b in
            let (dx, dy) = (b.x - a.x, b.y - a.y)
            let length = dx * dx + dy * dy
            let share =
                length > 0 ? min(1, max(0, ((point.x - a.x) * dx + (point.y - a.y) * dy) / length)) : 0
            let (x, y) = (point.x - a.x - share * dx, point.y - a.y - share * dy)
            return (x * x + y * y).squareRoot()
        }.min() ?? 0
    }
}
