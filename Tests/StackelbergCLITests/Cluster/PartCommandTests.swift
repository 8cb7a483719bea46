import Foundation
import TestSupport
import Testing

@testable import StackelbergCLI

/// Comparisons and sweeps in parts that are made apart and merged.
@Suite(.enabled(if: ProgramProcess.isBuilt, "the program is not built"))
struct PartCommandTests {
    private static let comparison = ["--algorithms", "ga,lshade,random", "--seeds", "4"]

    private func withSuite(_ body: (_ compare: [String], URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let suite = folder.appendingPathComponent("suite.yaml")
            try Data(CompareCommandTests.suite.utf8).write(to: suite)
            try body(["compare", suite.path] + Self.comparison, folder)
        }
    }

    private func withHut(_ body: (_ sweep: [String], URL) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let hut = folder.appendingPathComponent("hut")
            try FileManager.default.createDirectory(at: hut, withIntermediateDirectories: true)
            try Data(Hut.yaml.utf8).write(to: hut.appendingPathComponent("case.yaml"))
            try body(
                [
                    "sweep", hut.path, "--over", "carbon.ladder.base_price=0.1:0.5:3", "--over",
                    "operator.devices.pv.investment=4000,9000",
                ], folder)
        }
    }

    private func parts(_ count: Int, in folder: URL) -> [String] { (1...count).map { folder.path + "/part-\($0)" } }

    /// - Returns: what was complained of.
    @discardableResult
    private func run(_ arguments: [String], ends code: Int32 = 0) throws -> String {
        let ending = try ProgramProcess.run(arguments)
        #expect(ending.code == code, "\(arguments): \(ending.errors)")
        return ending.errors
    }

    @Test func aComparisonInPartsIsThePlainOne() throws {
        try withSuite { compare, folder in
            let (whole, merged) = (folder.path + "/whole", folder.path + "/merged")
            try run(compare + ["--quiet", "--output", whole])
            let parts = parts(3, in: folder)
            // In any order, and with any number of threads.
            for part in [3, 1, 2] {
                try run(
                    compare + ["--part", "\(part)/3", "--quiet", "--workers", "\(part)", "--output", parts[part - 1]])
            }
            try run(compare + ["--output", merged, "--quiet", "--merge"] + [parts[1], parts[2], parts[0]])
            try ResultBytes.expectSame(merged, whole)
            // What was merged is a comparison like any other: merged again, and with more seeds.
            try run(compare + ["--output", merged, "--quiet", "--merge"] + parts)
            try ResultBytes.expectSame(merged, whole)
            let more = Array(compare.dropLast()) + ["5", "--quiet", "--output"]
            try run(more + [merged])
            try run(more + [whole])
            try ResultBytes.expectSame(merged, whole)
        }
    }

    /// Parts are read alone: they may be on a medium that cannot be written, or another user's.
    @Test(.enabled(if: Mounts.areOurs, "no file system can be mounted here"))
    func partsThatCannotBeWrittenAreMerged() throws {
        try withSuite { compare, folder in
            let (whole, merged) = (folder.path + "/whole", folder.path + "/merged")
            try run(compare + ["--quiet", "--output", whole])
            let parts = parts(2, in: folder)
            for (k, part) in parts.enumerated() {
                try run(compare + ["--part", "\(k + 1)/2", "--quiet", "--output", part])
            }
            let merge = compare + ["--quiet", "--merge"] + parts + ["--output", merged]
            // A line that was cut short cannot be cut off there, and is no run.
            let file = URL(fileURLWithPath: parts[0] + "/runs.jsonl")
            let lines = try Data(contentsOf: file)
            try lines.dropLast(20).write(to: file)
            let cut = try Mounts.run(merge, readOnly: parts)
            #expect(cut.code == 65 && cut.errors.contains("is not done"), "\(cut.errors)")
            try lines.write(to: file)
            let ending = try Mounts.run(merge, readOnly: parts)
            #expect(ending.code == 0, "\(ending.errors)")
            try ResultBytes.expectSame(merged, whole)
        }
        try withHut { sweep, folder in
            let (whole, merged) = (folder.path + "/whole", folder.path + "/merged")
            try run(sweep + ["--quiet", "--output", whole])
            let parts = parts(2, in: folder)
            for (k, part) in parts.enumerated() {
                try run(sweep + ["--part", "\(k + 1)/2", "--quiet", "--output", part])
            }
            let ending = try Mounts.run(
                sweep + ["--quiet", "--merge"] + parts + ["--output", merged], readOnly: parts)
            #expect(ending.code == 0, "\(ending.errors)")
            try ResultBytes.expectSame(merged, whole)
        }
    }

    @Test func aSweepInPartsIsThePlainOne() throws {
        try withHut { sweep, folder in
            let (whole, merged) = (folder.path + "/whole", folder.path + "/merged")
            try run(sweep + ["--quiet", "--output", whole])
            let parts = parts(3, in: folder)
            for (k, part) in parts.enumerated() {
                let ending = try ProgramProcess.run(sweep + ["--part", "\(k + 1)/3", "--output", part])
                #expect(ending.code == 0 && ending.output.contains("Part \(k + 1)/3, done: 2 points"))
            }
            try run(sweep + ["--output", merged, "--quiet", "--merge"] + parts.reversed())
            try ResultBytes.expectSame(merged, whole)
            // The parts stay, and what is there is not overwritten.
            #expect(
                try run(sweep + ["--output", merged, "--quiet", "--merge"] + parts, ends: 73).contains("is not empty"))
        }
    }

    /// A point without an answer has its code in its part, and in what is merged.
    @Test func aPointWithoutAnAnswerStaysOne() throws {
        try TemporaryFolder.with { folder in
            let night = folder.appendingPathComponent("night")
            try FileManager.default.createDirectory(at: night, withIntermediateDirectories: true)
            let yaml = Hut.yaml.split(separator: "\n").filter { !$0.contains("dark:") }.joined(separator: "\n")
            try Data(yaml.utf8).write(to: night.appendingPathComponent("case.yaml"))
            let sweep = ["sweep", night.path, "--over", "grid.buy.max=20,100", "--quiet", "--output"]
            let parts = parts(2, in: folder)
            try run(sweep + [folder.path + "/whole"], ends: 69)
            let codes = try parts.enumerated().map {
                try ProgramProcess.run(sweep + [$1, "--part", "\($0 + 1)/2"]).code
            }
            #expect(codes.sorted() == [0, 69])
            try run(sweep + [folder.path + "/merged", "--merge"] + parts, ends: 69)
            try ResultBytes.expectSame(folder.path + "/merged", folder.path + "/whole")
        }
    }

    /// Killed at any moment, a part goes on with the same command.
    @Test func aKilledPartGoesOn() throws {
        try withSuite { compare, folder in
            let parts = parts(2, in: folder)
            try run(compare + ["--quiet", "--output", folder.path + "/whole"])
            let long = compare + ["--quiet", "--workers", "1", "--part"]
            try run(long + ["1/2", "--output", parts[0]])
            var kills = 0
            for delay in [0.03, 0.08, 0.15, 0.25] {
                let process = try ProgramProcess(long + ["2/2", "--output", parts[1]])
                Thread.sleep(forTimeInterval: delay)
                if process.process.isRunning { kills += 1 }
                process.send(SIGKILL)
                _ = process.end()
            }
            #expect(kills > 0)
            try run(long + ["2/2", "--output", parts[1]])
            try run(compare + ["--quiet", "--output", folder.path + "/merged", "--merge"] + parts)
            try ResultBytes.expectSame(folder.path + "/merged", folder.path + "/whole")
        }
    }

    /// Every refusal says which folder, why, and what to do; and it makes nothing.
    @Test func whatIsNotAllPartsOnceIsRefused() throws {
        try withSuite { compare, folder in
            let parts = parts(3, in: folder)
            let quiet = compare + ["--quiet", "--output"]
            for (k, part) in parts.enumerated() { try run(quiet + [part, "--part", "\(k + 1)/3"]) }
            let merged = folder.path + "/merged"
            func refusal(_ folders: [String], _ options: [String] = []) throws -> String {
                let text = try run(quiet + [merged] + options + ["--merge"] + folders, ends: 65)
                #expect(!FileManager.default.fileExists(atPath: merged))
                return text
            }
            #expect(try refusal([parts[0], parts[2]]).contains("part 2/3 is missing. Make it with --part 2/3"))
            #expect(try refusal([parts[0]]).contains("parts 2/3, 3/3 are missing"))
            let twice = try refusal(parts + [parts[1]])
            #expect(twice.contains("part 2/3 is in '\(parts[1])' and in '\(parts[1])'. Name it once."))
            let nowhere = folder.path + "/nowhere"
            #expect(try refusal([nowhere]).contains("'\(nowhere)' is no folder"))
            #expect(!FileManager.default.fileExists(atPath: nowhere))
            #expect(try refusal([folder.path]).contains("holds no part of a comparison"))
            let other = folder.path + "/other"
            try run(quiet + [other, "--part", "2/4"])
            #expect(
                try refusal([parts[0], other])
                    .contains("'\(other)' holds part 2/4, but '\(parts[0])' holds part 1/3: they overlap"))
            #expect(
                try refusal(parts, ["--evaluations", "5000"])
                    .contains(
                        "holds part 1/3 of something else: the evaluations was 4000 and is 5000. Repeat the options"))
            #expect(try refusal(parts, ["--seeds", "5"]).contains("the seeds of all parts was 4 and is 5"))
            #expect(
                try refusal(parts, ["--algorithms", "ga,random,lshade"])
                    .contains("the list of algorithms was ga,lshade,random and is ga,random,lshade"))
            let whole = folder.path + "/whole"
            try run(quiet + [whole])
            #expect(try refusal(parts + [whole]).contains("holds a comparison, but no part of one"))

            // The last run of a part is taken out, then one of another part put in.
            let runs = parts[1] + "/runs.jsonl"
            let lines = try String(contentsOfFile: runs, encoding: .utf8).split(separator: "\n").map(String.init)
            try Data((lines.dropLast().joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: runs))
            let unfinished = try refusal(parts)
            #expect(unfinished.contains("'\(parts[1])' holds part 2/3, which is not done: it has 7 of 8 runs. Go on"))
            let foreign = try String(contentsOfFile: parts[0] + "/runs.jsonl", encoding: .utf8)
                .split(separator: "\n").map(String.init)
            try Data((([foreign[0]] + lines).joined(separator: "\n") + "\n").utf8)
                .write(to: URL(fileURLWithPath: runs))
            #expect(try refusal(parts).contains("is the run of ga on sphere-5 with seed 1, which is of another part"))

            // A part is no place for another part, nor for the whole; and parts have numbers.
            #expect(try run(quiet + [parts[0]], ends: 65).contains("the part was 1/3 and is none"))
            #expect(try run(quiet + [parts[0], "--part", "2/3"], ends: 65).contains("the part was 1/3 and is 2/3"))
            for text in ["0/3", "4/3", "1", "1/0", "a/b", "1/2/3", "-1/3", "1/99999"] {
                #expect(
                    try run(quiet + [merged, "--part=\(text)"], ends: 65).contains("--part \(text): write the part"))
            }
            try run(quiet + [merged, "--part", "1/3", "--merge", parts[0]], ends: 64)
        }
    }

    @Test func partsOfAnotherSweepAreRefused() throws {
        try withHut { sweep, folder in
            let parts = parts(2, in: folder)
            for (k, part) in parts.enumerated() {
                try run(sweep + ["--quiet", "--part", "\(k + 1)/2", "--output", part])
            }
            let merged = folder.path + "/merged"
            func refusal(_ options: [String], _ folders: [String]) throws -> String {
                let text = try run(options + ["--quiet", "--output", merged, "--merge"] + folders, ends: 65)
                #expect(!FileManager.default.fileExists(atPath: merged))
                return text
            }
            let other = Array(sweep.dropLast()) + ["operator.devices.pv.investment=4000,9500"]
            #expect(try refusal(other, parts).contains("holds part 1/2 of something else: --over was carbon.ladder"))
            #expect(
                try refusal(sweep + ["--exact-seconds", "30"], parts).contains("--exact-seconds was 60.0 and is 30.0"))
            #expect(try refusal(sweep, [parts[1]]).contains("part 1/2 is missing"))
            // A case that changed since.
            let file = URL(fileURLWithPath: sweep[1] + "/case.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            try Data(text.replacing("wear_cost: 0.02", with: "wear_cost: 0.03").utf8).write(to: file)
            #expect(try refusal(sweep, parts).contains("the case's files have changed since"))
            try Data(text.utf8).write(to: file)
            // A point is taken out.
            let points = parts[0] + "/points.jsonl"
            let lines = try String(contentsOfFile: points, encoding: .utf8).split(separator: "\n")
            try Data((lines.dropLast().joined(separator: "\n") + "\n").utf8).write(to: URL(fileURLWithPath: points))
            #expect(try refusal(sweep, parts).contains("which is not done: it has 2 of 3 points"))
            // The same command makes it again.
            try run(sweep + ["--quiet", "--part", "1/2", "--output", parts[0]])
            try run(sweep + ["--quiet", "--output", merged, "--merge"] + parts)
        }
    }
}
