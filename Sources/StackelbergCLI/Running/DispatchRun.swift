import CaseFiles
import EnergyGames
import Foundation
import LinearModels
import Reports

/// A case that is operated: its own horizon, or each of its typical days.
struct DispatchRun {
    let source: Case
    let aim: Dispatch.Aim
    /// Of the front; nil where none is asked for.
    let points: Int?
    /// nil where the whole horizon is solved at once.
    let rolling: WindowOptions.Rolling?
    let limits: SolveLimits
    let solver: ExternalSolver?
    let line: ProgressLine

    struct Found {
        var parts: [DispatchResult.Part] = []
        var front: [DispatchAnswer] = []
        var plans: [DispatchResult.Plan] = []
    }

    func operated() throws -> Found {
        let days: [TypicalDay?] = source.days.isEmpty ? [nil] : source.days
        var found = Found()
        for day in days {
            line.show("operation\(day.map { " of \($0.name)" } ?? ""), at most \(Int(limits.seconds ?? 0)) s a program")
            try Dispatch(day?.system ?? source.system).explaining { dispatch in
                let answer = try answer(dispatch)
                found.parts.append(try DispatchResult.Part(day: day, dispatch, answer))
                guard let points else { return }
                let cheapest = aim == .cost ? answer : nil
                found.front = try dispatch.front(points, from: cheapest, limits: limits, using: solver) { k, _ in
                    line.show("cost of emitting less: point \(k + 1) of \(points)")
                }
            }
        }
        return found
    }

    private func answer(_ dispatch: Dispatch) throws -> DispatchAnswer {
        guard let rolling else { return try dispatch.solve(aim, limits: limits, using: solver) }
        let steps = dispatch.system.time.steps
        var answer = try RollingDispatch(
            dispatch, kept: rolling.kept, ahead: rolling.ahead, endValue: rolling.endValue
        ).solve(limits: limits, using: solver) { line.show("\($0) of \(steps) steps are decided") }
        if rolling.besideWhole {
            line.show("the whole horizon at once, to set beside")
            answer.set(beside: try dispatch.solve(aim, limits: limits, using: solver))
        }
        return answer
    }

    /// Typical days whose scenarios share what is decided here and now.
    ///
    /// - Parameter hereAndNow: components, or quantities of them.
    /// - Throws: `OptionError` where the case draws no scenarios.
    func planned(hereAndNow: [String]) throws -> Found {
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
