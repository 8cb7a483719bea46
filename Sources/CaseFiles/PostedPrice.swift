/// A price that the leader decides, one number an interval.
public struct PostedPrice: Sendable, Equatable {
    /// As in the names of decisions and parameters, such as `prices.electricity_sell`.
    public let name: String
    public let carrier: String
    /// Least and greatest price in money per kWh, one an interval.
    public let lower: [Double]
    public let upper: [Double]
    /// Cap on the mean over the horizon.
    public let meanMaximum: Double?
    /// Name of the posted price that bounds this one from above, interval by interval.
    public let atMost: String?
    /// The interval of each step.
    public let index: [Int]
    public let intervalHours: Double
}
