import LinearModels

/// Turns carriers into others at fixed ratios; boilers and chillers are converters with one input and one output.
///
/// With activity `a(t)` in kW of the first output and `0 <= a(t) <= capacity`:
///
///     output_c(t) = (outputs[c] / outputs[first]) * a(t)
///     input_c(t)  = (inputs[c]  / outputs[first]) * a(t)
///     cost        = om_cost * sum over t of a(t) * dt
///     |a(t) - a(t - 1)| <= ramp * dt
///
/// The capacity may be decided; see ``Size``.
public struct Converter: Component {
    public static let type = "converter"
    public static let meaning = "Turns any number of carriers into others at fixed ratios."
    public static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Greatest power of the first output."),
            Attribute(
                "inputs", .perCarrier(.ratio, 0...1e6), .required, "Amount of each carrier taken, per unit of activity."
            ),
            Attribute(
                "outputs", .perCarrier(.ratio, 0...1e6), .required,
                "Amount of each carrier given, per unit of activity."),
            omCost,
        ] + Ramp.attributes + Investment.ofPower
    static let omCost = Attribute(
        "om_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
        "Operation and maintenance per kWh of the main output.")

    public let name: String
    let capacity: Size
    let inputs: [CarrierAmount]
    let outputs: [CarrierAmount]
    let omCost: Double
    let ramp: Ramp?
    let investment: Investment?

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(
            name: name, values: values, inputs: values.perCarrier("inputs"), outputs: values.perCarrier("outputs"))
    }

    /// A converter that has its inputs and outputs from elsewhere than keys of those names.
    init(
        name: String, values: AttributeValues, inputs: [CarrierAmount], outputs: [CarrierAmount]
    ) throws(InputProblem) {
        guard let main = outputs.first, main.amount > 0 else {
            throw InputProblem(
                at: "outputs", "the first output must be above 0, because the capacity is measured in it.")
        }
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        capacity = try values.size("capacity")
        omCost = try values.number("om_cost")
        ramp = try Ramp.read(values)
        investment = try Investment.read(values)
    }

    public func build(in party: PartyBuilder) throws {
        let capacity = try party.size(capacity, name)
        party.buy(capacity, name, for: investment)
        let activity = try party.variables(name, "output", upTo: capacity).map(\.linearExpression)
        let main = outputs[0].amount
        for output in outputs {
            party.inject(activity.map { (output.amount / main) * $0 }, into: output.carrier, name, as: "output")
        }
        for input in inputs {
            party.withdraw(activity.map { (input.amount / main) * $0 }, from: input.carrier, name, as: "input")
        }
        if let ramp {
            for t in party.time.indices { try ramp.limit(activity, at: t, capacity: capacity, of: name, in: party) }
        }
        if omCost > 0 { party.cost(omCost * party.time.hours * sum(activity), item: "operation and maintenance") }
    }
}

extension Converter {
    /// What typed initialisers of devices with one input give.
    static func arguments(
        _ capacity: Size, _ efficiency: KeyValuePairs<String, Double>, _ omCost: Double?, _ investment: Investment?
    ) -> Arguments {
        ["capacity": capacity.value, "efficiency": efficiency.value, "om_cost": omCost.value]
            .with(investment.arguments)
    }

    /// - Parameters:
    ///   - capacity: greatest power of the first output, kW.
    ///   - inputs: amount of each carrier taken per unit of activity, as `["electricity": 1]`.
    ///   - outputs: amount of each carrier given per unit of activity, as `["hydrogen": 0.7, "heat": 0.1]`.
    ///   - omCost: operation and maintenance, CNY/kWh of the first output.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    public init(
        _ name: String, capacity: Size, inputs: KeyValuePairs<String, Double>, outputs: KeyValuePairs<String, Double>,
        omCost: Double? = nil, ramp: Double? = nil, rampShare: Double? = nil, investment: Investment? = nil
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "capacity": capacity.value, "inputs": inputs.value, "outputs": outputs.value,
                "om_cost": omCost.value, "ramp": ramp.value, "ramp_share": rampShare.value,
            ], investment.arguments)
    }
}
