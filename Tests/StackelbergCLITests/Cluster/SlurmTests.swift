import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// A Slurm of this machine alone, brought up for a test and taken down after it; see `Tests/Slurm`.
enum LocalSlurm {
    private static let scripts = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("Slurm").path
    private static let folders = ["/usr/local/sbin", "/usr/sbin", "/usr/local/bin", "/usr/bin", "/sbin", "/bin"]

    static var isInstalled: Bool {
        ["slurmctld", "slurmd", "sbatch", "munged", "python3"].allSatisfy { name in
            folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
        }
    }

    /// - Parameter body: is given the environment in which commands of Slurm find it.
    static func with(_ body: ([String: String]) throws -> Void) throws {
        // slurm.conf holds plain names alone.
        let folder = URL(fileURLWithPath: "/tmp/stackelberg-slurm-\(getpid())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            _ = try? Shell.bash([scripts + "/down.sh", folder.path])
            try? FileManager.default.removeItem(at: folder)
        }
        // What it leaves running must not hold the pipe of this process open.
        let up = try Shell.bash([
            "-c", "bash \"$0\" \"$1\" >\"$1/up.log\" 2>&1; code=$?; cat \"$1/up.log\"; exit $code", scripts + "/up.sh",
            folder.path,
        ])
        try #require(up.code == 0, "\(up.output)")
        try body(["SLURM_CONF": folder.path + "/slurm.conf"])
    }
}

@Suite(
    .serialized, .enabled(if: ProgramProcess.isBuilt, "the program is not built"),
    .enabled(if: LocalSlurm.isInstalled, "Slurm is not installed: apt-get install slurmctld slurmd slurm-client munge"),
    .enabled(if: getuid() == 0, "Slurm needs root"))
struct SlurmTests {
    /// Eight parts of a comparison as an array, one of them queued again in the middle: what is merged is the plain
    /// run.
    @Test(.timeLimit(.minutes(5))) func anArrayWithOneQueuedAgainIsThePlainRun() throws {
        try TemporaryFolder.with { outside in
            let folder = outside.appendingPathComponent("it's a dir")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data(CompareCommandTests.suite.utf8).write(to: folder.appendingPathComponent("suite.yaml"))
            let compare = [
                "compare", "suite.yaml", "--algorithms", "ga,lshade,random", "--seeds", "8", "--evaluations", "60000",
            ]
            let whole = try ProgramProcess.run(compare + ["--quiet", "--output", "whole"], in: folder)
            #expect(whole.code == 0)
            let written = try ProgramProcess.run(
                ["cluster"] + compare + ["--kind", "slurm", "--parts", "8", "--output", "merged"], in: folder)
            #expect(written.code == 0, "\(written.errors)")
            let scripts = folder.path + "/merged-cluster"
            try LocalSlurm.with { environment in
                func slurm(_ command: String) throws -> String {
                    try Shell.bash(["-c", command], environment: environment).output
                }
                let submitted = try Shell.bash([scripts + "/submit.sh"], environment: environment)
                #expect(submitted.code == 0, "\(submitted.output)")

                // Two parts that have made some of their runs, and not all: one is queued again from outside, one
                // queues itself again, as before the end of its wall time.
                let first = try stopping(in: scripts, but: nil, slurm) { "scontrol requeue \($0)" }
                let second = try stopping(in: scripts, but: first.part, slurm) { "scancel --signal=USR1 --batch \($0)" }
                // They would begin again after two minutes, counted from when they have ended.
                for requeued in [first, second] {
                    let released = try waiting(60) { () -> Bool? in
                        let state = try slurm("squeue --noheader --jobs=\(requeued.job) --format=%t")
                        guard state == "PD\n" else { return nil }
                        return try slurm("scontrol update jobid=\(requeued.job) StartTime=now").isEmpty ? true : nil
                    }
                    #expect(released == true)
                }
                let ended = try waiting(180) {
                    try slurm("squeue --noheader").isEmpty ? true : nil
                }
                let left = try slurm("squeue")
                #expect(ended == true, "\(left)")
                for requeued in [first, second] {
                    let log = try String(contentsOfFile: "\(scripts)/part-\(requeued.part).log", encoding: .utf8)
                    #expect(log.contains("REQUEUE"))
                }
                let merge = try? String(contentsOfFile: scripts + "/merge.log", encoding: .utf8)
                #expect(merge?.contains("Report: merged/report.md") == true, "\(merge ?? "no log")")
            }
            try ResultBytes.expectSame(folder.path + "/merged", folder.path + "/whole")
        }
    }

    /// Stops the job of a part that has made a run and has others to make.
    ///
    /// - Parameter command: of Slurm, for a job.
    private func stopping(
        in scripts: String, but other: String?, _ slurm: (String) throws -> String, _ command: (String) -> String
    ) throws -> (job: String, part: String) {
        try #require(
            try waiting(60) {
                for line in try slurm("squeue --noheader --states=R --format=%i").split(separator: "\n") {
                    guard let part = line.split(separator: "_").last, String(part) != other,
                        let runs = try? String(contentsOfFile: "\(scripts)/part-\(part)/runs.jsonl", encoding: .utf8),
                        (1..<5).contains(runs.count { $0 == "\n" })
                    else { continue }
                    // Where the job is faster than the answer to the command, Slurm calls that an error.
                    _ = try slurm(command(String(line)))
                    let isQueued = try waiting(20) { () -> Bool? in
                        try slurm("squeue --noheader --jobs=\(line) --format=%t") == "PD\n" ? true : nil
                    }
                    if isQueued == true { return (String(line), String(part)) }
                }
                return nil
            })
    }

    /// What a question is answered with, within so many seconds.
    private func waiting<Answer>(_ seconds: Double, _ question: () throws -> Answer?) throws -> Answer? {
        let end = Date(timeIntervalSinceNow: seconds)
        while Date() < end {
            if let answer = try question() { return answer }
            Thread.sleep(forTimeInterval: 0.05)
        }
        return nil
    }
}
