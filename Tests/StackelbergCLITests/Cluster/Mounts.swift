import Foundation

@testable import StackelbergCLI

/// The program where other file systems are mounted than elsewhere, for it alone.
enum Mounts {
    static let areOurs: Bool = {
        let ending = try? ProgramProcess.run(["--version"], before: before("mount -t tmpfs none /proc"))
        return ending?.code == 0
    }()

    /// - Parameter readOnly: folders that cannot be written there, by whoever.
    static func run(_ arguments: [String], readOnly folders: [String]) throws -> ProgramProcess.Ending {
        let mounts = folders.map { "mount --bind \(ShellText.quoted($0)) \(ShellText.quoted($0))" }
        let remounts = folders.map { "mount -o remount,bind,ro \(ShellText.quoted($0))" }
        return try ProgramProcess.run(arguments, before: before((mounts + remounts).joined(separator: " && ")))
    }

    /// Where nothing is known of processes, as in a bare chroot.
    static func runWithoutProc(_ arguments: [String]) throws -> ProgramProcess.Ending {
        try ProgramProcess.run(arguments, before: before("mount -t tmpfs none /proc"))
    }

    /// What the shell does first: it goes on with the program in a name space of its own.
    private static func before(_ mounts: String) -> String {
        let work = mounts + #" && exec "$0" "$@""#
        return "exec unshare -rm /bin/sh -c \(ShellText.quoted(work)) \"$0\" \"$@\"; "
    }
}
