import ArgumentParser
import CaseFiles
import Disk
import Foundation
import Reports
import Scenarios

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecasts tomorrow's charging envelope of a station from its past sessions.",
        discussion: """
            Example: stackelberg forecast sessions.csv --held-out 7 --output tomorrow.csv

            The table has the columns arrival, departure, energy [kWh] and max_power [kW]. Gradient-boosted trees learn from the \
            past alone; their error on the held-out last days stands beside that of two naive forecasts.
            """)

    @Argument(help: "CSV table of past sessions.", completion: .file())
    var history: String
    @Option(help: "Last days on which the errors are measured.")
    var heldOut: TypedNumber = 7
    @Option(help: "File for the day after the history, hour by hour.", completion: .file())
    var output: String?

    func run() throws {
        try reporting {
            let heldOut = try heldOut.count("--held-out", in: 1...36_600)
            let sessions = try PlugInHistory.read(URL(fileURLWithPath: history))
            let forecast = try FleetForecast(sessions)
            print(
                ForecastReport.text(errors: try forecast.errors(heldOutDays: heldOut), heldOutDays: heldOut),
                terminator: "")
            guard let output else { return }
            let table = ForecastReport.table(try forecast.nextDay())
            try WholeFile.write(table.text, to: URL(fileURLWithPath: output))
        }
    }
}
