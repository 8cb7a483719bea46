import ArgumentParser
import CaseFiles
import EnergyGames
import Foundation
import Games
import LinearModels
import ResultFiles

extension ModelFileFormat: ExpressibleByArgument {}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the problem of a follower, of the operator, of a day or of all sizes, for another solver.",
        discussion: """
            Example: stackelberg export data/cases/stackelberg-park --party residential --output residential.lp

            Followers that trade with each other are one problem; naming any of them writes it. The operator's problem \
            is its dispatch with everybody's responses fixed. Where prices are for several days, --day names the one of \
            them; the operator's problem is that of all days without it. For a case of sizes, --day writes the operation of a \
            typical day at given sizes, and --joint sizes and operation as one program. The optimum that this program \
            finds is printed.
            """)

    @OptionGroup var source: CaseOptions
    @Option(help: "Name of the party whose problem is written.")
    var party: String?
    @Option(
        help: "A prices.csv as `price` writes it; without it, the middle of every price's bounds.", completion: .file())
    var prices: String?
    @Option(help: "Name of the typical day whose operation is written, or of the party's day.")
    var day: String?
    @Option(help: "A sizes.csv as `size` writes it; without it, the middle of every size's range.", completion: .file())
    var sizes: String?
    @Flag(help: "Write sizes and operation as one program; without sizes, the operation that `dispatch` finds.")
    var joint = false
    @OptionGroup var exactly: ExactOptions
    @Option(help: "lp or mps; default: what the file's ending says, else lp.")
    var format: ModelFileFormat?
    @Option(help: "File to write.", completion: .file())
    var output: String
    @Flag(help: "Print the optimum as JSON.")
    var json = false

    func validate() throws {
        guard [party != nil, party == nil && day != nil, joint].count(where: { $0 }) == 1, !(joint && day != nil) else {
            throw ValidationError("Name one problem: --party NAME, --day NAME or --joint.")
        }
        if prices != nil, party == nil { throw ValidationError("--prices belong to a --party.") }
        if sizes != nil, day == nil || party != nil { throw ValidationError("--sizes belong to a --day.") }
        if writtenFormat == .mps, URL(fileURLWithPath: output).pathExtension.lowercased() == "gz" {
            throw ValidationError("--output \(output): MPS is not compressed here. Take .gz off the name.")
        }
        if let format, let ending, format != ending {
            throw ValidationError(
                "--output \(output) ends as a file of the other format. Take --format \(format.rawValue) out, or name the file so."
            )
        }
    }

    /// What the ending of the file says, `model.mps` or `model.mps.gz`; nil if it says nothing.
    private var ending: ModelFileFormat? {
        var file = URL(fileURLWithPath: output)
        if file.pathExtension.lowercased() == "gz" { file.deletePathExtension() }
        return ModelFileFormat(rawValue: file.pathExtension.lowercased())
    }

    private var writtenFormat: ModelFileFormat { format ?? ending ?? .lp }

    func run() throws {
        try reporting {
            let source = try source.read()
            let limits = try exactly.limits
            let line = ProgressLine(isShown: true, isQuietOnTerminal: json)
            let problem = try line.showing("writing and solving the problem") {
                try ModelFileOnWay(output) { file in
                    try party.map { try write(party: $0, of: source, to: file) }
                        ?? writeSizing(source, limits, to: file)
                }.written
            }
            guard let objective = problem.objective.map({ $0 + 0 }) else {
                complain("\(output) is written, but the problem is \(problem.status).")
                throw ExitCode(ExitCodes.noAnswer)
            }
            if json {
                print(
                    JSONText.of(
                        Written(file: output, objective: objective, party: party, day: day, joint: joint ? true : nil)))
            } else {
                let proof = if case .limit(let gap?) = problem.status { ", proven within \(100 * gap) %" } else { "" }
                print("\(output): optimum \(objective) \(source.currency)\(proof)")
            }
        }
    }

    /// What was written, as JSON.
    private struct Written: Encodable {
        let file: String
        let objective: Double
        let party: String?
        let day: String?
        let joint: Bool?
    }

    private func write(party: String, of source: Case, to file: String) throws -> ExportedProblem {
        let energyGame = try EnergyGame(source)
        let game = energyGame.game
        let decision = try prices.map { try PricesFile.read($0, for: source, in: game.space) } ?? game.space.middle
        if party == energyGame.operatorName, day == nil {
            return try game.exportLeader(at: decision, to: file, format: writtenFormat)
        }
        let position = try position(of: energyGame)
        if party == energyGame.operatorName {
            return try energyGame.alone(position).game.exportLeader(at: decision, to: file, format: writtenFormat)
        }
        let groups = energyGame.days[position].groups
        guard let k = groups.firstIndex(where: { $0.contains(party) }) else {
            let known = [energyGame.operatorName] + groups.flatMap { $0 }
            complain("--party \(party): no such party. Known: \(known.joined(separator: ", ")).")
            throw ExitCode(ExitCodes.badInput)
        }
        let first = energyGame.days[position].parties.lowerBound
        return try game.exportParty(first + k, at: decision, to: file, format: writtenFormat)
    }

    /// The place of the day that is meant among those of a game.
    private func position(of game: EnergyGame) throws -> Int {
        let days = game.days.compactMap(\.name)
        guard let day else {
            guard days.count > 1 else { return 0 }
            complain("the prices are for several days. Name one with --day: \(days.joined(separator: ", ")).")
            throw ExitCode(ExitCodes.badInput)
        }
        guard let position = days.firstIndex(of: day) else {
            complain(
                days.isEmpty
                    ? "--day \(day): the case has one horizon and no days. Take it out."
                    : "--day \(day): no such day. Known: \(days.joined(separator: ", ")).")
            throw ExitCode(ExitCodes.badInput)
        }
        return position
    }

    private func writeSizing(_ source: Case, _ limits: SolveLimits, to file: String) throws -> ExportedProblem {
        if joint, !source.isSizing {
            return try Dispatch(source.system).export(to: file, format: writtenFormat, limits: limits)
        }
        let sizing = try SizingGame(source)
        guard let day else { return try sizing.exportJoint(to: file, format: writtenFormat, limits: limits) }
        guard let k = sizing.days.firstIndex(where: { $0.name == day }) else {
            complain("--day \(day): no such day. Known: \(sizing.days.map(\.name).joined(separator: ", ")).")
            throw ExitCode(ExitCodes.badInput)
        }
        let decision = try sizes.map { try SizesFile.read($0, of: source, for: sizing) } ?? sizing.game.space.middle
        return try sizing.game.exportParty(k, at: decision, to: file, format: writtenFormat)
    }
}
