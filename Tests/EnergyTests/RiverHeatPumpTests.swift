import Energy
import Foundation
import Testing

/// The device that the article on adding one writes is this one, and it works.
@Suite struct RiverHeatPumpTests {
    @Test func theArticleShowsTheFileThatIsTested() throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let code = try String(contentsOf: here.appendingPathComponent("RiverHeatPump.swift"), encoding: .utf8)
        let article = try String(
            contentsOf: here.deletingLastPathComponent().deletingLastPathComponent()
                .appendingPathComponent("Sources/Energy/Energy.docc/AddADevice.md"), encoding: .utf8)
        #expect(article.contains("```swift\n" + code + "```"))
    }

    /// 30 kW of heat take 10 kW at a performance of 3 and 15 kW at 2: heat at 0.12 is dearer than 0.3 / 3 and cheaper
    /// than 0.3 / 2.
    @Test func itRunsWhereHeatIsDearer() throws {
        var park = TinyPark()
        park.time = TimeGrid(steps: 2, hours: 0.5)
        park.carriers = [
            Carrier(name: "heat", price: [0.12, 0.12]), Carrier(name: "electricity", price: [0.3, 0.3]),
        ]
        park.demand = [("heat", [30, 30])]
        park.components = [
            try make(
                RiverHeatPump.self, "pump", ["capacity": .number(40), "cop": .series([3, 2])], time: park.time)
        ]
        let answer = try park.solve()
        #expect(answer.flow("pump", "output") == [30, 0])
        let expected: Double = 0.5 * (10 * 0.3 + 30 * 0.12)
        #expect(near(answer.cost, expected))
        #expect(answer.audit.holds)
    }
}
