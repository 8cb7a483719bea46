import Foundation

/// Files that stand beside the package, where somebody put them; the tests that need them are skipped elsewhere.
///
/// Looked for in the folder that the environment variable `STACKELBERG_SHARED` names, else in `shared` beside the
/// package.
enum SharedFiles {
    static func url(_ path: String) -> URL? {
        var folders: [URL] = []
        if let named = ProcessInfo.processInfo.environment["STACKELBERG_SHARED"] {
            folders.append(URL(fileURLWithPath: named))
        }
        let package = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        folders.append(package.deletingLastPathComponent().appendingPathComponent("shared"))
        return folders.map { $0.appendingPathComponent(path) }
            .first { FileManager.default.fileExists(atPath: $0.path) }
    }

    static func has(_ path: String) -> Bool { url(path) != nil }

    static func data(_ path: String) throws -> Data {
        guard let url = url(path) else { throw CocoaError(.fileNoSuchFile) }
        return try Data(contentsOf: url)
    }
}
