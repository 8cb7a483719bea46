import LinearModels

/// Turns carriers into others at fixed ratios; boilers and chillers are converters with one input and one output.
///
/// With activity `a(t)` in kW of the first output and `0 <= a(t) <= capacity`:
///
///     output_c(t) = (outputs[c] / outputs[first]) * a(t)
///     input_c(t)  = (inputs[c]  / outputs[first]) * a(t)
///     cost        = om_cost * sum over t of a(t) * dt
public struct Converter: Component {
    public static let type = "converter"
    public static let meaning = "Turns any number of carriers into others at fixed ratios."
    public static let attributes: [Attribute] = [
        Attribute("capacity", .quantity(.power, 0...1e9), .required, "Greatest power of the first output."),
        Attribute(
            "inputs", .perCarrier(.ratio, 0...1e6), .required, "Amount of each carrier taken, per unit of activity."),
        Attribute(
            "outputs", .perCarrier(.ratio, 0...1e6), .required, "Amount of each carrier given, per unit of activity."),
        omCost,
    ]
    static let omCost = Attribute(
        "om_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
        "Operation and maintenance per kWh of the main output.")

    public let name: String
    let capacity: Double
    let inputs: [CarrierAmount]
    let outputs: [CarrierAmount]
    let omCost: Double

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(
            name: name, capacity: values.number("capacity"), inputs: values.perCarrier("inputs"),
            outputs: values.perCarrier("outputs"), omCost: values.number("om_cost"))
    }

    init(
        name: String, capacity: Double, inputs: [CarrierAmount], outputs: [CarrierAmount], omCost: Double
    ) throws(InputProblem) {
        guard let main = outputs.first, main.amount > 0 else {
            throw InputProblem(
                at: "outputs", "the first output must be above 0, because the capacity is measured in it.")
        }
        self.name = name
        self.capacity = capacity
        self.inputs = inputs
        self.outputs = outputs
        self.omCost = omCost
    }

    public func build(in party: PartyBuilder) throws {
        let activity = try party.variables(name, "output", in: 0...capacity).map(\.linearExpression)
        let main = outputs[0].amount
        for output in outputs {
            party.inject(activity.map { (output.amount / main) * $0 }, into: output.carrier, name, as: "output")
        }
        for input in inputs {
            party.withdraw(activity.map { (input.amount / main) * $0 }, from: input.carrier, name, as: "input")
        }
        if omCost > 0 { party.cost(omCost * party.time.hours * sum(activity), item: "operation and maintenance") }
    }
}
