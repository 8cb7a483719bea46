import LinearModels

/// A device that cools, and gives the cooling `efficiency` times what it takes; see ``Converter`` for least loads,
/// commitment and part load.
public protocol Chiller: Component {}

extension Chiller {
    /// The keys of a chiller.
    ///
    /// - Parameters:
    ///   - input: the carrier that it takes.
    ///   - example: of an efficiency.
    static func coolingAttributes(per input: String, example: String) -> [Attribute] {
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest cooling output."),
            Attribute(
                "efficiency", .perCarrier(.ratio, 1e-6...10), .optional,
                "Cooling per \(input), as {cooling: \(example)}."),
            Attribute(
                "cop", .series(.ratio, 1e-3...100), .optional,
                "Cooling per \(input) for each step, in place of efficiency."),
            Converter.omCost,
        ] + Converter.operation + Investment.ofPower
    }

    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - efficiency: cooling per input, as `["cooling": 3.5]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    public init(
        _ name: String, capacity: Size, efficiency: KeyValuePairs<String, Double>, omCost: Double? = nil,
        commitment: Commitment? = nil, partLoad: [Point]? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(name, Converter.arguments(capacity, efficiency, omCost, commitment, partLoad, investment))
    }

    /// A chiller whose performance changes from step to step.
    ///
    /// - Parameters:
    ///   - capacity: greatest cooling output, kW.
    ///   - performance: cooling per input.
    ///   - omCost: operation and maintenance, CNY/kWh of the output.
    ///   - partLoad: x share of the capacity, y multiple of the performance there, up to the load 1.
    public init(
        _ name: String, capacity: Size, performance: Series, omCost: Double? = nil, commitment: Commitment? = nil,
        partLoad: [Point]? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name, ["cop": performance.value(time)],
            Converter.arguments(capacity, nil, omCost, commitment, partLoad, investment), time: time)
    }
}
