/// What became of the power that weather offered: how much of it was used, in kWh.
///
/// ```swift
/// let use = solution.renewableUse            // of all parties
/// print(use.share ?? 1, use.curtailed)
/// ```
public struct RenewableUse: Sendable, Equatable {
    /// kWh that weather offered.
    public let available: Double
    /// kWh of it that was taken.
    public let used: Double

    public init(available: Double, used: Double) {
        self.available = available
        self.used = used
    }

    /// kWh of it that was not taken.
    public var curtailed: Double { available - used }
    /// Used per available; nil where nothing was.
    public var share: Double? { available > 0 ? used / available : nil }

    /// Of both together, as of several parties or days.
    public static func + (a: Self, b: Self) -> Self {
        RenewableUse(available: a.available + b.available, used: a.used + b.used)
    }

    /// A number of times, as a typical day that a year has so often.
    public static func * (times: Double, a: Self) -> Self {
        RenewableUse(available: times * a.available, used: times * a.used)
    }
}

extension Ledger<Double> {
    /// What was used of what weather offered to this party.
    ///
    /// - Parameter component: the only one that counts; all without it.
    public func renewableUse(of component: String? = nil, time: TimeGrid) -> RenewableUse {
        let offers = offers.filter { component == nil || $0.component == component }
        let available = offers.reduce(0) { $0 + $1.power.reduce(0, +) }
        let used = offers.reduce(0) { sum, offer in
            let given = flows(of: offer.component).filter { $0.isGiven && $0.carrier == offer.carrier }
            return sum + given.reduce(0) { $0 + $1.power.reduce(0, +) }
        }
        return RenewableUse(available: available * time.hours, used: used * time.hours)
    }
}

extension SystemSolution {
    /// What was used of what weather offered to all parties.
    public var renewableUse: RenewableUse {
        parties.reduce(RenewableUse(available: 0, used: 0)) { $0 + $1.renewableUse(time: time) }
    }
}
