import Testing

@testable import Figures

@Suite struct RegionAndLadderTests {
    @Test func cornersAndPointsLieWhereTheyShould() throws {
        let chart = RegionChart(
            title: "unit", x: Axis("heat", range: 0...40), y: Axis("power", range: 0...20),
            regions: [.init("r", corners: [.init(x: 0, y: 5), .init(x: 0, y: 20), .init(x: 40, y: 10)])],
            clouds: [.init("p", points: [.init(x: 10, y: 10), .init(x: 99, y: 1)])])
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty, "\(picture.faults)")
        let plot = try #require(picture.plot)
        let corners = Picture.points(try #require(picture.all("polygon", in: "regions").first))
        let expected = [(0.0, 0.25), (0, 1), (1, 0.5)].map { plot.point(across: $0.0, up: $0.1) }
        #expect(corners.count == 3)
        for (corner, place) in zip(corners, expected) {
            #expect(abs(corner.x - place.x) < 0.011 && abs(corner.y - place.y) < 0.011)
        }
        // The area by the shoelace formula: 300 kW² of the 800 that the frame holds.
        let area = corners.indices.reduce(0.0) { sum, i in
            let (a, b) = (corners[i], corners[(i + 1) % 3])
            return sum + a.x * b.y - a.y * b.x
        }
        #expect(abs(abs(area) / 2 / (plot.width * plot.height) - 300 / 800) < 1e-3)
        // One point is inside the frame; the other has no place.
        let points = picture.all("circle", in: "points")
        #expect(points.count == 1)
        #expect(abs(points[0]["cx"] - plot.point(across: 0.25, up: 0.5).x) < 0.011)
        #expect(chart.table().rows.count == 5)
    }

    @Test func aRegionThatIsALineIsALine() {
        let chart = RegionChart(
            title: "", x: Axis("heat"), y: Axis("power"),
            regions: [.init("line", corners: [.init(x: 1, y: 1), .init(x: 2, y: 2)])], clouds: [])
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty && picture.all("polygon", in: "regions").isEmpty)
        #expect(picture.all("polyline", in: "regions").count == 1)
    }

    @Test func theFilledAreaIsTheCost() throws {
        // 2 at 0.25, 2 at 0.5 and 1 at 0.75: 2.25 in all.
        let chart = LadderChart(
            title: "ladder", x: Axis("excess", range: -2...8), y: Axis("price", range: 0...1),
            rungs: [
                .init(from: -2, to: 2, price: 0.25), .init(from: 2, to: 4, price: 0.5),
                .init(from: 4, to: 8, price: 0.75),
            ], amounts: [.init("here", 5)])
        let picture = Picture(chart)
        #expect(picture.faults.isEmpty, "\(picture.faults)")
        let plot = try #require(picture.plot)
        let area = picture.all("polygon", in: "cost").reduce(0.0) { sum, polygon in
            let corners = Picture.points(polygon)
            return sum
                + abs(
                    corners.indices.reduce(0.0) { sum, i in
                        let (a, b) = (corners[i], corners[(i + 1) % corners.count])
                        return sum + (a.x * b.y - a.y * b.x) / 2
                    })
        }
        #expect(abs(area / (plot.width / 10 * plot.height) - 2.25) < 2e-3)
        #expect(chart.price(at: 5) == 0.75 && chart.price(at: 2) == 0.25 && chart.price(at: -1) == 0.25)
        #expect(chart.price(at: 9) == nil)
        let stem = try #require(picture.all("line", in: "amounts").first)
        #expect(abs(stem["y2"] - plot.point(across: 0, up: 0.75).y) < 0.011)
        #expect(abs(stem["x1"] - plot.point(across: 0.7, up: 0).x) < 0.011)
    }
}
