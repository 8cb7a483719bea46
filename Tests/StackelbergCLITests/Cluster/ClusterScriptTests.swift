import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// Scripts that do work in parts, in a folder whose name the shell would take apart.
@Suite(.enabled(if: ProgramProcess.isBuilt, "the program is not built"))
struct ClusterScriptTests {
    private static let names = ["it's a $HOME \"dir\"", "a;b & `c`", "-n *"]

    private func write(_ text: String, to file: URL) throws {
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
    }

    private func run(_ arguments: [String], in folder: URL, ends code: Int32 = 0) throws -> String {
        let ending = try ProgramProcess.run(arguments, in: folder)
        #expect(ending.code == code, "\(arguments): \(ending.errors)")
        return ending.output + ending.errors
    }

    /// What bash understands of every script, of every kind, and what the schedulers are told.
    @Test func scriptsAreWellFormedWhateverTheNames() throws {
        for name in Self.names {
            try TemporaryFolder.with { outside in
                let folder = outside.appendingPathComponent(name)
                try write(CompareCommandTests.suite, to: folder.appendingPathComponent("my suite's.yaml"))
                for kind in ClusterScripts.Kind.allCases {
                    let text = try run(
                        [
                            "cluster", "compare", "./my suite's.yaml", "--algorithms", "ga,lshade", "--kind",
                            kind.rawValue,
                            "--seeds=4", "--parts", "4", "--workers", "2", "--output", "out \(kind) '1'",
                        ], in: folder)
                    #expect(text.contains("16 runs in 4 parts"))
                    let scripts = folder.appendingPathComponent("out \(kind) '1'-cluster")
                    for file in [ClusterScripts.arrayFile, ClusterScripts.mergeFile, ClusterScripts.submitFile] {
                        let script = scripts.appendingPathComponent(file).path
                        let checked = try Shell.bash(["-n", script])
                        #expect(checked.code == 0, "\(kind) \(file): \(checked.output)")
                    }
                    let array = try String(
                        contentsOf: scripts.appendingPathComponent(ClusterScripts.arrayFile), encoding: .utf8)
                    let directives: [ClusterScripts.Kind: [String]] = [
                        .slurm: [
                            "#SBATCH --array=1-4", "#SBATCH --cpus-per-task=2", "#SBATCH --time=0:15:00",
                            "#SBATCH --requeue",
                        ],
                        .lsf: ["#BSUB -J \"stackelberg[1-4]\"", "#BSUB -W 0:15", "#BSUB -r", "#BSUB -n 2"],
                        .pbs: ["#PBS -J 1-4", "#PBS -l walltime=0:15:00", "#PBS -r y", "#PBS -l select=1:ncpus=2"],
                        .bash: [],
                    ]
                    for directive in directives[kind] ?? [] {
                        #expect(array.split(separator: "\n").contains(Substring(directive)))
                    }
                }
            }
        }
    }

    @Test func theShellDoesWhatOneRunDoes() throws {
        try TemporaryFolder.with { outside in
            let folder = outside.appendingPathComponent(Self.names[0])
            try write(CompareCommandTests.suite, to: folder.appendingPathComponent("my suite's.yaml"))
            let compare = ["compare", "my suite's.yaml", "--algorithms", "ga,random", "--seeds", "3"]
            _ = try run(compare + ["--output", "whole", "--quiet"], in: folder)
            _ = try run(
                ["cluster"] + compare + ["--kind", "bash", "--parts", "5", "--output", "the 'result'"], in: folder)
            let scripts = folder.appendingPathComponent("the 'result'-cluster")
            // Started from anywhere.
            let submitted = try Shell.bash([scripts.path + "/submit.sh"], in: URL(fileURLWithPath: "/"))
            #expect(submitted.code == 0, "\(submitted.output)")
            try ResultBytes.expectSame(folder.path + "/the 'result'", folder.path + "/whole")
            #expect(FileManager.default.fileExists(atPath: scripts.path + "/part-5.log"))
            // Again: all is there already.
            #expect(try Shell.bash([scripts.path + "/submit.sh"]).code == 0)
            try ResultBytes.expectSame(folder.path + "/the 'result'", folder.path + "/whole")

            // A part that is not done is named by what merges, and the scripts go on with it.
            try FileManager.default.removeItem(atPath: scripts.path + "/part-2")
            let merged = try Shell.bash([scripts.path + "/merge.sh"])
            #expect(merged.code == 65 && merged.output.contains("part-2' is no folder"), "\(merged.output)")
            #expect(try Shell.bash([scripts.path + "/array.sh", "2"]).code == 0)
            #expect(try Shell.bash([scripts.path + "/merge.sh"]).code == 0)
        }
    }

