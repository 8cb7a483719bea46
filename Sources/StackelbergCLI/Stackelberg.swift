import ArgumentParser
import Foundation
import ResultFiles

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
            ForecastCommand.self,
        ])

    package init() {}

    /// Runs the program with the arguments of the process, and ends it.
    package static func runProgram() -> Never {
        StandardStream.prepare()
        var code: Int32 = 0
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            code = exitCode(for: error).rawValue
            let message = fullMessage(for: error)
            if !message.isEmpty { if code == 0 { print(message) } else { complain(message) } }
        }
        Foundation.exit(StandardStream.exitCode(after: code))
    }
}
