import ArgumentParser
import CaseFiles
import Foundation

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answers decisions that another program sends: an evaluation server on standard input and output.",
        discussion: """
            Example: stackelberg serve data/cases/stackelberg-park

            Prints a line of JSON that tells decisions, their bounds, caps and units, and then answers frames: a head of \
            16 bytes and rows of float64 numbers. Payoffs are those of every other command, to the last bit, at any \
            number of workers. A request that cannot be answered gets a message, and the server goes on. It ends with \
            its input. The documentation has the protocol (Serve.md); the Python package speaks it.
            Besides pricing and sizing cases it takes a file of bilevel problems or of a network, as `solve` does.
            Exit codes: 0 the input ended or nobody listens any more, 65 wrong input, 69 no answer exists, 130 stopped \
            by Ctrl-C, 143 by a request to end.
            """)

    @Argument(help: "Folder of the case, its case.yaml, or a JSON or YAML file of problems.", completion: .file())
    var `case`: String
    @Option(help: "Name of a variant of the case.")
    var variant: String?
    @Option(help: "Name of the problem, of a file that holds several.")
    var problem: String?
    @Option(help: "Threads that evaluate, or 'auto' for one per core; default: the case's own.")
    var workers: String?

    func run() throws {
        try reporting {
            var count = try workers.map(workerCount)
            let served: ServedProblem
            if isCase {
                if problem != nil { throw ServeError.noList(path: `case`) }
                let source = try CaseReader.read(URL(fileURLWithPath: `case`), variant: variant)
                for warning in source.warnings { complain("\(warning)") }
                count = count ?? source.optimiser.workers
                served = try ServedProblem(source)
            } else {
                served = try problemOfFile()
            }
            let threads = try count ?? workerCount("auto")
            let silent = ProgressLine(isShown: false)
            try interruptible(silent, advice: "stopped; what was asked last has no answer.") { stop in
                try EvaluationServer(served, workers: threads, stop: stop).run()
            }
        }
    }

    /// Whether it is a case, and not a file of problems.
    private var isCase: Bool {
        let url = URL(fileURLWithPath: `case`)
        var isFolder: ObjCBool = false
        let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
        return !exists || isFolder.boolValue || url.lastPathComponent == CaseReader.fileName
    }

    private func problemOfFile() throws -> ServedProblem {
        if variant != nil { throw ServeError.variantOfProblem(path: `case`) }
        switch try ProblemFile.read(URL(fileURLWithPath: `case`)) {
        case .network(let network):
            if problem != nil { throw ServeError.noList(path: `case`) }
            return try ServedProblem(network)
        case .bilevel(let problems):
            let names = problems.map(\.name)
            guard let name = problem ?? (names.count == 1 ? names[0] : nil) else {
                throw ServeError.whichProblem(path: `case`, names: names)
            }
            guard let chosen = problems.first(where: { $0.name == name }) else {
                throw ServeError.unknownProblem(name: name, path: `case`, names: names)
            }
            return try ServedProblem(chosen)
        }
    }
}
