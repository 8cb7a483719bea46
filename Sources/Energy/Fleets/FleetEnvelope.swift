/// What a fleet as a whole can do: the Minkowski sum of its vehicles (paper 001, eq. 2-3).
///
/// Per step: bounds of charging and discharging power (kW, mean over the step; a vehicle present for part of a step
/// counts by that part), and bounds of the energy stored in the vehicles present at the step's end (kWh). The energy
/// balance of the sum has two terms that the paper leaves out, the energy that vehicles bring and take:
///
///     E(t) = E(t - 1) + (eta_c * c(t) - d(t) / eta_d) * dt + arriving(t) - leaving(t)
///
/// What the driver wants at departure is a least: a vehicle that came with more may keep it. So `leaving(t)` lies
/// between the sum of what is wanted, or of what a vehicle cannot be rid of, and the sum of that or what each came
/// with, whichever is more.
///
/// Bounds of energy are the sums of each vehicle's reachable tube, which is narrower than its battery: what it can have
/// by then, given its arrival, and what it must have, given its departure. The sum is still an outer approximation:
/// a schedule inside it need not split over the vehicles (``FleetDisaggregation`` tells how far it does).
public struct FleetEnvelope: Sendable, Equatable {
    public let maximumCharge: [Double]
    public let maximumDischarge: [Double]
    public let minimumEnergy: [Double]
    public let maximumEnergy: [Double]
    /// kWh brought during each step.
    public let arriving: [Double]
    /// Least and most kWh taken during each step.
    public let leaving: [Double]
    public let mostLeaving: [Double]

    /// An envelope that is known as it stands. Energies count from the start of the horizon, so nothing arrives or
    /// leaves.
    public init(
        maximumCharge: [Double], maximumDischarge: [Double], minimumEnergy: [Double], maximumEnergy: [Double]
    ) {
        self.maximumCharge = maximumCharge
        self.maximumDischarge = maximumDischarge
        self.minimumEnergy = minimumEnergy
        self.maximumEnergy = maximumEnergy
        arriving = maximumCharge.map { _ in 0 }
        (leaving, mostLeaving) = (arriving, arriving)
    }

    /// kWh that vehicles may take with them during a step.
    func leavingRange(at step: Int) -> ClosedRange<Double> { leaving[step]...mostLeaving[step] }

    private init(
        maximumCharge: [Double], maximumDischarge: [Double], minimumEnergy: [Double], maximumEnergy: [Double],
        arriving: [Double], leaving: [Double], mostLeaving: [Double]
    ) {
        self.maximumCharge = maximumCharge
        self.maximumDischarge = maximumDischarge
        self.minimumEnergy = minimumEnergy
        self.maximumEnergy = maximumEnergy
        self.arriving = arriving
        self.leaving = leaving
        self.mostLeaving = mostLeaving
    }

    /// The envelope over a horizon that repeats itself: a stay that lasts beyond its end goes on at its beginning.
    ///
    /// - Parameter vehicles: stays that arrive within the horizon and last no longer than it.
    init(
        repeating vehicles: [Vehicle], time: TimeGrid, chargeEfficiency: Double, dischargeEfficiency: Double, v2g: Bool
    ) {
        let long = FleetEnvelope(
            vehicles, time: time.twice, chargeEfficiency: chargeEfficiency, dischargeEfficiency: dischargeEfficiency,
            v2g: v2g)
        self.init(
            maximumCharge: time.folded(long.maximumCharge), maximumDischarge: time.folded(long.maximumDischarge),
            minimumEnergy: time.folded(long.minimumEnergy), maximumEnergy: time.folded(long.maximumEnergy),
            arriving: time.folded(long.arriving), leaving: time.folded(long.leaving),
            mostLeaving: time.folded(long.mostLeaving))
    }

    /// - Parameter v2g: whether vehicles may discharge.
    public init(
        _ vehicles: [Vehicle], time: TimeGrid, chargeEfficiency: Double, dischargeEfficiency: Double, v2g: Bool
    ) {
        var charge = [Double](repeating: 0, count: time.steps)
        var (discharge, low, high) = (charge, charge, charge)
        var (arriving, leaving, mostLeaving) = (charge, charge, charge)
        for vehicle in vehicles {
            let tube = VehicleTube(
                vehicle, chargeEfficiency: chargeEfficiency, dischargeEfficiency: dischargeEfficiency, v2g: v2g)
            let steps = vehicle.steps(time)
            arriving[steps.lowerBound] += vehicle.arrivalEnergy
            leaving[steps.upperBound] += tube.leaving.lowerBound
            mostLeaving[steps.upperBound] += tube.leaving.upperBound
            for t in steps {
                let presence = vehicle.presence(in: t, time)
                charge[t] += presence * vehicle.maximumCharge
                if v2g { discharge[t] += presence * vehicle.maximumDischarge }
                guard t < steps.upperBound else { continue }
                let bounds = tube.bounds(at: time.start(of: t + 1))
                low[t] += bounds.low
                high[t] += bounds.high
            }
        }
        maximumCharge = charge
        maximumDischarge = discharge
        minimumEnergy = low
        maximumEnergy = high
        self.arriving = arriving
        self.leaving = leaving
        self.mostLeaving = mostLeaving
    }
}

/// Energies that one vehicle can have on its way from arrival to departure.
struct VehicleTube {
    private let vehicle: Vehicle
    /// kW into and out of the battery.
    private let rise: Double
    private let fall: Double
    /// Energy with which the vehicle may leave: at least what the driver wants, or what is left of what it came with
    /// where that is more; at most what it came with, where the driver wants less. Nobody charges beyond the wish.
    let leaving: ClosedRange<Double>

    init(_ vehicle: Vehicle, chargeEfficiency: Double, dischargeEfficiency: Double, v2g: Bool) {
        self.vehicle = vehicle
        rise = chargeEfficiency * vehicle.maximumCharge
        fall = v2g ? vehicle.maximumDischarge / dischargeEfficiency : 0
        let least = max(
            vehicle.departureEnergy, vehicle.minimumEnergy, vehicle.arrivalEnergy - fall * vehicle.stay)
        leaving = least...max(least, vehicle.arrivalEnergy)
    }

    /// - Parameter hour: between arrival and departure.
    func bounds(at hour: Double) -> (low: Double, high: Double) {
        let (gone, left) = (hour - vehicle.arrival, vehicle.departure - hour)
        let high = min(vehicle.maximumEnergy, vehicle.arrivalEnergy + rise * gone, leaving.upperBound + fall * left)
        let low = max(vehicle.minimumEnergy, vehicle.arrivalEnergy - fall * gone, leaving.lowerBound - rise * left)
        return (min(low, high), high)
    }
}

extension TimeGrid {
    /// The horizon and the one after it.
    var twice: TimeGrid { TimeGrid(steps: 2 * steps, hours: hours, startHour: startHour) }

    /// What happens in either of two horizons, by step of one.
    ///
    /// - Parameter series: one number per step of ``twice``.
    func folded(_ series: [Double]) -> [Double] { indices.map { series[$0] + series[$0 + steps] } }
}
