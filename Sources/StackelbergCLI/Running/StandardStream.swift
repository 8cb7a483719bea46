import Foundation
import Studies
import Writing

/// Standard output or standard error. Everything that the program prints goes through here.
///
/// A stream that cannot be written, as on a full disk or a closed terminal, does not end a study: the failure changes
/// the exit code, at the end. A reader that closes early, such as `head`, changes nothing.
final class StandardStream: @unchecked Sendable {
    static let output = StandardStream(STDOUT_FILENO, "standard output")
    static let error = StandardStream(STDERR_FILENO, "standard error")

    private let file: Int32
    private let name: String
    private let lock = NSLock()
    /// The system's error when a write first failed.
    private var failure: Int32?

    private init(_ file: Int32, _ name: String) { (self.file, self.name) = (file, name) }

    /// Writes an entire text. After a failure nothing more is written, so that the output has no gap.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Writes bytes, likewise.
    func write(_ bytes: [UInt8]) {
        lock.withLock {
            if failure == nil { failure = put(bytes) }
        }
    }

    /// Writes bytes, and looks now and then whether somebody wants it to stop: a reader that does not read lets it
    /// wait.
    ///
    /// - Throws: what the check throws; nothing more is written then, since what was written has a gap.
    func write(_ bytes: [UInt8], unless check: () throws -> Void) throws {
        try lock.withLock {
            var rest = bytes[...]
            while failure == nil, !rest.isEmpty {
                var room = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                do { try check() } catch {
                    failure = EPIPE
                    throw error
                }
                guard poll(&room, 1, Self.patience) > 0 else { continue }
                // So much never waits where there is room.
                failure = put(Array(rest.prefix(Int(PIPE_BUF))))
                rest = rest.dropFirst(Int(PIPE_BUF))
            }
        }
    }

    /// Milliseconds between two looks.
    private static let patience: Int32 = 100

    /// Whether nothing failed so far.
    var isOpen: Bool { lock.withLock { failure == nil } }

    /// Whether somebody may still read it, as far as the system tells.
    var hasReader: Bool {
        var look = pollfd(fd: file, events: 0, revents: 0)
        return poll(&look, 1, 0) <= 0 || look.revents & Int16(POLLERR | POLLHUP) == 0
    }

    /// Writes text that may be lost, such as progress.
    func writeInPassing(_ text: String) {
        lock.withLock {
            if failure == nil { _ = put(Array(text.utf8)) }
        }
    }

    /// Why something was not printed; nil if everything was, or the reader had closed.
    private var complaint: String? {
        lock.withLock {
            guard let failure, failure != EPIPE else { return nil }
            return "cannot write \(name): \(String(cString: strerror(failure)))"
        }
    }

    /// - Returns: the system's error if the write failed.
    private func put(_ bytes: [UInt8]) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // The parent process has made the stream non-blocking.
                var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    // MARK: The process

    /// Call it before any file is opened.
    ///
    /// If the parent process has closed a stream, the next file would get its number, and messages would overwrite that
    /// file. So the number is given to something that can be neither read nor written like the stream.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        // A file beyond the user's size limit is then reported like a full disk.
        signal(SIGXFSZ, SIG_IGN)
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
        // A failed allocation ends the process, in Swift and in the solver.
        if AddressSpace.room != nil {
            signal(SIGABRT) { _ in
                let sentence: StaticString = """
                    memory ran out: it is limited (ulimit -v). What was stored is complete. Allow more, or use fewer \
                    --workers.

                    """
                _ = Foundation.write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
                _exit(ExitCodes.noMemory)
            }
        }
    }

    /// The exit code after a command that ended with `code`: another one if it succeeded, but could not print its
    /// output.
    static func exitCode(after code: Int32) -> Int32 {
        let complaint = output.complaint
        if let complaint { error.write(complaint + "\n") }
        return code == 0 && (complaint != nil || error.complaint != nil) ? ExitCodes.cannotWrite : code
    }
}

/// Prints to standard output, with control characters made visible. It hides the standard library's function of this
/// name, which neither reports nor survives a stream that cannot be written.
func print(_ text: String, terminator: String = "\n") {
    StandardStream.output.write(text.escaped(for: .terminal) + terminator)
}

/// Prints a line to standard error.
func complain(_ line: String) { StandardStream.error.write(line.escaped(for: .terminal) + "\n") }
