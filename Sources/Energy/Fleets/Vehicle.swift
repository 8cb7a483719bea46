/// One stay of a vehicle at a station.
///
/// Times are hours from the start of the horizon; energies are kWh in the battery.
public struct Vehicle: Sendable, Equatable {
    public let name: String
    public let arrival: Double
    public let departure: Double
    public let battery: Double
    /// kW at the charger.
    public let maximumCharge: Double
    public let maximumDischarge: Double
    public let arrivalEnergy: Double
    /// What the driver wants at least when leaving. It is charged to that and not beyond; what it came with above that
    /// it may keep.
    public let departureEnergy: Double
    public let minimumEnergy: Double
    public let maximumEnergy: Double

    /// - Parameters:
    ///   - arrivalShare, departureShare, minimumShare, maximumShare: states of charge, `0 ... 1` of the battery.
    public init(
        name: String, arrival: Double, departure: Double, battery: Double, maximumCharge: Double,
        maximumDischarge: Double, arrivalShare: Double, departureShare: Double, minimumShare: Double = 0,
        maximumShare: Double = 1
    ) {
        self.name = name
        self.arrival = arrival
        self.departure = departure
        self.battery = battery
        self.maximumCharge = maximumCharge
        self.maximumDischarge = maximumDischarge
        arrivalEnergy = arrivalShare * battery
        departureEnergy = departureShare * battery
        minimumEnergy = minimumShare * battery
        maximumEnergy = maximumShare * battery
    }

    public var stay: Double { departure - arrival }

    /// A share of the vehicle: of many like it, those that are meant, divided by how many there are.
    func part(_ share: Double) -> Vehicle {
        Vehicle(
            name: name, arrival: arrival, departure: departure, battery: share * battery,
            maximumCharge: share * maximumCharge, maximumDischarge: share * maximumDischarge,
            arrivalShare: arrivalEnergy / battery, departureShare: departureEnergy / battery,
            minimumShare: minimumEnergy / battery, maximumShare: maximumEnergy / battery)
    }

    /// Everything about this stay that cannot be, in words.
    ///
    /// - Parameters:
    ///   - horizon: hours that the case covers.
    ///   - efficiency: of charging.
    public func problems(horizon: Double, chargeEfficiency efficiency: Double) -> [InputProblem] {
        var problems: [InputProblem] = []
        func refuse(_ attribute: String, _ message: String) {
            problems.append(InputProblem(at: attribute, "\(name): \(message)"))
        }
        let numbers = [
            arrival, departure, battery, maximumCharge, maximumDischarge, arrivalEnergy, departureEnergy, minimumEnergy,
            maximumEnergy,
        ]
        guard numbers.allSatisfy(\.isFinite) else {
            return [InputProblem("\(name): a time, power or energy is infinite or not a number. Give finite numbers.")]
        }
        for (key, power) in [("max_charge", maximumCharge), ("max_discharge", maximumDischarge)] where power < 0 {
            refuse(
                key,
                "\(InputProblem.text(power)) kW is below 0. Give the size of the power; 0 for a direction it has not.")
        }
        if departure <= arrival {
            let (left, came) = InputProblem.texts(departure, arrival)
            refuse("departure", "leaves at \(left) h, not after its arrival at \(came) h.")
        }
        if arrival < 0 || departure > horizon + 1e-9 {
            let (end, last) = InputProblem.texts(departure, horizon)
            refuse(
                "arrival",
                "stays from \(InputProblem.texts(arrival, 0).0) h to \(end) h, but the case covers 0 ... \(last) h. "
                    + "Split the stay or lengthen the case.")
        }
        if battery <= 0 {
            refuse("battery", "a battery of \(InputProblem.text(battery)) kWh holds nothing. Give its capacity.")
        }
        if minimumEnergy < 0 || maximumEnergy > battery * (1 + 1e-9) {
            refuse("soc_max", "soc_min and soc_max leave the battery's 0 ... 1. Keep them within it.")
        }
        if minimumEnergy > maximumEnergy { refuse("soc_min", "soc_min is above soc_max. Swap them.") }
        for (key, energy) in [("soc_arrival", arrivalEnergy), ("soc_departure", departureEnergy)]
        where energy < minimumEnergy - 1e-9 || energy > maximumEnergy + 1e-9 {
            let isLow = energy < minimumEnergy
            let (shown, limit) = InputProblem.texts(energy, isLow ? minimumEnergy : maximumEnergy)
            let least = isLow ? limit : InputProblem.text(minimumEnergy)
            let most = isLow ? InputProblem.text(maximumEnergy) : limit
            refuse(
                key,
                "\(shown) kWh lies outside what the battery may hold, \(least) ... \(most) kWh. Change \(key) or the limits."
            )
        }
        let wanted = departureEnergy - arrivalEnergy
        let possible = efficiency * maximumCharge * max(0, stay)
        if wanted > possible + 1e-9, departure > arrival {
            let (needed, given) = InputProblem.texts(wanted, possible)
            refuse(
                "soc_departure",
                "needs \(needed) kWh in \(InputProblem.text(stay)) h but its charger gives at most \(given) kWh. "
                    + "Lower soc_departure or extend the stay.")
        }
        return problems
    }

    /// What cannot be where the horizon repeats itself, beside ``problems(horizon:chargeEfficiency:)`` of twice its
    /// hours; nil where all can.
    public func problem(repeating horizon: Double) -> InputProblem? {
        guard arrival >= horizon || stay > horizon + 1e-9 else { return nil }
        let (shown, most) = InputProblem.texts(arrival >= horizon ? arrival : stay, horizon)
        return arrival >= horizon
            ? InputProblem(
                at: "arrival", "\(name): comes at \(shown) h, but the case covers 0 ... \(most) h. Let it come within.")
            : InputProblem(
                at: "departure",
                "\(name): stays for \(shown) h, but comes again after \(most) h. Shorten the stay.")
    }

    /// Part of a step during which the vehicle is plugged in.
    func presence(in step: Int, _ time: TimeGrid) -> Double {
        let start = time.start(of: step)
        return max(0, min(departure, start + time.hours) - max(arrival, start)) / time.hours
    }

    /// Step in which the vehicle arrives, and the one in which it leaves.
    func steps(_ time: TimeGrid) -> ClosedRange<Int> {
        let first = min(time.steps - 1, max(0, Int((arrival / time.hours + 1e-9).rounded(.down))))
        let last = min(time.steps - 1, max(first, Int((departure / time.hours - 1e-9).rounded(.up)) - 1))
        return first...last
    }
}
