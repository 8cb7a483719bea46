import Foundation
import LinearModels

/// Whether a unit runs in a step, its least load while it does, what a start costs, and how long it stays on or off.
///
/// With the output `P(t)`, the greatest capacity `M` and a binary `on(t)`, which a unit that never stops does not have:
///
///     P(t) <= M on(t),   P(t) >= min_load (capacity - M (1 - on(t)))
///     start(t) >= on(t) - on(t - 1),   cost = startup_cost * sum over t >= 1 of start(t)
///
/// A capacity that is decided would multiply the binary; `M` stands in, and the rows say the same for every capacity.
///
/// A unit that started runs for `min_up` at least, and one that stopped stays so for `min_down`. With `U` and `D` steps
/// that cover them (the turn-on inequalities of Rajan and Takriti, 2005):
///
///     start(t - U + 1) + ... + start(t) <= on(t),   start(t + 1) + ... + start(t + D) <= 1 - on(t)
///
/// Before the first step the unit was long enough as it is in that step: it costs no start then, and may stop or start
/// in the second step. After the last step it goes on as it is: a start or stop near the end binds up to the end.
public struct Commitment: Sendable, Equatable {
    /// Share of the capacity.
    public var minimumLoad: Double
    /// Whether the unit may be switched off.
    public var mayStop: Bool
    /// CNY per start.
    public var startupCost: Double
    /// Hours.
    public var minimumUp: Double
    /// Hours.
    public var minimumDown: Double

    /// - Parameters:
    ///   - minimumLoad: least output while the unit runs, as a share of the capacity.
    ///   - mayStop: whether it may be switched off.
    ///   - startupCost: CNY per start.
    ///   - minimumUp, minimumDown: hours that it runs after a start, and stands still after a stop, at least.
    public init(
        minimumLoad: Double = 0, mayStop: Bool = true, startupCost: Double = 0, minimumUp: Double = 0,
        minimumDown: Double = 0
    ) {
        self.minimumLoad = minimumLoad
        self.mayStop = mayStop
        self.startupCost = startupCost
        self.minimumUp = minimumUp
        self.minimumDown = minimumDown
    }

    static let attributes: [Attribute] = attributes(output: "output")

    /// - Parameter output: what the least load is a share of the capacity in, such as `electric output`.
    static func attributes(output: String) -> [Attribute] {
        [
            Attribute(
                "min_load", .quantity(.ratio, 0...1), .standard(.number(0)),
                "Least \(output) as a share of the capacity."),
            Attribute("commitment", .flag, .standard(.flag(false)), "Whether the unit may be switched off."),
            Attribute("startup_cost", .quantity(.money, 0...1e9), .standard(.number(0)), "Cost of a start."),
            Attribute(
                "min_up", .quantity(.duration, 0...8784), .standard(.number(0)),
                "Least time that the unit runs after a start."),
            Attribute(
                "min_down", .quantity(.duration, 0...8784), .standard(.number(0)),
                "Least time that the unit stands still after a stop."),
        ]
    }

    static func read(_ values: AttributeValues) throws(InputProblem) -> Commitment {
        let commitment = Commitment(
            minimumLoad: try values.number("min_load"), mayStop: try values.flag("commitment"),
            startupCost: try values.number("startup_cost"), minimumUp: try values.number("min_up"),
            minimumDown: try values.number("min_down"))
        let timed = [
            ("startup_cost", commitment.startupCost), ("min_up", commitment.minimumUp),
            ("min_down", commitment.minimumDown),
        ]
        if !commitment.mayStop, let (key, _) = timed.first(where: { $0.1 > 0 }) {
            throw InputProblem(at: key, "has no effect on a unit that never stops. Add commitment: true.")
        }
        return commitment
    }

    /// Whether the unit is on, one value per step; nil where it never stops.
    func switches(of component: String, in party: PartyBuilder) throws -> [LinearExpression]? {
        mayStop ? try party.variables(component, "on", kind: .binary).map(\.linearExpression) : nil
    }

    /// The output of a step between the least load and the capacity while the unit is on, else 0.
    ///
    /// - Parameters:
    ///   - largest: the greatest that the capacity can be, kW.
    ///   - on: see ``switches(of:in:)``.
    func limit(
        _ output: LinearExpression, at step: Int, capacity: ParameterExpression, largest: Double,
        on: [LinearExpression]?, of component: String, in party: PartyBuilder
    ) throws {
        let running = on?[step] ?? LinearExpression(1)
        if on != nil {
            try party.add(
                output - largest * running <= 0, component, "most", step, meaning: .exclusion("power"))
        }
        guard minimumLoad > 0 else { return }
        // What the greatest capacity would ask for is too much by this; nothing where the capacity is given.
        let excess = LinearExpression(ParameterExpression(minimumLoad * largest) + -minimumLoad * capacity)
        let least = (minimumLoad * largest) * running - excess
        try party.add(output - least >= 0, component, "least", step, meaning: .limit("least load"))
    }

    /// Pays for starts, and keeps the unit on after one and off after a stop for as long as it must be.
    func addStarts(_ on: [LinearExpression]?, of component: String, in party: PartyBuilder) throws {
        let time = party.time
        let (up, down) = (steps(covering: minimumUp, time), steps(covering: minimumDown, time))
        // Within a step nothing is switched: a time of one step binds nothing.
        guard let on, startupCost > 0 || up > 1 || down > 1 else { return }
        let starts = try party.variables(component, "start", in: 0...1)
        for t in time.indices where t > 0 { try party.add(starts[t] - on[t] + on[t - 1] >= 0, component, "start", t) }
        if startupCost > 0 { party.cost(startupCost * sum(starts.dropFirst()), item: "start-up") }
        for t in time.indices where t > 0 && up > 1 {
            try party.add(
                sum(starts[max(1, t - up + 1)...t]) - on[t] <= 0, component, "stay_on", t,
                meaning: .law("minimum up time", in: .plain))
        }
        for t in time.indices.dropLast() where down > 1 {
            try party.add(
                sum(starts[(t + 1)...min(t + down, time.steps - 1)]) + on[t] <= 1, component, "stay_off", t,
                meaning: .law("minimum down time", in: .plain))
        }
    }

    /// How many whole steps it takes to cover some hours; a rounding more or less of them does not make one more.
    private func steps(covering hours: Double, _ time: TimeGrid) -> Int {
        Int(min(Double(time.steps), (hours / time.hours - 1e-9).rounded(.up)))
    }
}

extension Commitment? {
    /// What typed initialisers give for its keys.
    var arguments: Arguments {
        [
            "min_load": map { .number($0.minimumLoad) }, "commitment": map { .flag($0.mayStop) },
            "startup_cost": map { .number($0.startupCost) }, "min_up": map { .number($0.minimumUp) },
            "min_down": map { .number($0.minimumDown) },
        ]
    }
}
