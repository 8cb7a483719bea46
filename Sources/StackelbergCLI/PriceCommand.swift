import ArgumentParser
import CaseFiles
import Foundation
import Reports
import Studies

struct PriceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Finds the operator's prices: the best payoff after everybody's best response.",
        discussion: """
            Example: stackelberg price data/cases/stackelberg-park --algorithm ga --seed 7

            The final responses are proved again from nothing, and the result is written as tables with units. The same \
            case, algorithm, seed and budget give the same tables to the byte, at any number of workers.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write.
            """)

    @OptionGroup var source: CaseOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let settings = try search.settings(source)
            let energyGame = try EnergyGame(source)
            let folder = try result.folder(source, settings.folderName)
            let line = result.progressLine
            let study: Study
            do {
                study = try Study.run(energyGame.game, settings) { line.show($0, unit: source.currency) }
            } catch let error as StudyError where error.isWithoutAnswer {
                line.clear()
                throw try energyGame.infeasibility(at: energyGame.game.space.middle) ?? error
            }
            line.clear()
            try result.deliver(PriceResult(source, energyGame, study), to: folder, startedAt: started)
        }
    }
}
