import LinearModels

/// The program that splits powers over some vehicles of a fleet, see ``FleetDisaggregation``.
///
/// Holds a GLPK session: lives and dies on one thread.
final class VehicleSplit {
    /// kW by the step of one horizon.
    struct Powers {
        var charge: [Double]
        var discharge: [Double]

        /// kW over all steps, whichever way.
        var size: Double { (charge + discharge).reduce(0) { $0 + abs($1) } }
        var negative: Powers { Powers(charge: charge.map { -$0 }, discharge: discharge.map { -$0 }) }

        func less(_ other: Powers) -> Powers {
            Powers(
                charge: zip(charge, other.charge).map { $0 - $1 },
                discharge: zip(discharge, other.discharge).map { $0 - $1 })
        }

        /// What some who can do so much take of it, where others are still to come.
        func share(of limits: Powers, beside others: [Powers]) -> Powers {
            func shared(_ key: KeyPath<Powers, [Double]>) -> [Double] {
                self[keyPath: key].indices.map { t in
                    let mine = limits[keyPath: key][t]
                    let all = others.reduce(mine) { $0 + $1[keyPath: key][t] }
                    return all > 0 ? self[keyPath: key][t] * mine / all : 0
                }
            }
            return Powers(charge: shared(\.charge), discharge: shared(\.discharge))
        }
    }

    /// One of the vehicle's directions in one step.
    private struct Direction: Hashable {
        var vehicle: Int
        var step: Int
        var isCharge: Bool
    }

    /// What a vehicle may do in a step.
    private struct Move {
        var charge: Variable
        var discharge: Variable
        var energy: Variable
        var chargeLimit: Parameter
        var dischargeLimit: Parameter
    }

    /// Places of the vehicles in the fleet.
    let members: [Int]
    /// What the vehicles can do at most.
    let limits: Powers
    private(set) var schedules: [FleetDisaggregation.Schedule] = []
    /// What the vehicles do, all together.
    private(set) var given: Powers

    private let vehicles: [Vehicle]
    private let fleet: any VehicleFleet
    private let time: TimeGrid
    private let span: TimeGrid
    private let moves: [[Int: Move]]
    private let targets: (charge: [Parameter], discharge: [Parameter])
    private let session: SolverSession
    private var closed: Set<Direction> = []

    /// Moving energy for nothing is discouraged by far less than what missing it costs.
    private static let idleCost = 1e-4

    /// Programs for all vehicles of a fleet, none with more than so many: each has vehicles of all stays, as the whole
    /// has.
    static func parts(of fleet: any VehicleFleet, _ time: TimeGrid, largest: Int) throws -> [VehicleSplit] {
        let vehicles = fleet.scheduledVehicles
        let count = max(1, (vehicles.count + largest - 1) / largest)
        let order = vehicles.indices.sorted {
            let (a, b) = (vehicles[$0], vehicles[$1])
            return (a.arrival, a.departure, a.maximumCharge, $0) < (b.arrival, b.departure, b.maximumCharge, $1)
        }
        return try (0..<count).map { part in
            let members = stride(from: part, to: order.count, by: count).map { order[$0] }.sorted()
            return try VehicleSplit(members, of: fleet, time)
        }
    }

