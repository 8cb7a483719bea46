import Foundation
import Games
import Studies
import TestSupport
import Testing

@testable import CaseFiles
@testable import EnergyGames
@testable import Reports

@Suite struct SizingResultTests {
    static func source(_ yaml: String = Hut.yaml) throws -> Case {
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            return try CaseReader.read(folder)
        }
    }

    static func searched(workers: Int = 1, exact: ExactSizing? = nil) throws -> SizingResult {
        let source = try source()
        let sizing = try SizingGame(source)
        let study = try Study.run(
            sizing.game, StudySettings(algorithm: "ga", population: 10, evaluations: 60, seed: 1, workers: workers))
        return try SizingResult(source, sizing, study, exact: exact ?? sizing.solveExactly())
    }

    static func exactly(_ yaml: String = Hut.yaml) throws -> SizingResult {
        let source = try source(yaml)
        let sizing = try SizingGame(source)
        return try SizingResult(source, sizing, exact: sizing.solveExactly(), seconds: 0)
    }

    private func table(_ name: String, of result: SizingResult) throws -> [[String]] {
        try #require(result.tables.first { $0.file == name }).texts
    }

    /// The year's sums once more, by hand from what flows and what was bought.
    @Test func theYearFollowsFromFlowsAndPrices() throws {
        for result in [try Self.searched(), try Self.exactly()] {
            #expect(result.verdicts.allSatisfy { $0.holds }, "\(result.verdicts)")
            let price = [0.3, 0.9, 0.5, 1.4]
            let weight = ["bright": 200.0, "dull": 165.0]
            var bought = 0.0
            var emission = 0.0
            var dark = 0.0
            for row in try table("flows.csv", of: result) {
                let (day, step, power) = (
                    try #require(weight[row[0]]), try #require(Int(row[1])), try #require(Double(row[8]))
                )
                guard row[9] == "kW" else { continue }
                if row[5] == "grid" {
                    bought += day * 6 * price[step] * power
                    emission += day * 6 * 0.6 * power
                }
                if row[5] == "dark" { dark += day * 6 * power }
            }
            func annuity(_ years: Double) -> Double { 0.08 * pow(1.08, years) / (pow(1.08, years) - 1) }
            let sizes = try table("sizes.csv", of: result).compactMap { Double($0[1]) }
            let investment = 1400 * sizes[0] * annuity(12) + 9000 * sizes[1] * annuity(25)
            let year = Dictionary(
                uniqueKeysWithValues: try table("year.csv", of: result).map { ($0[1], Double($0[2]) ?? .nan) })
            func agrees(_ name: String, _ value: Double) -> Bool {
                abs((year[name] ?? .nan) - value) <= 1e-6 * max(1, abs(value))
            }
            #expect(agrees("grid purchase", bought) && agrees("emission", emission), "\(year)")
            #expect(agrees("investment", investment) && agrees("unserved electricity", dark), "\(year)")
            let items = ["grid purchase", "wear", "shortage", "carbon"].reduce(0) { $0 + (year[$1] ?? .nan) }
            #expect(agrees("operation", items) && agrees("cost", items + investment))
            #expect(agrees("carbon cost", year["carbon"] ?? .nan) && agrees("cost", result.cost))
        }
    }

    @Test func theDistanceIsToTheExactOptimum() throws {
        let (searched, exact) = (try Self.searched(), try Self.exactly())
        #expect(abs((exact.distance ?? 1)) < 1e-8)
        let distance = try #require(searched.distance)
        #expect(distance > 0 && abs(distance - (searched.cost / exact.cost - 1)) < 1e-9)
        #expect(searched.summary.contains("Distance to the exact optimum: "))
        #expect(exact.summary.contains("Proven within 0.000 % of the optimum."))
        // No search finds what is better than proven, and no joint program costs less than it is operated for.
        func claimed(_ share: Double) -> ExactSizing {
            ExactSizing(
                status: .optimal, objective: share * exact.cost, sizes: exact.system.sizes, values: [])
        }
        #expect(try !Self.searched(exact: claimed(1.5)).verdicts.allSatisfy { $0.holds })
        let source = try Self.source()
        let sizing = try SizingGame(source)
        for share in [0.99, 1.01] {
            let result = try SizingResult(source, sizing, exact: claimed(share), seconds: 0)
            #expect(!result.verdicts.allSatisfy { $0.holds }, "\(share)")
        }
        // Without a joint optimum a search stands alone; with a proof that there is none it does not.
        let none = ExactSizing(status: .limit(gap: nil), objective: 0, sizes: [], values: [])
        #expect(try Self.searched(exact: none).verdicts.allSatisfy { $0.holds })
        #expect(try Self.searched(exact: none).summary.contains("is unknown"))
        let impossible = ExactSizing(status: .infeasible, objective: 0, sizes: [], values: [])
        #expect(try !Self.searched(exact: impossible).verdicts.allSatisfy { $0.holds })
        #expect(throws: SizingFailure.noSizes(.infeasible)) {
            try SizingResult(source, sizing, exact: impossible, seconds: 0)
        }
    }

    @Test func theSameSeedGivesTheSameBytesAtAnyNumberOfWorkers() throws {
        let reference = try Self.searched()
        let again = try Self.searched(workers: 3)
        for (a, b) in zip(reference.tables, again.tables) { #expect(a.text == b.text, "\(a.file)") }
        #expect(reference.json == again.json && reference.summary == again.summary)
    }

    @Test func jsonHasItsKeys() throws {
        let json = try JSONSerialization.jsonObject(with: Data(Self.searched().json.utf8))
        let object = try #require(json as? [String: Any])
        #expect(
            object.keys.sorted() == [
                "algorithm", "carbonCost", "caseName", "cost", "distance", "emission", "evaluations", "exact",
                "investment", "investments", "items", "operation", "seed", "sizes", "unserved", "verdicts",
            ])
        #expect(
            (object["sizes"] as? [String: Double])?.keys.sorted() == [
                "operator.battery.capacity", "operator.pv.capacity",
            ])
        #expect((object["exact"] as? [String: Any])?["status"] as? String == "optimal")
    }

    /// A sweep's table, its figures and its JSON hold what its points gave.
    @Test func aSweepIsATableOfItsPoints() throws {
        try TemporaryFolder.with { folder in
            try Data(Hut.yaml.utf8).write(to: folder.appendingPathComponent("case.yaml"))
            let axes = [
                try SweepAxis("carbon.ladder.base_price=0.1:0.5:2"),
                try SweepAxis("operator.devices.battery.investment=700,1400,2100"),
            ]
            let grid = try SweepGrid(folder, variant: nil, over: axes)
            var points = try grid.points.dropLast().map { point in
                let sizing = try SizingGame(point.source)
                return SweepResult.Point(
                    point.values,
                    try SizingResult(point.source, sizing, exact: sizing.solveExactly(), seconds: 0))
            }
            points.append(SweepResult.Point(grid.points[5].values, failure: "no sizes"))
            let sweep = SweepResult(grid.points[0].source, over: axes, points, settings: nil, seconds: 0)
            #expect(sweep.verdicts.allSatisfy { $0.holds })
            let table = sweep.tables[0]
            #expect(table.header[0] == "carbon.ladder.base_price [CNY/kg]" && table.texts.count == 6)
            #expect(table.texts.map { $0[1] } == ["700", "1400", "2100", "700", "1400", "2100"])
            let cost = try #require(table.header.firstIndex(of: "cost [CNY/a]"))
            let alone = try Self.exactly()
            #expect(abs((Double(table.texts[1][cost]) ?? 0) - alone.cost) <= 1e-9 * alone.cost)
            #expect(table.texts[5][cost].isEmpty && table.texts[5].last == "no sizes")
            #expect(
                sweep.failures == ["carbon.ladder.base_price=0.5, operator.devices.battery.investment=2100: no sizes"])
            let figure = try #require(sweep.figures.first { $0.file == "figures/cost.svg" })
            for name in ["investment 700", "investment 1400", "investment 2100"] { #expect(figure.svg.contains(name)) }
            let json = try JSONSerialization.jsonObject(with: Data(sweep.json.utf8)) as? [String: Any]
            #expect(
                json?.keys.sorted() == ["caseName", "over", "points", "units", "verdicts"])
            #expect((json?["points"] as? [Any])?.count == 6)
        }
    }
}
