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
        // What cannot be read at all is told by the reader of the more usual kind.
        let log = DiagnosticLog()
        let file = url.lastPathComponent
        if let text = TextFile.read(url, file: file, limit: YamlReader.largestFile, log: log),
            let root = YamlReader(file: file, log: log).read(text), root.entries?["problem"] != nil
        {
            return .network(try NetworkFile.read(url))
        }
        return .bilevel(try BilevelFile.read(url))
    }
}
