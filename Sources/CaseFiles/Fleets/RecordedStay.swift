import Energy

/// A stay as a charging network records it: when a vehicle was connected, and what energy it took.
///
/// Hours count from the start of the case; kWh and kW are those of the charger.
struct RecordedStay: Sendable {
    var arrival: Double
    var departure: Double
    var energy: Double
    let maximumPower: Double
    /// When it was charged; nil where that is unknown.
    var done: Double?

    /// kWh that the charger can give during the stay.
    var possible: Double { maximumPower * max(0, departure - arrival) }
    /// kWh that are asked for beyond that.
    var excess: Double { energy > possible + 1e-9 ? energy - possible : 0 }

    /// The part of the stay inside `0 ... horizon`, with the energy that belongs to it.
    ///
    /// Energy is taken evenly from the arrival until the vehicle is charged, or if that is unknown until it leaves. So
    /// the parts of a stay in two horizons that follow each other take its energy, no more and no less, and each can be
    /// given by its charger.
    func within(_ horizon: Double) -> RecordedStay {
        var end = departure
        if let done, done > arrival, done < departure, energy <= maximumPower * (done - arrival) + 1e-9 { end = done }
        let inside = max(0, min(end, horizon) - max(arrival, 0))
        var part = self
        part.arrival = max(arrival, 0)
        part.departure = min(departure, horizon)
        part.energy = inside >= end - arrival ? energy : energy * inside / (end - arrival)
        part.done = nil
        return part
    }

    /// What has to be charged, as a battery of just that size that comes empty and leaves full.
    func vehicle(_ name: String, chargeEfficiency: Double) -> Vehicle {
        Vehicle(
            name: name, arrival: arrival, departure: departure, battery: chargeEfficiency * energy,
            maximumCharge: maximumPower, maximumDischarge: 0, arrivalShare: 0, departureShare: 1)
    }
}
