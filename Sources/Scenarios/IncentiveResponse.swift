/// How many vehicle users respond to subsidies for charging and for discharging when the operator asks (Zeng et al.,
/// paper 004, eq. 1-8): a fuzzy model in which users differ.
///
/// Subsidies `s_c` and `s_d`, cut at their saturation (eq. 2-4), make an incentive by their excess over the cost of
/// wear (eq. 1):
///
///     x = alpha * max(0, s_c - phi_c) + beta * max(0, s_d - phi_d)
///
/// A user's responsivity is uniform between bounds that move with it (eq. 6-8), and the user responds if it exceeds a
/// threshold (eq. 5):
///
///     sigma_down, sigma_up = k_r * x -+ delta(x), kept within 0 ... 1
///     delta(x) = k1 * x                              up to the inflection
///              = k1 * x_i - k2 * (x - x_i) >= 0      after it
///     share = (sigma_up - sigma_T) / (sigma_up - sigma_down), kept within 0 ... 1
///
/// Above `saturation` the bounds do not change.
///
/// The defaults are fitted to the shares that tables 5 and 6 publish, by `Scripts/fit_responsivity.py`, and miss them
/// by 0.57 percentage points at most and by 0.30 in the mean square; the tables' own rounding accounts for 0.29. The
/// shares leave the units of incentive and responsivity open, and cannot distinguish wear from slope: `alpha`, the
/// threshold and both costs of wear are conventions, the others follow from them. The subsidies saturate where the
/// tables end, so that the model claims nothing beyond.
public struct IncentiveResponse: Sendable, Equatable, Codable {
    /// Incentive for each yuan/kWh of subsidy above wear: alpha and beta of eq. 1.
    public var chargingAttraction = 1.0
    public var dischargingAttraction = 0.8010
    /// The user's cost of wear, in yuan/kWh: phi_c and phi_d of eq. 1. If discharged energy has to be bought again,
    /// include that in the latter.
    public var chargingWear = 0.1
    public var dischargingWear = 0.1
    /// yuan/kWh. More subsidy than this has no more effect.
    public var chargingSaturation = 0.45
    public var dischargingSaturation = 0.47
    /// Responsivity for each unit of incentive: k_r of eq. 6.
    public var slope = 1.3401
    /// Incentive above which responsivity stays the same: x_max of eq. 6. By default where the spread reaches 0.
    public var saturation = 0.6467
    /// Half the width of responsivity gained and lost for each unit of incentive, before and after the inflection: k1
    /// and k2 of eq. 7.
    public var spreadGrowth = 1.1975
    public var spreadDecline = 1.0240
    /// Incentive at which users differ most, eq. 7.
    public var inflection = 0.2981
    /// Responsivity above which a user responds: sigma_T of eq. 5.
    public var threshold = 0.5

    /// The fit to the published shares; every coefficient can be set afterwards.
    public init() {}

    /// The incentive of two subsidies in yuan/kWh, at least 0.
    public func incentive(charging: Double, discharging: Double) -> Double {
        chargingAttraction * max(0, min(charging, chargingSaturation) - chargingWear)
            + dischargingAttraction * max(0, min(discharging, dischargingSaturation) - dischargingWear)
    }

    /// The bounds, within 0 ... 1, of the users' responsivity at an incentive.
    public func responsivity(at incentive: Double) -> ClosedRange<Double> {
        let incentive = min(max(incentive, 0), saturation)
        let spread =
            incentive <= inflection
            ? spreadGrowth * incentive : max(0, spreadGrowth * inflection - spreadDecline * (incentive - inflection))
        let mean = slope * incentive
        return min(max(mean - spread, 0), 1)...min(max(mean + spread, 0), 1)
    }

    /// The share of users, 0 ... 1, that is expected to respond to two subsidies in yuan/kWh.
    public func share(charging: Double, discharging: Double) -> Double {
        let bounds = responsivity(at: incentive(charging: charging, discharging: discharging))
        let width = bounds.upperBound - bounds.lowerBound
        guard width > 0 else { return bounds.lowerBound > threshold ? 1 : 0 }
        return min(max((bounds.upperBound - threshold) / width, 0), 1)
    }

    /// Which of some users respond to two subsidies in yuan/kWh.
    ///
    /// The users' places between the bounds are stratified, so that the number that responds is within one of its
    /// expectation, and depend on the seed alone: as long as both bounds rise with the incentive, who responds to a
    /// lower subsidy also responds to a higher one.
    ///
    /// - Returns: one answer per user.
    public func responses(of users: Int, charging: Double, discharging: Double, seed: UInt64) -> [Bool] {
        let bounds = responsivity(at: incentive(charging: charging, discharging: discharging))
        var generator = SplitMix(state: seed)
        return LatinHypercube.points(count: users, dimension: 1, using: &generator).map { place in
            bounds.lowerBound + place[0] * (bounds.upperBound - bounds.lowerBound) > threshold
        }
    }
}
