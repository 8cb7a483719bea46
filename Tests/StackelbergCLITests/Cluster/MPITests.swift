import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI
@testable import Studies

/// The program over ranks of MPI, where it is built and MPI is there.
struct MPIRun {
    let process = Process()
    private let output = Pipe()

    private static let program = URL(fileURLWithPath: ProgramProcess.path).deletingLastPathComponent()
        .appendingPathComponent("stackelberg-mpi").path
    private static let mpirun = ["/usr/bin/mpirun", "/usr/local/bin/mpirun"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static var isBuilt: Bool { FileManager.default.isExecutableFile(atPath: program) }
    static var isInstalled: Bool { mpirun != nil }

    /// - Parameter patience: seconds that ranks have to end, once one was lost. `mpirun` waits as long, even for those
    ///   that end at once.
    init(ranks: Int, _ arguments: [String], patience: Int = 20) throws {
        process.executableURL = URL(fileURLWithPath: Self.mpirun ?? "")
        // Fewer cores than ranks, and root, as in a container.
        let root = getuid() == 0 ? ["--allow-run-as-root"] : []
        // What is left of the others is told to end, and has a second for that, which is little on a busy machine.
        let timeout = ["--mca", "odls_base_sigkill_timeout", "\(patience)"]
        process.arguments = root + timeout + ["--oversubscribe", "-n", "\(ranks)", Self.program] + arguments
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    func end() -> (code: Int32, text: String) {
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, text)
    }

    /// The processor time that a process took, in seconds; nil where it has ended, though nobody may have asked for its
    /// code yet.
    static func processorSeconds(_ process: pid_t) -> Double? {
        guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
            // What is before is its name, which may hold anything.
            let fields = text.split(separator: ")").last?.split(separator: " "), fields.count > 12,
            fields[0] != "Z", let user = Double(fields[11])
        else { return nil }
        return user / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The process of a rank; nil where there is none yet.
    func process(ofRank rank: Int) -> pid_t? {
        let all = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return all.lazy.compactMap { pid_t($0) }.first { number in
            guard let status = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8),
                status.contains("PPid:\t\(process.processIdentifier)\n"),
                let environment = FileManager.default.contents(atPath: "/proc/\(number)/environ")
            else { return false }
            return environment.split(separator: 0).contains(Data("OMPI_COMM_WORLD_RANK=\(rank)".utf8))
        }
    }
}

@Suite(
    .serialized, .enabled(if: ProgramProcess.isBuilt, "the program is not built"),
    .enabled(if: MPIRun.isBuilt, "stackelberg-mpi is not built: STACKELBERG_MPI=1 swift build"),
    .enabled(if: MPIRun.isInstalled, "mpirun is not installed: apt-get install openmpi-bin"))
struct MPITests {
    private func withPark(_ body: (_ price: [String], URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let park = folder.appendingPathComponent("park").path
            #expect(CommandTests.exitCode(["new", park]) == 0)
            try body(
                ["price", park, "--evaluations", "200", "--population", "20", "--workers", "1", "--quiet", "--output"],
                folder)
        }
    }

    /// Tables, figures, page, and the log of the search but for its seconds.
    private func expectSame(_ folder: String, _ other: String, _ answer: String) throws {
        func tables(_ folder: String) throws -> [String: Data] {
            var files: [String: Data] = [:]
            for path in try FileManager.default.subpathsOfDirectory(atPath: folder)
            where path != "manifest.json" && !path.hasPrefix("study.sqlite") {
                files[path] = FileManager.default.contents(atPath: folder + "/" + path)
            }
            return files
        }
        func log(_ folder: String) throws -> [StoredGeneration] {
            let store = try StudyStore(URL(fileURLWithPath: folder))
            return try (0..<store.generations).compactMap { number in
                try store.generation(number).map {
                    StoredGeneration(
                        proposals: $0.proposals, decisions: $0.decisions, payoffs: $0.payoffs, efforts: $0.efforts,
                        failure: $0.failure, seconds: 0)
                }
            }
        }
        #expect(try tables(folder).keys.contains(answer) && tables(folder) == tables(other))
        #expect(try log(folder).count > 3 && log(folder) == log(other))
    }

