import Foundation
import Fuzzing

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `fuzz COUNT [SEED]`: mutated cases by number, in a child process that is started anew where it dies.
///
/// What killed the child is written to `fuzz-findings/`; each of them belongs into `Tests/FuzzCorpus` once it is
/// mended.
struct Fuzz {
    /// Seconds of processor time for one input; a machine that is busy with other things is no hang.
    static let secondsAnInput = 5

    let count: Int
    let seed: UInt64

    func run() throws -> Bool {
        let start = Date()
        var tally: [String: Int] = [:]
        var findings: [String] = []
        var next = 0
        while next < count {
            let child = Process()
            child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            if !FileManager.default.fileExists(atPath: "/proc/self/exe") {
                child.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            }
            child.arguments = ["--from", "\(next)", "--to", "\(count)", "--seed", "\(seed)"]
            let pipe = Pipe()
            child.standardOutput = pipe
            try child.run()
            var rest = ""
            while case let data = pipe.fileHandleForReading.availableData, !data.isEmpty {
                rest += String(decoding: data, as: UTF8.self)
                var lines = rest.components(separatedBy: "\n")
                rest = lines.removeLast()
                for line in lines {
                    if line.hasPrefix("failure ") {
                        findings.append(try save(next, String(line.dropFirst(8))))
                        tally["failure", default: 0] += 1
                    } else {
                        tally[line, default: 0] += 1
                    }
                    next += 1
                    if next % 5_000 == 0 {
                        print("\(next) of \(count): \(text(tally))")
                        fflush(nil)
                    }
                }
            }
            child.waitUntilExit()
            guard next < count else { break }
            let isHang = child.terminationReason == .uncaughtSignal && child.terminationStatus == SIGPROF
            let what = isHang ? "more than \(Self.secondsAnInput) s" : "died with \(child.terminationStatus)"
            findings.append(try save(next, what))
            tally[isHang ? "hang" : "crash", default: 0] += 1
            next += 1
        }
        print("\(count) inputs, seed \(seed), \(Int(Date().timeIntervalSince(start))) s: \(text(tally))")
        for finding in findings { print(finding) }
        return findings.isEmpty
    }

    private func text(_ tally: [String: Int]) -> String {
        tally.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }

    private func save(_ number: Int, _ what: String) throws -> String {
        let input = try FuzzRun(seed: seed).input(number)
        let folder = "fuzz-findings/\(input.original.name)-\(seed)-\(number)"
        try input.mutation.input.write(to: URL(fileURLWithPath: folder))
        return "\(folder) (\(input.mutation.name), variant \(input.original.variant ?? "none")): \(what)"
    }

    /// The child: a line an input.
    static func work(from: Int, to: Int, seed: UInt64) throws {
        var memory = rlimit(rlim_cur: 8 << 30, rlim_max: 8 << 30)
        setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &memory)
        let run = try FuzzRun(seed: seed)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("fuzz-\(getpid())")
        defer { try? FileManager.default.removeItem(at: folder) }
        var trial = Trial(in: folder)
        for number in from..<to {
            var timer = itimerval()
            timer.it_value.tv_sec = secondsAnInput
            setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &timer, nil)
            let input = run.input(number)
            var line: String
            do {
                let verdict = try trial.run(
                    input.mutation.input, sameAs: input.mutation.mayChangeNothing ? input.original : nil)
                line = verdict.rawValue
            } catch {
                line = "failure \(error)".replacingOccurrences(of: "\n", with: " ")
            }
            FileHandle.standardOutput.write(Data("\(line)\n".utf8))
        }
    }
}

func number(after flag: String) -> Int? {
    let arguments = CommandLine.arguments
    return arguments.firstIndex(of: flag).flatMap { $0 + 1 < arguments.count ? Int(arguments[$0 + 1]) : nil }
}

if let from = number(after: "--from"), let to = number(after: "--to"), let seed = number(after: "--seed") {
    try Fuzz.work(from: from, to: to, seed: UInt64(seed))
} else {
    let arguments = CommandLine.arguments.dropFirst().map { Int($0) }
    guard (1...2).contains(arguments.count), let count = arguments[0], count > 0,
        let seed = arguments.count == 2 ? arguments[1] : 1,
        seed >= 0
    else {
        print("usage: fuzz COUNT [SEED]")
        exit(64)
    }
    exit(try Fuzz(count: count, seed: UInt64(seed)).run() ? 0 : 1)
}
