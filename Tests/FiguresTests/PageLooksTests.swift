import Foundation
import Testing

@testable import Figures

/// One colour for what one owner has, in all figures of a page.
@Suite struct PageLooksTests {
    private func owners(_ names: [String]) -> [SeriesOwner] { names.map { SeriesOwner($0) } }

    @Test func ownersOfOneFigureDiffer() {
        let looks = PageLooks.assigned([owners(["a", "b", "c", "d", "e", "f", "g"])])
        #expect(Set(looks.values.map(\.colour)).count == 7)
        // More than there are colours: still nobody looks like another, by hatching and marker.
        let many = PageLooks.assigned([owners((0..<35).map { "n\($0)" })])
        #expect(Set(many.values.map { AreaStyle($0, repeated: 0).key }).count == 35)
        // Who shares a colour is not drawn with the other while there are colours left.
        let apart = PageLooks.assigned((0..<12).map { owners(["common", "n\($0)"]) })
        for k in 0..<12 { #expect(apart["n\(k)"]?.colour != apart["common"]?.colour) }
    }

    /// Who comes later changes nothing for who was there.
    @Test func looksAreStable() {
        let first = [owners(["chp", "grid", "offices"]), owners(["boiler", "chp"])]
        let more = first + [owners(["grid", "battery"]), owners(["battery", "pv", "chp"])]
        let (few, many) = (PageLooks.assigned(first), PageLooks.assigned(more))
        for (name, look) in few { #expect(many[name] == look, "\(name)") }
        #expect(PageLooks.assigned(more) == many)
    }

    @Test func chosenColoursAreKept() {
        let chosen = SeriesOwner("carrier heat", colour: "#44AA99")
        let looks = PageLooks.assigned([owners(["a", "b"]) + [chosen], owners(["c"]) + [chosen]])
        #expect(looks["carrier heat"]?.colour == "#44AA99")
        for name in ["a", "b", "c"] { #expect(looks[name]?.colour != "#44AA99") }
        // Nor does anybody get one that is hardly another.
        let near = SeriesOwner("near", colour: "#46AC9A")
        let others = PageLooks.assigned([owners((0..<6).map { "n\($0)" }) + [near]])
        #expect((0..<6).allSatisfy { others["n\($0)"]?.colour != "#44AA99" })
    }

    /// A line, a marker and an area of one owner have one colour; two of its lines in one figure differ in their
    /// dashes.
    @Test func figuresShowTheColours() throws {
        let looks = PageLooks.assigned([
            [SeriesOwner("first")], [SeriesOwner("chp"), SeriesOwner("heat", colour: "#EE6677")],
        ])
        let colour = try #require(looks["chp"]?.colour)
        let chp = SeriesOwner("chp")
        let lines = Picture(
            LineChart(
                title: "", x: Axis(""), y: Axis(""),
                series: [
                    LineSeries("a", [(0, 0), (1, 1)], owner: chp), LineSeries("b", [(0, 1), (1, 2)], owner: chp),
                    LineSeries("c", [(0, 2), (1, 3)], owner: SeriesOwner("heat")),
                ]
            ).looking(looks))
        let strokes = lines.all("polyline", in: "lines")
        #expect(strokes.map { $0.attributes["stroke"] } == [colour, colour, "#EE6677"])
        #expect(strokes[0].attributes["stroke-dasharray"] != strokes[1].attributes["stroke-dasharray"])
        let stack = Picture(
            StackChart(
                title: "", x: Axis(""), y: Axis(""), borders: [0, 1],
                series: [.init("other", [1]), .init("chp", [2], owner: chp)], sumName: "sum"
            ).looking(looks))
        #expect(stack.all("polygon", in: "stack").last?.attributes["fill"] == colour)
        let region = Picture(
            RegionChart(
                title: "", x: Axis(""), y: Axis(""), regions: [],
                clouds: [.init("chp", points: [.init(x: 1, y: 1)], owner: chp)]
            ).looking(looks))
        #expect(region.elements.contains { $0.groups.contains("points") && $0.attributes["fill"] == colour })
    }

    /// No two colours of lines look alike to those who see two kinds of cones: simulated as Machado, Oliveira and
    /// Fernandes 2009 do, for a whole deficiency.
    @Test func coloursAreToldApartWithoutAKindOfCones() throws {
        let kinds: [[[Double]]] = [
            [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
            [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
            [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
        ]
        func linear(_ value: Double) -> Double {
            value <= 0.04045 * 255 ? value / 255 / 12.92 : pow((value / 255 + 0.055) / 1.055, 2.4)
        }
        func shown(_ value: Double) -> Double {
            let value = min(max(value, 0), 1)
            return 255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055)
        }
        for kind in kinds {
            let seen = try SeriesStyle.colours.map { colour in
                let light = try #require(PageLooks.components(colour)).map(linear)
                return kind.map { row in shown(zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }) }
            }
            for i in seen.indices {
                for k in seen.indices where k > i {
                    let distance = zip(seen[i], seen[k]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
                    #expect(distance > 30, "\(SeriesStyle.colours[i]) \(SeriesStyle.colours[k])")
                }
            }
        }
    }
}

extension AreaStyle {
    fileprivate var key: String { "\(fill) \(hatch)" }
}
