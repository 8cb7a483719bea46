import ArgumentParser
import CaseFiles
import Disk
import Foundation
import Reports
import ResultFiles
import Scenarios

struct ForecastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forecast",
        abstract: "Forecasts tomorrow's charging envelope of a station from its past sessions.",
        discussion: """
            Example: stackelberg forecast sessions.csv --held-out 7 --output tomorrow.csv

            The table has the columns arrival, departure, energy [kWh] and max_power [kW]; other units are converted. \
            Times may have an offset from UTC; with --timezone, days are those of the clock there. Gradient-boosted \
            trees learn only from the past, at most its last two years; their error on the held-out last days is \
            printed with that of two naive forecasts.

            A vehicle that is there at midnight belongs to both days: to the next with the energy that can still be \
            charged then. The output has the columns of an envelope: {max_charge: tomorrow.power, min_energy: \
            tomorrow.least_energy, max_energy: tomorrow.most_energy}.
            """)

    @Argument(help: "CSV table of past sessions.", completion: .file())
    var history: String
    @Option(help: "Last days on which the errors are measured, 1 to 731.")
    var heldOut: TypedNumber = 7
    @Option(help: "Time zone of the station, such as Europe/Berlin; by default times are on their own clock.")
    var timezone: String?
    @Option(help: "File for the day after the history, hour by hour.", completion: .file())
    var output: String?

    func run() throws {
        try reporting {
            let heldOut = try heldOut.count("--held-out", in: 1...FleetForecast.longestHistory)
            let past = try PlugInHistory(URL(fileURLWithPath: history), timezone: timezone)
            for warning in past.warnings { complain("\(warning)") }
            let forecast = try FleetForecast(past.sessions)
            print(
                ForecastReport.text(errors: try forecast.errors(heldOutDays: heldOut), heldOutDays: heldOut),
                terminator: "")
            guard let output else { return }
            let table = ForecastReport.table(try forecast.nextDay())
            try WholeFile.write(table.text, to: URL(fileURLWithPath: output))
        }
    }
}
