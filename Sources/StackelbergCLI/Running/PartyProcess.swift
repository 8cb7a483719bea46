import Foundation
import LinearModels

/// A process that answers for a party: it gets a line, and writes a line.
///
/// What it says beside that on standard error is shown as it comes.
final class PartyProcess {
    let party: String
    private let process = Process()
    private let input = Pipe()
    private let lines: Lines
    /// Seconds that it may take for an answer.
    private let patience: Double

    /// - Parameter command: as the shell reads it.
    /// - Throws: ``PartyProcessError`` where it cannot be started.
    init(_ party: String, command: String, patience: Double) throws {
        self.party = party
        self.patience = patience
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = input
        process.standardOutput = output
        do { try process.run() } catch {
            throw PartyProcessError.notStarted(party: party, reason: error.localizedDescription)
        }
        lines = Lines(output.fileHandleForReading)
    }

    /// - Throws: ``PartyProcessError`` where the process has ended.
    func send(_ line: String) throws {
        do { try input.fileHandleForWriting.write(contentsOf: Data((line + "\n").utf8)) } catch { throw ended() }
    }

    /// Waits for the next line.
    ///
    /// - Throws: ``PartyProcessError`` where the process ended or keeps silent, `Interrupted` where the wait was given
    ///   up.
    func receive() throws -> String {
        let start = Date()
        var sinceItsEnd = 0
        while true {
            switch lines.next(within: 0.05) {
            case .line(let answer): return answer
            case .end: throw ended()
            case .nothing:
                // What it started may still hold its output open.
                if !process.isRunning { sinceItsEnd += 1 }
                if sinceItsEnd > 20 { throw ended() }
            }
            try Interruption.check()
            guard Date().timeIntervalSince(start) < patience else {
                throw PartyProcessError.silent(party: party, seconds: patience)
            }
        }
    }

    /// Nobody asks it any more, so that it ends by itself.
    func close() { try? input.fileHandleForWriting.close() }

    /// Waits for its end; after a second it is told to.
    func end() {
        close()
        waitASecond()
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
    }

    private func waitASecond() { for _ in 0..<50 where process.isRunning { usleep(20_000) } }

    private func ended() -> PartyProcessError {
        waitASecond()
        guard !process.isRunning else { return .closed(party: party) }
        let status = Int(process.terminationStatus)
        return .ended(party: party, status: status, bySignal: process.terminationReason == .uncaughtSignal)
    }

    /// What a process writes, line by line, read beside.
    private final class Lines: @unchecked Sendable {
        enum Read {
            case line(String)
            case end
            case nothing
        }

        private let condition = NSCondition()
        private var waiting: [String] = []
        private var isAtEnd = false

        init(_ handle: FileHandle) {
            Thread.detachNewThread { [self] in
                var rest = Data()
                while true {
                    let data = handle.availableData
                    rest += data
                    condition.lock()
                    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                        waiting.append(String(decoding: rest[..<end], as: UTF8.self))
                        rest = Data(rest[rest.index(after: end)...])
                    }
                    isAtEnd = data.isEmpty
                    condition.signal()
                    condition.unlock()
                    if data.isEmpty { return }
                }
            }
        }

        func next(within seconds: Double) -> Read {
            condition.lock()
            defer { condition.unlock() }
            if waiting.isEmpty, !isAtEnd { _ = condition.wait(until: Date().addingTimeInterval(seconds)) }
            if !waiting.isEmpty { return .line(waiting.removeFirst()) }
            return isAtEnd ? .end : .nothing
        }
    }
}

/// Why a party cannot be asked.
enum PartyProcessError: Error, Equatable, CustomStringConvertible {
    case notStarted(party: String, reason: String)
    case ended(party: String, status: Int, bySignal: Bool)
    case closed(party: String)
    case silent(party: String, seconds: Double)
    case noAnswer(party: String, line: String)

    var description: String {
        switch self {
        case .notStarted(let party, let reason): "the process of \(party) cannot be started: \(reason)"
        case .ended(let party, let status, let bySignal):
            "the process of \(party) ended \(bySignal ? "by signal" : "with exit code") \(status) and answers no more."
        case .closed(let party): "the process of \(party) has closed its output and answers no more."
        case .noAnswer(let party, let line):
            "the process of \(party) wrote what is no answer: '\(line.prefix(80))'. Nothing but answers may go to standard output."
        case .silent(let party, let seconds):
            "the process of \(party) has not answered for \(Int(seconds)) s. Allow more with --seconds."
        }
    }
}
