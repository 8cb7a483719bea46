import Foundation

/// A process that is waited for, and ended where the work that waits is given up.
final class SolverProcess {
    let process = Process()
    private let pipe = Pipe()

    init(_ executable: String, _ arguments: [String]) {
        process.executableURL = URL(fileURLWithPath: executable)
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = pipe
        process.standardInput = FileHandle.nullDevice
    }

    /// What it prints until it ends.
    ///
    /// - Throws: `Interrupted` where it was ended from here.
    func output() throws -> String {
        try process.run()
        // Read beside, or a full pipe would stop it.
        let reader = Reader(pipe.fileHandleForReading)
        while process.isRunning {
            if Interruption.isMade {
                process.terminate()
                process.waitUntilExit()
                throw Interrupted()
            }
            usleep(20_000)
        }
        return reader.text
    }

    private final class Reader: @unchecked Sendable {
        private var data = Data()
        private let done = DispatchSemaphore(value: 0)

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                data = handle.readDataToEndOfFile()
                done.signal()
            }
        }

        var text: String {
            done.wait()
            return String(decoding: data, as: UTF8.self)
        }
    }
}
