import Foundation
import Games
import Studies

/// The number of threads that an option asks for.
func workerCount(_ text: String) throws -> Int {
    let range = SearchLimits.workers
    // Beside other ranks, each has a core.
    if text == "auto", RankLeader.current != nil { return 1 }
    if text == "auto" { return min(ProcessInfo.processInfo.activeProcessorCount, range.upperBound) }
    guard let number = Int(text), range.contains(number) else {
        throw OptionError(
            option: "--workers", text: text,
            advice: "write 'auto' or a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
}
