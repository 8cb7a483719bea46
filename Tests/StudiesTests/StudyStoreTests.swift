import Disk
import Foundation
import GRDB
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

    /// Every evaluation is made once: whoever goes on is answered by the store, so that a game which answers nothing would do.
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
            directions: [.init(rising: [0], falling: [2])], limit: 77)
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

    /// A search that asks for other decisions than the stored one, as that of a changed algorithm, is not continued with its payoffs.
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
    ])
    func changedTablesAreTold(_ change: String) throws {
        try TemporaryFolder.with { folder in
            let settings = Self.settings()
            let game = try ToyGame.make()
            _ = try Study.run(
                game, settings, store: StudyStore.begin(in: folder, Self.card(settings), inputs: Self.inputs))
            try DatabaseQueue(path: folder.appendingPathComponent(StudyStore.fileName).path)
                .write { try $0.execute(sql: change) }
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
}
