import LinearModels

/// How fast the output of a device may change: `|x(t) - x(t - 1)| <= ramp * dt` (paper 004, eq. 25).
///
/// The ramp is a power an hour, or a share of the capacity an hour, which then follows a capacity that is decided.
///
/// A unit that may be switched off gets from nothing to its least load within a step, and from there to nothing,
/// whatever its ramp; else one whose least load is above it could never start or stop. With `least > ramp * dt`:
///
///     x(t) - x(t - 1) <= ramp * dt + (least - ramp * dt) * (1 - on(t - 1)),   x(t - 1) - x(t) <= ... (1 - on(t))
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

    /// Of a unit that may be switched off: whether it is on, one value per step, and its least load as a share of its
    /// capacity.
    struct Switching {
        let on: [LinearExpression]
        let least: Double
    }

    /// Limits the change of an output from a step to the next: by one row, or two where the limit holds a parameter or
    /// depends on whether the unit is on.
    func limit(
        _ output: [LinearExpression], at step: Int, capacity: ParameterExpression, of component: String,
        switching: Switching? = nil, in party: PartyBuilder
    ) throws {
        guard step > 0 else { return }
        let change = output[step] - output[step - 1]
        let most =
            switch self {
            case .power(let power): ParameterExpression(power * party.time.hours)
            case .share(let share): (share * party.time.hours) * capacity
            }
        if let switching {
            // At the largest capacity, where it is decided.
            let least = switching.least * party.reach(of: LinearExpression(capacity)).upperBound
            let beyond = least - party.reach(of: LinearExpression(most)).upperBound
            if beyond > 0 {
                let (before, now) = (switching.on[step - 1], switching.on[step])
                try party.add(
                    change - LinearExpression(most) + beyond * before <= beyond, component, "rise", step, meaning: .ramp
                )
                try party.add(
                    change + LinearExpression(most) - beyond * now >= -beyond, component, "fall", step, meaning: .ramp)
                if case .share = self, !capacity.isConstant {
                    // A smaller unit gets no further than to its own least load.
                    let own = LinearExpression(switching.least * capacity)
                    try party.add(change <= own, component, "rise_to_least", step, meaning: .limit("ramp"))
                    try party.add(change >= -own, component, "fall_from_least", step, meaning: .limit("ramp"))
                }
                return
            }
        }
        if most.isConstant {
            try party.add(range(-most.constant, change, most.constant), component, "ramp", step, meaning: .ramp)
        } else {
            try party.add(change <= LinearExpression(most), component, "rise", step, meaning: .ramp)
            try party.add(change >= LinearExpression(-most), component, "fall", step, meaning: .ramp)
        }
    }
}