    @Test func anyNumberOfRanksAndThreadsGivesTheSame() throws {
        try withPark { price, folder in
            let alone = folder.path + "/alone"
            #expect(try ProgramProcess.run(price + [alone]).code == 0)
            for (ranks, threads) in [(1, 1), (2, 2), (3, 1)] {
                let out = folder.path + "/ranks-\(ranks)"
                let ended = try MPIRun(ranks: ranks, price + [out, "--workers", "\(threads)"]).end()
                #expect(ended.code == 0, "\(ended.text)")
                try expectSame(out, alone, "prices.csv")
            }
        }
    }

    @Test func sizesAreFoundOverRanks() throws {
        try TemporaryFolder.with { folder in
            let hut = folder.appendingPathComponent("hut")
            try FileManager.default.createDirectory(at: hut, withIntermediateDirectories: true)
            try Data(Hut.yaml.utf8).write(to: hut.appendingPathComponent("case.yaml"))
            let size = [
                "size", hut.path, "--algorithm", "lshade", "--evaluations", "200", "--population", "20", "--quiet",
            ]
            let (alone, ranks) = (folder.path + "/alone", folder.path + "/ranks")
            #expect(try ProgramProcess.run(size + ["--output", alone]).code == 0)
            let ended = try MPIRun(ranks: 3, size + ["--output", ranks]).end()
            #expect(ended.code == 0, "\(ended.text)")
            try expectSame(ranks, alone, "sizes.csv")
        }
    }

    /// A rank is killed in the middle: the run ends in order, and goes on, over ranks or without.
    @Test(arguments: [0, 1]) func aLostRankEndsTheRunInOrder(rank: Int) throws {
        try withPark { price, folder in
            let (alone, out) = (folder.path + "/alone", folder.path + "/killed")
            #expect(try ProgramProcess.run(price + [alone]).code == 0)
            let run = try MPIRun(ranks: 3, price + [out])
            let end = Date(timeIntervalSinceNow: 120)
            var killed = false
            while !killed, Date() < end, run.process.isRunning {
                if let study = try? StudyOverview(URL(fileURLWithPath: out)), study.evaluations > 0,
                    let process = run.process(ofRank: rank)
                {
                    #expect(study.evaluations < 200)
                    killed = kill(process, SIGKILL) == 0
                }
                usleep(2000)
            }
            #expect(killed)
            let ended = run.end()
            #expect(ended.code != 0)
            if rank > 0 { #expect(ended.text.contains("Go on with: stackelberg resume"), "\(ended.text)") }
            #expect(!FileManager.default.fileExists(atPath: out + "/prices.csv"))
            if rank > 0 {
                let resumed = try MPIRun(ranks: 2, ["resume", out, "--quiet"]).end()
                #expect(resumed.code == 0, "\(resumed.text)")
            } else {
                #expect(try ProgramProcess.run(["resume", out, "--quiet"]).code == 0)
            }
            try expectSame(out, alone, "prices.csv")
        }
    }

    // MARK: Certificates

    private func withCertificate(_ body: (_ certify: [String], URL) throws -> Void) throws {
        try withPark { price, folder in
            try body(["certify", price[1], "--time", "3000", "--quiet", "--output"], folder)
        }
    }

    /// All of it but for the seconds.
    private func certificate(_ folder: String) throws -> String {
        let bounds = try String(contentsOfFile: folder + "/bounds.csv", encoding: .utf8)
        let manifest = try String(contentsOfFile: folder + "/manifest.json", encoding: .utf8)
        let timed = ["\"seconds\"", "\"startedAt\""]
        let lines =
            bounds.split(separator: "\n").map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).enumerated().filter { $0.offset != 1 }
                    .map(\.element).joined(separator: ",")
            }
            + manifest.split(separator: "\n").filter { line in !timed.contains { line.contains($0) } }.map(String.init)
        return lines.joined(separator: "\n")
    }

