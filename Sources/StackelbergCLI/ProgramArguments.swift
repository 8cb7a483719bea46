import CArguments
import Foundation

/// The words with which the program was called.
enum ProgramArguments {
    /// The name of the program first; also where /proc is not mounted, from which Swift reads them on Linux.
    static let all: [String] = {
        guard let words = stackelberg_argument_words() else { return CommandLine.arguments }
        return (0..<Int(stackelberg_argument_count())).compactMap { words[$0].map { String(cString: $0) } }
    }()

    /// Where the program is, to be started again.
    static var program: String {
        Bundle.main.executablePath ?? all.first ?? Stackelberg.configuration.commandName ?? ""
    }
}
