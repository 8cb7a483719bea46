import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation

struct PriceCommand: RankedCommand {
    static let configuration = CommandConfiguration(
        commandName: "price",
        abstract: "Finds the operator's prices with the best payoff after everybody's best response.",
        discussion: """
            Example: stackelberg price data/cases/stackelberg-park --algorithm ga --seed 7

            The final responses are proved again independently of the search, and the result is written as tables with \
            units. The same case, algorithm, seed and budget give the same tables to the byte, at any number of \
            workers. Every generation is stored in the folder; after Ctrl-C or a kill, `resume` continues it.
            The answer is the prices that pay most for certain: on the grid of their tick, whichever way followers \
            break ties, and for all prices within half a tick. Half of the evaluations is for finding them. What \
            prices may pay if every tie goes the operator's way stands beside it, with an upper bound on what any \
            prices pay; --ties optimistic takes those prices as the answer, as the literature does.
            After the search the answer is proved and bounds are found: each phase with at most half of the search's \
            allowance of work, bounds with all of it, counted in solver steps, or a few seconds. A phase that is cut \
            short is reported. If a phase finds better prices, they are the answer.
            Exit codes: 0 a proved answer, 65 wrong input, 69 no answer exists, 70 a check failed, 73 cannot write, 75 \
            the folder is in use, 130 stopped by Ctrl-C, 143 by a request to end.
            """)

    @OptionGroup var source: CaseOptions
    @OptionGroup var search: SearchOptions
    @OptionGroup var answer: AnswerOptions
    @OptionGroup var result: ResultOptions

    func run() throws {
        try reporting {
            let started = Date()
            let source = try source.read()
            let settings = try answer.settings(try search.settings(source))
            let game = try EnergyGame(source, tick: settings.grid)
            let folder = try result.folder(source, settings.folderName)
            try StudyRun.begin(
                source, .prices(game), settings, in: folder, startedAt: started, printing: result.printing
            ).run()
        }
    }
}
