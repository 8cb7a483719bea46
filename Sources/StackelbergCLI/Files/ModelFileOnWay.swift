import Disk
import Foundation

/// A file that a solver writes by name: first where nobody looks, then whole in its place, as every other output.
struct ModelFileOnWay<Written> {
    let written: Written

    /// - Parameter write: is told where to write, and returns what there is to tell.
    init(_ output: String, write: (_ file: String) throws -> Written) throws {
        let url = URL(fileURLWithPath: output)
        let files = FileManager.default
        // Unlike a result's folder, one that is missing here is more likely misspelt.
        guard files.fileExists(atPath: url.deletingLastPathComponent().path) else {
            throw DiskError.cannotWrite(path: output, reason: "its folder does not exist. Make it, or name another.")
        }
        let folder = files.temporaryDirectory.appendingPathComponent("stackelberg-\(UUID().uuidString)")
        try Folder.make(folder)
        defer { try? files.removeItem(at: folder) }
        // By this ending the solver knows that the file is to be compressed.
        let draft = folder.appendingPathComponent(url.pathExtension == "gz" ? "model.gz" : "model")
        written = try write(draft.path)
        do {
            try WholeFile.write(try Data(contentsOf: draft), to: url)
        } catch let error as CocoaError {
            throw DiskError.cannotWrite(path: output, reason: error.localizedDescription)
        }
    }
}
