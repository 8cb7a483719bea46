/// By what rule vehicles charge that their owners or an aggregator, and not the dispatch, decide about (paper 003,
/// section 2.6).
public enum ChargingStrategy: String, Sendable, CaseIterable {
    /// All charge on arrival.
    case disorderly
    /// Those who can wait follow the periods of the tariff.
    case orderly
    /// Those who cannot wait are under contract.
    case incentive
    /// Those who can wait follow the periods, and the others are under contract.
    case improved

    /// Whether those who can wait do.
    var orders: Bool { self == .orderly || self == .improved }
    /// Whether the others are under contract.
    var signs: Bool { self == .incentive || self == .improved }
}

extension Vehicle {
    /// kWh that the charger takes until the driver has what he wants.
    ///
    /// - Parameter efficiency: of charging.
    func chargedEnergy(efficiency: Double) -> Double { max(0, departureEnergy - arrivalEnergy) / efficiency }

    /// From arrival on at full power, until the driver has what he wants (paper 003, eq. 12-15), in hours after the
    /// start of the horizon.
    func chargeOnArrival(efficiency: Double) -> Range<Double> {
        let energy = chargedEnergy(efficiency: efficiency)
        return arrival..<(energy > 0 ? arrival + energy / maximumCharge : arrival)
    }

    /// When a charge begins that waits as the tariff asks (paper 003, section 2.6.2), in hours after the start of the
    /// horizon; nil where the vehicle cannot wait.
    ///
    /// - In the valley: at once.
    /// - In a flat period: at the next one where that is the valley, else at once.
    /// - In the peak: at the next period where that is the valley; where that is flat and the peak follows it, in the
    ///   flat period; where the valley follows it, in the valley.
    ///
    /// A vehicle can wait that stays longer than it charges and, having waited, is charged before it leaves. The second
    /// condition is a reading: by the first alone, vehicles would leave without what they came for.
    func orderedStart(_ periods: TariffPeriods, startHour: Double, efficiency: Double) -> Double? {
        let hours = chargeOnArrival(efficiency: efficiency)
        let duration = hours.upperBound - hours.lowerBound
        let clock = startHour + arrival
        guard stay > duration else { return nil }
        let start = Self.orderedStart(at: clock, periods) - startHour
        return start + duration <= departure + 1e-9 ? start : nil
    }

    /// - Parameter clock: hours after a midnight.
    private static func orderedStart(at clock: Double, _ periods: TariffPeriods) -> Double {
        guard let next = periods.following(clock), let later = periods.following(clock, skipping: 1) else {
            return clock
        }
        switch (periods.kind(at: clock), next.kind) {
        case (.flat, .valley), (.peak, .valley): return next.start
        case (.peak, .flat): return later.kind == .valley ? later.start : next.start
        default: return clock
        }
    }
}

extension TimeGrid {
    /// Adds a power over an interval to mean powers of steps, in a horizon that repeats itself.
    ///
    /// - Parameters:
    ///   - interval: hours after the start of the horizon, from within it on.
    ///   - series: kW, one value per step.
    func add(_ power: Double, over interval: Range<Double>, to series: inout [Double]) {
        var step = max(0, Int((interval.lowerBound / hours).rounded(.down)))
        while start(of: step) < interval.upperBound {
            let begins = max(interval.lowerBound, start(of: step))
            let part = min(interval.upperBound, start(of: step + 1)) - begins
            if part > 0 { series[step % steps] += power * part / hours }
            step += 1
        }
    }

    /// The same, as far as it lies in the periods of a kind.
    func add(
        _ power: Double, over interval: Range<Double>, in periods: TariffPeriods, _ kind: TariffPeriods.Kind,
        to series: inout [Double]
    ) {
        let clock = interval.lowerBound + startHour..<interval.upperBound + startHour
        for part in periods.parts(of: clock, kind) {
            add(power, over: part.lowerBound - startHour..<part.upperBound - startHour, to: &series)
        }
    }
}
