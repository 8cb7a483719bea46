import CArguments
import Foundation

/// The words with which the program was called.
enum ProgramArguments {
    /// The name of the program first; also where /proc is not mounted, from which Swift reads them on Linux.
    static let all: [String] = {
        guard let words = stackelberg_argument_words() else { return CommandLine.arguments }
        return (0..<Int(stackelberg_argument_count())).compactMap { k in words[k].map { String(cString: $0) } }
    }()

    /// Where the program is, to be started again.
    static var program: String {
        #if os(Linux)
            // Foundation ends the process where it cannot read this.
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        #else
            let path = Bundle.main.executablePath
        #endif
        return path ?? all.first ?? "stackelberg"
    }
}
