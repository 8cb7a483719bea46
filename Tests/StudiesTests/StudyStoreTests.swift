import Disk
import Foundation
import Games
import Metaheuristics
import TestSupport
import Testing

@testable import Studies

@Suite struct StudyStoreTests {
    private static let inputs = [
        FileCopy(path: "case.yaml", content: Data("case: {}\n".utf8)),
        FileCopy(path: "data/a b.csv", content: Data([0, 255, 10, 13, 0])),
    ]

    private static func card(_ settings: StudySettings) -> StudyCard {
        StudyCard(
            purpose: .prices, caseName: "toy", caseFolder: "/nowhere", variant: nil, unit: "CNY", settings: settings,
            program: "stackelberg 0", solver: "GLPK 0", startedAt: Date(timeIntervalSinceReferenceDate: 0.1))
    }

    private static func settings(_ algorithm: String = "ga") -> StudySettings {
        StudySettings(algorithm: algorithm, population: 15, evaluations: 190, seed: 5, workers: 2)
    }

    /// A study without a store is what all others are held against.
    private static func expectSame(_ study: Study, _ whole: Study, _ comment: Comment) {
        #expect(study.log == whole.log, comment)
        #expect(study.best.decision == whole.best.decision && study.best.values == whole.best.values, comment)
        #expect(study.best.payoff?.bitPattern == whole.best.payoff?.bitPattern, comment)
    }

    /// Stopped after every generation, each time with a new process's memory, that is none: the search never notices.
    @Test(arguments: SearchRegistry.names) func stoppedAfterEveryGeneration(_ algorithm: String)
        throws
    {
        let game = try ToyGame.make()
        let settings = Self.settings(algorithm)
        let whole = try Study.run(game, settings)
        try TemporaryFolder.with { folder in
            _ = try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
            var stored = 0
            while stored < settings.evaluations {
                let store = try StudyStore(folder)
                #expect(store.evaluations == stored && store.card == Self.card(settings) && store.inputs == Self.inputs)
                let stop = StopRequest()
                do {
                    let study = try Study.run(game, settings, store: store, stop: stop) {
                        // What was stored before is lived through without a stop.
                        if $0.evaluations > stored { stop.make() }
                    }
                    Self.expectSame(study, whole, "\(algorithm) from \(stored)")
                } catch is StudyStopped {}
                #expect(store.evaluations > stored)
                stored = store.evaluations
            }
            let again = try Study.run(game, settings, store: StudyStore(folder))
            Self.expectSame(again, whole, "\(algorithm) from its end")
        }
    }