    private init(_ members: [Int], of fleet: any VehicleFleet, _ time: TimeGrid) throws {
        let all = fleet.scheduledVehicles
        vehicles = members.map { all[$0] }
        let span = fleet.span(time)
        let none = [Double](repeating: 0, count: time.steps)
        var model = LinearModel()
        var limits = Powers(charge: none, discharge: none)
        var chargeSum = [LinearExpression](repeating: LinearExpression(), count: time.steps)
        var dischargeSum = chargeSum
        let moves = try vehicles.enumerated().map { n, vehicle in
            let tube = VehicleTube(
                vehicle, chargeEfficiency: fleet.chargeEfficiency, dischargeEfficiency: fleet.dischargeEfficiency,
                v2g: fleet.v2g)
            var moves: [Int: Move] = [:]
            var before = LinearExpression(vehicle.arrivalEnergy)
            let steps = vehicle.steps(span)
            for t in steps {
                let presence = vehicle.presence(in: t, span)
                let most = (presence * vehicle.maximumCharge, fleet.v2g ? presence * vehicle.maximumDischarge : 0)
                let upLimit = try model.parameter("v\(n).most_charge@\(t)", value: most.0)
                let downLimit = try model.parameter("v\(n).most_discharge@\(t)", value: most.1)
                let up = try model.variable(
                    "v\(n).charge@\(t)", from: ParameterExpression(0), to: ParameterExpression(upLimit))
                let down = try model.variable(
                    "v\(n).discharge@\(t)", from: ParameterExpression(0), to: ParameterExpression(downLimit))
                let bounds = tube.bounds(at: span.start(of: t + 1))
                let energy = try model.variable(
                    "v\(n).energy@\(t)", in: t == steps.upperBound ? tube.leaving : bounds.low...bounds.high)
                let gain = (fleet.chargeEfficiency * time.hours) * up - (time.hours / fleet.dischargeEfficiency) * down
                try model.add(energy - before - gain == 0, named: "v\(n).balance@\(t)")
                before = energy.linearExpression
                let place = t % time.steps
                chargeSum[place] += up
                dischargeSum[place] += down
                limits.charge[place] += most.0
                limits.discharge[place] += most.1
                moves[t] = Move(
                    charge: up, discharge: down, energy: energy, chargeLimit: upLimit, dischargeLimit: downLimit)
            }
            return moves
        }
        var missed = LinearExpression()
        func addTargets(_ what: String, _ sums: [LinearExpression]) throws -> [Parameter] {
            try sums.enumerated().map { t, total in
                let target = try model.parameter("\(what).target@\(t)")
                if !total.isConstant {
                    let more = try model.variable("\(what).more@\(t)")
                    let less = try model.variable("\(what).less@\(t)")
                    try model.add(total - more + less == target, named: "\(what).sum@\(t)")
                    missed += more + less
                }
                return target
            }
        }
        targets = (try addTargets("charge", chargeSum), try addTargets("discharge", dischargeSum))
        try model.minimise(missed + Self.idleCost * (sum(chargeSum) + sum(dischargeSum)))
        session = try SolverSession(model)
        (self.members, self.fleet, self.time, self.span, self.moves, self.limits) =
            (members, fleet, time, span, moves, limits)
        given = Powers(charge: none, discharge: none)
    }

    /// Splits these powers as well as the vehicles can.
    ///
    /// - Throws: `SolverSessionError` where a vehicle cannot be served at all.
    func follow(_ wanted: Powers) throws {
        try session.set(targets.charge) { wanted.charge[$0] }
        try session.set(targets.discharge) { wanted.discharge[$0] }
        while true {
            let status = try session.solve()
            guard status == .optimal else { throw SolverSessionError.noSolution(status: "\(status)") }
            read()
            let both = overlaps().subtracting(closed)
            if both.isEmpty { break }
            for direction in both {
                let move = moves[direction.vehicle][direction.step]!
                try session.set(direction.isCharge ? move.chargeLimit : move.dischargeLimit, to: 0)
            }
            closed.formUnion(both)
        }
    }

    private func read() {
        func series(_ moves: [Int: Move], _ variable: KeyPath<Move, Variable>) -> [Double] {
            span.indices.map { t in moves[t].map { max(0, session.value(of: $0[keyPath: variable])) } ?? 0 }
        }
        schedules = vehicles.indices.map { n in
            var energy = series(moves[n], \.energy)
            energy[vehicles[n].steps(span).upperBound] = 0
            return FleetDisaggregation.Schedule(
                vehicle: vehicles[n].name, charge: series(moves[n], \.charge),
                discharge: series(moves[n], \.discharge), energy: energy)
        }
        for t in time.indices { (given.charge[t], given.discharge[t]) = (0, 0) }
        for schedule in schedules {
            for t in schedule.charge.indices {
                given.charge[t % time.steps] += schedule.charge[t]
                given.discharge[t % time.steps] += schedule.discharge[t]
            }
        }
    }

    /// For every vehicle and step that has both directions at once, the one against which the battery moves.
    ///
    /// By losses that need not be the smaller one: 3 kW in and 2.6 kW out at 0.9 each way empty the battery.
    private func overlaps() -> Set<Direction> {
        var found: Set<Direction> = []
        for (n, schedule) in schedules.enumerated() {
            for t in schedule.charge.indices where min(schedule.charge[t], schedule.discharge[t]) > 1e-7 {
                let stored = fleet.chargeEfficiency * schedule.charge[t]
                let taken = schedule.discharge[t] / fleet.dischargeEfficiency
                found.insert(Direction(vehicle: n, step: t, isCharge: stored < taken))
            }
        }
        return found
    }
}
