import Comparisons
import Foundation
import Metaheuristics
import Writing

/// The centre-bias test of several algorithms as a table.
public struct BiasReport: Sendable {
    let results: [CentreBias]

    public init(_ results: [CentreBias]) { self.results = results }

    private static let placements: [(TestProblem.Placement, String)] = [
        (.shifted, "shifted"), (.low, "at 10 %"), (.high, "at 90 %"), (.lowerCorner, "lower corner"),
        (.upperCorner, "upper corner"),
    ]

    public var summary: String {
        var table = ReportTable(
            title: "Centre bias",
            header: ["algorithm"] + Self.placements.map(\.1) + [
                "rejected", "deviation", "on bounds", "favours the centre",
            ])
        for result in results {
            table.add(
                [.init(result.algorithm)]
                    + Self.placements.map { .init(ComparisonReport.short(result.ratios[$0.0] ?? .nan)) }
                    + [
                        .init("\(result.rejected) of \(CentreBias.dimension)"),
                        .init(String(format: "%.3f", result.deviation)),
                        .init(String(format: "%.1f %%", 100 * result.onBounds)),
                        .init(result.favoursCentre ? "YES" : "no"),
                    ])
        }
        return """
            Mean final error with the optimum elsewhere, over that with the optimum in the centre; geometric mean over functions.
            On noise: coordinates whose best points are not uniform, their mean distance from the centre (0.25 is fair), share on bounds.

            \(table.text)
            """
    }

    public var csv: String {
        var table = CSVTable(
            ["algorithm"] + Self.placements.map { "ratio_\($0.0.rawValue)" } + ["rejected", "deviation", "on_bounds"])
        for result in results {
            table.add(
                [result.algorithm] + Self.placements.map { NumberText.csv(result.ratios[$0.0] ?? .nan) }
                    + ["\(result.rejected)", NumberText.csv(result.deviation), NumberText.csv(result.onBounds)])
        }
        return table.text
    }
}
