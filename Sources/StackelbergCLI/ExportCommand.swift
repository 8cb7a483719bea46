import ArgumentParser
import CaseFiles
import Foundation
import Games
import LinearModels

extension ModelFileFormat: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes a follower's or the operator's problem for another solver.",
        discussion: """
            Example: stackelberg export data/cases/stackelberg-park --party residential --output residential.lp

            Followers that trade with each other are one problem; naming any of them writes it. The operator's problem is \
            its dispatch with everybody's responses fixed. The optimum that this program finds is printed.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "Name of the party whose problem is written.")
    var party: String
    @Option(
        help: "A prices.csv as `price` writes it; without it, the middle of every price's bounds.", completion: .file())
    var prices: String?
    @Option(help: "lp or mps.")
    var format: ModelFileFormat = .lp
    @Option(help: "File to write.", completion: .file())
    var output: String
    @Flag(help: "Print the optimum as JSON.")
    var json = false

    func run() throws {
        try reporting {
            let source = try source.read()
            let energyGame = try EnergyGame(source)
            let game = energyGame.game
            let decision =
                try prices.map { try PricesFile.read($0, for: source) }
                ?? game.space.decisions.map { 0.5 * ($0.lower + $0.upper) }
            let problem: ExportedProblem
            if party == energyGame.operatorName {
                problem = try game.exportLeader(at: decision, to: output, format: format)
            } else if let k = energyGame.groups.firstIndex(where: { $0.contains(party) }) {
                problem = try game.exportFollower(k, at: decision, to: output, format: format)
            } else {
                let known = [energyGame.operatorName] + energyGame.groups.flatMap { $0 }
                complain("--party \(party): no such party. Known: \(known.joined(separator: ", ")).")
                throw ExitCode(ExitCodes.badInput)
            }
            guard let objective = problem.objective else {
                complain("\(output) is written, but the problem is \(problem.status).")
                throw ExitCode(ExitCodes.noAnswer)
            }
            if json {
                print("{\"file\": \"\(output)\", \"objective\": \(objective), \"party\": \"\(party)\"}")
            } else {
                print("\(output): optimum \(objective) \(source.currency)")
            }
        }
    }
}
