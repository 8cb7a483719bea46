import EnergyGames
import Reports

/// What a dispatch of several programs has solved.
typealias DispatchJournal = StepJournal<DispatchPlan>

extension DispatchPlan: JournaledQuestion {
    /// A program that was solved, of a day by its position; 0 is the case's own horizon where it has no days.
    enum Step: Codable {
        case window(day: Int, RollingDispatch.SolvedWindow)
        case answer(day: Int, DispatchAnswer.Record)
        case front(day: Int, FrontProgress.Step)
    }

    static var kind: UnfinishedRun { .dispatch }
    static var stepsFile: String { "programs.jsonl" }
    static var keepsSteps: Bool { false }
    static var words: (run: String, step: String, again: String) { ("dispatch", "program that was solved", "solved") }
}

extension StepJournal<DispatchPlan> {
    func windows(of day: Int) -> [RollingDispatch.SolvedWindow] {
        steps.compactMap { if case .window(day, let window) = $0 { window } else { nil } }
    }

    func answer(of day: Int) -> DispatchAnswer.Record? {
        steps.lazy.compactMap { if case .answer(day, let record) = $0 { record } else { nil } }.first
    }

    func front(of day: Int) -> FrontProgress {
        FrontProgress(steps.compactMap { if case .front(day, let step) = $0 { step } else { nil } })
    }
}
