import Scenarios

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

    public static func table(_ day: DayEnvelope) -> CSVTable {
        var table = CSVTable(["hour", "power [kW]", "least_energy [kWh]", "most_energy [kWh]"])
        for t in day.power.indices {
            table.add(["\(t)"] + [day.power[t], day.leastEnergy[t], day.mostEnergy[t]].map(NumberText.csv))
        }
        return table
    }
}
