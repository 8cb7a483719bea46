import LinearModels

/// How fast the output of a device may change: `|x(t) - x(t - 1)| <= ramp * dt` (paper 004, eq. 25).
///
/// The ramp is a power an hour, or a share of the capacity an hour, which then follows a capacity that is decided.
enum Ramp: Sendable, Equatable {
    /// kW/h.
    case power(Double)
    /// Of the capacity, in 1/h.
    case share(Double)

    static let attributes: [Attribute] = [
        Attribute("ramp", .quantity(.ramp, 0...1e9), .optional, "Greatest change of the main output in an hour."),
        Attribute(
            "ramp_share", .quantity(.rate, 0...1e3), .optional,
            "Greatest change of the main output in an hour as a share of the capacity, in place of ramp."),
    ]

    /// What the keys of a device say; nil where its output may change at once.
    static func read(_ values: AttributeValues) throws(InputProblem) -> Ramp? {
        switch (values.optionalNumber("ramp"), values.optionalNumber("ramp_share")) {
        case (nil, nil): return nil
        case (let power?, nil): return .power(power)
        case (nil, let share?): return .share(share)
        case (_?, _?): throw InputProblem(at: "ramp_share", "and ramp are both given. Keep one of them.")
        }
    }

    /// Limits the change of an output from a step to the next: by one row, or two where the limit holds a parameter.
    func limit(
        _ output: [LinearExpression], at step: Int, capacity: ParameterExpression, of component: String,
        in party: PartyBuilder
    ) throws {
        guard step > 0 else { return }
        let change = output[step] - output[step - 1]
        let most =
            switch self {
            case .power(let power): ParameterExpression(power * party.time.hours)
            case .share(let share): (share * party.time.hours) * capacity
            }
        if most.isConstant {
            try party.add(range(-most.constant, change, most.constant), component, "ramp", step)
        } else {
            try party.add(change <= LinearExpression(most), component, "rise", step)
            try party.add(change >= LinearExpression(-most), component, "fall", step)
        }
    }
}
