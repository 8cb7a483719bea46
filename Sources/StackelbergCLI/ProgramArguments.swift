import CArguments
import Foundation

/// The words with which the program was called.
enum ProgramArguments {
    /// The name of the program first; also where /proc is not mounted, from which Swift reads them on Linux.
    static let all: [String] = {
        guard let words = stackelberg_argument_words() else { return CommandLine.arguments }
        return (0..<Int(stackelberg_argument_count())).compactMap { k in words[k].map { String(cString: $0) } }
    }()

    /// Words in which a negative number behind an option is its value, `--seed -1` as `--seed=-1`; the parser takes it
    /// for an option of its own, and says that the value is missing.
    static func joiningNegativeNumbers(_ words: [String]) -> [String] {
        var joined: [String] = []
        var isAfterEnd = false
        for word in words {
            let isNumber = word.first == "-" && word.dropFirst().first.map { $0.isNumber || $0 == "." } == true
            if !isAfterEnd, isNumber, let option = joined.last, option.hasPrefix("--"), !option.contains("=") {
                joined[joined.count - 1] = "\(option)=\(word)"
            } else {
                joined.append(word)
            }
            if word == "--" { isAfterEnd = true }
        }
        return joined
    }

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
