import Foundation

/// Stays drawn from the distributions of paper 001: arrival normal and wrapped at midnight (eq. 4), departure
/// log-normal (eq. 5), state of charge at arrival uniform or normal, within its range; or of papers 002 and 003:
/// departure normal and wrapped (002, eq. 21), distance since the last charge log-normal (003, eq. 11-12).
///
/// Each quantity is the inverse of its distribution at a uniform number, so plain and stratified draws share their
/// marginals. Eq. 4 writes the wrapped density in two branches, from `mean - 12` to midnight and from midnight to `mean
/// - 12`; here the hour is taken modulo 24, which is the same except for the mass beyond 12 h from the mean (4e-4 at a
/// deviation of 3.4 h) and also holds for means before noon. The paper's `sqrt(2 pi sigma)` in both equations is read
/// as `sqrt(2 pi) sigma`, without which they are no densities.
public struct VehicleSampling: Sendable, Equatable {
    /// How uniform numbers are drawn.
    public enum Method: String, Sendable, CaseIterable {
        /// Independent.
        case random
        /// Stratified in each of the three distributions (``LatinHypercube``).
        case latinHypercube = "latin_hypercube"
    }

    /// The distribution of the state of charge at arrival.
    public enum ChargeDistribution: String, Sendable, CaseIterable {
        /// Normal and truncated to the range: the probability outside is spread over the range, not added at its ends.
        case truncatedNormal = "truncated_normal"
        /// Uniform over the range; mean and deviation have no effect.
        case uniform
        /// The upper end of the range less the energy of the trip, which is log-normal; mean and deviation have no
        /// effect.
        case driven
    }

    /// The distribution of the departure's clock hour.
    public enum DepartureDistribution: Sendable, Equatable {
        /// With the mean and standard deviation of its logarithm.
        case logNormal
        /// Wrapped at midnight, with its mean and standard deviation in hours.
        case normal(mean: Double, deviation: Double)
    }

    /// Clock hour of the mean arrival, and its standard deviation in hours: mu and sigma of eq. 4.
    public var arrivalMean: Double
    public var arrivalDeviation: Double
    /// Mean and standard deviation of the logarithm of the departure's clock hour: mu' and sigma' of eq. 5.
    public var departureLogMean: Double
    public var departureLogDeviation: Double
    public var departureDistribution = DepartureDistribution.logNormal
    /// State of charge at arrival, `0 ... 1`: mean and standard deviation before truncation.
    public var chargeMean: Double
    public var chargeDeviation: Double
    public var chargeRange: ClosedRange<Double>
    public var chargeDistribution: ChargeDistribution
    /// Mean and standard deviation of the logarithm of the trip's energy, as a share of the battery: for `.driven`. The
    /// probability of trips below the range is spread over the rest, as for `.truncatedNormal`.
    public var useLogMean = log(0.2)
    public var useLogDeviation = 0.5
    /// Hours. A drawn stay that is shorter is rejected, counted and drawn again.
    public var shortestStay: Double
    public var method: Method

    public init(
        arrivalMean: Double = 17.6, arrivalDeviation: Double = 3.4, departureLogMean: Double = log(8),
        departureLogDeviation: Double = 0.15, chargeMean: Double = 0.4, chargeDeviation: Double = 0.1,
        chargeRange: ClosedRange<Double> = 0.1...0.9, chargeDistribution: ChargeDistribution = .truncatedNormal,
        shortestStay: Double = 1, method: Method = .random
    ) {
        self.arrivalMean = arrivalMean
        self.arrivalDeviation = arrivalDeviation
        self.departureLogMean = departureLogMean
        self.departureLogDeviation = departureLogDeviation
        self.chargeMean = chargeMean
        self.chargeDeviation = chargeDeviation
        self.chargeRange = chargeRange
        self.chargeDistribution = chargeDistribution
        self.shortestStay = shortestStay
        self.method = method
    }

    /// A drawn stay. A departure before the arrival's clock hour is on the next day.
    public struct Stay: Sendable, Equatable {
        /// Clock hour, `0 ..< 24`.
        public let arrival: Double
        /// Hours after the arrival day's midnight, up to 48.
        public let departure: Double
        /// `0 ... 1`, at arrival.
        public let stateOfCharge: Double
    }

    /// Draws stays.
    ///
    /// A rejected stay is drawn again completely. With `.latinHypercube` the first `count` draws are stratified and the
    /// replacements of rejected ones are not, so many rejections weaken the stratification. Distributions that hardly
    /// ever give a long enough stay must not hang: after 1000 rejections per stay, short stays are made to last an
    /// entire day.
    ///
    /// - Parameters:
    ///   - count: how many stays.
    ///   - seed: the same seed gives the same stays.
    /// - Returns: the stays, and how many draws were rejected as too short.
    public func stays(count: Int, seed: UInt64) -> (stays: [Stay], rejected: Int) {
        var generator = SplitMix(state: seed)
        var stays: [Stay] = []
        var rejected = 0
        var strata =
            method == .latinHypercube ? LatinHypercube.points(count: count, dimension: 3, using: &generator) : []
        while stays.count < count {
            let uniform = strata.popLast() ?? (0..<3).map { _ in Double.random(in: 0..<1, using: &generator) }
            let stay = stay(uniform)
            if stay.departure - stay.arrival >= shortestStay {
                stays.append(stay)
            } else if rejected >= 1000 * count {
                stays.append(
                    Stay(arrival: stay.arrival, departure: stay.arrival + 24, stateOfCharge: stay.stateOfCharge))
            } else {
                rejected += 1
            }
        }
        return (stays, rejected)
    }

    private func stay(_ uniform: [Double]) -> Stay {
        let arrival = Self.wrapped(arrivalMean + arrivalDeviation * StandardNormal.quantile(uniform[0]))
        let leaves = Self.wrapped(departure(StandardNormal.quantile(uniform[1])))
        return Stay(
            arrival: arrival, departure: leaves > arrival ? leaves : leaves + 24, stateOfCharge: charge(uniform[2]))
    }

    /// - Parameter normal: a standard normal number.
    private func departure(_ normal: Double) -> Double {
        switch departureDistribution {
        case .logNormal: exp(departureLogMean + departureLogDeviation * normal)
        case .normal(let mean, let deviation): mean + deviation * normal
        }
    }

    private func charge(_ uniform: Double) -> Double {
        switch chargeDistribution {
        case .driven:
            chargeRange.upperBound
                - exp(
                    StandardNormal.quantile(
                        uniform, mean: useLogMean, deviation: useLogDeviation,
                        within: -100...log(chargeRange.upperBound - chargeRange.lowerBound)))
        case .uniform: chargeRange.lowerBound + (chargeRange.upperBound - chargeRange.lowerBound) * uniform
        case .truncatedNormal:
            StandardNormal.quantile(uniform, mean: chargeMean, deviation: chargeDeviation, within: chargeRange)
        }
    }

    private static func wrapped(_ hour: Double) -> Double {
        let rest = hour.truncatingRemainder(dividingBy: 24)
        // A tiny negative remainder would round to 24 itself.
        return rest < 0 ? min(rest + 24, 24.0.nextDown) : rest
    }
}
