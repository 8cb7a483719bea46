import ResultFiles
import Scenarios
import Writing

/// The columns of a case's envelope.
enum EnvelopeTable: TableSchema {
    static let file = "envelope.csv"
    static let hour = Column<Int>("hour")
    static let power = Column<Double>("power", "kW")
    static let leastEnergy = Column<Double>("least_energy", "kWh")
    static let mostEnergy = Column<Double>("most_energy", "kWh")
    static let columns: [any TableColumn] = [hour, power, leastEnergy, mostEnergy]
}

/// A fleet forecast as a table, and its errors as text.
package enum ForecastReport {
    package static func text(errors: [FleetForecast.Errors], heldOutDays: Int) -> String {
        var table = TextTable(header: ["mean absolute error", "power [kW]", "least energy [kWh]", "most energy [kWh]"])
        for error in errors {
            table.rows.append(
                [error.method.rawValue]
                    + [error.power, error.leastEnergy, error.mostEnergy].map { NumberText.grouped($0, decimals: 2) })
        }
        return "Errors over the last \(heldOutDays) days, each forecast from the days before it:\n" + table.text
    }

    /// The next day. Numbers are rounded to a tenth of a watt and then made consistent, so that those that are written
    /// can be operated.
    package static func table(_ day: DayEnvelope) -> ResultTable {
        func rounded(_ values: [Double]) -> [Double] { values.map { ($0 * 1e4).rounded() / 1e4 } }
        let day = DayEnvelope(
            power: rounded(day.power), leastEnergy: rounded(day.leastEnergy), mostEnergy: rounded(day.mostEnergy)
        ).consistent
        var table = ResultTable(EnvelopeTable.self)
        let (power, least, most) = (rounded(day.power), rounded(day.leastEnergy), rounded(day.mostEnergy))
        for t in day.power.indices {
            table.add([
                EnvelopeTable.hour(t), EnvelopeTable.power(power[t]), EnvelopeTable.leastEnergy(least[t]),
                EnvelopeTable.mostEnergy(most[t]),
            ])
        }
        return table
    }
}
