import Foundation

/// Why a file or a folder cannot be used.
public enum DiskError: Error, Equatable, CustomStringConvertible {
    case cannotWrite(path: String, reason: String)
    case cannotRead(path: String, reason: String)
    /// Another process holds the folder; its number is nil if it is unknown.
    case inUse(path: String, process: Int32?)
    /// The folder that a run works in is no longer where it was.
    case gone(path: String)

    public var description: String {
        switch self {
        case .cannotWrite(let path, let reason): "cannot write '\(path)': \(reason)"
        case .cannotRead(let path, let reason): "cannot read '\(path)': \(reason)"
        case .inUse(let path, let process):
            "the folder '\(path)' is in use by \(process.map { "process \($0)" } ?? "another process"). Wait for it, "
                + "or name "
                + "another folder."
        case .gone(let path):
            "the folder '\(path)' was removed or replaced while this run worked in it. Nothing more is written. Run "
                + "the command again, "
                + "and leave its folder in place."
        }
    }
}
