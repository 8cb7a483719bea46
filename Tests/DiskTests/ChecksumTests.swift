import Foundation
import Testing

@testable import Disk

/// Against the examples that NIST publishes for FIPS 180-4, and against `sha256sum` where the machine has it.
@Suite struct ChecksumTests {
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
            "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"
        ),
    ])
    func examples(text: String, digits: String) { #expect(Checksum.sha256(Data(text.utf8)) == digits) }

    @Test func aMillionLetters() {
        #expect(
            Checksum.sha256(Data(repeating: UInt8(ascii: "a"), count: 1_000_000))
                == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
    }

    /// However data comes in pieces, the checksum is that of the whole.
    @Test func pieces() {
        let data = Data((0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 7) })
        for size in [1, 3, 55, 56, 63, 64, 65, 127, 500] {
            var checksum = Checksum()
            for start in stride(from: 0, to: data.count, by: size) {
                checksum.update(data[start..<min(start + size, data.count)])
            }
            #expect(checksum.hexadecimal == Checksum.sha256(data))
        }
    }

    /// All lengths around the ends of blocks, against the system's own program.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sha256sum"), "no /usr/bin/sha256sum here"))
    func lengths() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("checksum-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let lengths = 0...130
        for length in lengths {
            try Data((0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31) })
                .write(to: folder.appendingPathComponent("\(length)"))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/sha256sum")
        process.arguments = lengths.map(String.init)
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        let told = output.split(separator: "\n").map { String($0.prefix(64)) }
        try #require(told.count == lengths.count)
        for length in lengths {
            let data = try Data(contentsOf: folder.appendingPathComponent("\(length)"))
            #expect(Checksum.sha256(data) == told[length])
        }
    }
}