    /// Every evaluation is made once: whoever goes on is answered by the store, so that a game which answers nothing
    /// would do.
    @Test func whatIsStoredIsNotComputedAgain() throws {
        let settings = Self.settings()
        try TemporaryFolder.with { folder in
            let game = try ToyGame.make()
            let first = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs))
            let other = try ToyGame.make(failing: .buyer)
            let second = try Study.run(other, settings, store: StudyStore(folder))
            #expect(second.log == first.log)
            // Of the best decision alone everything is asked anew, and this game has no answer.
            #expect(second.best.payoff == nil && first.best.payoff != nil)
        }
    }

    /// Decisions without a payoff, and why the last one had none, come back too.
    @Test func failuresAreStoredWithTheirReason() throws {
        var settings = Self.settings()
        settings.evaluations = 45
        let expected = StudyError.nothingWorked(
            evaluations: 45, example: "the leader cannot serve what the followers ask for (infeasible).")
        try TemporaryFolder.with { folder in
            let game = try ToyGame.make(failing: .leader)
            _ = try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
            for _ in 0..<2 {
                let store = try StudyStore(folder)
                #expect(throws: expected) { try Study.run(game, settings, store: store) }
                #expect(store.evaluations == 45)
            }
            #expect(try StudyOverview(folder).best == nil)
        }
    }

    /// Numbers come back to the last bit, those at the ends of the range included.
    @Test(arguments: [false, true]) func generationsComeBackAsTheyWere(hasClimb: Bool) throws {
        let decisions = [[0.1, -0.0, .greatestFiniteMagnitude], [.leastNonzeroMagnitude, 1 / 3, -1e300], [1, 2, 3]]
        let start = PriceClimb.Start(
            point: [0.1 + 0.2, -0.0, .leastNonzeroMagnitude], penalties: [1, 1 / 3],
            directions: [.init(rising: [0], falling: [2])],
            wishes: [.init(decisions: [1, 2], share: -1 / 3, penalty: 1.1)], limit: 77, isExhaustive: true)
        let generation = StoredGeneration(
            proposals: hasClimb
                ? [.decision(decisions[0]), .climb(start), .decision(decisions[2])] : decisions.map { .decision($0) },
            decisions: decisions, payoffs: [nil, -0.0, 12345.678901234567],
            efforts: hasClimb ? [1, 33, 1] : [1, 1, 1],
            failure: "say \"no\"; it's — nothing", seconds: 0.25)
        try TemporaryFolder.with { folder in
            try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs).add(generation)
            let store = try StudyStore(folder)
            let read = try #require(try store.generation(0))
            #expect(read == generation)
            #expect(read.decisions[0][1].sign == .minus && read.payoffs[1]?.sign == .minus)
            #expect(try store.generation(1) == nil)
        }
    }

    // MARK: States

    @Test func anOverviewTellsTheState() throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("a/study")
            try Folder.make(folder)
            let settings = Self.settings()
            do {
                let store = try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
                #expect(try StudyOverview(folder).state == .running)
                #expect(throws: DiskError.inUse(path: folder.path, process: getpid())) { try StudyStore(folder) }
                #expect(throws: DiskError.inUse(path: folder.path, process: getpid())) {
                    try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
                }
                let study = try Study.run(ToyGame.make(), settings, store: store)
                let overview = try StudyOverview(folder)
                #expect(overview.evaluations == 190 && overview.best == study.best.payoff)
            }
            #expect(try StudyOverview(folder).state == .stopped)
            try StudyStore(folder).finish()
            #expect(try StudyOverview(folder).state == .done)
            #expect(StudyOverview.folders(in: parent).map(\.path) == [folder.path])
        }
    }

    /// What a process left that was killed before its study had begun does not stand in the way of the next.
    @Test func aStudyBeginsWholeOrNotAtAll() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent(StudyStore.fileName)
            try Data(repeating: 7, count: 5_000).write(to: WholeFile.draft(of: file))
            #expect(Folder.content(of: folder) == [])
            do {
                let store = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
                #expect(store.inputs == Self.inputs && store.generations == 0)
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [StudyStore.fileName])
        }
    }

    // MARK: What cannot be gone on with

    @Test func anotherProgramIsRefused() throws {
        try TemporaryFolder.with { folder in
            let store = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
            try store.checkVersion(program: "stackelberg 0", solver: "GLPK 0")
            #expect(
                throws: StudyStoreError.otherVersion(
                    path: folder.relativePath, found: "stackelberg 0 with GLPK 0", wanted: "stackelberg 0 with GLPK 1")
            ) { try store.checkVersion(program: "stackelberg 0", solver: "GLPK 1") }
        }
    }

    /// A search that asks for other decisions than the stored one, as that of a changed algorithm, is not continued
    /// with its payoffs.
    @Test func otherDecisionsAreRefused() throws {
        try TemporaryFolder.with { folder in
            var settings = Self.settings()
            let game = try ToyGame.make()
            let store = try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
            _ = try Study.run(game, settings, store: store)
            settings.algorithm = "pso"
            // Equal seeds share their first population.
            #expect(throws: StudyStoreError.otherDecisions(path: folder.relativePath, generation: 1)) {
                try Study.run(game, settings, store: store)
            }
        }
    }

    @Test func foldersWithoutAStudyAreTold() throws {
        try TemporaryFolder.with { folder in
            #expect(throws: StudyStoreError.noStudy(path: folder.relativePath)) { try StudyStore(folder) }
            let file = folder.appendingPathComponent(StudyStore.fileName)
            for content in [Data(), Data("no database at all, but long enough to be one of something".utf8)] {
                try content.write(to: file)
                #expect(throws: StudyStoreError.self) { try StudyStore(folder) }
                #expect(throws: StudyStoreError.self) { try StudyOverview(folder) }
            }
        }
    }

    /// What somebody else did to the tables is told, and never ends the process.
    @Test(arguments: [
        "UPDATE study SET card = '{}'", "DELETE FROM study", "DELETE FROM input", "DROP TABLE generation",
        "DROP TABLE input", "PRAGMA user_version = 99", "UPDATE generation SET payoffs = 'abc'",
        "UPDATE generation SET decisions = x'00'", "UPDATE generation SET payoffs = x''",
        "UPDATE generation SET seconds = 'long'", "UPDATE study SET card = x'ff00ff'",
        // Counts that no search can have made.
        "UPDATE generation SET evaluations = -5", "UPDATE generation SET evaluations = 9223372036854775807",
        "UPDATE generation SET evaluations = 'many'", "UPDATE generation SET seconds = -1",
        "UPDATE generation SET seconds = 9e999", "UPDATE generation SET number = 9223372036854775807 WHERE number = 3",
        "UPDATE generation SET number = -1 WHERE number = 0", "DELETE FROM generation WHERE number = 1",
        // Numbers that are none: infinite payoffs, decisions that are not a number.
        "UPDATE generation SET payoffs = replace(hex(payoffs), '', '') WHERE number = 0",
        "UPDATE generation SET payoffs = zeroblob(120), decisions = zeroblob(8) WHERE number = 0",
        "UPDATE generation SET climbs = '[]'", "UPDATE generation SET climbs = x'00'",
        // What it was begun with.
        "UPDATE input SET content = CAST('case: {other: 1}' AS BLOB) WHERE position = 0",
        "UPDATE input SET path = 'other.yaml' WHERE position = 0", "DELETE FROM input WHERE position = 1",
        "INSERT INTO input VALUES (9, 'more.csv', x'00')",
        "UPDATE study SET card = replace(card, '\"seed\":5', '\"seed\":6')",
        "UPDATE study SET card = replace(card, '\"population\":15', '\"population\":-15')",
        "UPDATE study SET card = replace(card, '\"evaluations\":190', '\"evaluations\":9000000000000000000')",
        "UPDATE study SET checksum = NULL", "UPDATE study SET checksum = 'abc'",
    ])
    func changedTablesAreTold(_ change: String) throws {
        try TemporaryFolder.with { folder in
            let settings = Self.settings()
            let game = try ToyGame.make()
            _ = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs))
            try Database(path: folder.appendingPathComponent(StudyStore.fileName).path).write { try $0.execute(change) }
            #expect(throws: StudyStoreError.self) { try Study.run(game, settings, store: StudyStore(folder)) }
        }
    }

    /// Bytes that a disk has lost: told, or without consequence.
    @Test func damagedBytesNeverGiveAnotherResult() throws {
        let settings = Self.settings()
        let game = try ToyGame.make()
        let whole = try Study.run(game, settings)
        try TemporaryFolder.with { folder in
            _ = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs))
            let file = folder.appendingPathComponent(StudyStore.fileName)
            let content = try Data(contentsOf: file)
            for length in stride(from: 1, to: content.count, by: content.count / 12) {
                try content.prefix(length).write(to: file)
                do {
                    let study = try Study.run(game, settings, store: StudyStore(folder))
                    Self.expectSame(study, whole, "cut at \(length)")
                } catch is StudyStoreError {}
            }
        }
    }

    /// Infinite payoffs, decisions that are no numbers, and efforts that no climb can have made, as bytes.
    @Test func numbersThatAreNoneAreTold() throws {
        let decisions = [[0.5, 0.5, 0.5, 0.5]]
        for (payoff, decision, effort) in [
            (Double.infinity, decisions, 1), (-.infinity, decisions, 1), (1, [[.nan, 0, 0, 0]], 1),
            (1, [[.infinity, 0, 0, 0]], 1), (1, decisions, -7), (1, decisions, .max),
        ] {
            try TemporaryFolder.with { folder in
                do {
                    let store = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
                    let text = try Database(path: folder.appendingPathComponent(StudyStore.fileName).path)
                    try text.write {
                        let climbs = """
                            [{"effort":\(effort),"proposal":{"decision":{"_0":[0.5,0.5,0.5,0.5]}}}]
                            """
                        try $0.execute(
                            "INSERT INTO generation VALUES (0, 1, NULL, 0.5, NULL, ?, ?, ?)",
                            [
                                .bytes(NumberBytes.data([payoff])), .bytes(NumberBytes.data(decision.joined())),
                                .bytes(Data(climbs.utf8)),
                            ])
                    }
                    _ = store
                }
                let store = try StudyStore(folder)
                #expect(throws: StudyStoreError.self, "\(payoff) \(decision) \(effort)") { try store.generation(0) }
            }
        }
    }

    /// Studies of an earlier program, without a checksum, are gone on with.
    @Test func aStudyWithoutAChecksumIsGoneOnWith() throws {
        try TemporaryFolder.with { folder in
            _ = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
            try Database(path: folder.appendingPathComponent(StudyStore.fileName).path).write {
                try $0.execute("ALTER TABLE study DROP COLUMN checksum; ALTER TABLE study DROP COLUMN files")
            }
            let store = try StudyStore(folder)
            #expect(store.inputs == Self.inputs)
            try store.finish(files: ["prices.csv"])
            #expect(try store.missingFiles == [])
        }
    }

    // MARK: Looking

    /// Every file of a folder with its bytes.
    private static func content(_ folder: URL) throws -> [String: Data] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).reduce(into: [:]) {
            $0[$1] = FileManager.default.contents(atPath: folder.path + "/" + $1)
        }
    }

    @Test func lookingMakesNothing() throws {
        try TemporaryFolder.with { parent in
            let folder = parent.appendingPathComponent("none")
            #expect(throws: StudyStoreError.self) { try StudyOverview(folder) }
            #expect(!FileManager.default.fileExists(atPath: folder.path))
            try Folder.make(folder)
            #expect(throws: StudyStoreError.noStudy(path: folder.relativePath)) { try StudyOverview(folder) }
            #expect(try StudyOverview.inputs(of: folder) == nil)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        }
    }

    /// A study that was stopped, one whose process was killed, and a copy of that without its index.
    @Test func lookingChangesNothing() throws {
        try TemporaryFolder.with { parent in
            let (folder, killed) = (parent.appendingPathComponent("study"), parent.appendingPathComponent("killed"))
            try Folder.make(folder)
            let settings = Self.settings()
            do {
                let store = try StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs)
                _ = try Study.run(ToyGame.make(), settings, store: store)
                // As a kill leaves it: the log is beside the file.
                try FileManager.default.copyItem(at: folder, to: killed)
                try FileManager.default.removeItem(at: killed.appendingPathComponent(".lock"))
                #expect(try StudyOverview(folder).evaluations == 190)
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: killed.path)
            #expect(names.contains(StudyStore.fileName + "-wal") && names.contains(StudyStore.fileName + "-shm"))
            let copy = parent.appendingPathComponent("copy")
            try FileManager.default.copyItem(at: killed, to: copy)
            try FileManager.default.removeItem(at: copy.appendingPathComponent(StudyStore.fileName + "-shm"))
            for url in [folder, killed, copy] {
                let before = try Self.content(url)
                let overview = try StudyOverview(url)
                #expect(overview.evaluations == 190 && overview.state == .stopped)
                var after = try Self.content(url)
                // The index is a cache that readers share.
                after[StudyStore.fileName + "-shm"] = before[StudyStore.fileName + "-shm"]
                #expect(after == before, "\(url.lastPathComponent)")
                #expect(try StudyStore(url).evaluations == 190)
            }
        }
    }

    /// However hard somebody looks for a study, it begins.
    @Test func aStudyBeginsWhileItIsLookedFor() throws {
        try TemporaryFolder.with { parent in
            for number in 0..<20 {
                let folder = parent.appendingPathComponent("\(number)")
                try Folder.make(folder)
                let isOver = StopRequest()
                let readers = (0..<2).map { _ in Thread { while !isOver.isMade { _ = try? StudyOverview(folder) } } }
                for reader in readers { reader.start() }
                Thread.sleep(forTimeInterval: 0.002)
                do {
                    let store = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
                    #expect(store.generations == 0)
                } catch { Issue.record("\(error)") }
                isOver.make()
                while readers.contains(where: { !$0.isFinished }) { Thread.sleep(forTimeInterval: 0.001) }
            }
        }
    }

    /// A study's files that lead elsewhere are not written into.
    @Test(arguments: ["", "-wal", "-shm", "-journal"]) func linksAreNotWrittenThrough(suffix: String) throws {
        try TemporaryFolder.with { parent in
            let (folder, outside) = (parent.appendingPathComponent("in"), parent.appendingPathComponent("outside"))
            try Folder.make(folder)
            _ = try StudyStore.begin(in: folder, Self.card(Self.settings()), inputs: Self.inputs)
            let file = folder.appendingPathComponent(StudyStore.fileName + suffix)
            if suffix.isEmpty {
                try FileManager.default.moveItem(at: file, to: outside)
            } else {
                try Data().write(to: outside)
            }
            let before = try Data(contentsOf: outside)
            for isHard in [false, true] {
                #expect((isHard ? link(outside.path, file.path) : symlink(outside.path, file.path)) == 0)
                #expect(throws: StudyStoreError.self) { try StudyStore(folder) }
                #expect(try Data(contentsOf: outside) == before)
                unlink(file.path)
            }
        }
    }
}
