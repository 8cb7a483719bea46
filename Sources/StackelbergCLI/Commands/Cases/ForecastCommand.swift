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
            Columns may have the names that charging networks use, as connectionTime and kWhDelivered, or others that \
            --column names; --max-power stands for a column that is missing. Times may have an offset from UTC; with --timezone, days are those of the clock there. Gradient-boosted \
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
    @Option(help: "arrival=HEADER, departure=, energy= or max_power=: what a column is called. May be repeated.")
    var column: [String] = []
    @Option(help: "Power of every charger, as '7.2 kW', if the table does not say it.")
    var maxPower: String?
    @Option(help: "Stays too short for their energy: clip, and say how many, or refuse.")
    var shortStays: ShortStays = .clip
    @OptionGroup var format: FormatOptions
    @Option(help: "File for the day after the history, hour by hour.", completion: .file())
    var output: String?

    func run() throws {
        try reporting {
            let heldOut = try heldOut.count("--held-out", in: 1...FleetForecast.longestHistory)
            let past = try PlugInHistory(
                URL(fileURLWithPath: history), timezone: timezone, format: try format.format, columns: try names,
                shortStays: shortStays)
            for warning in past.warnings { complain("\(warning)") }
            let line = ProgressLine(isShown: true)
            let (forecast, errors) = try line.showing("learning from the history") {
                let forecast = try FleetForecast(past.sessions)
                return (forecast, try forecast.errors(heldOutDays: heldOut))
            }
            print(ForecastReport.text(errors: errors, heldOutDays: heldOut), terminator: "")
            guard let output else { return }
            try line.showing("forecasting") {
                let table = ForecastReport.table(try forecast.nextDay())
                try WholeFile.write(table.text, to: URL(fileURLWithPath: output))
            }
        }
    }

    private var names: [ColumnName] {
        get throws {
            let known = maxPower == nil ? PlugInHistory.columns : PlugInHistory.columns.filter { $0 != "max_power" }
            let named = try column.map { text in
                try option("--column", text) { try ColumnName(option: text, among: known) }
            }
            let power = try maxPower.map { text in
                try option("--max-power", text) {
                    try ColumnName("max_power", power: text)
                }
            }
            return named + (power.map { [$0] } ?? [])
        }
    }

    private func option<Value>(_ name: String, _ text: String, _ read: () throws -> Value) throws -> Value {
        do {
            return try read()
        } catch let problem as ColumnNameProblem {
            throw OptionError(option: name, text: text, advice: problem.advice)
        }
    }
}

extension ShortStays: ExpressibleByArgument {}
