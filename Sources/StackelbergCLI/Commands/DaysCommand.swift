import ArgumentParser
import CaseFiles
import Disk
import Foundation
import Scenarios

struct DaysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "days",
        abstract: "Chooses typical days of a year for a case of sizes.",
        discussion: """
            Example: stackelberg days year.csv --count 8 --peak electricity --peak heat --output my-site

            The table has a row a step of a whole year. Its first column says when rows begin, as times or hours; rows that only have \
            names are taken as equal steps where their number is a year's, as 8760 hours or 35040 quarters. The other columns are \
            series, with units as in load [kW]. Each typical day is a real one, 24 hours from the first row on, and goes to a table of \
            its own; what is printed is the section 'days' of the case. Days with a peak come on top of the count.
            """)

    @Argument(help: "CSV table of the year, one row a step.", completion: .file())
    var year: String
    @Option(help: "Number of typical days.")
    var count: TypedNumber = 8
    @Option(help: "Column that decides which days are alike; all columns without it. May be repeated.")
    var column: [String] = []
    @Option(help: "Column whose highest value is kept with its day. May be repeated.")
    var peak: [String] = []
    @Option(help: "Column that says when rows begin; the first one without it.")
    var index: String?
    @Option(help: "Length of a row, as '15 min', where neither times nor the number of rows tell.")
    var step: String?
    @Option(help: "Time zone whose days they are, such as Europe/Berlin; else clocks are never changed.")
    var timezone: String?
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
                    advice: "write a name of letters, digits and '_', a letter first, as a case gives its tables.")
            }
            let whole = try YearTable(URL(fileURLWithPath: year), index: index, timezone: timezone, step: step)
            for warning in whole.warnings { complain("\(warning)") }
            let names = column.isEmpty ? whole.names : column
            let missing = peak.filter { !names.contains($0) }
            let columns = try whole.series(names + missing)
            let typical = try TypicalDays(
                columns, stepsPerDay: whole.stepsPerDay, count: count, method: .ward,
                extremes: peak.compactMap { name in
                    (names + missing).firstIndex(of: name).map { .highest(column: $0) }
                })
            try Folder.make(URL(fileURLWithPath: output))
            let folder = try OpenFolder(URL(fileURLWithPath: output))
            for day in typical.days {
                try folder.write(whole.table(ofDay: day), to: "\(table)/day\(day + 1).csv")
            }
            print(
                whole.section(zip(typical.days, typical.weights).map { (day: $0, weight: $1) }, table: table),
                terminator: "")
            for (name, fidelity) in zip(names + missing, typical.fidelity) {
                print(
                    "# \(name): total \(String(format: "%+.1f", 100 * fidelity.totalError)) %, peak "
                        + String(format: "%.4g of %.4g", fidelity.peak, fidelity.yearPeak))
            }
        }
    }
}
