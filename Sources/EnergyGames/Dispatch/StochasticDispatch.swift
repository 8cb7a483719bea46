import Energy
import LinearModels

/// An operation of which a part is decided before it is known which scenario comes, and the rest after: a two-stage
/// stochastic program (paper 003, sections 2.6 and 3.2).
///
///     min  sum over scenarios s of probability_s * cost_s(plan, recourse_s)
///
/// What is decided here and now is the same in all scenarios. Beside it stand the value of perfect information, what it
/// would save to know the scenario, and the value of the stochastic solution, what it saves to plan for all scenarios
/// and not for the forecast alone (Birge and Louveaux 2011, section 4).
public struct StochasticDispatch: Sendable {
    /// One number per scenario and the plan's costs, all CNY over the horizon.
    public struct Answer: Sendable {
        /// Expected cost of the plan.
        public let cost: Double
        /// Expected cost where each scenario is known beforehand.
        public let waitAndSee: Double
        /// Expected cost of the plan that would be best if the forecast came true; nil where some scenario cannot be
        /// operated with it.
        public let planForForecast: Double?
        /// Operation of each scenario under the plan.
        public let operations: [DispatchAnswer]
        public let status: SolveStatus

        /// What it would save to know the scenario beforehand.
        public var valueOfPerfectInformation: Double { cost - waitAndSee }
        /// What it saves to plan for all scenarios and not for the forecast; nil where the latter's plan fails.
        public var valueOfStochasticSolution: Double? { planForForecast.map { $0 - cost } }
    }

    public let scenarios: [Dispatch]
    /// Together 1.
    public let probabilities: [Double]
    /// Names of the variables of each scenario's model that are decided here and now.
    private let plan: [String]

    /// - Parameters:
    ///   - scenarios: each with a number that is in proportion to its probability.
    ///   - hereAndNow: what is decided before: components as `operator.chp`, or a quantity of one as
    ///     `operator.chp.on`.
    /// - Throws: ``StochasticError/nothingDecided(path:known:)`` where a path names nothing.
    public init(_ scenarios: [TypicalDay], hereAndNow: [String]) throws {
        self.scenarios = try scenarios.map { try Dispatch($0.system) }
        let weight = scenarios.reduce(0) { $0 + $1.weight }
        probabilities = scenarios.map { $0.weight / weight }
        plan = try Self.plan(of: self.scenarios[0], hereAndNow)
        for scenario in self.scenarios {
            let names = Set(scenario.built.model.variableNames)
            guard let name = plan.first(where: { !names.contains($0) }) else { continue }
            throw StochasticError.scenariosDisagree(name: name)
        }
    }

    /// Names of the variables that paths mean. Groups of a fleet are decided with it.
    private static func plan(of dispatch: Dispatch, _ paths: [String]) throws -> [String] {
        let (tags, names) = (dispatch.built.model.variableTags, dispatch.built.model.variableNames)
        var fleetOf: [String: String] = [:]
        for party in dispatch.system.parties {
            for fleet in party.components.compactMap({ $0 as? any VehicleFleet }) {
                for group in fleet.groups { fleetOf["\(party.name).\(group.name)"] = "\(party.name).\(fleet.name)" }
            }
        }
        var plan: [String] = []
        for path in paths {
            let found = zip(tags, names).filter { tag, _ in
                guard let tag, let owner = tag.owner else { return false }
                let component = "\(owner).\(tag.part)"
                return [component, fleetOf[component]].compactMap(\.self).contains {
                    path == $0 || path == "\($0).\(tag.item)"
                }
            }
            guard !found.isEmpty else {
                var known: [String] = []
                for tag in tags {
                    guard let tag, let owner = tag.owner else { continue }
                    let component = "\(owner).\(tag.part)"
                    let name = "\(fleetOf[component] ?? component).\(tag.item)"
                    if !known.contains(name) { known.append(name) }
                }
                throw StochasticError.nothingDecided(path: path, known: known)
            }
            plan += found.map(\.1)
        }
        return Array(Set(plan)).sorted()
    }

