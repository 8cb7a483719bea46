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
}
