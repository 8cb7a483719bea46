import ArgumentParser
import Disk
import Foundation
import Reports
import Studies

struct ClusterCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cluster",
        abstract: "Writes the scripts that do a comparison, a sweep or a sizing in parts on a cluster.",
        discussion: """
            Example: stackelberg cluster compare data/benchmarks/pricing.yaml --seeds 30 --kind slurm --parts 16

            The command is typed as it would be without a cluster. It is read and checked, and a little of it is timed, \
            to say how many parts there should be and how long one may take. Then `bash FOLDER/submit.sh` submits an \
            array of jobs, one a part, and a job that merges them when all have ended. The result of `compare` and \
            `sweep` is that of one machine, to the byte. A part that is killed or queued again goes on where it was; \
            after any fault submit again. `size` is searched with one seed a part, and the studies are listed.
            The kind bash is for one machine, or for several without a scheduler: array.sh I does part I.
            Exit codes: 0 written, 65 wrong input, 73 cannot write.
            """)

    @Option(help: "Whose jobs they are: \(ClusterScripts.Kind.allCases.map(\.rawValue).joined(separator: ", ")).")
    var kind: ClusterScripts.Kind
    @Option(
        help: """
            Parts, or seeds of `size`; default: so many that one takes half an hour, as estimated, or 8 seeds.
            """)
    var parts: TypedNumber?
    @Option(help: "Hours that a part may take; default: four times the estimate.")
    var hours: TypedNumber?
    @Option(help: "Folder for scripts, parts and logs, new or empty; default: that of the result with -cluster.")
    var folder: String?
    @Argument(parsing: .allUnrecognized, help: "compare, sweep or size, with its arguments and options.")
    var command: [String]

    func run() throws {
        // What is wrong with the command is said as it would be without a cluster.
        let asked = try asked
        try reporting {
            guard let asked else { throw ClusterError.otherCommand(command.first ?? "") }
            let words = Array(command.dropFirst())
            let parts = try parts?.count("--parts", in: WorkPart.counts)
            let hours = try hours?.number("--hours", in: 0.02...10_000)
            let work = try asked.clusterWork(words, parts: parts)
            let count = parts ?? work.usualParts
            guard count <= work.pieces else {
                throw ClusterError.idleParts(asked: count, pieces: work.pieces, piece: work.piece)
            }
            let path = folder ?? Self.folder(of: work)
            let scripts = ClusterScripts(
                kind: kind, work: work, parts: count, hours: hours ?? work.usualHours(parts: count),
                folder: Self.whole(path), program: ProgramArguments.program)
            let url = URL(fileURLWithPath: path)
            guard Folder.content(of: url).isEmpty else { throw ResultFolderError.taken(path: path) }
            try Folder.make(url)
            let open = try OpenFolder(url)
            for (file, text) in scripts.files { try open.write(text, to: file) }
            print(summary(scripts, path))
        }
    }

    /// The command that was typed; nil where it is of another kind.
    private var asked: (any ClusterCommandable)? {
        get throws {
            let types: [any ClusterCommandable.Type] = [CompareCommand.self, SweepCommand.self, SizeCommand.self]
            guard types.contains(where: { $0.configuration.commandName == command.first }) else { return nil }
            return try Stackelberg.parseAsRoot(command) as? any ClusterCommandable
        }
    }

    private static func folder(of work: ClusterWork) -> String {
        switch work.merging {
        case .into(let output): output + "-cluster"
        case .listing: "results/\(FileName.of(work.words.first ?? ""))-size-cluster"
        }
    }

    /// A path from the root.
    private static func whole(_ path: String) -> String {
        path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
    }

    private func summary(_ scripts: ClusterScripts, _ path: String) -> String {
        let work = scripts.work
        let seconds = work.seconds / Double(scripts.parts)
        let time = seconds < 120 ? "\(Int(seconds.rounded(.up))) s" : "\(Int((seconds / 60).rounded(.up))) min"
        let end =
            switch work.merging {
            case .into(let folder): "Result, once all are done: \(folder)"
            case .listing: "Results, one a seed, and then a list of them: \(path)/merge.log"
            }
        return """
            \(work.pieces) \(work.piece) in \(scripts.parts) \(scripts.parts == 1 ? "part" : "parts") of about \(time) each, as a short test on this machine has it.
            Start: bash \(ShellText.quoted(path + "/" + ClusterScripts.submitFile))\(kind == .bash ? "" : " (options of \(kind.submits) may follow)")
            \(end)
            """
    }
}
