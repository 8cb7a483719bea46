import LinearModels

/// Demand that may be moved within a day: its energy is conserved, its hours are not.
///
/// Inside the clock-hour window the part `share * D(t)` of the base demand becomes a variable `s(t)`:
///
///     sum of s(t) over the window of a day = sum of share * D(t) over it
///     0 <= s(t) <= max_power     (without max_power: twice the greatest share * D(t) of that day's window)
///     cost = discomfort / 2 * sum over t of |s(t) - share * D(t)| * dt
///
/// The half makes a kWh moved, which leaves one hour and enters another, cost `discomfort` once.
public struct ShiftableDemand: Component {
    public static let type = "shiftable"
    public static let meaning = "Demand that may be moved within a day."
    public static let attributes: [Attribute] = [
        Attribute("carrier", .carrier, .required, "Whose demand may be moved."),
        Attribute("share", .quantity(.ratio, 0...1), .required, "Share of the base demand that may be moved."),
        Attribute(
            "window", .list(.duration, 0...24, count: 2), .standard(.list([0, 24])),
            "Clock hours between which it may be moved, as [7, 23]."),
        Attribute("max_power", .quantity(.power, 0...1e9), .optional, "Greatest power of the moved demand."),
        Attribute(
            "discomfort", .quantity(.energyPrice, 0...1e6), .standard(.number(0)), "What a kWh moved costs in comfort."),
    ]

    public let name: String
    let carrier: String
    let share: Double
    let window: (start: Double, end: Double)
    let maximumPower: Double?
    let discomfort: Double

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        carrier = try values.text("carrier")
        share = try values.number("share")
        let hours = values.list("window") ?? [0, 24]
        guard hours.count == 2, hours[0] < hours[1] else {
            throw InputProblem(at: "window", "must begin before it ends, as [7, 23].")
        }
        window = (hours[0], hours[1])
        maximumPower = values.optionalNumber("max_power")
        discomfort = try values.number("discomfort")
        guard time.indices.contains(where: { Self.isInside(window, $0, time) }) else {
            throw InputProblem(at: "window", "[\(hours[0]), \(hours[1])] holds no whole step of the horizon. Widen it.")
        }
    }

    private static func isInside(_ window: (start: Double, end: Double), _ step: Int, _ time: TimeGrid) -> Bool {
        let start = time.clockHour(of: step)
        return start >= window.start - 1e-9 && start + time.hours <= window.end + 1e-9
    }

    public func build(in party: PartyBuilder) throws {
        let time = party.time
        let base = party.demand(of: carrier)
        let original = time.indices.map { Self.isInside(window, $0, time) ? share * base[$0] : 0 }
        try party.claim(original, of: carrier, by: name)
        var served = [LinearExpression](repeating: LinearExpression(), count: time.steps)
        var moved = LinearExpression()
        for (number, day) in time.days.enumerated() {
            let steps = day.filter { Self.isInside(window, $0, time) }
            let energy = steps.reduce(0) { $0 + original[$1] }
            guard energy > 0 else { continue }
            let most = maximumPower ?? 2 * (steps.map { original[$0] }.max() ?? 0)
            guard most * Double(steps.count) >= energy * (1 - 1e-12) else {
                throw InputProblem(
                    at: "max_power",
                    "'\(name)' of \(party.party.name) must move \(energy * time.hours) kWh within its window, but at \(most) kW only "
                        + "\(most * Double(steps.count) * time.hours) kWh fit. Raise max_power or widen the window.")
            }
            var total = LinearExpression()
            for t in steps {
                let power = try party.variable(name, "power", t, in: 0...most)
                served[t] = power.linearExpression
                total += power
                guard discomfort > 0 else { continue }
                let more = try party.variable(name, "more", t)
                let less = try party.variable(name, "less", t)
                try party.add(power - more + less == original[t], name, "deviation", t, meaning: .law())
                moved += more + less
            }
            try party.add(
                total == energy, name, "energy", number, meaning: .limit("energy to be moved", in: .sumOfPowers))
        }
        party.withdraw(served, from: carrier, name, as: "served", kind: .demand)
        if discomfort > 0, !moved.isConstant { party.cost((0.5 * discomfort * time.hours) * moved, item: "discomfort") }
    }
}

extension ShiftableDemand {
    /// - Parameters:
    ///   - carrier: whose demand may be moved.
    ///   - share: of the base demand that may be moved.
    ///   - window: clock hours between which it may be moved, as `7...23`; the whole day without it.
    ///   - maximumPower: of the moved demand, kW.
    ///   - discomfort: CNY per kWh moved.
    public init(
        _ name: String, carrier: String, share: Double, window: ClosedRange<Double>? = nil,
        maximumPower: Double? = nil, discomfort: Double? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            [
                "carrier": .text(carrier), "share": .number(share),
                "window": window.map { .list([$0.lowerBound, $0.upperBound]) }, "max_power": maximumPower.value,
                "discomfort": discomfort.value,
            ], time: time)
    }
}
