import LinearModels

extension RuleMeaning.Unit {
    public static let power = Self("kW")
    /// Of rows over changes of a power from step to step.
    public static let powerPerHour = Self("kW/h", hours: -1)
    public static let energy = Self("kWh")
    /// Of rows over sums of powers.
    public static let sumOfPowers = Self("kWh", hours: 1)
    public static let plain = Self("")
}

extension RuleMeaning {
    public static func limit(_ words: String? = nil, in unit: Unit = .power) -> Self { Self(.limit, words, in: unit) }
    public static func law(_ words: String? = nil, in unit: Unit = .power) -> Self { Self(.law, words, in: unit) }
    /// - Parameter quantity: whose limit stands in the row.
    public static func exclusion(_ quantity: String) -> Self { Self(.exclusion, quantity, in: .power) }
    static func balance(of carrier: String) -> Self { Self(.balance, carrier, in: .power, isOfOwner: true) }
    /// Of the row by which what is stored follows from what goes in and out.
    public static let storedEnergy = law("stored energy", in: .energy)
    /// Of the variable of what is stored at the end of a step.
    public static let energyLimit = limit(in: .energy)
    static let ramp = limit("ramp", in: .powerPerHour)
}
