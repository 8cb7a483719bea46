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
/// It may have a least load, be switched off (``Commitment``), take more or less at part load (`part_load`), and take
/// `1 / efficiency_factor(t)` of that, where its efficiency changes by the hour. The capacity may be decided; see
/// ``Size``.
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
            Attribute(
                "efficiency_factor", .series(.ratio, 1e-3...1e3), .optional,
                "How much of its activity an input makes, as a multiple of what the ratios say, for each step."),
            omCost,
        ] + operation + Ramp.attributes + Investment.ofPower
    /// Keys of all devices that are converters.
    static let operation = Commitment.attributes + PartLoad.attributes
    static let omCost = Attribute(
        "om_cost", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
        "Operation and maintenance per kWh of the main output.")

    public let name: String
    let capacity: Size
    let inputs: [CarrierAmount]
    let outputs: [CarrierAmount]
    /// What is made of an input, as a multiple of what the amounts say, one value per step; nil for what they say.
    let factor: [Double]?
    let omCost: Double
    let commitment: Commitment
    let partLoad: PartLoad?
    let ramp: Ramp?
    let investment: Investment?

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        try self.init(
            name: name, values: values, inputs: values.perCarrier("inputs"), outputs: values.perCarrier("outputs"),
            factor: values.optionalSeries("efficiency_factor"))
    }

    /// A converter that has its inputs and outputs from elsewhere than keys of those names.
    init(
        name: String, values: AttributeValues, inputs: [CarrierAmount], outputs: [CarrierAmount],
        factor: [Double]? = nil
    ) throws(InputProblem) {
        guard let main = outputs.first, main.amount > 0 else {
            throw InputProblem(
                at: "outputs", "the first output must be above 0, because the capacity is measured in it.")
        }
        self.name = name
        self.inputs = inputs
        self.outputs = outputs
        self.factor = factor
        capacity = try values.size("capacity")
        omCost = try values.number("om_cost")
        commitment = try Commitment.read(values)
        partLoad = try PartLoad.read(values)
        ramp = try Ramp.read(values)
        investment = try Investment.read(values)
    }

    public func build(in party: PartyBuilder) throws { _ = try operate(in: party) }

    /// What a converter does, one value per step.
    struct Operation {
        /// kW of the first output.
        let activity: [LinearExpression]
        /// kW of each input, in their order.
        let inputs: [[LinearExpression]]
    }

    /// Adds everything to the model.
    ///
    /// - Parameters:
    ///   - available: share of the capacity that can be used, one value per step; all of it without one.
    ///   - isGiving: whether the outputs go into the balances of the party.
    func operate(
        in party: PartyBuilder, available: [Double]? = nil, isGiving: Bool = true
    ) throws -> Operation {
        let largest = capacity.largest
        let capacity = try party.size(capacity, name)
        party.buy(capacity, name, for: investment)
        let limits = party.time.indices.map { t in available.map { $0[t] * capacity } ?? capacity }
        let activity = try party.variables(name, "output", from: limits.map { _ in .init() }, upTo: limits)
            .map(\.linearExpression)
        let on = try commitment.switches(of: name, in: party)
        let main = outputs[0].amount
        for output in outputs where isGiving {
            party.inject(activity.map { (output.amount / main) * $0 }, into: output.carrier, name, as: "output")
        }
        var taken =
            try partLoad?.input(
                for: activity, capacity: capacity, largest: largest, on: on, least: commitment.minimumLoad, of: name,
                in: party) ?? activity
        if let factor { taken = zip(taken, factor).map { (1 / $1) * $0 } }
        let inputs = inputs.map { input in taken.map { (input.amount / main) * $0 } }
        for (input, power) in zip(self.inputs, inputs) { party.withdraw(power, from: input.carrier, name, as: "input") }
        let switching = on.map { Ramp.Switching(on: $0, least: commitment.minimumLoad) }
        for t in party.time.indices {
            try commitment.limit(
                activity[t], at: t, capacity: capacity, largest: largest, on: on, of: name, in: party)
            try ramp?.limit(activity, at: t, capacity: capacity, of: name, switching: switching, in: party)
        }
        try commitment.addStarts(on, of: name, in: party)
        if omCost > 0 { party.cost(omCost * party.time.hours * sum(activity), item: "operation and maintenance") }
        return Operation(activity: activity, inputs: inputs)
    }
}

/// A device that is nothing but a converter with keys of its own.
protocol ConverterDevice {
    var converter: Converter { get }
}

extension ConverterDevice {
    public func build(in party: PartyBuilder) throws { try converter.build(in: party) }
}

