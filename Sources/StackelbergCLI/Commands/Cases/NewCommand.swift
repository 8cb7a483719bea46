import ArgumentParser
import CaseFiles
import Disk
import Foundation
import Reports

struct NewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Makes a small case with comments, ready to run.",
        discussion: "Example: stackelberg new my-park")

    @Argument(help: "Folder to make; it must be new or empty.", completion: .directory)
    var folder: String

    func run() throws {
        try reporting {
            let url = URL(fileURLWithPath: folder)
            guard !FileManager.default.fileExists(atPath: url.path) || isFolder(url) else {
                throw ResultFolderError.taken(path: folder)
            }
            try Folder.make(url)
            let lock = try FolderLock(url)
            guard Folder.content(of: url).isEmpty else { throw ResultFolderError.taken(path: folder) }
            for (file, text) in CaseTemplate.files(name: name(of: url)) { try lock.folder.write(text, to: file) }
            print("\(folder): made. Next: stackelberg check \(folder); stackelberg price \(folder)")
        }
    }

    private func isFolder(_ url: URL) -> Bool {
        (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) ?? false
    }

    /// The folder's name as an identifier, for the case.
    private func name(of url: URL) -> String {
        let letters = url.lastPathComponent.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "-" }
        let name = String(letters)
        return name.first?.isLetter == true ? name : "case-\(name)"
    }
}
