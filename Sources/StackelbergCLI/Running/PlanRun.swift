import CaseFiles
import EnergyGames
import Foundation
import LinearModels
import Reports

/// Typical days whose scenarios share what is decided here and now.
struct PlanRun {
    let source: Case
    /// Components, or quantities of them.
    let hereAndNow: [String]
    let limits: SolveLimits
    let solver: ExternalSolver?
    let line: ProgressLine

    /// - Throws: `OptionError` where the case draws no scenarios.
    func solve() throws -> (parts: [DispatchResult.Part], plans: [DispatchResult.Plan]) {
        guard !source.scenarios.isEmpty else {
            throw OptionError(
                option: "--here-and-now", text: hereAndNow.joined(separator: ","),
                advice: "the case draws no scenarios. Add 'scenarios' and 'days', or take it out.")
        }
        let forecasts = try source.withoutScenarios()
        var parts: [DispatchResult.Part] = []
        var plans: [DispatchResult.Plan] = []
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
                    parts.append(
                        try DispatchResult.Part(day: scenario, program.scenarios[k], answer.operations[k]))
                }
                plans.append(DispatchResult.Plan(day: day.name, weight: day.weight, answer))
            } catch DispatchError.infeasible {
                for scenario in program.scenarios {
                    if let reason = try scenario.infeasibility() { throw reason }
                }
                throw DispatchError.infeasible
            }
        }
        return (parts, plans)
    }
}
