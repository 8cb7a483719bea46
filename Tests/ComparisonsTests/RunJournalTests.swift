import Disk
import Foundation
import Testing

@testable import Comparisons

@Suite struct RunJournalTests {
    private static let first = Handmade.run("sphere-3", "ga", 1, [(1, 9), (4, 2.5)])
    private static let second = Handmade.run("sphere-3", "ga", 2, [(1, 8)])

    @Test func runsComeBackAsTheyWere() throws {
        try Handmade.folder { folder in
            do {
                let journal = try RunJournal(folder, Handmade.identity)
                try journal.add(Self.second, seconds: 0.5)
                try journal.add(Self.first, seconds: 0.25)
            }
            let journal = try RunJournal(folder, Handmade.identity)
            #expect(journal.runs == [Self.first.key: Self.first, Self.second.key: Self.second])
            #expect(journal.seconds[Self.first.key] == 0.25 && journal.seconds[Self.second.key] == 0.5)
        }
    }

    /// Whatever byte the process died at, the runs before it stay and the line that was being written is gone.
    @Test func everyCutLeavesWholeRuns() throws {
        try Handmade.folder { folder in
            do {
                let journal = try RunJournal(folder, Handmade.identity)
                try journal.add(Self.first, seconds: 1)
                try journal.add(Self.second, seconds: 1)
            }
            let file = folder.appendingPathComponent(RunJournal.runsFile)
            let whole = try Data(contentsOf: file)
            let firstLine = try #require(whole.firstIndex(of: 10)) + 1
            for length in stride(from: 0, through: whole.count, by: 7) {
                try whole.prefix(length).write(to: file)
                let journal = try RunJournal(folder, Handmade.identity)
                let expected = length < firstLine ? 0 : length < whole.count ? 1 : 2
                #expect(journal.runs.count == expected)
                #expect(try Data(contentsOf: file).count == [0, firstLine, whole.count][expected])
            }
        }
    }

    @Test func sortedLinesDoNotShowTheOrderOfWork() throws {
        var bytes: [Data] = []
        for runs in [[Self.first, Self.second], [Self.second, Self.first]] {
            try Handmade.folder { folder in
                let journal = try RunJournal(folder, Handmade.identity)
                for run in runs { try journal.add(run, seconds: 1) }
                try journal.sort(by: [Self.first.key, Self.second.key])
                bytes.append(try Data(contentsOf: folder.appendingPathComponent(RunJournal.runsFile)))
                bytes.append(try Data(contentsOf: folder.appendingPathComponent(RunJournal.timesFile)))
            }
        }
        #expect(bytes[0] == bytes[2] && bytes[1] == bytes[3])
    }

    @Test func anotherComparisonIsRefused() throws {
        try Handmade.folder { folder in
            do { _ = try RunJournal(folder, Handmade.identity) }
            let other = RunJournal.Identity(
                suite: "small", version: 2, checksum: "none", population: 10, evaluations: 200, program: "test")
            #expect(throws: JournalError.other(path: folder.path, difference: "the suite's version was 1 and is 2")) {
                try RunJournal(folder, other)
            }
            let changed = RunJournal.Identity(
                suite: "small", version: 1, checksum: "other", population: 10, evaluations: 200, program: "test")
            #expect(throws: JournalError.other(path: folder.path, difference: "the suite's files have changed since")) {
                try RunJournal(folder, changed)
            }
        }
    }

    @Test func aSecondProcessIsTold() throws {
        try Handmade.folder { folder in
            let journal = try RunJournal(folder, Handmade.identity)
            #expect(throws: DiskError.inUse(path: folder.path, process: getpid())) {
                try RunJournal(folder, Handmade.identity)
            }
            _ = journal.runs
        }
    }

    @Test func foreignAndDamagedFilesAreNamed() throws {
        try Handmade.folder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: folder.appendingPathComponent("notes.txt"))
            #expect(throws: JournalError.notEmpty(path: folder.path)) { try RunJournal(folder, Handmade.identity) }
            try FileManager.default.removeItem(at: folder.appendingPathComponent("notes.txt"))
            do { try RunJournal(folder, Handmade.identity).add(Self.first, seconds: 1) }
            let file = folder.appendingPathComponent(RunJournal.runsFile)
            try (Data(contentsOf: file) + Data("{}\n".utf8)).write(to: file)
            #expect(throws: JournalError.damaged(path: file.path, line: 2)) {
                try RunJournal(folder, Handmade.identity)
            }
        }
    }
}
