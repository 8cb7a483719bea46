import Foundation

/// What stands against a file or a folder.
public enum DiskError: Error, Equatable, CustomStringConvertible {
    case cannotWrite(path: String, reason: String)
    /// Another process holds the folder; its number is nil where it could not be told.
    case inUse(path: String, process: Int32?)

    public var description: String {
        switch self {
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
        case .inUse(let path, let process):
            "the folder '\(path)' is in use by \(process.map { "process \($0)" } ?? "another process"). Wait for it, or name "
                + "another folder."
        }
    }
}
