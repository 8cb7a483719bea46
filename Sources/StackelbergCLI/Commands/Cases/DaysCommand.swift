import ArgumentParser
import CaseFiles
import Disk
import Foundation
import Scenarios
import Writing

struct DaysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "days",
        abstract: "Chooses typical days of a year for a sizing case.",
        discussion: """
            Example: stackelberg days year.csv --count 8 --peak electricity --peak heat --output my-site

            The table has one row per time step of a complete year. Its first column says when rows begin, as times or \
            hours; rows that only have names are taken as equal steps if their number is a year's, as 8760 hours or \
            35040 quarters. The other columns are series, with units as in load [kW]. Each typical day is a real one, \
            24 hours from the first row on, and goes to a table of its own; the section 'days' of the case is printed. \
            Days with a peak are in addition to --count.
            """)

    @Argument(help: "CSV table of the year, one row per time step.", completion: .file())
    var year: String
    @Option(help: "Number of typical days.")
    var count: TypedNumber = 8
    @Option(help: "Column by which days are compared; default: all columns. May be repeated.")
    var column: [String] = []
    @Option(help: "Column whose highest value is kept with its day. May be repeated.")
    var peak: [String] = []
    @Option(help: "Column that says when rows begin; default: the first one.")
    var index: String?
    @Option(help: "Length of a row, as '15 min', if neither times nor the number of rows give it.")
    var step: String?
    @Option(help: "Time zone of the days, such as Europe/Berlin; by default clocks are never changed.")
    var timezone: String?
    @OptionGroup var format: FormatOptions
    @Option(help: "Name of the table in the case.")
    var table = "year"
    @Option(help: "Folder of the case, for the tables.", completion: .directory)
    var output: String

    func run() throws {
        try reporting {
            let count = try count.count("--count", in: 1...366)
            guard Identifier.isValid(table) else {
                throw OptionError(
                    option: "--table", text: table,
                    advice: "write a name of letters, digits and '_', beginning with a letter.")
            }
            let whole = try YearTable(
                URL(fileURLWithPath: year), index: index, timezone: timezone, step: step, format: try format.format)
            for warning in whole.warnings { complain("\(warning)") }
            // A series counts once, however often and in whatever way it is named.
            let compared = try (column.isEmpty ? whole.names : column).map(whole.position)
            let peaks = try peak.map(whole.position)
            var chosen: [Int] = []
            for position in compared + peaks where !chosen.contains(position) { chosen.append(position) }
            let typical = try ProgressLine(isShown: true).showing("choosing days") {
                try TypicalDays(
                    chosen.map { whole.columns[$0] }, stepsPerDay: whole.stepsPerDay, count: count, method: .ward,
                    extremes: peaks.compactMap { chosen.firstIndex(of: $0).map { .highest(column: $0) } })
            }
            try Folder.make(URL(fileURLWithPath: output))
            let folder = try OpenFolder(URL(fileURLWithPath: output))
            for day in typical.days {
                try folder.write(whole.table(ofDay: day), to: "\(table)/day\(day + 1).csv")
            }
            print(
                whole.section(zip(typical.days, typical.weights).map { (day: $0, weight: $1) }, table: table),
                terminator: "")
            for (name, fidelity) in zip(chosen.map { whole.names[$0] }, typical.fidelity) {
                print(
                    "# \(name): total \(NumberText.signed(100 * fidelity.totalError, decimals: 1)) %, peak "
                        + String(format: "%.4g of %.4g", fidelity.peak, fidelity.yearPeak))
            }
        }
    }
}
