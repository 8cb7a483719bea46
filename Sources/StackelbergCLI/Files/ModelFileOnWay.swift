import Disk
import Foundation

/// A file that a solver writes by name: first in a temporary place, then moved complete to its own, as every other
/// output.
struct ModelFileOnWay<Written> {
    let written: Written

    /// - Parameter write: gets the path to write to, and returns what there is to print.
    init(_ output: String, write: (_ file: String) throws -> Written) throws {
        let url = URL(fileURLWithPath: output)
        let files = FileManager.default
        // Unlike a result's folder, a missing folder is more likely misspelt here.
        guard files.fileExists(atPath: url.deletingLastPathComponent().path) else {
            throw DiskError.cannotWrite(path: output, reason: "its folder does not exist. Make it, or name another.")
        }
        let folder = files.temporaryDirectory.appendingPathComponent("stackelberg-\(UUID().uuidString)")
        try Folder.make(folder)
        defer { try? files.removeItem(at: folder) }
        // The ending tells the solver to compress the file.
        let draft = folder.appendingPathComponent(url.pathExtension == "gz" ? "model.gz" : "model")
        written = try write(draft.path)
        do {
            try WholeFile.write(try Data(contentsOf: draft), to: url)
        } catch let error as CocoaError {
            throw DiskError.cannotWrite(path: output, reason: error.localizedDescription)
        }
    }
}
