import Foundation

/// What a device costs to buy, and how long it lasts.
///
/// Spread evenly over the life `n` in years at the discount rate `r`, a yuan spent once is the capital recovery factor
/// a year (paper 004, eq. 14):
///
///     r (1 + r)^n / ((1 + r)^n - 1),   and 1 / n for r = 0
public struct Investment: Sendable, Equatable {
    /// CNY per kW or kWh of capacity.
    public var price: Double
    /// Years.
    public var lifetime: Double

    public init(price: Double, lifetime: Double) {
        self.price = price
        self.lifetime = lifetime
    }

    static func attributes(_ price: Dimension) -> [Attribute] {
        [
            Attribute("investment", .quantity(price, 0...1e9), .optional, "What a unit of the capacity costs to buy."),
            Attribute(
                "lifetime", .quantity(.ratio, 0.1...1000), .optional,
                "Years that the device lasts; needed with an investment."),
        ]
    }

    /// Price per kW, for devices whose capacity is a power.
    public static let ofPower = attributes(.powerPrice)
    /// Price per kWh, for stores.
    public static let ofEnergy = attributes(.energyPrice)

    /// The keys, whatever the price is per.
    public static let keys = Set(ofPower.map(\.name))

    /// What the keys of a device say; nil where it is not paid for.
    public static func read(_ values: AttributeValues) throws(InputProblem) -> Investment? {
        switch (values.optionalNumber("investment"), values.optionalNumber("lifetime")) {
        case (nil, nil): return nil
        case (let price?, let lifetime?): return Investment(price: price, lifetime: lifetime)
        case (_?, nil):
            throw InputProblem(
                at: "investment", "needs a lifetime to be spread over. Add 'lifetime', as 20 for 20 years.")
        case (nil, _?):
            throw InputProblem(at: "lifetime", "has no effect without an investment. Add one, or take it out.")
        }
    }

    /// The share of the outlay that is paid each year.
    ///
    /// - Parameter discountRate: a year, as a fraction; not negative.
    public func recoveryFactor(discountRate: Double) -> Double {
        // r / (1 - (1 + r)^-n), in functions that keep their digits where r is small.
        let growth = lifetime * log1p(discountRate)
        return growth < 1e-12 ? 1 / lifetime : discountRate / -expm1(-growth)
    }
}

extension Investment? {
    /// What typed initialisers give for its keys.
    var arguments: Arguments { ["investment": map { .number($0.price) }, "lifetime": map { .number($0.lifetime) }] }
}
