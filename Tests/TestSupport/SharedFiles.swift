import Foundation

/// Files that stand beside the package, where somebody put them; the tests that need them are skipped elsewhere.
///
/// Looked for in the folder that the environment variable `STACKELBERG_SHARED` names, else in `shared` beside the
/// package.
public enum SharedFiles {
    public static func url(_ path: String) -> URL? { url(path, in: named("STACKELBERG_SHARED") + [besidePackage]) }

    /// Measured data, in the folder `data` of those files or in the one that `STACKELBERG_DATA` names.
    public static func data(named file: String) -> URL? {
        url(file, in: named("STACKELBERG_DATA") + [besidePackage.appendingPathComponent("data")])
    }

    public static func has(_ path: String) -> Bool { url(path) != nil }

    public static func data(_ path: String) throws -> Data {
        guard let url = url(path) else { throw CocoaError(.fileNoSuchFile) }
        return try Data(contentsOf: url)
    }

    private static var besidePackage: URL {
        URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("shared")
    }

    private static func named(_ variable: String) -> [URL] {
        ProcessInfo.processInfo.environment[variable].map { [URL(fileURLWithPath: $0)] } ?? []
    }

    private static func url(_ path: String, in folders: [URL]) -> URL? {
        folders.map { $0.appendingPathComponent(path) }.first { FileManager.default.fileExists(atPath: $0.path) }
    }
}
