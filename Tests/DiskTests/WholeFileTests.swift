import Foundation
import TestSupport
import Testing

@testable import Disk

@Suite struct WholeFileTests {
    @Test func foldersAreMadeAndNothingElseIsLeft() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("a/b/table.csv")
            try WholeFile.write("one\n", to: file)
            try WholeFile.write("two\n", to: file)
            #expect(try String(contentsOf: file, encoding: .utf8) == "two\n")
            let names = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
            #expect(names == ["table.csv"])
        }
    }

    /// A reader that looks all the time sees the former content or the new one, whole.
    @Test func aReaderNeverSeesHalf() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("table.csv")
            let contents = [UInt8(ascii: "a"), UInt8(ascii: "b")].map { Data(repeating: $0, count: 1 << 20) }
            try WholeFile.write(contents[0], to: file)
            let writer = Thread { for k in 1...40 { try? WholeFile.write(contents[k % 2], to: file) } }
            writer.start()
            var seen = 0
            while !writer.isFinished {
                let content = try Data(contentsOf: file)
                #expect(contents.contains(content))
                seen += 1
            }
            #expect(seen > 0)
        }
    }

    /// What a killed process left under the hidden name is written over, and is no content.
    @Test func draftsOfKilledProcessesDoNotStandInTheWay() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("table.csv")
            try Data("half a ta".utf8).write(to: WholeFile.draft(of: file))
            #expect(Folder.content(of: folder) == [])
            try WholeFile.write("whole\n", to: file)
            #expect(Folder.content(of: folder) == ["table.csv"])
            #expect(!FileManager.default.fileExists(atPath: WholeFile.draft(of: file).path))
        }
    }

    @Test func whatCannotBeWrittenIsTold() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appendingPathComponent("table.csv")
            try FileManager.default.createDirectory(at: file, withIntermediateDirectories: true)
            try Data().write(to: file.appendingPathComponent("inside"))
            #expect { try WholeFile.write("x", to: file) } throws: { error in
                guard case DiskError.cannotWrite(file.path, let reason) = error else { return false }
                return reason == "Is a directory"
            }
            #expect(Folder.content(of: folder) == ["table.csv"])
            let below = file.appendingPathComponent("inside/below.csv")
            #expect(throws: DiskError.self) { try WholeFile.write("x", to: below) }
        }
    }

    // MARK: Links, pipes and devices

    @Test func aLinkStaysALink() throws {
        try TemporaryFolder.with { folder in
            let (real, link, second) = (
                folder.appendingPathComponent("data/real.csv"), folder.appendingPathComponent("link.csv"),
                folder.appendingPathComponent("second.csv")
            )
            try Folder.make(folder.appendingPathComponent("data"))
            #expect(symlink("data/real.csv", link.path) == 0 && symlink("link.csv", second.path) == 0)
            // Where the target is not there yet, where it is, and over two links.
            for (place, text) in [(link, "one"), (link, "two"), (second, "three")] {
                try WholeFile.write(text, to: place)
                #expect(try String(contentsOf: real, encoding: .utf8) == text)
            }
            chmod(real.path, 0o600)
            try WholeFile.write("four", to: link)
            let mode = try FileManager.default.attributesOfItem(atPath: real.path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            for place in [link, second] {
                #expect(try FileManager.default.destinationOfSymbolicLink(atPath: place.path).hasSuffix(".csv"))
            }
            #expect(
                try FileManager.default.contentsOfDirectory(atPath: real.deletingLastPathComponent().path).count == 1)
        }
    }

    @Test func aPipeIsWrittenInto() throws {
        try TemporaryFolder.with { folder in
            let pipe = folder.appendingPathComponent("pipe")
            #expect(mkfifo(pipe.path, 0o644) == 0)
            // More than a pipe holds.
            let content = Data(repeating: 65, count: 300_000)
            let received = Received()
            let reader = Thread {
                received.content = try? FileHandle(forReadingFrom: pipe).readToEnd()
            }
            reader.start()
            try WholeFile.write(content, to: pipe)
            while !reader.isFinished { Thread.sleep(forTimeInterval: 0.01) }
            #expect(received.content == content)
            var found = stat()
            #expect(lstat(pipe.path, &found) == 0 && found.st_mode & S_IFMT == S_IFIFO)
        }
    }

    private final class Received: @unchecked Sendable { var content: Data? }

    @Test func devicesStayDevices() throws {
        for path in ["/dev/null", "/dev/full"] where FileManager.default.fileExists(atPath: path) {
            if path == "/dev/null" {
                try WholeFile.write("x", to: URL(fileURLWithPath: path))
            } else {
                #expect(throws: DiskError.cannotWrite(path: path, reason: "No space left on device")) {
                    try WholeFile.write("x", to: URL(fileURLWithPath: path))
                }
            }
            var found = stat()
            #expect(lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFCHR)
        }
    }

    @Test func linksInACircleAreTold() throws {
        try TemporaryFolder.with { folder in
            let link = folder.appendingPathComponent("circle")
            #expect(symlink("circle", link.path) == 0)
            #expect(throws: DiskError.self) { try WholeFile.write("x", to: link) }
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == ["circle"])
        }
    }
}
