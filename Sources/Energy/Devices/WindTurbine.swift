import Foundation

/// A wind turbine, by a profile or by wind speed; see ``WindTurbineCurve`` for the curves.
///
/// Wind speed is raised to hub height by the power law `v * (hub_height / measured_at)^shear`.
public struct WindTurbine: Component {
    public static let type = "wind"
    public static let meaning = "A wind turbine."
    public static let attributes: [Attribute] =
        RenewableSource.attributes + [
            Attribute("speed", .series(.speed, 0...100), .optional, "Wind speed."),
            Attribute(
                "curve", .choice(["cubic", "arctangent", "table"]), .standard(.text("cubic")),
                "How speed becomes power."),
            Attribute("cut_in", .quantity(.speed, 0...50), .standard(.number(3)), "Speed at which the turbine begins."),
            Attribute(
                "rated_speed", .quantity(.speed, 0...50), .standard(.number(12)),
                "Speed from which it gives its capacity."),
            Attribute("cut_out", .quantity(.speed, 0...100), .standard(.number(25)), "Speed above which it stops."),
            Attribute(
                "omega1", .quantity(.ratio, 1e-3...100), .standard(.number(0.6)),
                "Steepness of the arctangent curve, in s/m."),
            Attribute(
                "omega2", .quantity(.ratio, -100...100), .standard(.number(-5)), "Shift of the arctangent curve."),
            Attribute(
                "points", .points(.speed, .ratio, minimum: 2), .optional,
                "Curve by table, as [speed, power per capacity] pairs."),
            Attribute(
                "measured_at", .quantity(.length, 1...300), .standard(.number(10)),
                "Height at which the speed is given."),
            Attribute("hub_height", .quantity(.length, 1...300), .standard(.number(10)), "Height of the hub."),
            Attribute("shear", .quantity(.ratio, 0...1), .standard(.number(1.0 / 7)), "Exponent of the wind profile."),
        ]

    public let name: String
    private let source: RenewableSource

    public init(name: String, values: AttributeValues, time: TimeGrid) throws(InputProblem) {
        self.name = name
        source = try RenewableSource(name: name, values: values, perUnit: Self.perUnit(values))
    }

    private static func perUnit(_ values: AttributeValues) throws(InputProblem) -> [Double] {
        try RenewableSource.perUnit(values, from: "speed") { speed throws(InputProblem) in
            let curve = try curve(values)
            let height = try values.number("hub_height") / values.number("measured_at")
            let lift = pow(height, try values.number("shear"))
            return speed.map { curve.output(at: lift * $0) }
        }
    }

    private static func curve(_ values: AttributeValues) throws(InputProblem) -> WindTurbineCurve {
        let speeds = WindSpeeds(
            cutIn: try values.number("cut_in"), rated: try values.number("rated_speed"),
            cutOut: try values.number("cut_out"))
        guard speeds.cutIn < speeds.rated, speeds.rated <= speeds.cutOut else {
            throw InputProblem(
                at: "rated_speed",
                "\(speeds.rated) m/s must lie above cut_in \(speeds.cutIn) m/s and at or below cut_out \(speeds.cutOut) m/s."
            )
        }
        switch try values.text("curve") {
        case "arctangent":
            return .arctangent(speeds, omega1: try values.number("omega1"), omega2: try values.number("omega2"))
        case "table":
            guard let points = values.points("points") else {
                throw InputProblem(
                    at: "points", "is missing. A curve by table needs [speed, power per capacity] pairs.")
            }
            for (a, b) in zip(points, points.dropFirst()) where b.x <= a.x {
                throw InputProblem(at: "points", "speeds must increase, but \(a.x) is followed by \(b.x).")
            }
            if let wrong = points.first(where: { $0.y < 0 || $0.y > 1.2 }) {
                throw InputProblem(
                    at: "points", "power per capacity \(wrong.y) at \(wrong.x) m/s is outside 0 ... 1.2.")
            }
            return .table(points)
        default: return .cubic(speeds)
        }
    }

    public func build(in party: PartyBuilder) throws { try source.build(in: party) }
}

extension WindTurbine {
    /// How speed becomes power.
    public enum Curve: Sendable, Equatable {
        /// Speeds in m/s at which the turbine begins, gives its capacity, and stops.
        case cubic(cutIn: Double = 3, rated: Double = 12, cutOut: Double = 25)
        /// Steepness in s/m and shift; see ``WindTurbineCurve``.
        case arctangent(steepness: Double = 0.6, shift: Double = -5)
        /// x speed in m/s, y power per capacity.
        case table([Point])
    }

    /// A turbine whose output is known.
    ///
    /// - Parameters:
    ///   - capacity: output at rated speed, kW.
    ///   - profile: available output per capacity.
    ///   - isCurtailable: whether less than the available power may be taken.
    ///   - curtailmentPenalty: CNY per kWh not taken.
    ///   - omCost: operation and maintenance, CNY/kWh.
    public init(
        _ name: String, capacity: Size, profile: Series, isCurtailable: Bool? = nil,
        curtailmentPenalty: Double? = nil, omCost: Double? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        try self.init(
            name,
            ["profile": profile.value(time)],
            RenewableSource.arguments(capacity, isCurtailable, curtailmentPenalty, omCost, investment), time: time)
    }

    /// A turbine whose output follows from the wind.
    ///
    /// - Parameters:
    ///   - capacity: output at rated speed, kW.
    ///   - speed: of the wind, m/s.
    ///   - measuredAt, hubHeight: m; the speed grows from the one to the other by the power law with the exponent
    ///     `shear`.
    ///   - isCurtailable: whether less than the available power may be taken.
    ///   - curtailmentPenalty: CNY per kWh not taken.
    ///   - omCost: operation and maintenance, CNY/kWh.
    public init(
        _ name: String, capacity: Size, speed: Series, curve: Curve? = nil, measuredAt: Double? = nil,
        hubHeight: Double? = nil, shear: Double? = nil, isCurtailable: Bool? = nil,
        curtailmentPenalty: Double? = nil, omCost: Double? = nil, investment: Investment? = nil, time: TimeGrid
    ) throws(InputProblem) {
        var given: Arguments = [
            "speed": speed.value(time), "measured_at": measuredAt.value, "hub_height": hubHeight.value,
            "shear": shear.value,
        ]
        switch curve {
        case nil: break
        case .cubic(let cutIn, let rated, let cutOut):
            given["curve"] = .text("cubic")
            given["cut_in"] = .number(cutIn)
            given["rated_speed"] = .number(rated)
            given["cut_out"] = .number(cutOut)
        case .arctangent(let steepness, let shift):
            given["curve"] = .text("arctangent")
            given["omega1"] = .number(steepness)
            given["omega2"] = .number(shift)
        case .table(let points):
            given["curve"] = .text("table")
            given["points"] = .points(points)
        }
        try self.init(
            name, given, RenewableSource.arguments(capacity, isCurtailable, curtailmentPenalty, omCost, investment),
            time: time)
    }
}