    /// Decides the plan and operates each scenario with it.
    ///
    /// - Parameters:
    ///   - forecast: the horizon as it is forecast; without it there is no value of the stochastic solution.
    ///   - limits: of each program that is solved.
    public func solve(
        forecast: EnergySystem? = nil, limits: SolveLimits = SolveLimits(), using solver: ExternalSolver? = nil,
        note: (String) -> Void = { _ in }
    ) throws -> Answer {
        note("the plan over \(scenarios.count) scenarios")
        let (values, status) = try together(limits, solver)
        let operations = zip(scenarios, values).map { DispatchAnswer($0, planned: $1, status: status) }
        var waitAndSee = 0.0
        for (k, scenario) in scenarios.enumerated() {
            note("scenario \(k + 1) of \(scenarios.count), known beforehand")
            waitAndSee += probabilities[k] * (try scenario.solve(limits: limits, using: solver).cost)
        }
        let ofForecast = try forecast.flatMap { try planned(for: $0, limits, solver, note) }
        return Answer(
            cost: zip(probabilities, operations).reduce(0) { $0 + $1.0 * $1.1.cost }, waitAndSee: waitAndSee,
            planForForecast: ofForecast, operations: operations, status: status)
    }

    /// All scenarios in one program, the plan the same in all.
    private func together(
        _ limits: SolveLimits, _ solver: ExternalSolver?
    ) throws -> (values: [[Double]], status: SolveStatus) {
        var model = LinearModel()
        let blocks = try scenarios.enumerated().map { try model.append($1.built.model, named: "scenario\($0 + 1)") }
        var cost = LinearExpression()
        for (block, probability) in zip(blocks, probabilities) { cost += probability * block.objective }
        let places = scenarios.map { scenario -> [String: Int] in
            let names = scenario.built.model.variableNames
            return Dictionary(zip(names, names.indices)) { first, _ in first }
        }
        for name in plan {
            guard let first = places[0][name] else { continue }
            for k in blocks.indices.dropFirst() {
                guard let other = places[k][name] else { continue }
                try model.add(
                    blocks[k].variables[other] - blocks[0].variables[first] == 0, named: "plan\(k + 1).\(name)")
            }
        }
        try model.minimise(cost)
        let program = try SolvedProgram(model, limits: limits, using: solver)
        let found = try program.found()
        var first = 0
        let values = scenarios.map { scenario in
            defer { first += scenario.built.model.variableCount }
            return Array(found.values[first..<first + scenario.built.model.variableCount])
        }
        return (values, program.status)
    }

    /// Expected cost of the plan that is best for the forecast; nil where a scenario has no operation with it.
    private func planned(
        for forecast: EnergySystem, _ limits: SolveLimits, _ solver: ExternalSolver?, _ note: (String) -> Void
    ) throws -> Double? {
        note("the plan for the forecast alone")
        let expected = try Dispatch(forecast)
        let answer = try expected.solve(limits: limits, using: solver)
        let values = Dictionary(zip(expected.built.model.variableNames, answer.values)) { first, _ in first }
        var cost = 0.0
        for (k, scenario) in scenarios.enumerated() {
            note("the forecast's plan in scenario \(k + 1) of \(scenarios.count)")
            var model = scenario.built.model
            let places = Dictionary(zip(model.variableNames, model.variables)) { first, _ in first }
            for name in plan {
                guard let variable = places[name], let value = values[name] else {
                    throw StochasticError.scenariosDisagree(name: name)
                }
                // What solvers round may not make a scenario infeasible.
                let slack = 1e-7 * max(1, abs(value))
                try model.add(
                    range(value - slack, variable, value + slack), named: "plan.\(name)")
            }
            do {
                cost +=
                    probabilities[k] * (try SolvedProgram(model, limits: limits, using: solver).found().objectiveValue)
            } catch DispatchError.infeasible {
                return nil
            }
        }
        return cost
    }
}

/// Why scenarios have no common plan.
public enum StochasticError: Error, Equatable, CustomStringConvertible {
    case nothingDecided(path: String, known: [String])
    case scenariosDisagree(name: String)

    public var description: String {
        switch self {
        case .nothingDecided(let path, let known):
            "'\(path)' decides nothing. Name a component, or one of these: \(known.joined(separator: ", "))."
        case .scenariosDisagree(let name):
            "'\(name)' is not decided in every scenario, so that it cannot be part of a plan for all of them."
        }
    }
}
