import ResultFiles
import Studies
import Writing

/// Studies in a table, a row each.
package struct StudyListing: Sendable {
    private struct Row: Encodable {
        let folder: String
        let caseName: String
        let variant: String?
        let purpose: StudyCard.Purpose
        let algorithm: String
        let seed: UInt64
        let evaluations: Int
        let budget: Int
        let bestPayoff: Double?
        let unit: String
        let state: StudyOverview.State
    }

    private let rows: [Row]

    package init(_ studies: [StudyOverview]) {
        rows = studies.map {
            Row(
                folder: $0.folder.relativePath, caseName: $0.card.caseName, variant: $0.card.variant,
                purpose: $0.card.purpose, algorithm: $0.card.settings.algorithm, seed: $0.card.settings.seed,
                evaluations: $0.evaluations, budget: $0.card.settings.evaluations, bestPayoff: $0.best,
                unit: $0.card.unit, state: $0.state)
        }
    }

    package var text: String {
        var table = TextTable(
            header: ["study", "case", "decides", "algorithm", "seed", "evaluations", "best payoff", "state"])
        for row in rows {
            table.rows.append([
                row.folder, row.caseName + (row.variant.map { ", \($0)" } ?? ""), row.purpose.rawValue, row.algorithm,
                "\(row.seed)",
                "\(NumberText.grouped(Double(row.evaluations))) of \(NumberText.grouped(Double(row.budget)))",
                row.bestPayoff.map { "\(NumberText.grouped($0, decimals: 2)) \(row.unit)" } ?? "none yet",
                row.state.rawValue,
            ])
        }
        return table.text
    }

    package var json: String { JSONText.of(rows) }
}
