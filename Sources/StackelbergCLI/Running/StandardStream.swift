import Foundation
import Studies
import Writing

/// Standard output or standard error. Everything that the program tells goes through here.
///
/// One that cannot be written, as on a full disk or a terminal that is gone, ends no study: what cannot be told changes the exit code, at
/// the end. A reader that has seen enough, as `head`, changes nothing.
final class StandardStream: @unchecked Sendable {
    static let output = StandardStream(STDOUT_FILENO, "standard output")
    static let error = StandardStream(STDERR_FILENO, "standard error")

    private let file: Int32
    private let name: String
    private let lock = NSLock()
    /// What the system said when it first refused to write.
    private var failure: Int32?

    private init(_ file: Int32, _ name: String) { (self.file, self.name) = (file, name) }

    /// Writes all of a text. After a failure nothing more is written, so that no gap looks like an end.
    func write(_ text: String) {
        lock.withLock {
            if failure == nil { failure = put(text) }
        }
    }

    /// Writes what need not be seen, such as progress.
    func writeInPassing(_ text: String) {
        lock.withLock {
            if failure == nil { _ = put(text) }
        }
    }

    /// Why something was not told; nil where all was, or nobody wanted to know.
    private var complaint: String? {
        lock.withLock {
            guard let failure, failure != EPIPE else { return nil }
            return "cannot write \(name): \(String(cString: strerror(failure)))"
        }
    }

    /// - Returns: what the system said where it refused.
    private func put(_ text: String) -> Int32? {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                // Whoever started this process has made the stream one that does not wait.
                var waiting = pollfd(fd: file, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, -1)
            } else if errno != EINTR {
                return errno
            }
        }
        return nil
    }

    // MARK: The process

    /// To be called before any file is opened.
    ///
    /// A stream that whoever started this process has closed would give its number to the next file, which would then be written over with
    /// messages. Something is put there that can be neither read nor written the way the stream is.
    static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        // A file that grows beyond what the user may write is then told like a full disk.
        signal(SIGXFSZ, SIG_IGN)
        for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) == -1 {
            _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
        // Whoever allocates learns of no memory by an end of the process, in Swift as in the solver.
        if AddressSpace.room != nil {
            signal(SIGABRT) { _ in
                let sentence: StaticString =
                    "memory ran out: it is limited (ulimit -v). What was stored is whole. Allow more, or fewer --workers.\n"
                _ = Foundation.write(STDERR_FILENO, sentence.utf8Start, sentence.utf8CodeUnitCount)
                _exit(ExitCodes.noMemory)
            }
        }
    }

    /// The exit code after a command that ended with `code`: another one where it was well, but could not tell.
    static func exitCode(after code: Int32) -> Int32 {
        let complaint = output.complaint
        if let complaint { error.write(complaint + "\n") }
        return code == 0 && (complaint != nil || error.complaint != nil) ? ExitCodes.cannotWrite : code
    }
}

/// Prints to standard output, with control characters made visible. It hides the standard library's function of this name, which does
/// neither tell nor survive a stream that cannot be written.
func print(_ text: String, terminator: String = "\n") {
    StandardStream.output.write(text.escaped(for: .terminal) + terminator)
}

/// Prints a line to standard error.
func complain(_ line: String) { StandardStream.error.write(line.escaped(for: .terminal) + "\n") }
