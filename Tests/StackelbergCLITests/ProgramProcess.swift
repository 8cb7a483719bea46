import Foundation

/// The program as a process of its own, which can be killed.
struct ProgramProcess {
    let process = Process()
    private let output = Pipe()
    private let errors = Pipe()

    struct Ending {
        let code: Int32
        let wasKilled: Bool
        let output: String
        let errors: String
    }

    /// The program stands beside the tests that it was built with.
    private static let url = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("stackelberg")

    static var path: String { url.path }
    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: url.path) }

    /// Starts the program.
    ///
    /// - Parameters:
    ///   - folder: where it is started; else where the tests were.
    ///   - limit: of the size of files, in units of 512 bytes.
    ///   - before: what the shell does first, such as `ulimit -v 400000; `.
    ///   - redirections: of the streams, as the shell writes them.
    init(
        _ arguments: [String], in folder: URL? = nil, limit: Int? = nil, before: String = "", redirections: String = ""
    ) throws {
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        let limiting = limit.map { "ulimit -f \($0); " } ?? ""
        process.arguments =
            ["-c", limiting + before + "exec \"$0\" \"$@\" " + redirections, Self.url.path] + arguments
        if let folder { process.currentDirectoryURL = folder }
        process.standardOutput = output
        process.standardError = errors
        try process.run()
    }

    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits for its end. What it says of errors is short enough for a pipe to hold.
    func end() -> Ending {
        func text(_ pipe: Pipe) -> String {
            String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        let (printed, complaints) = (text(output), text(errors))
        process.waitUntilExit()
        return Ending(
            code: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
            output: printed, errors: complaints)
    }

    static func run(
        _ arguments: [String], in folder: URL? = nil, limit: Int? = nil, before: String = "", redirections: String = ""
    ) throws -> Ending {
        try ProgramProcess(arguments, in: folder, limit: limit, before: before, redirections: redirections).end()
    }
}
