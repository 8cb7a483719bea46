import ArgumentParser
import Foundation

/// The number of threads that an option asks for.
func workerCount(_ text: String) throws -> Int {
    if text == "auto" { return ProcessInfo.processInfo.activeProcessorCount }
    guard let number = Int(text), (1...1024).contains(number) else {
        complain("--workers \(text): write 'auto' or a whole number from 1 to 1024.")
        throw ExitCode(ExitCodes.badInput)
    }
    return number
}
