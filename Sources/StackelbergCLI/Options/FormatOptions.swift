import ArgumentParser
import CaseFiles

/// How a table that is no case's is written.
struct FormatOptions: ParsableArguments {
    @Option(help: "What separates cells: ',' by default, ';', '|' or tab.")
    var separator: String?
    @Option(help: "What marks decimals: '.' by default, or ','.")
    var decimal: String?
    @Option(help: "What stands between thousands: '.', ',', \"'\" or space.")
    var thousands: String?

    var format: CSVFormat {
        get throws { try CSVFormat(separator: separator, decimal: decimal, thousands: thousands) }
    }
}
