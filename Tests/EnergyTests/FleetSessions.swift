@testable import Energy

/// A car park's day: forty stays at 7 kW chargers, some over the working day, some of an evening.
enum RealSessions {
    static let day: [Vehicle] = rows.enumerated().map { n, row in
        Vehicle(
            name: "ev\(n + 1)", arrival: row.arrival, departure: row.departure, battery: row.battery, maximumCharge: 7,
            maximumDischarge: 7, arrivalShare: row.from, departureShare: row.wanted)
    }

    private typealias Row = (arrival: Double, departure: Double, battery: Double, from: Double, wanted: Double)

    private static let rows: [Row] = [
        (9, 18, 60, 0.47, 0.82), (8, 15, 75, 0.28, 0.79), (10, 17, 75, 0.32, 0.88), (9, 17, 75, 0.42, 0.85),
        (10, 18, 40, 0.29, 0.75), (9, 16, 75, 0.41, 0.89), (8, 16, 75, 0.49, 0.77), (9, 16, 75, 0.27, 0.83),
        (8, 16, 60, 0.33, 0.88), (8, 15, 75, 0.38, 0.89), (8, 14, 60, 0.5, 0.85), (10, 19, 40, 0.41, 0.78),
        (9, 16, 60, 0.24, 0.82), (8, 15, 60, 0.44, 0.81), (9, 17, 75, 0.46, 0.76), (9, 16, 60, 0.37, 0.89),
        (9, 17, 40, 0.29, 0.76), (9, 16, 50, 0.49, 0.79), (9, 18, 60, 0.29, 0.89), (9, 17, 75, 0.46, 0.81),
        (10, 16, 40, 0.39, 0.89), (8, 15, 50, 0.48, 0.82), (9, 17, 60, 0.2, 0.81), (9, 16, 50, 0.22, 0.84),
        (16, 24, 60, 0.38, 0.79), (18, 24, 75, 0.21, 0.69), (17, 24, 60, 0.39, 0.79), (16, 24, 60, 0.25, 0.78),
        (18, 24, 60, 0.29, 0.81), (16, 24, 40, 0.49, 0.85), (19, 24, 60, 0.27, 0.77), (19, 24, 75, 0.39, 0.76),
        (16, 24, 50, 0.33, 0.88), (17, 24, 50, 0.22, 0.86), (18, 24, 60, 0.27, 0.77), (19, 24, 50, 0.29, 0.88),
        (16, 24, 60, 0.44, 0.85), (17, 24, 60, 0.38, 0.81), (16, 24, 75, 0.3, 0.81), (18, 24, 75, 0.37, 0.76),
    ]
}

extension Vehicle {
    /// The same stay at another time, cut at a horizon; it wants no more than it then can get at 0.9.
    func moved(by hours: Double, within horizon: Double) -> Vehicle {
        let (start, end) = (max(0, arrival + hours), min(horizon, departure + hours))
        let wanted = min(departureEnergy, arrivalEnergy + 0.9 * maximumCharge * (end - start))
        return Vehicle(
            name: name, arrival: start, departure: end, battery: battery, maximumCharge: maximumCharge,
            maximumDischarge: maximumDischarge, arrivalShare: arrivalEnergy / battery, departureShare: wanted / battery)
    }
}
