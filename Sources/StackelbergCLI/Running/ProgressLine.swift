import Comparisons
import Foundation
import Studies
import Writing

/// What a run is doing: one line that overwrites itself on a terminal; elsewhere a line every ten seconds.
struct ProgressLine: Sendable {
    private enum Way {
        case nowhere, terminal, log
    }
    private let way: Way

    /// - Parameter isQuietOnTerminal: whether a terminal shows the result alone.
    init(isShown: Bool, isQuietOnTerminal: Bool = false) {
        let isTerminal = isatty(STDERR_FILENO) != 0
        way = !isShown || isTerminal && isQuietOnTerminal ? .nowhere : isTerminal ? .terminal : .log
    }

    /// - Parameter sign: -1 if the payoff is the negative of what is shown.
    func show(_ progress: Study.Progress, unit: String, sign: Double = 1) {
        guard way != .nowhere else { return }
        func money(_ payoff: Double?) -> String {
            payoff.map { "\(NumberText.fixed(sign * $0, decimals: 2)) \(unit)" } ?? "none yet"
        }
        // What is sure pays no less where ties go well.
        let best = [progress.best, progress.bankable].compactMap { $0 }.max()
        let found =
            "best \(money(best))" + (progress.isSecuring ? ", for certain \(money(progress.bankable))" : "")
        show("\(progress.evaluations) of \(progress.budget) evaluations, \(found)\(left(progress.secondsLeft))")
    }

    func show(_ progress: Comparison.Progress) {
        show("\(progress.done) of \(progress.total) runs\(left(progress.secondsLeft))")
    }

    func show(_ text: String) {
        let text = text.escaped(for: .terminal)
        switch way {
        case .nowhere: return
        case .terminal:
            write("\r  \(text)\u{1B}[K")
            Heartbeat.terminal.say(text)
        case .log: Heartbeat.shared.say(text)
        }
    }

    /// Shows what is done for as long as it is.
    func showing<Result>(_ text: String, _ work: () throws -> Result) rethrows -> Result {
        show(text)
        defer { clear() }
        return try work()
    }

    func clear() {
        switch way {
        case .nowhere: return
        case .terminal:
            Heartbeat.terminal.stop()
            write("\r\u{1B}[K")
        case .log: Heartbeat.shared.stop()
        }
    }

    private func left(_ seconds: Double) -> String {
        seconds.isFinite ? ", \(NumberText.fixed(seconds)) s left" : ""
    }

    private func write(_ text: String) { StandardStream.error.writeInPassing(text) }
}