    @Test func sweepsAndSizesGoTheSameWay() throws {
        try TemporaryFolder.with { folder in
            try write(Hut.yaml, to: folder.appendingPathComponent("a hut/case.yaml"))
            let sweep = ["sweep", "a hut", "--over", "carbon.ladder.base_price=0.1:0.5:4"]
            _ = try run(sweep + ["--output", "whole", "--quiet"], in: folder)
            _ = try run(
                ["cluster", "--kind", "bash"] + sweep
                    + ["--folder", "scripts", "--output", "merged", "--parts", "3", "--exact-seconds", "60"], in: folder
            )
            let submitted = try Shell.bash([folder.path + "/scripts/submit.sh"])
            #expect(submitted.code == 0, "\(submitted.output)")
            try ResultBytes.expectSame(folder.path + "/merged", folder.path + "/whole")

            // Sizes: a search a seed, each as `size` makes it, and a list of them.
            let size = ["size", "a hut", "--algorithm", "lshade", "--evaluations", "60", "--population", "10"]
            let told = try run(
                ["cluster"] + size + ["--kind=bash", "--seed", "5", "--parts", "2", "--folder", "sizes"], in: folder)
            let sized = try Shell.bash([folder.path + "/sizes/submit.sh"])
            #expect(sized.code == 0 && sized.output.contains("/part-1 ") && sized.output.contains("/part-2 "))
            // The list is where the summary has it, too.
            #expect(told.contains("sizes/merge.log"))
            let list = try String(contentsOf: folder.appendingPathComponent("sizes/merge.log"), encoding: .utf8)
            #expect(list == sized.output)
            for (part, seed) in [(1, 5), (2, 6)] {
                _ = try run(
                    size + ["--quiet", "--workers", "1", "--seed", "\(seed)", "--output", "alone-\(seed)"], in: folder)
                for file in ["sizes.csv", "convergence.csv"] {
                    #expect(
                        try Data(contentsOf: folder.appendingPathComponent("sizes/part-\(part)/\(file)"))
                            == Data(contentsOf: folder.appendingPathComponent("alone-\(seed)/\(file)")))
                }
            }
            // A study that was begun is gone on with.
            #expect(try Shell.bash([folder.path + "/sizes/array.sh", "1"]).code == 0)
        }
    }

    @Test func wrongUseHasItsCode() throws {
        try TemporaryFolder.with { folder in
            try write(CompareCommandTests.suite, to: folder.appendingPathComponent("suite.yaml"))
            try write(Hut.yaml, to: folder.appendingPathComponent("hut/case.yaml"))
            let compare = ["cluster", "--kind", "bash", "compare", "suite.yaml", "--algorithms", "ga"]
            let bad = try run(["cluster", "--kind", "slurm", "bias", "x"], in: folder, ends: 65)
            #expect(bad.contains("scripts are written for compare, sweep and size, not for 'bias'"))
            #expect(try run(compare + ["--part", "1/2"], in: folder, ends: 65).contains("Take it out"))
            #expect(try run(compare + ["--seeds", "none"], in: folder, ends: 65).contains("--seeds none"))
            _ = try run(compare + ["--sseeds", "1"], in: folder, ends: 64)
            _ = try run(["cluster", "compare", "suite.yaml"], in: folder, ends: 64)
            _ = try run(["cluster", "--kind", "condor", "compare", "suite.yaml"], in: folder, ends: 64)
            _ = try run(compare + ["--parts", "0"], in: folder, ends: 65)
            // Two problems, one algorithm.
            let idle = try run(compare + ["--seeds", "3", "--parts", "7"], in: folder, ends: 65)
            #expect(
                idle.contains(
                    "--parts 7: there are 6 runs, so that some parts would have nothing to do. Write 6 at most"))
            _ = try run(compare + ["--hours=-1"], in: folder, ends: 65)
            let exact = try run(
                ["cluster", "--kind", "bash", "size", "hut", "--exact", "--parts", "2"], in: folder, ends: 65)
            #expect(exact.contains("one program"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["hut", "suite.yaml"])
            // Neither scripts nor results are put over what is there.
            try write("mine", to: folder.appendingPathComponent("taken/file"))
            #expect(try run(compare + ["--folder", "taken"], in: folder, ends: 73).contains("nothing is overwritten"))
            #expect(try run(compare + ["--output", "taken"], in: folder, ends: 73).contains("is not empty"))
        }
    }

    /// What is estimated grows with the work, and the wall time leaves room.
    @Test func wallTimesFollowTheEstimate() {
        func work(_ seconds: Double, pieces: Int) -> ClusterWork {
            ClusterWork(
                command: "compare", words: [], pieces: pieces, piece: "runs", seconds: seconds, firstSeed: nil,
                merging: .into(folder: "x"), workers: 1)
        }
        // 10 hours of 100 runs: 20 parts of 5 runs, half an hour each, allowed two.
        #expect(work(36_000, pieces: 100).usualParts == 20)
        #expect(work(36_000, pieces: 100).usualHours(parts: 20) == 2)
        // The parts are not equal: 3 runs in one, of 1000 s, allowed 12,000 s, in quarters of an hour.
        #expect(work(5000, pieces: 5).usualHours(parts: 2) == 3.5)
        #expect(work(1, pieces: 5).usualParts == 1 && work(1, pieces: 5).usualHours(parts: 1) == 0.25)
        #expect(work(1e9, pieces: 7).usualParts == 7)
    }

    @Test func wordsAreTakenOutWithTheirValues() {
        let words = ["suite", "--output", "x", "--seeds=3", "--output=y", "--outputs", "--workers", "2", "z"]
        #expect(
            ClusterWork.words(words, without: ["--output", "--workers"]) == ["suite", "--seeds=3", "--outputs", "z"])
    }
}
