import CaseFiles
import Foundation
import LinearModels
import Studies

/// What is needed to make a result again, and when it was made.
struct Manifest: Codable {
    struct Input: Codable {
        let file: String
        let bytes: Int
        let sha256: String
    }

    let program: String
    let version: String
    let solver: String
    let caseName: String
    let variant: String?
    let settings: StudySettings
    let ties: String
    let inputs: [Input]
    let payoff: Double
    let verdicts: [PriceResult.Verdict]
    /// ISO 8601, UTC.
    let startedAt: String
    let seconds: Double

    init(_ result: PriceResult, startedAt: Date) {
        program = "stackelberg"
        version = Version.number
        solver = "GLPK \(Session.solverVersion)"
        caseName = result.source.name
        variant = result.source.variant
        settings = result.study.settings
        ties = result.energyGame.game.ties.rawValue
        inputs = result.source.inputFiles.map { url in
            let data = (try? Data(contentsOf: url)) ?? Data()
            let folder = result.source.folder.standardizedFileURL.path + "/"
            let path = url.standardizedFileURL.path
            return Input(
                file: path.hasPrefix(folder) ? String(path.dropFirst(folder.count)) : path, bytes: data.count,
                sha256: Checksum.sha256(data))
        }
        payoff = result.payoff
        verdicts = result.verdicts
        self.startedAt = startedAt.formatted(.iso8601)
        seconds = result.study.seconds
    }
}

/// Version of the package.
public enum Version {
    public static let number = "0.1.0"
}