    @Test func certificatesAreTheSameAtAnyNumberOfRanksAndThreads() throws {
        try withCertificate { certify, folder in
            var all: [String] = []
            for workers in ["1", "2"] {
                let out = folder.path + "/alone-\(workers)"
                #expect(try ProgramProcess.run(certify + [out, "--nodes", "60", "--workers", workers]).code == 0)
                all.append(try certificate(out))
            }
            for (ranks, threads) in [(1, 1), (2, 2), (3, 1)] {
                let out = folder.path + "/ranks-\(ranks)"
                let arguments = certify + [out, "--nodes", "60", "--workers", "\(threads)"]
                let ended = try MPIRun(ranks: ranks, arguments).end()
                #expect(ended.code == 0 && !ended.text.contains("nothing to do"), "\(ended.text)")
                all.append(try certificate(out))
            }
            #expect(all[0].contains("\n60,") && Set(all).count == 1)
        }
    }

    /// A rank is killed in the middle, or rank 0 is stopped by Ctrl-C: nobody is left, and the certificate goes on, over
    /// ranks or without.
    @Test(arguments: [(rank: 1, signal: SIGKILL), (rank: 0, signal: SIGKILL), (rank: 0, signal: SIGINT)])
    func aCertificateEndsInOrder(rank: Int, signal: Int32) throws {
        try withCertificate { certify, folder in
            let (alone, out) = (folder.path + "/alone", folder.path + "/stopped")
            let nodes = ["--nodes", "150", "--workers", "1"]
            #expect(try ProgramProcess.run(certify + [alone] + nodes).code == 0)
            let run = try MPIRun(ranks: 3, certify + [out] + nodes, patience: 4)
            let end = Date(timeIntervalSinceNow: 120)
            var processes: [pid_t] = []
            while processes.isEmpty, Date() < end, run.process.isRunning {
                let found = (0..<3).compactMap(run.process(ofRank:))
                // By then rank 0 has told the others of the parts.
                if found.count == 3, FileManager.default.fileExists(atPath: out + "/parts.bin") { processes = found }
                usleep(20_000)
            }
            try #require(processes.count == 3)
            #expect(kill(processes[rank], signal) == 0)
            let ended = run.end()
            if signal == SIGINT {
                #expect(ended.code == ExitCodes.interrupted)
            } else {
                #expect(ended.code != 0)
            }
            if (rank, signal) != (0, SIGKILL) {
                // Whichever rank 0 sees first: the silence, or that what started the ranks ends them.
                #expect(
                    ended.text.contains("no prices pay more than") && ended.text.contains("stackelberg resume"),
                    "\(ended.text)")
            }
            #expect(!FileManager.default.fileExists(atPath: out + "/bounds.csv"))
            for process in processes { #expect(MPIRun.processorSeconds(process) == nil, "process \(process) is left") }
            if rank == 1 {
                let resumed = try MPIRun(ranks: 2, ["resume", out, "--quiet"]).end()
                #expect(resumed.code == 0 && !resumed.text.contains("nothing to do"), "\(resumed.text)")
            } else {
                #expect(try ProgramProcess.run(["resume", out, "--quiet"]).code == 0)
            }
            #expect(try certificate(out) == certificate(alone))
        }
    }

    /// What a command without a search does is done by rank 0, and its code is that of the run.
    @Test func otherCommandsAndErrorsAreThoseOfTheProgram() throws {
        try withPark { price, folder in
            let checked = try MPIRun(ranks: 2, ["check", price[1]]).end()
            #expect(checked.code == 0 && checked.text.contains("the others have nothing to do"))
            let one = try MPIRun(ranks: 1, ["check", price[1]]).end()
            #expect(one.code == 0 && !one.text.contains("nothing to do"))
            let wrong = try MPIRun(ranks: 3, ["price", folder.path + "/nowhere"]).end()
            #expect(wrong.code == 65, "\(wrong.text)")
        }
    }
}
