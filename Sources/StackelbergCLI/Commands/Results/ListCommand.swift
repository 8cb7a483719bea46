import ArgumentParser
import Foundation
import Reports
import Studies

struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract:
            "Lists studies: case, algorithm, seed, evaluations, best payoff, and state: running, stopped or done.",
        discussion: """
            Example: stackelberg list; stackelberg list results my-runs --json

            Folders are searched at any depth. A payoff is what the operator earns, so the payoff of sizes is \
            negative: their cost.
            Exit codes: 0 done, 65 a folder does not exist or a study cannot be read; the others are listed all the \
            same.
            """)

    @Argument(help: "Folders with studies; default: results.", completion: .directory)
    var folders: [String] = ["results"]
    @Flag(help: "Print as JSON.")
    var json = false

    func run() throws {
        try reporting {
            var isComplete = true
            var studies: [StudyOverview] = []
            for folder in folders {
                var isFolder: ObjCBool = false
                guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
                    complain("there is no folder '\(folder)'.")
                    isComplete = false
                    continue
                }
                for url in StudyOverview.folders(in: URL(fileURLWithPath: folder)) {
                    do {
                        studies.append(try StudyOverview(url))
                    } catch {
                        complain("\(error)")
                        isComplete = false
                    }
                }
            }
            let listing = StudyListing(studies)
            print(json ? listing.json : studies.isEmpty ? "no studies." : listing.text)
            if !isComplete { throw ExitCode(ExitCodes.badInput) }
        }
    }
}
