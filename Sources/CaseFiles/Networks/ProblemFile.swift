import Foundation
import Games
import Networks

/// A file of one problem or several that `solve` takes, in JSON or YAML.
public enum ProblemFile: Sendable {
    /// With a list of `problems`, see ``BilevelFile``.
    case bilevel([BilevelProblem])
    /// With one `problem`, see ``NetworkFile``.
    case network(NetworkPricing)

    /// - Throws: ``CaseFileError`` with everything that is wrong, in file order.
    public static func read(_ url: URL) throws(CaseFileError) -> ProblemFile {
        let log = DiagnosticLog()
        let file = url.lastPathComponent
        log.register(file: file)
        if let text = TextFile.read(url, file: file, limit: YamlReader.largestFile, log: log) {
            let bilevel = BilevelReader(log: log)
            let root = bilevel.root(text, file: file)
            if let root, root.entries?["problem"] != nil {
                let name = url.deletingPathExtension().lastPathComponent
                if let network = NetworkReader(fields: bilevel.fields).read(root, name: name), !log.hasErrors {
                    return .network(network)
                }
            } else if let root, let problems = bilevel.read(root), !log.hasErrors {
                return .bilevel(problems)
            }
        }
        throw CaseFileError(diagnostics: log.inFileOrder)
    }
}
