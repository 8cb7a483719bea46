import LinearModels

/// What a photovoltaic array and a wind turbine share: power up to what the weather allows.
///
/// `0 <= output(t) <= capacity * available(t)`; with `curtailable: false` all of it. What is curtailed costs
/// `curtailment_penalty` a kWh. The capacity may be decided; see ``Size``.
struct RenewableSource: Sendable {
    static let attributes: [Attribute] =
        [
            Attribute("capacity", .size(.power, 0...1e9), .required, "Output at standard conditions or rated speed."),
            Attribute(
                "profile", .series(.ratio, 0...1.5), .optional,
                "Available output per capacity; else it follows from the weather."),
            Attribute(
                "curtailable", .flag, .standard(.flag(true)), "Whether less than the available power may be taken."),
            Attribute(
                "curtailment_penalty", .quantity(.energyPrice, 0...1e6), .standard(.number(0)),
                "Cost of a kWh not taken."),
            Converter.omCost,
        ] + Investment.ofPower

    let name: String
    let capacity: Size
    /// Available output per capacity, one value per step.
    let perUnit: [Double]
    let isCurtailable: Bool
    let penalty: Double
    let omCost: Double
    let investment: Investment?

    /// - Parameter perUnit: available output per capacity, one value per step.
    init(name: String, values: AttributeValues, perUnit: [Double]) throws(InputProblem) {
        self.name = name
        self.perUnit = perUnit
        capacity = try values.size("capacity")
        investment = try Investment.read(values)
        isCurtailable = try values.flag("curtailable")
        penalty = try values.number("curtailment_penalty")
        omCost = try values.number("om_cost")
    }

    /// What typed initialisers give for the attributes that arrays and turbines share.
    static func arguments(
        _ capacity: Size, _ isCurtailable: Bool?, _ penalty: Double?, _ omCost: Double?, _ investment: Investment?
    ) -> Arguments {
        [
            "capacity": capacity.value, "curtailable": isCurtailable.value, "curtailment_penalty": penalty.value,
            "om_cost": omCost.value,
        ].with(investment.arguments)
    }

    /// Available output per capacity: the profile, or what a model makes of the weather; exactly one must be given.
    ///
    /// - Parameter weather: the attribute that the model begins with.
    static func perUnit(
        _ values: AttributeValues, from weather: String,
        model: ([Double]) throws(InputProblem) -> [Double]
    ) throws(InputProblem) -> [Double] {
        switch (values.optionalSeries("profile"), values.optionalSeries(weather)) {
        case (let profile?, nil): return profile
        case (nil, let series?): return try model(series)
        case (nil, nil): throw InputProblem(at: "profile", "is missing, and so is \(weather). Give one of them.")
        case (_?, _?): throw InputProblem(at: "profile", "and \(weather) are both given. Keep one of them.")
        }
    }

    func build(in party: PartyBuilder) throws {
        let capacity = try party.size(capacity, name)
        party.buy(capacity, name, for: investment)
        let available = perUnit.map { $0 * capacity }
        let output: [LinearExpression] =
            isCurtailable
            ? try party.variables(
                name, "output", from: perUnit.map { _ in .init() }, upTo: perUnit.map { max(0, $0) * capacity }
            ).map(\.linearExpression)
            : available.map { LinearExpression($0) }
        party.inject(output, into: "electricity", name, as: "output")
        party.offer(
            isCurtailable ? perUnit.map { LinearExpression(max(0, $0) * capacity) } : output, of: "electricity", name)
        let hours = party.time.hours
        if omCost > 0 { party.cost((omCost * hours) * sum(output), item: "operation and maintenance") }
        if penalty > 0, isCurtailable {
            let lost = LinearExpression(available.reduce(.init(), +)) - sum(output)
            party.cost((penalty * hours) * lost, item: "curtailment")
        }
    }
}
