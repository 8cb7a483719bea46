import ArgumentParser
import Foundation
import ResultFiles
import Studies

/// A command that goes over ranks where there are some; see ``RankLeader/current``.
protocol RankedCommand: ParsableCommand {}

/// The command line: one file per command.
package struct Stackelberg: ParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "stackelberg",
        abstract: "Finds the prices that an energy operator should charge when its customers respond optimally.",
        discussion: """
            A case is a folder with a case.yaml and its tables. Start with:

              stackelberg new my-park
              stackelberg check my-park
              stackelberg price my-park
            """,
        version: Version.number,
        subcommands: [
            NewCommand.self, DaysCommand.self, CheckCommand.self, ShowCommand.self, PriceCommand.self,
            EvaluateCommand.self, SizeCommand.self, DispatchCommand.self, CooperateCommand.self, CompeteCommand.self,
            ResumeCommand.self, ListCommand.self, ReportCommand.self, CertifyCommand.self, SolveCommand.self,
            SweepCommand.self, CompareCommand.self, ClusterCommand.self, BiasCommand.self, ExportCommand.self,
            ForecastCommand.self, ServeCommand.self,
        ])

    package init() {}

    /// Runs the program with the arguments of the process, and ends it.
    ///
    /// - Parameters:
    ///   - ranks: that answer for this process; nil where it is alone.
    ///   - leave: called before the end.
    package static func runProgram(leading ranks: RankLeader? = nil, leave: () -> Void = {}) -> Never {
        StandardStream.prepare()
        var code: Int32 = 0
        do {
            var command = try parseAsRoot(
                ProgramArguments.joiningNegativeNumbers(Array(ProgramArguments.all.dropFirst())))
            if ranks != nil, !(command is any RankedCommand) {
                complain(
                    "one rank does this, and the others have nothing to do: only the searches of price and size, and certify, go over "
                        + "ranks. For compare and sweep see: stackelberg cluster --help.")
            }
            try RankLeader.$current.withValue(ranks) { try command.run() }
        } catch {
            code = exitCode(for: error).rawValue
            let message = fullMessage(for: error)
            if !message.isEmpty { if code == 0 { print(message) } else { complain(message) } }
        }
        leave()
        Foundation.exit(StandardStream.exitCode(after: code))
    }
}
