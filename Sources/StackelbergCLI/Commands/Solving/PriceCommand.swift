import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation

struct PriceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Finds the operator's prices with the best payoff after everybody's best response.",
        discussion: """
            Example: stackelberg price data/cases/stackelberg-park --algorithm ga --seed 7

            The final responses are proved again independently of the search, and the result is written as tables with \
            units. The same case, algorithm, seed and budget give the same tables to the byte, at any number of \
            workers. Every generation is stored in the folder; after Ctrl-C or a kill, `resume` continues it.
            After the search its decision is proved, ties are analysed, an upper bound and robust prices are found: \
            each phase with at most half of the search's allowance of work, bounds with all of it, counted in solver \
            steps, or a few seconds. A phase that is cut short is reported. If a phase finds better prices, they are \
            the answer.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 75 \
            the folder is in use, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let settings = try search.settings(source)
            let game = try EnergyGame(source)
            let folder = try result.folder(source, settings.folderName)
            try StudyRun.begin(
                source, .prices(game), settings, in: folder, startedAt: started, printing: result.printing
            ).run()
        }
    }
}