extension Converter {
    /// A converter with one input and the outputs of an `efficiency` map, of which the first is the main one.
    ///
    /// - Parameter factor: see ``factor``.
    static func single(
        from carrier: String, name: String, values: AttributeValues, factor: [Double]? = nil
    ) throws(InputProblem) -> Converter {
        try Converter(
            name: name, values: values, inputs: [CarrierAmount(carrier, 1)], outputs: values.perCarrier("efficiency"),
            factor: factor)
    }

    /// A converter of one carrier into another by a coefficient of performance that changes by the step: the key `cop`,
    /// or an `efficiency` map in its place.
    static func performing(
        from carrier: String, to output: String, name: String, values: AttributeValues
    ) throws(InputProblem) -> Converter {
        switch (values["efficiency"], values.optionalSeries("cop")) {
        case (nil, let performance?):
            return try Converter(
                name: name, values: values, inputs: [CarrierAmount(carrier, 1)], outputs: [CarrierAmount(output, 1)],
                factor: performance)
        case (_?, nil): return try single(from: carrier, name: name, values: values)
        case (nil, nil): throw InputProblem(at: "efficiency", "is missing, and so is cop. Give one of them.")
        case (_?, _?): throw InputProblem(at: "cop", "and efficiency are both given. Keep one of them.")
        }
    }

    /// Refuses a device that gives more than it takes, where nothing can be drawn from the surroundings.
    ///
    /// - Parameter most: what may be given of a kWh taken; more than 1 of a fuel by its lower heating value.
    func refuseGain(above most: Double = 1) throws(InputProblem) {
        let (given, taken) = (outputs.reduce(0) { $0 + $1.amount }, inputs.reduce(0) { $0 + $1.amount })
        guard given <= most * taken * (1 + 1e-9) else {
            throw InputProblem(
                at: "efficiency",
                "comes to \(InputProblem.text(given)) kWh for each \(InputProblem.text(taken)) kWh taken. Lower it to \(InputProblem.text(most)) or below."
            )
        }
        let best = partLoad?.best ?? 1
        guard best * given <= most * taken * (1 + 1e-9) else {
            throw InputProblem(
                at: "part_load",
                "with a multiple of \(InputProblem.text(best)) the device gives \(InputProblem.text(best * given)) kWh for each "
                    + "\(InputProblem.text(taken)) kWh taken. Lower the multiple or the efficiency.")
        }
    }
}

extension Converter {
    /// What typed initialisers of converters give.
    static func arguments(
        _ capacity: Size, _ efficiency: KeyValuePairs<String, Double>?, _ omCost: Double?, _ commitment: Commitment?,
        _ partLoad: [Point]?, _ investment: Investment?, _ ramp: Double? = nil, _ rampShare: Double? = nil
    ) -> Arguments {
        [
            "capacity": capacity.value, "efficiency": efficiency?.value, "om_cost": omCost.value,
            "part_load": partLoad.value, "ramp": ramp.value, "ramp_share": rampShare.value,
        ].with(commitment.arguments).with(investment.arguments)
    }

    /// - Parameters:
    ///   - capacity: greatest power of the first output, kW.
    ///   - inputs: amount of each carrier taken per unit of activity, as `["electricity": 1]`.
    ///   - outputs: amount of each carrier given per unit of activity, as `["hydrogen": 0.7, "heat": 0.1]`.
    ///   - efficiencyFactor: how much of its activity an input makes, as a multiple of what the amounts say.
    ///   - omCost: operation and maintenance, CNY/kWh of the first output.
    ///   - partLoad: x share of the capacity, y multiple of the efficiency there, up to the load 1.
    ///   - ramp: greatest change of the main output in an hour, kW/h; or rampShare, as a share of the capacity.
    ///   - time: of the case, where an efficiency factor is given.
    public init(
        _ name: String, capacity: Size, inputs: KeyValuePairs<String, Double>, outputs: KeyValuePairs<String, Double>,
        efficiencyFactor: Series? = nil, omCost: Double? = nil, commitment: Commitment? = nil,
        partLoad: [Point]? = nil, ramp: Double? = nil, rampShare: Double? = nil, investment: Investment? = nil,
        time: TimeGrid = TimeGrid(steps: 1, hours: 1)
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "inputs": inputs.value, "outputs": outputs.value, "efficiency_factor": efficiencyFactor.value(time),
            ], Converter.arguments(capacity, nil, omCost, commitment, partLoad, investment, ramp, rampShare), time: time
        )
    }
}
