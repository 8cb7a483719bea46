import Foundation
import Games
import TestSupport

@testable import CaseFiles

/// Bilevel problems as pairs of files, for one test.
enum ExchangeFiles {
    static func read(_ model: String, _ auxiliary: String) throws -> BilevelProblem {
        try TemporaryFolder.with { folder in
            let (mps, aux) = (folder.appendingPathComponent("a.mps"), folder.appendingPathComponent("a.aux"))
            try Data(model.utf8).write(to: mps)
            try Data(auxiliary.utf8).write(to: aux)
            return try BilevelExchange.read(mps: mps, aux: aux)
        }
    }

    /// What reading a pair says of it; empty where it is read.
    static func complaints(_ model: String, _ auxiliary: String) -> [String] {
        do {
            _ = try read(model, auxiliary)
            return []
        } catch let error as CaseFileError {
            return error.diagnostics.map(\.rendered)
        } catch {
            return ["\(error)"]
        }
    }
}
