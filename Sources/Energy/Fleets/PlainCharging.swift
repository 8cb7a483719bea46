/// How a vehicle charges that nobody schedules.
extension Vehicle {
    /// Power in kW, one value per step: at full power in the cheapest hours of the stay, earlier ones first where
    /// prices are equal, until the driver has what he wants. With one price for all hours that is charging on arrival.
    ///
    /// - Parameters:
    ///   - prices: one value per step.
    ///   - time: covers the whole stay.
    ///   - efficiency: of charging.
    func charging(at prices: [Double], time: TimeGrid, efficiency: Double) -> [Double] {
        var power = [Double](repeating: 0, count: time.steps)
        var left = max(0, departureEnergy - arrivalEnergy) / efficiency
        for t in steps(time).sorted(by: { (prices[$0], $0) < (prices[$1], $1) }) {
            let energy = min(left, presence(in: t, time) * maximumCharge * time.hours)
            power[t] = energy / time.hours
            left -= energy
        }
        return power
    }
}
