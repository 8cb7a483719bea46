import Scenarios
import Writing

/// A fleet forecast as a table, and its errors as text.
public enum ForecastReport {
    public static func text(errors: [FleetForecast.Errors], heldOutDays: Int) -> String {
        var table = TextTable(header: ["mean absolute error", "power [kW]", "least energy [kWh]", "most energy [kWh]"])
        for error in errors {
            table.rows.append(
                [error.method.rawValue]
                    + [error.power, error.leastEnergy, error.mostEnergy].map { NumberText.grouped($0, decimals: 2) })
        }
        return "Errors over the last \(heldOutDays) days, each forecast from the days before it:\n" + table.text
    }

    /// The columns of a case's envelope. Numbers are rounded to a tenth of a watt and then made consistent, so that those that are written
    /// can be operated.
    public static func table(_ day: DayEnvelope) -> CSVTable {
        func rounded(_ values: [Double]) -> [Double] { values.map { ($0 * 1e4).rounded() / 1e4 } }
        let day = DayEnvelope(
            power: rounded(day.power), leastEnergy: rounded(day.leastEnergy), mostEnergy: rounded(day.mostEnergy)
        ).consistent
        var table = CSVTable(["hour", "power [kW]", "least_energy [kWh]", "most_energy [kWh]"])
        for t in day.power.indices {
            table.add(["\(t)"] + rounded([day.power[t], day.leastEnergy[t], day.mostEnergy[t]]).map(NumberText.csv))
        }
        return table
    }
}
