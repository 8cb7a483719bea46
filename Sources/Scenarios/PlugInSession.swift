/// One past stay of a vehicle at a station, with the energy that it took.
public struct PlugInSession: Sendable, Equatable, Codable {
    /// Day of the arrival, in days since any fixed day.
    public var day: Int
    /// Weekday of the arrival, 0 ... 6: the same weekday always the same number, and the next day the next number.
    public var weekday: Int
    /// Hours after that day's midnight, `0 ..< 24`.
    public var arrival: Double
    /// Hours after the same midnight; above 24 where the vehicle stays overnight.
    public var departure: Double
    /// kWh delivered.
    public var energy: Double
    /// State of charge at arrival, `0 ... 1`, where it is known.
    public var initialStateOfCharge: Double?
    /// Greatest charging power in kW, where it is known.
    public var maximumPower: Double?

    public init(
        day: Int, weekday: Int, arrival: Double, departure: Double, energy: Double,
        initialStateOfCharge: Double? = nil, maximumPower: Double? = nil
    ) {
        self.day = day
        self.weekday = weekday
        self.arrival = arrival
        self.departure = departure
        self.energy = energy
        self.initialStateOfCharge = initialStateOfCharge
        self.maximumPower = maximumPower
    }

    /// Hours.
    public var stay: Double { departure - arrival }

    /// kWh that the charger can give during the stay: `energy`, or less where that is beyond its power.
    ///
    /// - Parameter assumedPower: kW, where the session does not know its own.
    public func deliverableEnergy(assumedPower: Double) -> Double {
        min(energy, (maximumPower ?? assumedPower) * max(0, stay))
    }

    /// Hours after the midnight before day 0.
    var arrivalTime: Double { arrival + 24 * Double(day) }
    var departureTime: Double { departure + 24 * Double(day) }

    /// What cannot be a session, as the end of a sentence.
    var problem: String? {
        if !(0...6).contains(weekday) { return "weekday \(weekday) is not in 0 ... 6." }
        guard arrival.isFinite, departure.isFinite, energy.isFinite else { return "a time or the energy is no finite number." }
        if !(arrival >= 0 && arrival < 24) { return "the arrival at \(arrival) h is not within its day." }
        if departure < arrival { return "the departure at \(departure) h lies before the arrival at \(arrival) h." }
        if energy < 0 { return "the energy \(energy) kWh is negative." }
        if let maximumPower, !(maximumPower > 0 && maximumPower.isFinite) { return "the power \(maximumPower) kW is not positive." }
        if let soc = initialStateOfCharge, !(0...1).contains(soc) { return "the state of charge \(soc) is not in 0 ... 1." }
        return nil
    }
}
