import Comparisons
import Foundation
import Studies
import Writing

/// One line that overwrites itself on a terminal, and nothing in a pipe.
struct ProgressLine: Sendable {
    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown && isatty(STDERR_FILENO) != 0 }

    /// - Parameter sign: -1 if the payoff is the negative of what is shown.
    func show(_ progress: Study.Progress, unit: String, sign: Double = 1) {
        guard isShown else { return }
        let best = progress.best.map { "\(NumberText.fixed(sign * $0, decimals: 2)) \(unit)" } ?? "none yet"
        let left = progress.secondsLeft.isFinite ? String(format: ", %.0f s left", progress.secondsLeft) : ""
        write(
            "\r  \(progress.evaluations) of \(progress.budget) evaluations, best \(best.escaped(for: .terminal))\(left)\u{1B}[K"
        )
    }

    func show(_ progress: Comparison.Progress) {
        guard isShown else { return }
        let left = progress.secondsLeft.isFinite ? String(format: ", %.0f s left", progress.secondsLeft) : ""
        write("\r  \(progress.done) of \(progress.total) runs\(left)\u{1B}[K")
    }

    func show(_ text: String) {
        if isShown { write("\r  \(text.escaped(for: .terminal))\u{1B}[K") }
    }

    func clear() {
        if isShown { write("\r\u{1B}[K") }
    }

    private func write(_ text: String) { StandardStream.error.writeInPassing(text) }
}
