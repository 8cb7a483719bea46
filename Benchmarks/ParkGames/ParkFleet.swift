/// The fleet of a park as an envelope: per 60 vehicles 40 at work by day and 20 at home over night, both ways at 0.95.
struct ParkFleet {
    private struct Stay {
        var arrival: Double
        var departure: Double
        /// kWh in the battery on arrival, and needed at departure.
        var energy: Double
        var need: Double
    }

    private static let capacity = 60.0
    private static let power = 7.0
    private static let efficiency = 0.95

    let charge: [Double]
    let least: [Double]
    let most: [Double]

    /// - Parameter scale: fleets of 60 vehicles.
    init(steps: Int, hours: Double, days: Int, scale: Double) {
        var charge = [Double](repeating: 0, count: steps)
        var (least, most) = (charge, charge)
        for stay in Self.stays(days: days) {
            for k in 0..<steps {
                let (start, end) = (Double(k) * hours, Double(k + 1) * hours)
                charge[k] += Self.power * max(0, min(end, stay.departure) - max(start, stay.arrival)) / hours
                let plugged = min(end, stay.departure) - stay.arrival
                guard plugged > 0 else { continue }
                let up = min(0.95 * Self.capacity - stay.energy, Self.efficiency * Self.power * plugged)
                let later = Self.efficiency * Self.power * max(0, stay.departure - end)
                let down = max(
                    0.20 * Self.capacity - stay.energy, -Self.power / Self.efficiency * plugged,
                    stay.need - stay.energy - later)
                most[k] += up
                least[k] += min(down, up)
            }
        }
        self.charge = charge.map { $0 * scale }
        // Rounding of the tables must not close the corridor.
        self.least = least.map { $0 * scale - 1e-3 }
        self.most = most.map { $0 * scale + 1e-3 }
    }

    private static func stays(days: Int) -> [Stay] {
        func spread(_ v: Int, _ step: Double) -> Double { (Double(v) * step).truncatingRemainder(dividingBy: 1) }
        func halfHour(_ hours: Double) -> Double { (2 * hours).rounded(.down) / 2 }
        var stays: [Stay] = []
        for day in 0..<days {
            let midnight = 24 * Double(day)
            for v in 0..<40 {
                let energy = capacity * (0.30 + 0.30 * spread(v, 0.6180339887))
                stays.append(
                    Stay(
                        arrival: midnight + 7 + halfHour(2 * spread(v, 0.7548776662)),
                        departure: midnight + 16.5 + halfHour(2 * spread(v, 0.5698402909)), energy: energy,
                        need: min(0.85 * capacity, energy + 26)))
            }
            for v in 0..<20 {
                let morning = 6 + halfHour(2 * spread(v, 0.7548776662))
                if day == 0 {
                    let energy = capacity * (0.55 + 0.2 * spread(v, 0.6180339887))
                    stays.append(Stay(arrival: 0, departure: morning, energy: energy, need: 0.85 * capacity))
                }
                let isLast = day == days - 1
                stays.append(
                    Stay(
                        arrival: midnight + 18 + halfHour(2 * spread(v, 0.3247179572)),
                        departure: midnight + 24 + (isLast ? 0 : morning),
                        energy: capacity * (0.30 + 0.25 * spread(v, 0.5698402909)),
                        need: (isLast ? 0.60 : 0.85) * capacity))
            }
        }
        return stays
    }
}
