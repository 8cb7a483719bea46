import CaseFiles
import Energy
import EnergyGames
import Foundation
import Games
import TestSupport
import Testing

/// A device that is defined outside the package's own modules, as a value for the reader of case files.
@Suite struct OwnDeviceTests {
    private static let components = ComponentCatalogue.standard.adding(RiverHeatPump.self)

    private static let yaml = """
        case: {schema: 1, name: village}
        time: {steps: 2, step: 0.5 h}
        carriers: {electricity: {}, heat: {price: 0.12}}
        grid: {buy: {price: 0.05, max: 1000 kW}}
        operator:
          prices:
            electricity_sell: {min: 0.1, max: 0.5}
        users:
          village:
            demand: {heat: 30 kW}
            devices:
              pump: {type: river_heat_pump, capacity: 40 kW, cop: [3, 2]}
        variants:
          smaller: {users.village.devices.pump.capacity: 15 kW}
        """

    private func withCase<Result>(_ yaml: String = Self.yaml, _ body: (URL) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            try Data(yaml.utf8).write(to: folder.appendingPathComponent(CaseReader.fileName))
            return try body(folder)
        }
    }

    /// What a case is refused for, as lines of text.
    private func complaints(_ yaml: String, _ components: ComponentCatalogue) throws -> [String] {
        try withCase(yaml) { folder in
            do {
                _ = try CaseReader.read(folder, components: components)
                return []
            } catch let error as CaseFileError {
                return error.diagnostics.map(\.message)
            }
        }
    }

    /// The pump runs below 0.36 in the first step, where it takes 10 kW, and below 0.24 in the second, where it takes
    /// 15 kW. Half an hour of each is sold at the price and bought at 0.05.
    @Test(arguments: [([0.35, 0.23], 2.85), ([0.35, 0.25], 1.5), ([0.37, 0.25], 0)] as [([Double], Double)])
    func aCaseMayNameIt(prices: [Double], payoff: Double) throws {
        let source = try withCase { try CaseReader.read($0, components: Self.components) }
        let game = try EnergyGame(source)
        let answer = try #require(try Evaluator(game.game).evaluate(prices).payoff)
        #expect(near(answer, payoff))
    }

    /// A case that is read again knows the device still: as a variant, and in a sweep.
    @Test func variantsAndSweepsMayNameItToo() throws {
        try withCase { folder in
            let smaller = try CaseReader.read(folder, variant: "smaller", components: Self.components)
            #expect(near(try #require(try Evaluator(EnergyGame(smaller).game).evaluate([0.35, 0.23]).payoff), 1.425))
            #expect(try smaller.withEveryScenario().system.parties.count == 2)
            let axis = try SweepAxis("users.village.devices.pump.capacity=10,20")
            let grid = try SweepGrid(folder, variant: nil, over: [axis], components: Self.components)
            #expect(grid.points.count == 2)
        }
    }

    /// Its keys are checked, and explained, as those of any device.
    @Test func itsKeysAreCheckedAndExplained() throws {
        let wrong = Self.yaml.replacingOccurrences(of: "cop: [3, 2]", with: "cop: 30")
        #expect(try complaints(wrong, Self.components).count == 1)
        #expect(try complaints(wrong, Self.components).allSatisfy { $0.contains("30") && $0.contains("20") })
        #expect(
            CaseSchema.text(Self.components).contains(
                "devices.<name> of type river_heat_pump: \(RiverHeatPump.meaning)"))
    }

    @Test func theStandardTypesDoNotKnowIt() throws {
        let lines = try complaints(Self.yaml, .standard)
        #expect(lines.count == 1 && lines[0].hasPrefix("there is no type 'river_heat_pump'."))
        #expect(!CaseSchema.text().contains("river_heat_pump"))
    }

    /// A type of one's own takes the place of a standard one of the same word.
    @Test func aTypeIsThereOnce() {
        let twice = Self.components.adding(RiverHeatPump.self)
        #expect(twice.devices.count == ComponentCatalogue.standard.devices.count + 1)
    }
}
