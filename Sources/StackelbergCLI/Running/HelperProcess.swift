import CaseFiles
import Disk
import EnergyGames
import Foundation
import Games
import Studies

/// A process that answers for another one, which runs a study or certifies. It is told of the case as that is stored,
/// and needs no file.
package enum HelperProcess {
    /// What rank 0 tells.
    struct Told: Codable {
        enum Work: Codable {
            /// What the search of a study asks for.
            case search(StudyCard)
            /// Parts of the game of prices.
            case certificate(threads: Int)
        }

        let work: Work
        let caseFolder: String
        let variant: String?
        let inputs: [FileCopy]

        init(_ card: StudyCard, _ inputs: [FileCopy]) {
            (work, caseFolder, variant, self.inputs) = (.search(card), card.caseFolder, card.variant, inputs)
        }

        init(certificateOf source: Case, threads: Int) {
            work = .certificate(threads: threads)
            (caseFolder, variant, inputs) = (source.folder.path, source.variant, source.inputs)
        }

        var data: Data { get throws { try JSONEncoder().encode(self) } }

        func worker() throws -> RankWorker {
            let source = try CaseReader.read(
                copies: inputs, from: URL(fileURLWithPath: caseFolder), variant: variant)
            switch work {
            case .search(let card):
                let game: StackelbergGame =
                    switch try StudyRun.Question(source, card) {
                    case .prices(let game): game.game
                    case .sizes(let game, _): game.game
                    }
                return try .proposals(to: game, threads: card.settings.workers)
            case .certificate(let threads): return try .parts(of: EnergyGame(source).game, threads: threads)
            }
        }
    }

    /// - Throws: ``RankError`` where rank 0 cannot be reached or understood.
    package static func run(_ transport: any RankTransport) throws {
        try RankHelper(transport) { try JSONDecoder().decode(Told.self, from: $0).worker() }.run()
    }
}
