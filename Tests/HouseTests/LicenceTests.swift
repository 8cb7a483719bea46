import Foundation
import Testing

/// Whoever hands a program on has to hand on the licences of what is linked into it.
@Suite struct LicenceTests {
    private static let dpkg = ["/usr/bin/dpkg", "/usr/share/common-licenses/GPL-3"].allSatisfy {
        FileManager.default.fileExists(atPath: $0)
    }

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: House.root.appendingPathComponent(path), encoding: .utf8)
    }

    /// The libraries of which the static program is made, as its script links them.
    private static func libraries() throws -> [String] {
        let list = try #require(try text("Scripts/static.sh").firstMatch(of: /for name in (.*); do/))
        return list.1.split(separator: " ").map(String.init)
    }

    /// Words that stand in the licence of each, and nowhere else.
    private static let marks = [
        "glpk": "Andrew Makhorin", "gmp": "GNU MP", "amd": "Files: AMD/*", "colamd": "Files: COLAMD/*",
        "suitesparseconfig": "Files: SuiteSparse_config/*", "z": "Jean-loup Gailly", "ltdl": "Libtool",
        "sqlite3": "D. Richard Hipp",
        "swift-argument-parser": "\nswift-argument-parser\n=====", "Yams": "JP Simard", "SwiftCSV": "Naoto Kaneko",
    ]

    @Test(.enabled(if: dpkg, "there are no packages of Debian"))
    func everythingLinkedHasItsTextInTheNotice() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("licences-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let scratch = folder.appendingPathComponent("scratch")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: scratch.appendingPathComponent("checkouts"),
            withDestinationURL: House.root.appendingPathComponent(".build/checkouts"))
        // As Scripts/static.sh makes them.
        let names = try Self.libraries()
        let links = "mkdir libraries; for name in \(names.joined(separator: " ")); do "
        let link = "ln -s \"$(${CC:-clang} -print-file-name=lib$name.a)\" libraries/; done; "
        let script = House.root.appendingPathComponent("Scripts/licences.sh").path
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.currentDirectoryURL = scratch
        process.arguments = ["-c", links + link + "exec '\(script)' . '\(folder.path)/texts'"]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)

        let notice = try String(contentsOf: folder.appendingPathComponent("texts/NOTICE"), encoding: .utf8)
        let copying = try String(contentsOf: folder.appendingPathComponent("texts/COPYING"), encoding: .utf8)
        #expect(copying.contains("GNU GENERAL PUBLIC LICENSE") && copying.contains("Version 3, 29 June 2007"))
        let packages = try Self.text("Package.swift").matches(of: /\.package\(url: ".*\/([\w-]+)"/)
        #expect(packages.count >= 3)
        for name in names + packages.map({ String($0.1) }) {
            let mark = try #require(Self.marks[name], "say what stands in the licence of \(name)")
            #expect(notice.contains(mark), "\(name)")
        }
        for mark in [
            "Kirill Simonov", "Unicode, Inc.", "Runtime Library Exception", "GNU LESSER GENERAL PUBLIC LICENSE",
        ] {
            #expect(notice.contains(mark))
        }
    }

    @Test func packagesCarryTheTexts() throws {
        for script in ["Scripts/wheel.sh", "Scripts/deb.sh"] {
            #expect(try Self.text(script).contains("\nScripts/licences.sh "), "\(script)")
        }
    }
}
