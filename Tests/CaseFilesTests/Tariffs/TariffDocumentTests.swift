import EnergyGames
import Foundation
import Games
import Testing

@testable import CaseFiles

/// What the text about cases shows of tariffs can be written so.
@Suite struct TariffDocumentTests {
    static let text = try? String(
        contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../Sources/CaseFiles/CaseFiles.docc/WriteACase.md"), encoding: .utf8)

    /// The YAML of a section, block by block.
    static func blocks(_ section: String) throws -> [String] {
        let text = try #require(text)
        let begin = try #require(text.range(of: "## \(section)\n"))
        let rest = text[begin.upperBound...]
        let part = rest.range(of: "\n## ").map { rest[..<$0.lowerBound] } ?? rest
        return part.matches(of: /```yaml\n((?s).*?)```/).map { String($0.1) }
    }

    static func read(operator leader: String, users: String) throws -> EnergyGame {
        let text = """
            case: {schema: 1, name: shown}
            time: {steps: 4, step: 6 h}
            carriers: {electricity: {}}
            grid: {buy: {price: 0.3, max: 1 MW}, sell: {price: 0.1, max: 1 MW}}
            \(leader)
            \(users)
            """
        return try EnergyGame(try Workshop.read(["case.yaml": text]))
    }

    static let homes = """
        users:
          homes:
            demand: {electricity: 20 kW}
            devices: {sun: {type: pv, capacity: 50 kW, profile: [0, 1, 1, 0]}}
        """

    @Test func theExamplesAreRead() throws {
        let parts = try Self.blocks("Tariffs")
        #expect(parts.count == 2)
        for (block, decisions) in zip(parts, [4, 0]) {
            let prices = block.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
            let game = try Self.read(operator: "operator:\n  prices:\n\(prices)", users: Self.homes)
            #expect(game.game.space.count == decisions)
            #expect(try Evaluator(game.game).evaluate(game.game.space.middle).payoff != nil)
        }
        let menu = try Self.blocks("Menus of tariffs")
        let leaving = try Self.blocks("Users who may leave")
        #expect(menu.count == 1 && leaving.count == 1)
        let sun = "    devices: {sun: {type: pv, capacity: 50 kW, profile: [0, 1, 1, 0]}}\n"
        let game = try Self.read(operator: menu[0], users: leaving[0] + sun)
        #expect(game.system.choices.map { $0.options.map(\.name) } == [["plain", "bulk", "outside"]])
        #expect(try Evaluator(game.game).evaluate(game.game.space.middle).payoff != nil)
    }
}
