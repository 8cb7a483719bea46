import CaseFiles
import Disk
import Foundation
import Games
import Studies

/// A process that answers for another one that runs a study. It is told of the study as that is stored, and needs no
/// file.
package enum StudyHelper {
    /// What rank 0 tells of a study.
    struct Told: Codable {
        let card: StudyCard
        let inputs: [FileCopy]

        var data: Data { get throws { try JSONEncoder().encode(self) } }

        func game() throws -> StackelbergGame {
            let source = try CaseReader.read(
                copies: inputs, from: URL(fileURLWithPath: card.caseFolder), variant: card.variant)
            switch try StudyRun.Question(source, card) {
            case .prices(let game): return game.game
            case .sizes(let game, _): return game.game
            }
        }
    }

    /// - Throws: ``RankError`` where rank 0 cannot be reached or understood.
    package static func run(_ transport: any RankTransport) throws {
        try RankHelper(transport) { description in
            let told = try JSONDecoder().decode(Told.self, from: description)
            return (try told.game(), told.card.settings.workers)
        }.run()
    }
}
