import CaseFiles
import EnergyGames
import Foundation
import LinearModels
import Reports

/// A case that is operated: its own horizon, or each of its typical days.
struct DispatchRun {
    let source: Case
    let plan: DispatchPlan
    /// Of what is solved; nil where nothing is kept.
    let journal: DispatchJournal?
    let line: ProgressLine

    private var limits: SolveLimits { plan.limits }
    private var solver: ExternalSolver? { plan.solver }

    struct Found {
        var parts: [DispatchResult.Part] = []
        var front: [DispatchAnswer] = []
        var plans: [DispatchResult.Plan] = []
    }

    func operated() throws -> Found {
        if let hereAndNow = plan.hereAndNow { return try planned(hereAndNow: hereAndNow) }
        let days: [TypicalDay?] = source.days.isEmpty ? [nil] : source.days
        var found = Found()
        for (k, day) in days.enumerated() {
            line.show("operation\(day.map { " of \($0.name)" } ?? ""), at most \(Int(plan.seconds)) s a program")
            try Dispatch(day?.system ?? source.system).explaining { dispatch in
                let answer = try answer(dispatch, day: k)
                found.parts.append(try DispatchResult.Part(day: day, dispatch, answer))
                guard let points = plan.points else { return }
                found.front = try dispatch.front(
                    points, from: plan.aim == .cost ? answer : nil, limits: limits, using: solver,
                    known: journal?.front(of: k) ?? FrontProgress(),
                    note: { point, _ in line.show("cost of emitting less: point \(point + 1) of \(points)") },
                    keep: { try journal?.keep(.front(day: k, $0)) })
            }
        }
        return found
    }

    private func answer(_ dispatch: Dispatch, day: Int) throws -> DispatchAnswer {
        guard let rolling = plan.rolling else { return try whole(dispatch, day: day) }
        let steps = dispatch.system.time.steps
        var answer = try RollingDispatch(
            dispatch, kept: rolling.kept, ahead: rolling.ahead, endValue: rolling.endValue
        ).solve(
            limits: limits, using: solver, known: journal?.windows(of: day) ?? [],
            note: { line.show("\($0) of \(steps) steps are decided") },
            keep: { try journal?.keep(.window(day: day, $0)) })
        if rolling.besideWhole {
            line.show("the whole horizon at once, to set beside")
            answer.set(beside: try whole(dispatch, day: day))
        }
        return answer
    }

    /// The whole horizon at once.
    private func whole(_ dispatch: Dispatch, day: Int) throws -> DispatchAnswer {
        if let record = journal?.answer(of: day), let known = DispatchAnswer(dispatch, record) { return known }
        let answer = try dispatch.solve(plan.aim, limits: limits, using: solver)
        try journal?.keep(.answer(day: day, answer.record))
        return answer
    }

    /// Typical days whose scenarios share what is decided here and now.
    ///
    /// - Parameter hereAndNow: components, or quantities of them.
    /// - Throws: `OptionError` where the case draws no scenarios.
    private func planned(hereAndNow: [String]) throws -> Found {
        guard !source.scenarios.isEmpty else {
            throw OptionError(
                option: "--here-and-now", text: hereAndNow.joined(separator: ","),
                advice: "the case draws no scenarios. Add 'scenarios' and 'days', or take it out.")
        }
        var found = Found()
        let forecasts = try source.withoutScenarios()
        for day in forecasts.days {
            let names =
                source.scenarios.first { $0.day == day.name }
                .map { drawn in drawn.kept.map { DayScenarios.name(of: $0, on: day.name) } } ?? [day.name]
            let scenarios = source.days.filter { names.contains($0.name) }
            let program = try StochasticDispatch(scenarios, hereAndNow: hereAndNow)
            do {
                let answer = try program.solve(forecast: day.system, limits: limits, using: solver) {
                    line.show("\(day.name): \($0)")
                }
                for (k, scenario) in scenarios.enumerated() {
                    found.parts.append(
                        try DispatchResult.Part(day: scenario, program.scenarios[k], answer.operations[k]))
                }
                found.plans.append(DispatchResult.Plan(day: day.name, weight: day.weight, answer))
            } catch DispatchError.infeasible {
                for scenario in program.scenarios { if let reason = try scenario.infeasibility() { throw reason } }
                throw DispatchError.infeasible
            }
        }
        return found
    }
}
