import Foundation
import TestSupport
import Testing

@testable import Disk

/// What stands in a folder of output never leads out of it.
@Suite struct OpenFolderTests {
    enum Trap: CaseIterable { case link, hardLink, danglingLink, pipe }

    /// Puts something in the way, and returns the file outside that nobody may touch.
    private static func set(_ trap: Trap, at place: URL, in parent: URL) throws -> URL {
        let victim = parent.appendingPathComponent("victim")
        try Data("keep".utf8).write(to: victim)
        switch trap {
        case .link: #expect(symlink(victim.path, place.path) == 0)
        case .hardLink: #expect(link(victim.path, place.path) == 0)
        case .danglingLink: #expect(symlink(victim.path + "-none", place.path) == 0)
        case .pipe: #expect(mkfifo(place.path, 0o644) == 0)
        }
        return victim
    }

    private static func expectUntouched(_ victim: URL, _ comment: Comment) throws {
        #expect(try Data(contentsOf: victim) == Data("keep".utf8), comment)
        #expect(!FileManager.default.fileExists(atPath: victim.path + "-none"), comment)
    }

    /// A draft that leads elsewhere is replaced, and so is a file.
    @Test(arguments: Trap.allCases, [".table.csv.part", "table.csv"]) func writing(trap: Trap, name: String) throws {
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("out")
            try Folder.make(url)
            let victim = try Self.set(trap, at: url.appendingPathComponent(name), in: parent)
            try OpenFolder(url).write("new", to: "table.csv")
            try Self.expectUntouched(victim, "\(trap) at \(name)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: url.path) == ["table.csv"])
            #expect(try String(contentsOf: url.appendingPathComponent("table.csv"), encoding: .utf8) == "new")
        }
    }

    /// What grows cannot be replaced, so that it is refused.
    @Test(arguments: Trap.allCases) func appending(trap: Trap) throws {
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("out")
            try Folder.make(url)
            let victim = try Self.set(trap, at: url.appendingPathComponent("runs.jsonl"), in: parent)
            let folder = try OpenFolder(url)
            #expect(throws: DiskError.self) { try folder.append(Data("line\n".utf8), to: "runs.jsonl") }
            #expect(throws: DiskError.self) { try folder.read("runs.jsonl") }
            try Self.expectUntouched(victim, "\(trap)")
        }
    }

    @Test(arguments: Trap.allCases) func locking(trap: Trap) throws {
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("out")
            try Folder.make(url)
            let victim = try Self.set(trap, at: url.appendingPathComponent(".lock"), in: parent)
            #expect(throws: DiskError.self) { try FolderLock(url) }
            #expect(!FolderLock.isHeld(url))
            #expect(Folder.content(of: url) == [".lock"])
            try Self.expectUntouched(victim, "\(trap)")
        }
    }

    /// Folders inside that are links, and names that climb.
    @Test func waysOutAreRefused() throws {
        try TemporaryFolder.with { parent in
            let (url, outside) = (parent.appendingPathComponent("out"), parent.appendingPathComponent("outside"))
            for folder in [url, outside] { try Folder.make(folder) }
            #expect(symlink(outside.path, url.appendingPathComponent("figures").path) == 0)
            let folder = try OpenFolder(url)
            for path in ["figures/a.svg", "../outside/a.svg", "figures/../../outside/a.svg", "", "/", "."] {
                #expect(throws: DiskError.self, "\(path)") { try folder.write("x", to: path) }
            }
            // A path from the root is one inside.
            try folder.write("x", to: "/inside/a.svg")
            #expect(FileManager.default.fileExists(atPath: url.path + "/inside/a.svg"))
            try Data("keep".utf8).write(to: outside.appendingPathComponent("b.svg"))
            try folder.removeTree("figures")
            try folder.removeTree("inside")
            try folder.removeTree("none")
            #expect(try FileManager.default.contentsOfDirectory(atPath: outside.path) == ["b.svg"])
            #expect(try FileManager.default.contentsOfDirectory(atPath: url.path) == [])
        }
    }

    // MARK: A folder that is gone

    @Test(arguments: ["removed", "replaced", "moved", "taken over"]) func aHolderNotices(what: String) throws {
        try TemporaryFolder.with { parent in
            let url = parent.appendingPathComponent("out")
            try Folder.make(url)
            var lock: FolderLock? = try FolderLock(url)
            try lock?.check()
            var other: FolderLock?
            switch what {
            case "removed": try FileManager.default.removeItem(at: url)
            case "replaced":
                try FileManager.default.removeItem(at: url)
                try Folder.make(url)
                other = try FolderLock(url)
            case "moved": try FileManager.default.moveItem(at: url, to: parent.appendingPathComponent("elsewhere"))
            default:
                try FileManager.default.removeItem(at: url.appendingPathComponent(".lock"))
                other = try FolderLock(url)
            }
            #expect(throws: DiskError.gone(path: url.path)) { try lock?.check() }
            // What goes with the first holder is its own lock, and not another's.
            lock = nil
            if let other {
                try other.check()
                #expect(FolderLock.isHeld(url))
            }
        }
    }

    @Test func aNewFolderIsMadeOnce() throws {
        try TemporaryFolder.with { parent in
            let (url, link) = (parent.appendingPathComponent("a/b"), parent.appendingPathComponent("link"))
            #expect(symlink("nowhere", link.path) == 0)
            let made = [try Folder.makeNew(url), try Folder.makeNew(url), try Folder.makeNew(link)]
            #expect(made == [true, false, false])
        }
    }
}
