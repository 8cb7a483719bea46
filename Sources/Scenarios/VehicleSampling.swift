import Foundation

/// Stays drawn from the distributions of paper 001: arrival normal and wrapped at midnight (eq. 4), departure log-normal (eq. 5),
/// state of charge at arrival normal and confined to its range.
public struct VehicleSampling: Sendable, Equatable {
    public enum Method: String, Sendable, CaseIterable {
        case random
        /// Stratified in each of the three distributions.
        case latinHypercube = "latin_hypercube"
    }

    /// Clock hours.
    public var arrivalMean: Double
    public var arrivalDeviation: Double
    /// Mean and standard deviation of the logarithm of the departure's clock hour.
    public var departureLogMean: Double
    public var departureLogDeviation: Double
    /// States of charge at arrival, `0 ... 1`.
    public var chargeMean: Double
    public var chargeDeviation: Double
    public var chargeRange: ClosedRange<Double>
    /// A drawn stay that is shorter is drawn again, in hours.
    public var shortestStay: Double
    public var method: Method

    public init(
        arrivalMean: Double = 17.6, arrivalDeviation: Double = 3.4, departureLogMean: Double = log(8),
        departureLogDeviation: Double = 0.15, chargeMean: Double = 0.4, chargeDeviation: Double = 0.1,
        chargeRange: ClosedRange<Double> = 0.1...0.9, shortestStay: Double = 1, method: Method = .random
    ) {
        self.arrivalMean = arrivalMean
        self.arrivalDeviation = arrivalDeviation
        self.departureLogMean = departureLogMean
        self.departureLogDeviation = departureLogDeviation
        self.chargeMean = chargeMean
        self.chargeDeviation = chargeDeviation
        self.chargeRange = chargeRange
        self.shortestStay = shortestStay
        self.method = method
    }

    /// A drawn stay. A departure before the arrival's clock hour is on the next day.
    public struct Stay: Sendable, Equatable {
        /// Clock hour, `0 ..< 24`.
        public let arrival: Double
        /// Hours after the arrival day's midnight: up to 48.
        public let departure: Double
        public let stateOfCharge: Double
    }

    /// - Parameters:
    ///   - count: how many stays.
    ///   - seed: the same seed gives the same stays.
    /// - Returns: the stays, and how many draws were thrown away as too short.
    public func stays(count: Int, seed: UInt64) -> (stays: [Stay], rejected: Int) {
        var generator = SplitMix(state: seed)
        var stays: [Stay] = []
        var rejected = 0
        var strata =
            method == .latinHypercube
            ? LatinHypercube.points(count: count, dimension: 3, using: &generator) : []
        while stays.count < count {
            let uniform = strata.popLast() ?? (0..<3).map { _ in Double.random(in: 0..<1, using: &generator) }
            let stay = stay(uniform)
            // A departure distribution that never leaves a long enough stay must not hang: the last resort is a full day.
            if stay.departure - stay.arrival >= shortestStay || rejected > 1000 * count {
                stays.append(stay)
            } else {
                rejected += 1
            }
        }
        return (stays, rejected)
    }

    private func stay(_ uniform: [Double]) -> Stay {
        let arrival = Self.wrapped(arrivalMean + arrivalDeviation * StandardNormal.quantile(uniform[0]))
        let leaves = Self.wrapped(exp(departureLogMean + departureLogDeviation * StandardNormal.quantile(uniform[1])))
        let charge = chargeMean + chargeDeviation * StandardNormal.quantile(uniform[2])
        return Stay(
            arrival: arrival, departure: leaves > arrival ? leaves : leaves + 24,
            stateOfCharge: min(max(charge, chargeRange.lowerBound), chargeRange.upperBound))
    }

    private static func wrapped(_ hour: Double) -> Double {
        let rest = hour.truncatingRemainder(dividingBy: 24)
        return rest < 0 ? rest + 24 : rest
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014).
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
